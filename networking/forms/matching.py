"""Forms for leads: change a proposed match, exclude, end a pair."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from govuk.layout import Link, Warn
from networking.models import Exclusion, Member
from networking.models.members import MOST_CAPACITY
from people.forms import helper


class ChangePairForm(forms.Form):
    """What to do about one councillor in a proposed match."""

    LOCK, UNLOCK, FORBID, GIVE = "lock", "unlock", "forbid", "give"

    what = forms.ChoiceField(
        label="What would you change?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you would change"},
    )
    mentor = forms.ChoiceField(
        label="If you choose a mentor, whom?",
        required=False,
        error_messages={"invalid_choice": "Select one of the mentors"},
    )

    def __init__(
        self, *args: Any, mentors: list[tuple[int, str]], current: str, is_locked: bool, back: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        of_current = []
        if current and is_locked:
            of_current = [(self.UNLOCK, f"Take the lock off {current}")]
        elif current:
            of_current = [(self.LOCK, f"Keep {current}, whatever else changes")]
        if current:
            of_current.append((self.FORBID, f"Not {current}, in this match"))
        self.fields["what"].choices = [*of_current, (self.GIVE, "Choose a mentor myself")]  # type: ignore[attr-defined]
        self.fields["mentor"].choices = [("", "Choose"), *((str(pk), name) for pk, name in mentors)]  # type: ignore[attr-defined]
        self.helper = helper("Work it out again")
        self.helper.hide_optional = True
        self.helper.add_input(Link("Back to the match", back))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("what") == self.GIVE and not said.get("mentor") and "mentor" not in self.errors:
            self.add_error("mentor", ValidationError("Select a mentor", code="required"))
        return said


class PlacesForm(forms.Form):
    places = forms.IntegerField(
        label="How many councillors can they take?",
        help_text="Kept for this mentor once you confirm the match.",
        min_value=0,
        max_value=MOST_CAPACITY,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-2", "inputmode": "numeric"}),
        error_messages={
            "required": "Enter a number from 0 to 5",
            "invalid": "Enter a number from 0 to 5",
            "min_value": "Enter a number from 0 to 5",
            "max_value": "Enter a number from 0 to 5",
        },
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Work it out again")
        self.helper.add_input(Link("Back to the match", back))


class ExclusionForm(forms.Form):
    """Two who must not be matched, and why."""

    councillor = forms.ChoiceField(label="Councillor", error_messages={"required": "Select a councillor"})
    mentor = forms.ChoiceField(label="Mentor", error_messages={"required": "Select a mentor"})
    reason = forms.ChoiceField(
        label="Why?",
        choices=Exclusion.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select why"},
    )
    note = forms.CharField(
        label="Note", help_text="Only leads see it. Write no more than you need.", max_length=300, required=False
    )

    def __init__(self, *args: Any, councillors: list[Member], mentors: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in [*councillors, *mentors]}
        for name, people in (("councillor", councillors), ("mentor", mentors)):
            choices = [("", "Choose"), *((str(one.pk), one.person.name) for one in people)]
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.helper = helper("Exclude")

    def member(self, name: str) -> Member:
        return self.people[self.cleaned_data[name]]


class EndPairForm(forms.Form):
    why = forms.CharField(
        label="Why does this pair end?",
        help_text="Both read it. Leave it empty if you have told them yourself.",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("End this pair")
        self.helper.inputs = [Warn("", "End this pair"), Link("Go back", back)]
