"""Forms of what a map tells: comparing two versions, and the reach explorer with its assumptions."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from govuk.layout import Details
from networking.forms.maps import PeopleField
from networking.map_parts import LARGEST_AUDIENCE, ME, MapData
from networking.map_reach import ANYWHERE, Assumptions, is_on, platforms

SEEING = [("5", "5 in 100"), ("10", "10 in 100"), ("20", "20 in 100"), ("50", "50 in 100"), ("100", "Everybody")]
OVERLAP = [("0", "Nobody"), ("30", "30 in 100"), ("60", "60 in 100"), ("90", "90 in 100")]


def _get_helper(button: str) -> FormHelper:
    made = FormHelper()
    made.form_method = "get"
    made.add_input(Submit("", button))
    return made


class CompareForm(forms.Form):
    """Two versions, or one and the map as it is now."""

    before = forms.ChoiceField(label="From")
    after = forms.ChoiceField(label="To")

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("before", "after"):
            field = self.fields[name]
            self.fields[name] = forms.ChoiceField(label=field.label, choices=choices)
        self.helper = _get_helper("Compare")
        self.helper.form_class = "app-filter"


def _number(label: str, hint: str = "") -> PeopleField:
    return PeopleField(
        label=label,
        help_text=hint,
        required=False,
        min_value=0,
        max_value=LARGEST_AUDIENCE,
        error_messages={"invalid": "Enter a number in digits, such as 120", "min_value": "Enter 0 or more"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-10"}),
    )


class ReachForm(forms.Form):
    start = forms.TypedChoiceField(label="Who posts it", coerce=int)
    platform = forms.ChoiceField(label="Where", required=False)
    followers = _number("How many follow you there", "Only when you post it yourself.")
    likes = _number("How many likes you got", "To set them beside reach.")
    seeing = forms.TypedChoiceField(label="How many of an audience see a post", choices=SEEING, coerce=int)
    overlap = forms.TypedChoiceField(
        label="How many of a further audience have seen it already", choices=OVERLAP, coerce=int
    )

    def __init__(self, data: Any, *, of: MapData) -> None:
        defaults = {"start": str(ME), "platform": ANYWHERE, "seeing": "10", "overlap": "30"}
        given = {**defaults, **{name: data[name] for name in data}} if data is not None else defaults
        super().__init__(given)
        self.of = of
        there = [node for node in of.by_name() if is_on(node, ANYWHERE)]
        self.fields["start"] = forms.TypedChoiceField(
            label="Who posts it",
            coerce=int,
            choices=[(str(ME), "I do"), *((str(node.id), node.name) for node in there)],
        )
        self.fields["platform"] = forms.ChoiceField(
            label="Where",
            required=False,
            choices=[(ANYWHERE, "Anywhere online"), *((one, one) for one in platforms(of))],
        )
        self.order_fields(["start", "platform", "followers", "likes", "seeing", "overlap"])
        self.helper = _get_helper("Explore")
        self.helper.layout = Layout(
            "start", "platform", "followers", "likes", Details("What is assumed", "seeing", "overlap")
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        start, platform = self.of.nodes.get(said.get("start", ME)), said.get("platform", ANYWHERE)
        if start and not is_on(start, platform):
            there = f"is on {', '.join(start.platforms)}" if start.platforms else "has no platforms on your map"
            self.add_error("start", f"{start.name} {there}. Select somebody who is on {platform}, or another platform")
        return said

    def assumptions(self) -> Assumptions:
        said = self.cleaned_data
        return Assumptions(said["seeing"] / 100, said["overlap"] / 100, said["followers"] or 0)
