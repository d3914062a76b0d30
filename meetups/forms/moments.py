"""Dates and times as organisers type them: what a clock in London shows."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from govuk.widgets import DateInput, SplitDateTime, TimeInput
from meetups import timings

GAP = "The clocks go forward that night, so this time does not exist. Choose a time before 1am or from 2am"
TWICE = "The clocks go back that night, so this time comes twice. Choose a time before 1am or from 2am"
FAR = "Enter a year between 2000 and 2100"


def london(day: date, at: time) -> datetime:
    """That time in London, or the error to show beside the time."""
    if not 2000 <= day.year <= 2100:
        raise ValidationError(FAR, code="far")
    try:
        return timings.on_london_clock(day, at)
    except timings.NoSuchTime as error:
        raise ValidationError(GAP, code="gap") from error
    except timings.TwiceThatNight as error:
        raise ValidationError(TWICE, code="twice") from error


def date_field(label: str, *, missing: str = "Enter a date", **kwargs: Any) -> forms.DateField:
    """`missing` is said when nothing is entered: with several dates in a form, which one."""
    return forms.DateField(label=label, widget=DateInput, error_messages={"required": missing}, **kwargs)


def time_field(label: str, **kwargs: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label, widget=TimeInput, error_messages={"required": f"Enter when it {label.lower()}"}, **kwargs
    )


class LondonDateTimeField(forms.SplitDateTimeField):
    """A date and a time in London. Both or, where it is optional, neither."""

    widget = SplitDateTime

    def __init__(self, **kwargs: Any) -> None:
        wrong = {"invalid_date": "Enter a real date", "invalid_time": "Enter a real time, like 17:00"}
        super().__init__(error_messages=wrong, **kwargs)

    def compress(self, data_list: Any) -> datetime | None:
        if not data_list:
            return None
        if data_list[0] in self.empty_values or data_list[1] in self.empty_values:
            raise ValidationError("Enter both a date and a time", code="incomplete")
        return london(data_list[0], data_list[1])


class TimeOfMeetupMixin(forms.Form):
    """Three questions that say when a meet-up takes place; `starts_at` and `ends_at` are the answer."""

    on = date_field("Date", help_text="Meet-ups start and end on the same day.")
    starts = time_field("Starts")
    ends = time_field("Ends")

    TIME_FIELDS = ("on", "starts", "ends")

    def clean_time(self, now: datetime) -> None:
        """Put `starts_at` and `ends_at` into the cleaned data, or errors beside what is wrong."""
        starts_at, ends_at = self._moment("starts"), self._moment("ends")
        if starts_at and starts_at <= now:
            self.add_error("on", "Enter a date and a start that are still to come")
        elif starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends", "The end must be after the start")
        self.cleaned_data |= {"starts_at": starts_at, "ends_at": ends_at}

    def _moment(self, name: str) -> datetime | None:
        day, at = self.cleaned_data.get("on"), self.cleaned_data.get(name)
        if day is None or at is None:
            return None
        try:
            return london(day, at)
        except ValidationError as error:
            self.add_error("on" if error.code == "far" else name, error)
            return None
