"""What officers write down about consent, and before an inquiry is closed."""

from typing import Any

from django import forms

from evidence.models import Item
from govuk.layout import Link, Warn
from people.forms import LineField, helper


class ConsentForm(forms.Form):
    consent = forms.ChoiceField(
        label="Do they agree to be quoted?",
        choices=[(value or "no", label) for value, label in Item.ConsentState.choices],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what they answered"},
    )
    consent_note = LineField(
        label="How and when they were asked, and agreed",
        max_length=300,
        required=False,
        help_text="For example “By private message on 3 February 2027; answer kept with the officer”. No names.",
    )

    def __init__(self, *args: Any, item: Item, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"consent": item.consent or "no", "consent_note": item.consent_note}
        self.helper = helper("Save")
        self.helper.add_input(Link("Go back", back))

    def clean_consent(self) -> str:
        return {"no": ""}.get(self.cleaned_data["consent"], self.cleaned_data["consent"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("consent") == Item.ConsentState.GIVEN and not said.get("consent_note"):
            self.add_error("consent_note", "Enter how and when they agreed")
        return said


class CloseForm(forms.Form):
    sure = forms.BooleanField(
        label="Nothing more is logged in this inquiry",
        error_messages={"required": "Tick this to close the inquiry"},
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Close the inquiry")
        self.helper.inputs = [Warn("", "Close the inquiry"), Link("Go back", back)]
