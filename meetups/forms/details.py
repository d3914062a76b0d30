"""Fields that both the form of a meet-up and that of the defaults of a series ask for."""

from typing import Any

from django import forms
from django.core.validators import URLValidator

MOST_PLACES = 5000
MOST_HOURS = 14 * 24
MOST_MINUTES = 120


def web_address(
    label: str, *, max_length: int, schemes: tuple[str, ...] = ("https", "http"), **kwargs: Any
) -> forms.URLField:
    wrong = {"invalid": f"Enter a web address that starts with {schemes[0]}://"}
    field = forms.URLField(
        label=label, max_length=max_length, required=False, assume_scheme="https", error_messages=wrong, **kwargs
    )
    field.validators = [check for check in field.validators if not isinstance(check, URLValidator)]
    field.validators.append(URLValidator(schemes=schemes))
    field.widget = forms.URLInput(attrs={"spellcheck": "false", "autocomplete": "off", "inputmode": "url"})
    return field


def number(label: str, *, most: int, least: int = 1, called: str = "", **kwargs: Any) -> forms.IntegerField:
    """A whole number; `called` is what errors call it, where the label is a longer line."""
    called = called or label
    wrong = {
        "min_value": f"{called} must be {least} or more",
        "max_value": f"{called} must be {most:,} or fewer",
        "invalid": f"{called} must be a whole number",
    }
    field = forms.IntegerField(
        label=label, min_value=least, max_value=most, required=False, error_messages=wrong, **kwargs
    )
    field.widget = forms.NumberInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric", "min": least})
    return field


def places_online(**kwargs: Any) -> forms.IntegerField:
    return number("Places online", most=MOST_PLACES, help_text="72 makes even rooms of three and of four.", **kwargs)


def places_room(**kwargs: Any) -> forms.IntegerField:
    return number("Places in the room", most=MOST_PLACES, **kwargs)


def join_url() -> forms.URLField:
    return web_address(
        "Join link of the call",
        max_length=1000,
        schemes=("https",),
        help_text="Only people with a place get to it, through their own link. You can change it at any time.",
    )


def map_url() -> forms.URLField:
    return web_address("Link to a map", max_length=1000)


def reminder_hours() -> forms.IntegerField:
    return number("Reminder, hours before the start", most=MOST_HOURS, help_text="Leave empty for no reminder.")


def offer_hours() -> forms.IntegerField:
    return number(
        "Offer freed places by link, hours before the start",
        least=0,
        most=MOST_HOURS,
        help_text="In these last hours the first in line is asked first and takes a freed place by a link; before, "
        "they get it at once. Leave empty for 24. Enter 0 to give every place at once.",
    )


def doors_minutes() -> forms.IntegerField:
    return number(
        "Join link opens, minutes before the start",
        least=0,
        most=MOST_MINUTES,
        called="Minutes before the start",
        help_text="Until then people's own links show a page that counts down. Leave empty for 15.",
    )


LABELS = {
    "audience": "Who it is for",
    "dial_in": "Dial-in numbers",
    "venue": "Room",
    "access_notes": "Getting in and around",
    "nudge": "An hour later, send a short mail to say that the joining details were sent",
}
HELP_TEXTS = {
    "audience": "For example “Anyone who supports scrutiny in a council”.",
    "access_notes": "Step-free way in, hearing loop, parking, where to report on arrival. "
    "Everybody can read this: no door codes.",
    "nudge": "Because the first one may be in a spam folder.",
    "hashtag": "For example #scrutiny",
}
WIDGETS = {
    "access_notes": forms.Textarea(attrs={"rows": 3}),
    "passcode": forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
}


class DetailsMixin(forms.ModelForm):
    """What these fields say when they are left empty or are too long."""

    def clean_access_notes(self) -> str:
        if len(self.cleaned_data["access_notes"]) > 2_000:
            raise forms.ValidationError("Getting in and around must be 2,000 characters or fewer")
        return str(self.cleaned_data["access_notes"])

    def clean_offer_hours(self) -> int:
        return self._or_usual("offer_hours")

    def clean_doors_minutes(self) -> int:
        return self._or_usual("doors_minutes")

    def _or_usual(self, name: str) -> int:
        given = self.cleaned_data[name]
        return int(self._meta.model._meta.get_field(name).get_default() if given is None else given)
