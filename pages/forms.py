"""Changing the words of a page, and choosing two versions to compare."""

from typing import Any

from django import forms

from govuk.layout import Link, Secondary
from pages.texts import WHAT_WE_KEEP, Text
from people.forms import helper

LONGEST = 60_000


class WordsForm(forms.Form):
    """The words as Markdown. `based_on` is the version one began from, so that nobody overwrites another."""

    body = forms.CharField(
        label="Words of the page",
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24}),
        error_messages={"required": "Write the words of the page"},
    )
    based_on = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, text: Text, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].help_text = _hint(text)
        self.helper = helper("Save")
        self.helper.add_input(Secondary("preview", "See how it looks"))
        self.helper.add_input(Link("Back without saving", back))

    def clean_body(self) -> str:
        """One kind of line end, so that versions differ only where somebody changed them."""
        body: str = "\n".join(line.rstrip() for line in self.cleaned_data["body"].splitlines()).strip()
        if not body:
            raise forms.ValidationError("Write the words of the page")
        return body + "\n"


def _hint(text: Text) -> str:
    marks = "## before a heading, - before a line of a list, **bold**, [words](address) for a link."
    blanks = "{site}, {address} and {contact} become the name, the address and the contact of this site."
    rows = f" {WHAT_WE_KEEP} on a line of its own is where the list of what we keep stands; it is made by the site."
    return f"{marks} {blanks}{rows if text.has_rows else ''}"


class CompareForm(forms.Form):
    """Two versions of a page; 0 is what it came with."""

    before = forms.TypedChoiceField(label="From", coerce=int)
    after = forms.TypedChoiceField(label="To", coerce=int)

    def __init__(self, *args: Any, numbers: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(number, f"Version {number}" if number else "What it came with") for number in [*numbers, 0]]
        for name in ("before", "after"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.helper = helper("Compare")
        self.helper.form_method = "get"
        self.helper.form_class = "app-filter"
        self.helper.hide_optional = True
