"""What new meet-ups of a series start with."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms

from govuk.layout import Fieldset
from govuk.widgets import TimeInput
from meetups.forms import details as asked
from meetups.models import Meetup, SeriesDefaults
from people.forms import helper


def _time(label: str, **kwargs: Any) -> forms.TimeField:
    wrong = {"invalid": "Enter a real time, like 17:00"}
    return forms.TimeField(label=label, required=False, widget=TimeInput, error_messages=wrong, **kwargs)


def _days(label: str) -> forms.IntegerField:
    return asked.number(label, most=14, called="Days before")


def _hours(label: str, least: int = 1) -> forms.IntegerField:
    return asked.number(label, most=asked.MOST_HOURS, least=least, called="Hours before the start")


class SeriesDefaultsForm(asked.DetailsMixin, forms.ModelForm):
    """Everything may stay empty: then a new meet-up starts with what the site has for all."""

    starts = _time("Usually starts")
    ends = _time("Usually ends")
    mode = forms.ChoiceField(
        label="Where they take place",
        choices=Meetup.Mode.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select where they take place"},
    )
    places_online = asked.places_online()
    join_url = asked.join_url()
    places_room = asked.places_room()
    map_url = asked.map_url()
    closes_days = _days("Sign-up closes, days before")
    closes_at = _time("Sign-up closes, at this time")
    closes_hours = _hours("Or sign-up closes, hours before the start", least=0)
    details_days = _days("Joining details go out, days before")
    details_at = _time("Joining details go out, at this time")
    details_hours = _hours("Or joining details go out, hours before the start")
    reminder_hours = asked.reminder_hours()
    offer_hours = asked.offer_hours()
    doors_minutes = asked.doors_minutes()

    class Meta:
        model = SeriesDefaults
        fields = (
            "starts", "ends", "audience", "mode", "places_online", "join_url", "passcode", "dial_in", "places_room",
            "venue", "address", "map_url", "access_notes", "hashtag", "closes_days", "closes_at", "closes_hours",
            "details_days", "details_at", "details_hours", "nudge", "reminder_hours", "offer_hours", "doors_minutes",
        )  # fmt: skip
        labels = asked.LABELS
        help_texts = asked.HELP_TEXTS
        widgets = asked.WIDGETS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Save")
        self.helper.hide_optional = True
        self.helper.layout = Layout(
            Fieldset("When", "starts", "ends", hint="Times as a clock in London shows them."),
            Fieldset("What it is about", "audience", "hashtag"),
            Fieldset("Where", "mode"),
            Fieldset("Online", "places_online", "join_url", "passcode", "dial_in", size="s"),
            Fieldset("In a room", "places_room", "venue", "address", "map_url", "access_notes", size="s"),
            Fieldset(
                "When sign-up closes", "closes_days", "closes_at", "closes_hours",
                hint="Leave all three empty for 5pm the day before.",
            ),
            Fieldset(
                "When joining details go out", "details_days", "details_at", "details_hours", "nudge",
                hint="Leave days, time and hours empty for 6pm the day before.",
            ),
            Fieldset("Other mails and links", "reminder_hours", "offer_hours", "doors_minutes"),
        )  # fmt: skip
        self.order_fields([pointer.name for pointer in self.helper.layout.get_field_names()])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._clean_times()
        for name in ("closes", "details"):
            self._clean_rule(name)
        return cleaned

    def _clean_times(self) -> None:
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        if {"starts", "ends"} & set(self.errors):
            return
        if starts and not ends:
            self.add_error("ends", "Enter when they end, or leave the start empty too")
        elif ends and not starts:
            self.add_error("starts", "Enter when they start, or leave the end empty too")
        elif starts and ends and ends <= starts:
            self.add_error("ends", "The end must be after the start")

    def _clean_rule(self, name: str) -> None:
        """Days and a time go together; hours stand alone."""
        parts = [f"{name}_days", f"{name}_at", f"{name}_hours"]
        if set(parts) & set(self.errors):
            return
        days, at, hours = (self.cleaned_data.get(part) for part in parts)
        if hours is not None and (days is not None or at is not None):
            self.add_error(parts[2], "Enter days and a time or a number of hours, not both")
        elif days is not None and at is None:
            self.add_error(parts[1], "Enter at what time, on that day")
        elif at is not None and days is None:
            self.add_error(parts[0], "Enter how many days before")
