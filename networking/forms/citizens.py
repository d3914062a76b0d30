"""Where to look for active citizens, whom somebody found, and what they decide."""

from typing import Any

from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime

from govuk.layout import Link
from meetups.forms.organising import filter_helper
from networking.citizens import Answer, Said
from networking.forms.programmes import number
from networking.models import Candidate, CitizenSearch, Member
from people.forms import LineField, helper
from searchdeck import searching
from searchdeck.models import Source

# The ways that need no search engine, and so are noted by hand.
BY_HAND = (CitizenSearch.Method.ASKED, CitizenSearch.Method.AROUND, CitizenSearch.Method.MAP)
RECENT = 20  # searches that a candidate can be put to
QUESTIONS = {
    "is_local": "Is it local?",
    "is_active": "Was it active in the last three months?",
    "builds": "Does it build rather than break?",
    "is_wanted": "Would you want it in your network?",
}


class DeckForm(forms.Form):
    """A topic in a place. What looks for a person is taken out and said."""

    words = LineField(label="Topic", max_length=200, required=False)
    place = LineField(label="Place", max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = filter_helper()
        self.helper.inputs = [Submit("", "Make the searches")]

    def query(self) -> searching.Query:
        """Nonsense, and what nobody has typed yet, counts as nothing."""
        self.is_valid()
        said = self.cleaned_data if self.is_bound else {}
        return searching.query(said.get("words", ""), said.get("place", ""))


class RunForm(DeckForm):
    source = forms.ModelChoiceField(queryset=Source.objects.filter(is_active=True), to_field_name="slug")

    def chosen_source(self) -> Source | None:
        self.is_valid()
        return self.cleaned_data.get("source")


class MinutesForm(forms.Form):
    minutes = number("Minutes it took", least=0, most=600, help_text="Without it, ways of looking cannot be compared.")

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["minutes"].error_messages["required"] = "Enter how many minutes it took"
        self.helper = helper("Save")
        self.helper.add_input(Link("Go back", back))


class CandidateForm(forms.Form):
    """The least that is needed. `way` is one of one's own searches, or a way by hand."""

    name = LineField(label="Name", max_length=120, error_messages={"required": "Enter a name"})
    kind = forms.ChoiceField(
        label="What is it?",
        choices=Candidate.Kind.choices,
        widget=forms.RadioSelect,
        initial=Candidate.Kind.PAGE,
        error_messages={"required": "Select what it is"},
    )
    link = forms.URLField(
        label="Public address",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="Of a page that everybody can open.",
        error_messages={"invalid": "Enter an address like https://example.org/group"},
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false", "autocapitalize": "none"}),
    )
    why = LineField(
        label="Why civic",
        max_length=300,
        help_text="What they do for the place. No opinions and nothing private.",
        error_messages={"required": "Enter what they do for the place"},
    )
    contact = LineField(label="How to reach them in public", max_length=200, required=False)
    way = forms.ChoiceField(label="How did you find it?", error_messages={"required": "Select how you found it"})
    minutes = number("Minutes it took", least=0, most=600, help_text="Only for a way without a search above.")

    def __init__(self, *args: Any, member: Member, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._searches = {str(one.pk): one for one in member.citizen_searches.all()[:RECENT]}
        ways = [(method.value, method.label) for method in BY_HAND]
        searches = [(pk, f"{one} ({localtime(one.searched_at):%-d %B})") for pk, one in self._searches.items()]
        self.fields["way"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"),
            *([("My searches", searches)] if searches else []),
            ("Without a search", ways),
        ]
        self.fields["minutes"].required = False
        self.helper = helper("Note it")
        self.helper.add_input(Link("Cancel", back))

    def search(self) -> CitizenSearch | None:
        """The search that led there; None for a way by hand."""
        return self._searches.get(self.cleaned_data["way"])

    def said(self) -> Said:
        return Said(**{name: self.cleaned_data[name] for name in ("kind", "name", "link", "why", "contact")})


class DecideForm(forms.Form):
    """Four questions, then the decision. A yes needs all four."""

    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[(one.value, one.label.capitalize()) for one in Candidate.Decision if one],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you decide"},
    )
    words = LineField(
        label="Why, in your words",
        max_length=500,
        required=False,
        help_text="Only you read this, and whoever asks you for what you hold about them.",
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = {
            name: forms.TypedChoiceField(
                label=label,
                choices=[("yes", "Yes"), ("no", "No")],
                coerce=lambda said: said == "yes",
                empty_value=None,
                required=False,
                widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
            )
            for name, label in QUESTIONS.items()
        }
        self.fields = {**asked, **self.fields}
        self.helper = helper("Save the decision")
        self.helper.add_input(Link("Go back", back))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("decision") == Candidate.Decision.YES:
            for name, label in QUESTIONS.items():
                if said.get(name) is None:
                    self.add_error(name, ValidationError(f"Answer “{label}” before you say yes", code="required"))
        return said

    def answer(self) -> Answer:
        return Answer(**{name: self.cleaned_data[name] for name in ("decision", "words", *QUESTIONS)})


def initial(candidate: Candidate) -> dict[str, Any]:
    """What was decided before."""
    words = {True: "yes", False: "no", None: ""}
    answers = {name: words[getattr(candidate, name)] for name in QUESTIONS}
    return {"decision": candidate.decision, "words": candidate.words, **answers}
