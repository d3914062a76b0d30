from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from meetups import structures
from meetups.models import Series


class FindForm(forms.Form):
    """Past meet-ups by words and by series."""

    q = forms.CharField(label="Words in the title, summary or agenda", max_length=100, required=False)
    series = forms.ModelChoiceField(
        Series.objects.public(),
        to_field_name="slug",
        required=False,
        empty_label="All series",
        error_messages={"invalid_choice": "Select a series of the list"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_class = "app-filter"
        self.helper.form_action = "#past"
        self.helper.attrs = {"data-auto-submit": "", "role": "search"}
        self.helper.add_input(Submit("", "Search"))

    @property
    def is_used(self) -> bool:
        """Whether somebody looks for something in particular."""
        return any(self.data.get(name) for name in self.fields)


class StructureForm(forms.Form):
    """Structures by words and by the minutes there are."""

    MINUTES = [("", "Any length"), ("15", "15 minutes"), ("30", "30 minutes"), ("60", "60 minutes")]
    q = forms.CharField(label="Words in the name or what it is for", max_length=100, required=False)
    minutes = forms.ChoiceField(label="At most", choices=MINUTES, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_class = "app-filter"
        self.helper.attrs = {"data-auto-submit": "", "role": "search"}
        self.helper.add_input(Submit("", "Search"))

    def found(self) -> list[structures.Structure]:
        """Those with all the words that take no longer; all of them when what was asked for makes no sense."""
        self.is_valid()
        words = self.cleaned_data.get("q", "").casefold().split()
        most = int(self.cleaned_data.get("minutes") or 0)
        return [
            one
            for one in structures.ALL
            if (not most or one.minutes <= most)
            and all(word in f"{one.name} {one.line} {one.purpose}".casefold() for word in words)
        ]
