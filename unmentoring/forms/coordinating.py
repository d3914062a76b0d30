"""Forms of the coordinator's pages."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from govuk.layout import Link, Warn
from meetups.forms.organising import filter_helper
from people.forms import helper
from people.models import Person
from unmentoring import directory
from unmentoring.models import Learning, Participant, Report, Round


class FilterForm(forms.Form):
    """A form above a list; nonsense in the address counts as nothing chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper: FormHelper = filter_helper()

    def said(self, name: str) -> str:
        self.is_valid()
        return self.cleaned_data.get(name) or ""

    @property
    def is_used(self) -> bool:
        return any(
            self.said(name) for name, field in self.fields.items() if not isinstance(field.widget, forms.HiddenInput)
        )


class PeopleFilter(FilterForm):
    q = forms.CharField(label="Search by name, organisation or email", required=False, max_length=100)
    state = forms.ChoiceField(label="Show", choices=[("", "Everybody"), *directory.STATES], required=False)
    sector = forms.ChoiceField(label="Sector", choices=[("", "All"), *Participant.Sector.choices], required=False)
    sort = forms.ChoiceField(
        choices=[(name, name) for name in directory.SORTS], required=False, widget=forms.HiddenInput
    )

    def wanted(self) -> directory.Wanted:
        return directory.Wanted(self.said("q"), self.said("state"), self.said("sector"), self.said("sort") or "joined")


class PairingsFilter(FilterForm):
    q = forms.CharField(label="Search by name", required=False, max_length=100)
    show = forms.ChoiceField(label="Show", choices=[("", "All that stand"), *directory.OUTCOMES], required=False)


class RoundChoice(FilterForm):
    """Which round the network picture is of; nothing chosen is all of them."""

    round = forms.ChoiceField(label="Round", required=False)

    def __init__(self, *args: Any, rounds: list[Round], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rounds = {f"{round_.month:%Y-%m}": round_ for round_ in rounds}
        named = [(key, str(round_)) for key, round_ in self.rounds.items()]
        self.fields["round"].choices = [("", "All rounds"), *named]  # type: ignore[attr-defined]

    def chosen(self) -> Round | None:
        return self.rounds.get(self.said("round"))


class LearningFilter(FilterForm):
    state = forms.ChoiceField(
        label="Show",
        choices=[("", "Waiting for you"), (Learning.State.SHOWN, "Shown"), (Learning.State.HIDDEN, "Taken down")],
        required=False,
    )


class RerollForm(forms.Form):
    why = forms.CharField(
        label="Why draw again?",
        help_text="Kept with the round, with your name and the draw before.",
        max_length=300,
        error_messages={"required": "Enter why you draw again"},
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Draw again")
        self.helper.add_input(Link("Keep this draw", back))


class ReasonForm(forms.Form):
    """Why something final is done to somebody; they read it."""

    why = forms.CharField(
        label="Why?",
        max_length=300,
        error_messages={"required": "Enter why"},
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, button: str, back: str, hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].help_text = hint
        self.helper = helper(button)
        self.helper.inputs = [Warn("", button), Link("Go back", back)]


class ParticipantField(forms.CharField):
    """Somebody who takes part, by their email address."""

    def clean(self, value: Any) -> Participant:
        person = Person.objects.known_as(super().clean(value))
        found = Participant.objects.for_letters().filter(person=person).first() if person else None
        if found is None:
            raise ValidationError("Nobody in UnMentoring has this email address", code="unknown")
        return found


class KeepApartForm(forms.Form):
    one = ParticipantField(
        label="Email address of one", max_length=254, error_messages={"required": "Enter an email address"}
    )
    other = ParticipantField(
        label="Email address of the other", max_length=254, error_messages={"required": "Enter an email address"}
    )
    reason = forms.CharField(
        label="Why",
        help_text="Only coordinators see it. Nobody is told that they are kept apart.",
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("one", "other"):
            self.fields[name].widget.attrs |= {"autocomplete": "off", "spellcheck": "false", "type": "email"}
        self.helper = helper("Keep them apart")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        one, other = said.get("one"), said.get("other")
        if one and one == other:
            self.add_error("other", ValidationError("Enter two different people", code="same"))
        return said


class DecisionForm(forms.Form):
    """What follows from a report."""

    NOTHING, UPHOLD, REMOVE = "nothing", "uphold", "remove"

    what = forms.ChoiceField(
        label="What follows?", widget=forms.RadioSelect, error_messages={"required": "Select what follows"}
    )
    decision = forms.CharField(
        label="Note for coordinators", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, report: Report, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(self.NOTHING, "Nothing")]
        if report.learning_id:
            choices += [(self.UPHOLD, "Take it down")]
        else:
            choices += [(self.UPHOLD, "Count a strike"), (self.REMOVE, "Remove them from UnMentoring")]
        self.fields["what"].choices = choices  # type: ignore[attr-defined]
        self.fields["what"].widget.hints = {
            self.REMOVE: "They are told that they broke the one rule, and cannot join again with this address."
        }
        self.helper = helper("Decide")
        self.helper.add_input(Link("Decide later", back))
