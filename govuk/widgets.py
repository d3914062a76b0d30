"""Inputs that browsers have a picker for. They need the machine's format, not the one people read."""

from typing import Any

from django import forms


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DateTimeInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class SplitDateTime(forms.SplitDateTimeWidget):
    """A date and a time side by side, for forms.SplitDateTimeField."""

    labels = ("Date", "Time")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        forms.MultiWidget.__init__(self, [DateInput(), TimeInput()], attrs)


class CountedTextarea(forms.Textarea):
    """A textarea that says how many of its `max_length` characters are left."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 5, "data-count": True, **(attrs or {})})
