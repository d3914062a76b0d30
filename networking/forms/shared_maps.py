"""Shared maps: beginning one, choosing what to show on it, and which maps to lay over each other."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from networking import shared_maps
from networking.models import MapNode
from people.forms import LineField, helper


class StartForm(forms.Form):
    name = LineField(
        label="Name of the shared map",
        help_text="Such as the ward, the estate or the issue.",
        max_length=120,
        error_messages={"required": "Enter a name for the shared map"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Begin a shared map")


class ChooseForm(forms.Form):
    """Which of my names others see. People only when they would not mind."""

    def __init__(self, data: Any = None, *, nodes: Sequence[MapNode], shown: set[int]) -> None:
        super().__init__(data, initial={"nodes": [str(pk) for pk in shown]})
        self.nodes = nodes
        self.fields["nodes"] = forms.TypedMultipleChoiceField(
            label="Names that everybody in the cohort who is a councillor sees",
            choices=[(str(node.pk), f"{node.name} ({node.kind}, from “{node.network_map}”)") for node in nodes],
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["agreed"] = forms.BooleanField(
            label="The people among them have agreed, or are named for what they do in public", required=False
        )
        self.helper = helper("Show these")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if shared_maps.has_people(self.nodes, said.get("nodes", [])) and not said.get("agreed"):
            self.add_error("agreed", "Confirm this, or leave the people out")
        return said


class OverlayForm(forms.Form):
    def __init__(self, data: Any, *, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["map"] = forms.MultipleChoiceField(
            label="Maps to lay over each other",
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Select two maps or more"},
        )
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.add_input(Submit("", "Lay them over each other"))

    def clean_map(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["map"]
        if len(chosen) < 2:
            raise forms.ValidationError("Select two maps or more", code="few")
        return chosen
