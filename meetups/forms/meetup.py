"""The long form of one meet-up. A published one does not show its time: that is moved, see MoveForm."""

from datetime import datetime, timedelta
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime

from govuk.layout import Fieldset
from meetups import dates, publishing, timings
from meetups.forms import details as asked
from meetups.forms.moments import LondonDateTimeField, TimeOfMeetupMixin
from meetups.forms.organising import PeopleField, addresses_of
from meetups.models import Meetup, Series, SeriesDefaults, Way
from people.forms import helper
from people.models import Person

HOUR = timedelta(hours=1)
NOT_BOTH = "Enter a date and time or a number of hours, not both"


class MeetupForm(asked.DetailsMixin, TimeOfMeetupMixin, forms.ModelForm):
    series = forms.ModelChoiceField(Series.objects.public(), empty_label="Choose a series")
    mode = forms.ChoiceField(
        label="Where it takes place",
        choices=Meetup.Mode.choices,
        initial=Meetup.Mode.ONLINE,
        widget=forms.RadioSelect,
        error_messages={"required": "Select where it takes place"},
    )
    places_online = asked.places_online()
    join_url = asked.join_url()
    places_room = asked.places_room()
    map_url = asked.map_url()
    hosts = PeopleField(
        label="Hosts",
        required=False,
        help_text="Email addresses, one on each line. Hosts run this meet-up and get the answers to our emails.",
    )
    closes = LondonDateTimeField(label="Sign-up closes", required=False)
    closes_hours = asked.number(
        "Or sign-up closes, hours before the start",
        most=asked.MOST_HOURS,
        least=0,
        called="Hours before the start",
        help_text="Instead of a date and time. Enter 0 to close when it starts.",
    )
    details = LondonDateTimeField(label="Joining details go out", required=False)
    details_hours = asked.number(
        "Or this many hours before the start", most=asked.MOST_HOURS, help_text="Instead of a date and time."
    )
    tell = forms.BooleanField(label="Tell everybody about the new place", required=False)
    reminder_hours = asked.reminder_hours()
    offer_hours = asked.offer_hours()
    doors_minutes = asked.doors_minutes()

    class Meta:
        model = Meetup
        fields = (
            "series", "title", "summary", "description", "audience", "mode", "places_online", "join_url", "passcode",
            "dial_in", "places_room", "venue", "address", "map_url", "access_notes", "hashtag", "nudge",
            "reminder_hours", "offer_hours", "doors_minutes",
        )  # fmt: skip
        labels = {"summary": "Summary", **asked.LABELS}
        help_texts = {
            "summary": "One or two sentences for lists and for sharing.",
            "description": "What it is about and what people will take away. You can use Markdown: a blank line "
            "between paragraphs, * for lists, **bold**, [words](https://address).",
            **asked.HELP_TEXTS,
        }
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2}),
            "description": forms.Textarea(attrs={"rows": 10}),
            **asked.WIDGETS,
        }

    def __init__(self, *args: Any, now: datetime, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.by = now, by
        self.fields["title"].widget.attrs["autocomplete"] = "off"
        self._fill_in()
        if not self.has_time:
            for name in ("series", *self.TIME_FIELDS):
                del self.fields[name]
        elif not self.instance.pk:
            self.fields["series"].widget = forms.HiddenInput()  # chosen before, because of what comes along with it
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
        meetup, usual = self.instance, self._usual()
        self.fields["closes"].help_text = f"Leave empty for {dates.rule(usual.closing)}."
        self.fields["details"].help_text = f"Leave empty for {dates.rule(usual.details)}."
        if not meetup.pk:
            self.initial.setdefault("hosts", self.by.email)
            return
        starts, ends = localtime(meetup.starts_at), localtime(meetup.ends_at)
        self.initial.update({"on": starts.date(), "starts": starts.time(), "ends": ends.time()})
        self.initial["hosts"] = addresses_of(meetup.hosts.all())
        if meetup.closes_hours is not None and meetup.closes_hours != usual.closing.hours:
            self.initial["closes_hours"] = meetup.closes_hours
        elif meetup.closes_at != usual.closing.before(meetup.starts_at):
            self.initial["closes"] = localtime(meetup.closes_at)
        before = meetup.starts_at - meetup.details_at
        if meetup.details_at == usual.details.before(meetup.starts_at):
            return
        if before <= 12 * HOUR and not before % HOUR and before:
            self.initial["details_hours"] = before // HOUR
        else:
            self.initial["details"] = localtime(meetup.details_at)

    def _usual(self, series: Series | None = None) -> SeriesDefaults:
        """What its series says about new meet-ups; until one is chosen, what the site says."""
        series = series or (self.instance.series if self.instance.pk else self.initial.get("series"))
        return SeriesDefaults.of(series) if series else SeriesDefaults()

    def _ask_before_telling(self) -> None:
        """A new place is told to everybody who is signed up; nobody should send that by accident."""
        self.told = self.instance.signups.active().count() if self.instance.published_at else 0
        if not self.told:
            del self.fields["tell"]
            return
        people = "the person who is" if self.told == 1 else f"all {self.told} people who are"
        self.fields["tell"].label = f"If the place changes, tell {people} signed up, by mail"
        self.fields["tell"].help_text = "To see first who gets which words, save without the tick."

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
            Fieldset("Who runs it", "hosts", "hashtag"),
            Fieldset(
                "Sign-up and mails", "closes", "closes_hours", "details", "details_hours", "nudge", "reminder_hours",
                "offer_hours", "doors_minutes",
            ),
        )  # fmt: skip

    def clean_description(self) -> str:
        if len(self.cleaned_data["description"]) > 20_000:
            raise ValidationError("Description must be 20,000 characters or fewer")
        return self.cleaned_data["description"]

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
            usual = self._usual(self.cleaned_data.get("series"))
            self._clean_closing(self.cleaned_data["starts_at"], usual.closing)
            self._clean_details(self.cleaned_data["starts_at"], usual.details)
        self._put_on_meetup()
        return self.cleaned_data

    def _put_on_meetup(self) -> None:
        """The worked-out moments, with which the form's own fields go onto the meet-up."""
        if not self.errors:
            for name in ("starts_at", "ends_at", "closes_at", "closes_hours", "details_at"):
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

    def _clean_closing(self, starts_at: datetime, rule: timings.Rule) -> None:
        at, hours = self.cleaned_data.get("closes"), self.cleaned_data.get("closes_hours")
        wanted = rule if hours is None else timings.Rule(hours=hours)
        closes_at = at or wanted.before(starts_at)
        if at and hours is not None:
            self.add_error("closes_hours", NOT_BOTH)
        elif closes_at > starts_at:
            self.add_error("closes", "Sign-up must close before the meet-up starts, or when it does")
        elif self.has_time and starts_at > self.now >= closes_at:
            instead = "a date and time that are still to come" if hours is None else "fewer hours"
            name = "closes" if hours is None else "closes_hours"
            self.add_error(name, f"Sign-up would be closed already. Enter {instead}")
        self.cleaned_data |= {"closes_at": closes_at, "closes_hours": None if at else wanted.hours}

    def _clean_details(self, starts_at: datetime, rule: timings.Rule) -> None:
        at, hours = self.cleaned_data.get("details"), self.cleaned_data.get("details_hours")
        if at and hours:
            self.add_error("details_hours", NOT_BOTH)
        elif at and at > starts_at:
            self.add_error("details", "Joining details must go out before the meet-up starts")
        before = timings.Rule(hours=hours).before(starts_at) if hours else None
        self.cleaned_data["details_at"] = at or before or rule.before(starts_at)
