"""What is asked before a sprint, how ready somebody feels, and what a lead decides."""

from collections.abc import Mapping
from typing import Any

from django import forms

from govuk.layout import Link
from networking.forms.programmes import NUMBER
from networking.ready_words import FEELS, KINDS
from people.forms import LineField, helper

LONGEST = 300


class ChecksForm(forms.Form):
    """A number for each kind of record; empty asks for nothing."""

    def __init__(self, *args: Any, asked: Mapping[str, int], back: str, **kwargs: Any) -> None:
        kwargs["initial"] = dict(asked)
        super().__init__(*args, **kwargs)
        for key, kind in KINDS.items():
            self.fields[key] = _yes(kind.label) if kind.most == 1 else _number(kind.label, kind.most)
        self.helper = helper("Save checks")
        self.helper.add_input(Link("Cancel", back))

    def wanted(self) -> dict[str, int]:
        """What is asked for, by kind."""
        return {key: int(self.cleaned_data[key]) for key in KINDS if self.cleaned_data.get(key)}


def _yes(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


def _number(label: str, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=f"At least so many, 1 to {most}. Leave empty to ask for none.",
        required=False,
        min_value=1,
        max_value=most,
        widget=forms.TextInput(attrs=NUMBER),
        error_messages={
            "invalid": f"{label} must be a number, like 2",
            "min_value": f"{label} must be 1 or more, or empty",
            "max_value": f"{label} must be {most} or less",
        },
    )


class RatingForm(forms.Form):
    points = forms.TypedChoiceField(
        label="How ready do you feel?",
        choices=[(points, f"{points}, {feels}") for points, feels in FEELS.items()],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how ready you feel", "invalid_choice": "Select a point from 1 to 5"},
    )
    note = LineField(
        label="What would help?",
        help_text="Your leads read this. Do not name residents or other people.",
        required=False,
        max_length=LONGEST,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Save")


class ReadyAnywayForm(forms.Form):
    reason = LineField(
        label="Why",
        help_text="The councillor reads this. Such as “has done this for years at the county”.",
        max_length=LONGEST,
        error_messages={"required": "Enter why they are ready"},
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Take them for ready")
        self.helper.add_input(Link("Cancel", back))
