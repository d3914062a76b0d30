from typing import Any

from django import forms

from govuk.layout import Link
from meetups import dates
from meetups.models import Meetup, MeetupQuerySet
from people.forms import helper


class DateField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{dates.span(obj.starts_at, obj.ends_at)}: {obj.title}"


class OtherDateForm(forms.Form):
    """Which other date of the series."""

    def __init__(self, *args: Any, choices: MeetupQuerySet, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = DateField(
            choices,
            label="Which date suits you?",
            to_field_name="slug",
            empty_label=None,
            widget=forms.RadioSelect,
            error_messages={"required": "Select a date", "invalid_choice": "Select one of the dates"},
        )
        self.fields["to"].widget.hints = {meetup.slug: _facts(meetup) for meetup in choices}
        self.helper = helper("Move my booking")
        self.helper.add_input(Link("Keep what I have", cancel_url))


def _facts(meetup: Meetup) -> str:
    return f"{meetup.place_name}. {meetup.places_line if meetup.all_places_left else 'Full: you cannot move there'}"
