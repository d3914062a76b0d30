from datetime import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError

from govuk.layout import Link, Secondary, Warn
from meetups import series_kept
from meetups.forms.moments import TimeOfMeetupMixin, date_field, london, time_field
from meetups.models import Meetup, Series
from people.forms import helper
from people.models import Person


class PeopleField(forms.CharField):
    """Known people by their e-mail addresses, one per line or with commas; cleans to a list of Person."""

    MOST = 20

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"}))
        super().__init__(max_length=3000, **kwargs)

    def clean(self, value: Any) -> list[Person]:
        typed = super().clean(value).replace(";", " ").replace(",", " ").split()
        addresses = {address.casefold(): address for address in typed}
        if len(addresses) > self.MOST:
            raise ValidationError(f"Name {self.MOST} people or fewer", code="too_many")
        found = {key: _known(address) for key, address in addresses.items()}
        unknown = [addresses[key] for key, person in found.items() if person is None]
        if unknown:
            raise ValidationError(_unknown(unknown), code="unknown")
        return [person for person in found.values() if person]


def _known(address: str) -> Person | None:
    person = Person.objects.known_as(address)
    return person if person and person.is_active else None


def _unknown(addresses: list[str]) -> str:
    which = ", ".join(addresses)
    return f"We do not know {which}. Ask them to sign in here once, then add them"


def addresses_of(people: Any) -> str:
    return "\n".join(person.email for person in people)


class SeriesForm(forms.ModelForm):
    hosts = PeopleField(
        label="Who usually hosts",
        required=False,
        help_text="Email addresses, one on each line. They become the hosts of every new meet-up in the series.",
    )

    class Meta:
        model = Series
        fields = ("name", "purpose")
        labels = {"name": "Name of the series", "purpose": "What it is for"}
        help_texts = {
            "name": "For example “Scrutiny officers' network”.",
            "purpose": "A sentence or two that people read beside its meet-ups.",
        }
        widgets = {"purpose": forms.Textarea(attrs={"rows": 4})}
        error_messages = {"name": {"unique": "There is a series with this name already"}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["hosts"] = addresses_of(self.instance.hosts.all())
        self.helper = helper("Save series" if self.instance.pk else "Make series")

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if Series.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError("There is a series with this name already", code="unique")
        return name

    def clean_purpose(self) -> str:
        if len(self.cleaned_data["purpose"]) > 2000:
            raise ValidationError("What it is for must be 2,000 characters or fewer")
        return self.cleaned_data["purpose"]

    def keep(self) -> Series | None:
        """The series as it is now kept, or None and an error beside its name: another one was quicker to take that."""
        hosts = self.cleaned_data["hosts"]
        try:
            if self.instance.pk:
                return series_kept.keep(self.instance, hosts)
            return series_kept.start(self.instance.name, self.instance.purpose, hosts)
        except series_kept.NameTaken:
            self.add_error("name", "There is a series with this name already")
            return None


class MeetupFilter(forms.Form):
    """Which meet-ups an organiser's list shows."""

    WHICH = [
        ("coming", "Coming, with drafts"),
        ("draft", "Drafts"),
        ("past", "Past"),
        ("cancelled", "Cancelled"),
        ("all", "All"),
    ]
    q = forms.CharField(label="Search", required=False, max_length=100)
    which = forms.ChoiceField(label="Show", choices=WHICH, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["class"] = "govuk-input--width-20"
        self.helper = filter_helper()

    def chosen(self) -> tuple[str, str]:
        """What is searched for and which meet-ups; nonsense in the address counts as nothing chosen."""
        self.is_valid()
        return self.cleaned_data.get("q", ""), self.cleaned_data.get("which") or "coming"


def filter_helper() -> FormHelper:
    made = FormHelper()
    made.form_method, made.form_class = "get", "app-filter"
    made.attrs = {"data-auto-submit": "", "role": "search"}
    made.hide_error_summary = True
    made.add_input(Submit("", "Show"))
    return made


class MoveForm(TimeOfMeetupMixin):
    note = forms.CharField(
        label="Why it moves",
        required=False,
        max_length=1000,
        help_text="Goes into the mail, in your words.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, meetup: Meetup, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meetup, self.now = meetup, now
        self.fields["on"].label = "New date"
        self.fields["on"].help_text = ""
        self.helper = helper("Go on")

    def clean(self) -> dict[str, Any]:
        self.clean_time(self.now)
        new = (self.cleaned_data["starts_at"], self.cleaned_data["ends_at"])
        if not self.errors and new == (self.meetup.starts_at, self.meetup.ends_at):
            self.add_error("on", "This is when it takes place already. Enter another date or time")
        return self.cleaned_data


class CancelForm(forms.Form):
    note = forms.CharField(
        label="What people should know",
        required=False,
        max_length=1000,
        help_text="Goes into the mail, in your words. For example why, and what comes instead.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Go on")
        self.helper.add_input(Link("Keep it", back))


class SureToCancelForm(forms.Form):
    """Asked once more, beside the words that people will get."""

    note = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)
    sure = forms.BooleanField(error_messages={"required": "Tick the box to say that you want to cancel it"})

    def __init__(self, *args: Any, told: int, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whom = {0: "nobody is signed up", 1: "1 person will be told"}.get(told, f"{told} people will be told")
        self.fields["sure"].label = f"Cancel this meet-up: {whom}, and it cannot be undone"
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": ""}
        self.helper.add_input(Warn("cancel", "Cancel meet-up"))
        self.helper.add_input(Secondary("change", "Change"))
        self.helper.add_input(Link("Keep it", back))


class NextForm(forms.Form):
    """When the next one of the series takes place; it lasts as long as the one before."""

    on = date_field("Date")
    starts = time_field("Starts")

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.helper = helper("Make draft")

    def clean(self) -> dict[str, Any]:
        if self.errors:
            return self.cleaned_data
        try:
            starts_at = london(self.cleaned_data["on"], self.cleaned_data["starts"])
        except ValidationError as error:
            self.add_error("on" if error.code == "far" else "starts", error)
            return self.cleaned_data
        if starts_at <= self.now:
            self.add_error("on", "Enter a date that is still to come")
        return {**self.cleaned_data, "starts_at": starts_at}
