"""What officers write down about consent, and before an inquiry is closed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from evidence import quoting, subjects
from evidence.forms.capturing import in_a_few_words
from evidence.models import Item
from govuk.layout import Link, Warn
from govuk.widgets import CountedTextarea
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


class OverrideForm(forms.Form):
    """Why an officer goes past a rule."""

    reason = forms.CharField(
        label="Why is it right here?",
        max_length=500,
        help_text="Kept in the history and in the export for audit. No names of people.",
        error_messages={"required": "Enter why it is right here"},
        widget=CountedTextarea({"rows": 3}),
    )

    def __init__(self, *args: Any, button: str, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(button)
        self.helper.add_input(Link("Go back", back))

    def clean_reason(self) -> str:
        return in_a_few_words(str(self.cleaned_data["reason"]))


class QuoteForm(OverrideForm):
    """A passage of the exact words, and the reason where it takes one."""

    passage = forms.CharField(
        label="Passage to quote",
        max_length=600,
        help_text="Word for word from the exact words, and as short as can be.",
        error_messages={"required": "Enter the passage"},
        widget=CountedTextarea({"rows": 3}),
    )
    field_order = ("passage", "reason")

    def __init__(self, *args: Any, item: Item, needs_reason: bool, back: str, **kwargs: Any) -> None:
        super().__init__(*args, button="Quote it in reports", back=back, **kwargs)
        self.item = item
        self.initial = {"passage": item.quote}
        if not needs_reason:
            del self.fields["reason"]

    def clean_passage(self) -> str:
        passage = str(self.cleaned_data["passage"]).strip()
        if not quoting.is_passage(passage, self.item.exact_words):
            raise ValidationError("Enter words as they stand in the exact words, one after the other", code="other")
        if subjects.why_not_our_words(passage):
            raise ValidationError("This leads to somebody: leave out names of accounts and addresses", code="person")
        return passage


class CloseForm(forms.Form):
    sure = forms.BooleanField(
        label="Nothing more is logged in this inquiry",
        error_messages={"required": "Tick this to close the inquiry"},
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Close the inquiry")
        self.helper.inputs = [Warn("", "Close the inquiry"), Link("Go back", back)]
