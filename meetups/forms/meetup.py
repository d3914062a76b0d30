"""The long form of one meet-up. A published one does not show its time: that is moved, see MoveForm."""

from datetime import datetime, timedelta
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.timezone import localtime

from govuk.layout import Fieldset
from meetups import publishing, timings
from meetups.forms.moments import LondonDateTimeField, TimeOfMeetupMixin
from meetups.forms.organising import PeopleField, addresses_of
from meetups.models import Meetup, Series, Way
from people.forms import helper
from people.models import Person

MOST_PLACES = 5000
HOUR = timedelta(hours=1)


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


def number(label: str, *, most: int, least: int = 1, **kwargs: Any) -> forms.IntegerField:
    wrong = {
        "min_value": f"{label} must be {least} or more",
        "max_value": f"{label} must be {most:,} or fewer",
        "invalid": f"{label} must be a whole number",
    }
    field = forms.IntegerField(
        label=label, min_value=least, max_value=most, required=False, error_messages=wrong, **kwargs
    )
    field.widget = forms.NumberInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric", "min": least})
    return field


class MeetupForm(TimeOfMeetupMixin, forms.ModelForm):
    series = forms.ModelChoiceField(Series.objects.public(), empty_label="Choose a series")
    mode = forms.ChoiceField(
        label="Where it takes place",
        choices=Meetup.Mode.choices,
        initial=Meetup.Mode.ONLINE,
        widget=forms.RadioSelect,
        error_messages={"required": "Select where it takes place"},
    )
    places_online = number("Places online", most=MOST_PLACES, help_text="72 makes even rooms of three and of four.")
    join_url = web_address(
        "Join link of the call",
        max_length=1000,
        schemes=("https",),
        help_text="Only people with a place get to it, through their own link. You can change it at any time.",
    )
    places_room = number("Places in the room", most=MOST_PLACES)
    map_url = web_address("Link to a map", max_length=1000)
    hosts = PeopleField(
        label="Hosts",
        required=False,
        help_text="Email addresses, one on each line. Hosts run this meet-up and get the answers to our emails.",
    )
    sponsor_url = web_address("Sponsor's website", max_length=500)
    closes = LondonDateTimeField(
        label="Sign-up closes", required=False, help_text="Leave empty for 5pm the day before."
    )
    details = LondonDateTimeField(
        label="Joining details go out", required=False, help_text="Leave empty for 6pm the evening before."
    )
    details_hours = number("Or this many hours before the start", most=14 * 24, help_text="Instead of a date and time.")
    tell = forms.BooleanField(label="Tell everybody about the new place", required=False)
    reminder_hours = number("Reminder, hours before the start", most=14 * 24, help_text="Leave empty for no reminder.")
    offer_hours = number(
        "Offer freed places by link, hours before the start",
        least=0,
        most=14 * 24,
        help_text="In these last hours the first in line is asked first and takes a freed place by a link; before, "
        "they get it at once. Leave empty for 24. Enter 0 to give every place at once.",
    )

    class Meta:
        model = Meetup
        fields = (
            "series", "title", "summary", "description", "audience", "mode", "places_online", "join_url", "passcode",
            "dial_in", "places_room", "venue", "address", "map_url", "access_notes", "sponsor", "sponsor_url",
            "hashtag", "nudge", "reminder_hours", "offer_hours",
        )  # fmt: skip
        labels = {
            "summary": "Summary",
            "audience": "Who it is for",
            "dial_in": "Dial-in numbers",
            "venue": "Room",
            "access_notes": "Getting in and around",
            "nudge": "An hour later, send a short mail to say that the joining details were sent",
        }
        help_texts = {
            "summary": "One or two sentences for lists and for sharing.",
            "description": "What it is about and what people will take away. You can use Markdown: a blank line "
            "between paragraphs, * for lists, **bold**, [words](https://address).",
            "audience": "For example “Anyone who supports scrutiny in a council”.",
            "access_notes": "Step-free way in, hearing loop, parking, where to report on arrival. "
            "Everybody can read this: no door codes.",
            "nudge": "Because the first one may be in a spam folder.",
            "hashtag": "For example #scrutiny",
        }
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2}),
            "description": forms.Textarea(attrs={"rows": 10}),
            "access_notes": forms.Textarea(attrs={"rows": 3}),
            "passcode": forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
        }

    def __init__(self, *args: Any, now: datetime, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.by = now, by
        self.fields["title"].widget.attrs["autocomplete"] = "off"
        self._fill_in()
        if not self.has_time:
            for name in ("series", *self.TIME_FIELDS):
                del self.fields[name]
        elif self.instance.pk and self.instance.series.is_closed:
            del self.fields["series"]  # whoever may see it goes by it: it stays where it is
        self._ask_before_telling()
        self._demand_what_the_mode_needs()
        self.helper = helper("Save" if self.instance.pk else "Save draft")
        self.helper.layout = self._layout()
        # Errors are listed in the order in which the page asks.
        self.order_fields([pointer.name for pointer in self.helper.layout.get_field_names()])

    @property
    def has_time(self) -> bool:
        """Whether the form asks when it takes place: until it is published."""
        return self.instance.is_draft

    def _fill_in(self) -> None:
        """What a meet-up says already, in the words of this form."""
        meetup = self.instance
        if not meetup.pk:
            self.initial.setdefault("hosts", self.by.email)
            return
        starts, ends = localtime(meetup.starts_at), localtime(meetup.ends_at)
        self.initial.update({"on": starts.date(), "starts": starts.time(), "ends": ends.time()})
        self.initial["hosts"] = addresses_of(meetup.hosts.all())
        if meetup.closes_at != timings.default_closing(meetup.starts_at):
            self.initial["closes"] = localtime(meetup.closes_at)
        before = meetup.starts_at - meetup.details_at
        if meetup.details_at == timings.default_details(meetup.starts_at):
            return
        if before <= 12 * HOUR and not before % HOUR and before:
            self.initial["details_hours"] = before // HOUR
        else:
            self.initial["details"] = localtime(meetup.details_at)

    def _ask_before_telling(self) -> None:
        """A new place is told to everybody who is signed up; nobody should send that by accident."""
        self.told = self.instance.signups.active().count() if self.instance.published_at else 0
        if not self.told:
            del self.fields["tell"]
            return
        people = "the person who is" if self.told == 1 else f"all {self.told} people who are"
        self.fields["tell"].label = f"If the place changes, tell {people} signed up, by mail"

    def _demand_what_the_mode_needs(self) -> None:
        """Places for each way; of what is published also the link and the room, which a draft may leave for later."""
        mode = self["mode"].value()
        needed = {
            Way.ONLINE: [("places_online", "Enter how many places there are online")],
            Way.ROOM: [("places_room", "Enter how many places there are in the room")],
        }
        if self.instance.published_at:
            needed[Way.ONLINE].append(("join_url", "Enter the join link of the call"))
            needed[Way.ROOM].append(("venue", "Enter which room it is in"))
        for way in Meetup(mode=mode).ways if mode in Meetup.Mode.values else []:
            for name, words in needed[way]:
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = words

    def _layout(self) -> Layout:
        about = ["title", "summary", "description", "audience"]
        when = [Fieldset("When", *self.TIME_FIELDS, hint="Times as a clock in London shows them.")]
        return Layout(
            Fieldset("What it is about", *(["series", *about] if "series" in self.fields else about)),
            *(when if self.has_time else []),
            Fieldset("Where", "mode"),
            Fieldset(
                "Online", "places_online", "join_url", "passcode", "dial_in", size="s", hint="Only if it is online."
            ),
            Fieldset(
                "In a room", "places_room", "venue", "address", "map_url", "access_notes", size="s",
                hint="Only if it is in a room.",
            ),
            *(["tell"] if self.told else []),
            Fieldset("Who runs it", "hosts", "sponsor", "sponsor_url", "hashtag"),
            Fieldset(
                "Sign-up and mails", "closes", "details", "details_hours", "nudge", "reminder_hours", "offer_hours"
            ),
        )  # fmt: skip

    def clean_description(self) -> str:
        if len(self.cleaned_data["description"]) > 20_000:
            raise ValidationError("Description must be 20,000 characters or fewer")
        return self.cleaned_data["description"]

    def clean_access_notes(self) -> str:
        if len(self.cleaned_data["access_notes"]) > 2_000:
            raise ValidationError("Getting in and around must be 2,000 characters or fewer")
        return self.cleaned_data["access_notes"]

    def clean_offer_hours(self) -> int:
        hours = self.cleaned_data["offer_hours"]
        return Meetup._meta.get_field("offer_hours").get_default() if hours is None else hours

    def clean_hosts(self) -> list[Person]:
        hosts = self.cleaned_data["hosts"]
        if self.instance.published_at and not hosts:
            raise ValidationError("Name at least one host. Answers to our emails go to the hosts")
        if self.instance.pk and not self.by.is_organiser and self.by not in hosts:
            raise ValidationError("Keep yourself among the hosts, or you can no longer open these pages")
        return hosts

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.instance.published_at and "mode" in self.cleaned_data:
            self._keep_places_of_people()
            self._ask_to_tell()
        if self.has_time:
            self.clean_time(self.now)
        else:
            self.cleaned_data |= {"starts_at": self.instance.starts_at, "ends_at": self.instance.ends_at}
        if self.cleaned_data["starts_at"] and self.cleaned_data["ends_at"]:
            self._clean_closing(self.cleaned_data["starts_at"])
            self._clean_details(self.cleaned_data["starts_at"])
        self._put_on_meetup()
        return self.cleaned_data

    def _put_on_meetup(self) -> None:
        """The worked-out moments, with which the form's own fields go onto the meet-up."""
        if not self.errors:
            for name in ("starts_at", "ends_at", "closes_at", "details_at"):
                setattr(self.instance, name, self.cleaned_data[name])

    def _ask_to_tell(self) -> None:
        if self.told and not self.cleaned_data.get("tell") and set(self.changed_data) & set(publishing.WHERE):
            self.add_error("tell", "The place has changed. Tick this to tell everybody, or change the place back")

    def _keep_places_of_people(self) -> None:
        """Nobody with a place may lose it; publishing.save_changes looks again with the meet-up locked."""
        before = Meetup.objects.get(pk=self.instance.pk)
        ways = Meetup(mode=self.cleaned_data["mode"]).ways
        for way in before.ways:
            taken, name = before.places_taken(way), f"places_{way}"
            people = "1 person has" if taken == 1 else f"{taken} people have"
            if taken and way not in ways:
                self.add_error("mode", f"{people} a place {way.label} already. Keep this way to attend")
            elif taken and name in self.cleaned_data and taken > self.cleaned_data[name]:
                self.add_error(name, f"{people} a place {way.label} already. Keep at least {taken}")

    def _clean_closing(self, starts_at: datetime) -> None:
        closes_at = self.cleaned_data.get("closes") or timings.default_closing(starts_at)
        if closes_at > starts_at:
            self.add_error("closes", "Sign-up must close before the meet-up starts, or when it does")
        elif self.has_time and starts_at > self.now >= closes_at:
            self.add_error("closes", "Sign-up would be closed already. Enter a date and time that are still to come")
        self.cleaned_data["closes_at"] = closes_at

    def _clean_details(self, starts_at: datetime) -> None:
        at, hours = self.cleaned_data.get("details"), self.cleaned_data.get("details_hours")
        if at and hours:
            self.add_error("details_hours", "Enter a date and time or a number of hours, not both")
        elif at and at > starts_at:
            self.add_error("details", "Joining details must go out before the meet-up starts")
        before = starts_at - hours * HOUR if hours else None
        self.cleaned_data["details_at"] = at or before or timings.default_details(starts_at)
