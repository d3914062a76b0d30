"""Finding somebody in the cohort at a glance."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from networking.homes import Row


class GlanceFilter(forms.Form):
    q = forms.CharField(label="Name, council or area", max_length=80, required=False)
    attention = forms.BooleanField(label="Only who needs attention", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_class = "app-filter"
        self.helper.attrs = {"data-auto-submit": ""}
        self.helper.add_input(Submit("", "Show"))

    def found(self, rows: list[Row]) -> list[Row]:
        """Those with all the words, and only who needs attention when that is ticked."""
        wanted = self.cleaned_data if self.is_valid() else {}
        if wanted.get("attention"):
            rows = [row for row in rows if row.attention]
        words = wanted.get("q", "").casefold().split()
        return [row for row in rows if all(word in _words_of(row) for word in words)]


def _words_of(row: Row) -> str:
    return f"{row.member} {row.member.person.works_at} {row.member.area}".casefold()
