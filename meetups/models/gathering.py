from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from meetups.models.series import Series
from people.models import Person

# Unless the organisers say otherwise: the join link opens this long before the start, and in these last hours a freed
# place is offered by link.
DOORS_OPEN_MINUTES = 15
OFFER_HOURS = 24


class Way(models.TextChoices):
    """How somebody attends."""

    ONLINE = "online", "online"
    ROOM = "room", "in the room"


class MeetupQuerySet(models.QuerySet["Meetup"]):
    def public(self) -> MeetupQuerySet:
        """What strangers may know of: published, also when it was cancelled afterwards, and in no closed series."""
        return self.published().filter(series__home_path="")

    def published(self) -> MeetupQuerySet:
        """What is published, or was and is cancelled, also in closed series."""
        return self.exclude(published_at=None)

    def standing(self) -> MeetupQuerySet:
        return self.filter(state=Meetup.State.PUBLISHED)

    def upcoming(self, now: datetime) -> MeetupQuerySet:
        return self.filter(ends_at__gt=now).order_by("starts_at", "pk")

    def past(self, now: datetime) -> MeetupQuerySet:
        return self.filter(ends_at__lte=now).order_by("-starts_at", "-pk")

    def run_by(self, person: Person) -> MeetupQuerySet:
        """Those this person may run: organisers all, hosts their own, others none."""
        return self if person.is_organiser else self.filter(hosts=person)

    def for_cards(self) -> MeetupQuerySet:
        """With all that a card in a list shows, whatever the number of rows."""
        return self.select_related("series").with_counts()

    def with_counts(self) -> MeetupQuerySet:
        def count(**which: Any) -> Count:
            return Count("signups", filter=Q(**{f"signups__{name}": value for name, value in which.items()}))

        return self.annotate(
            seats_online=count(seat__isnull=False, way=Way.ONLINE),
            seats_room=count(seat__isnull=False, way=Way.ROOM),
            confirmed_online=count(state="confirmed", way=Way.ONLINE),
            confirmed_room=count(state="confirmed", way=Way.ROOM),
            waiting_count=count(state="waiting"),
        )

    def locked(self, pk: int) -> Meetup:
        """This meet-up for changes to who has a place: one at a time, whoever asks.

        PostgreSQL locks the row; on SQLite the transaction itself is IMMEDIATE and so the only writer.
        """
        return self.select_for_update(of=("self",)).select_related("series").get(pk=pk)


class Meetup(models.Model):
    """One gathering, online, in a room or both."""

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        PUBLISHED = "published", "published"
        CANCELLED = "cancelled", "cancelled"

    class Mode(models.TextChoices):
        ONLINE = "online", "Online"
        ROOM = "room", "In a room"
        BOTH = "both", "Online and in a room"

    series = models.ForeignKey(Series, models.PROTECT, related_name="meetups")
    number = models.PositiveSmallIntegerField("number in its series")
    slug = models.SlugField(max_length=120, unique=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    description = models.TextField(blank=True, help_text="Markdown.")
    audience = models.CharField("who it is for", max_length=200, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.ONLINE)
    places_online = models.PositiveSmallIntegerField(null=True, blank=True)
    join_url = models.URLField("join link", max_length=1000, blank=True)
    passcode = models.CharField(max_length=50, blank=True)
    dial_in = models.CharField(max_length=300, blank=True)
    places_room = models.PositiveSmallIntegerField("places in the room", null=True, blank=True)
    venue = models.CharField("room", max_length=150, blank=True)
    address = models.CharField(max_length=300, blank=True)
    map_url = models.URLField("map link", max_length=1000, blank=True)
    access_notes = models.TextField("getting in and around", blank=True)
    hosts = models.ManyToManyField(Person, blank=True, related_name="hosting")
    hashtag = models.CharField(max_length=50, blank=True)
    closes_at = models.DateTimeField("sign-up closes")
    # Where hours were asked for; then `closes_at` stays so many hours before the start when that changes.
    closes_hours = models.PositiveSmallIntegerField(null=True, editable=False)
    details_at = models.DateTimeField("joining details go out")
    nudge = models.BooleanField("say an hour later that the joining details were sent", default=True)
    reminder_hours = models.PositiveSmallIntegerField("reminder, hours before", null=True, blank=True)
    # In these last hours a freed place is offered by link; before, the first in line gets it at once.
    offer_hours = models.PositiveSmallIntegerField("offer freed places, hours before", default=OFFER_HOURS)
    doors_minutes = models.PositiveSmallIntegerField("join link opens, minutes before", default=DOORS_OPEN_MINUTES)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    # Rises when the time or place changes, so that everybody is told once and joining details go again.
    schedule_version = models.PositiveIntegerField(default=1, editable=False)
    # Rises when what a calendar entry says changes otherwise, so that calendars take it; nobody is written to for that.
    words_version = models.PositiveIntegerField(default=0, editable=False)
    change_note = models.TextField("what the host said about the last change", blank=True)
    # Of "Next one in this series": from which one and for which start, so that asking twice makes one draft.
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, related_name="copies", editable=False)
    copied_for = models.DateTimeField(null=True, editable=False)
    created_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    objects = MeetupQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at", "pk")
        verbose_name = "meet-up"
        indexes = [
            models.Index(fields=["state", "details_at"], name="meetups_meetup_details"),
            models.Index(fields=["ends_at"], name="meetups_meetup_ends"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="meetups_meetup_number_in_series"),
            models.UniqueConstraint(fields=["copied_from", "copied_for"], name="meetups_meetup_one_copy_for_a_start"),
            models.CheckConstraint(name="meetups_meetup_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="meetups_meetup_closes_by_end", condition=Q(closes_at__lte=F("ends_at"))),
            models.CheckConstraint(name="meetups_meetup_details_by_start", condition=Q(details_at__lte=F("starts_at"))),
            models.CheckConstraint(
                name="meetups_meetup_places_where_it_is",
                condition=(Q(mode="online") & Q(places_online__gt=0))
                | (Q(mode="room") & Q(places_room__gt=0))
                | (Q(mode="both") & Q(places_online__gt=0) & Q(places_room__gt=0)),
            ),
            models.CheckConstraint(
                name="meetups_meetup_state_has_time",
                condition=(Q(state="draft") & Q(published_at=None))
                | (Q(state="published") & Q(published_at__isnull=False))
                | (Q(state="cancelled") & Q(cancelled_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        if self.series.is_closed:
            return f"{self.series.home_path}{self.slug}/"
        return reverse("meetups:detail", args=[self.slug])

    @property
    def ways(self) -> list[Way]:
        """How one can attend this one."""
        return {
            self.Mode.ONLINE: [Way.ONLINE],
            self.Mode.ROOM: [Way.ROOM],
            self.Mode.BOTH: [Way.ONLINE, Way.ROOM],
        }[self.Mode(self.mode)]

    @property
    def is_both(self) -> bool:
        return self.mode == self.Mode.BOTH

    def places(self, way: str) -> int:
        return (self.places_online if way == Way.ONLINE else self.places_room) or 0

    def places_taken(self, way: str) -> int:
        """People with a place; from `with_counts` when the row was read with it."""
        counted = getattr(self, f"confirmed_{way}", None)
        return self.signups.confirmed().filter(way=way).count() if counted is None else counted

    def places_left(self, way: str) -> int:
        """Neither taken nor offered to somebody."""
        counted = getattr(self, f"seats_{way}", None)
        held = self.signups.filter(way=way, seat__isnull=False).count() if counted is None else counted
        return max(0, self.places(way) - held)

    @property
    def all_places_left(self) -> int:
        return sum(self.places_left(way) for way in self.ways)

    @property
    def places_line(self) -> str:
        """How many places are left, in words."""
        left = self.all_places_left
        if not left:
            return "Full. You can join the waiting list."
        if not self.is_both:
            return ngettext("%d place left", "%d places left", left) % left
        online = self.places_left(Way.ONLINE)
        said = ngettext("%d place left online", "%d places left online", online) % online
        return f"{said}, {self.places_left(Way.ROOM)} in the room"

    def is_open(self, now: datetime) -> bool:
        """Whether one can sign up now."""
        return self.state == self.State.PUBLISHED and now < self.closes_at

    def is_over(self, now: datetime) -> bool:
        return now >= self.ends_at

    def has_started(self, now: datetime) -> bool:
        return now >= self.starts_at

    def details_are_out(self, now: datetime) -> bool:
        """Whether joining details have been due, so that late sign-ups get them at once."""
        return now >= self.details_at

    def offers_by_link(self, now: datetime) -> bool:
        """Whether it is so soon that a freed place is offered, not given: somebody may have made other plans."""
        return now >= self.offers_from()

    def offers_from(self) -> datetime:
        return self.starts_at - timedelta(hours=self.offer_hours)

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def place_name(self) -> str:
        """Where it is, in a few words for a list."""
        room = ", ".join(part for part in (self.venue, self.address) if part)
        return {"online": "Online", "room": room, "both": f"Online and {room}"}[self.mode]

    def opens_at(self) -> datetime:
        """When the personal join link begins to let people through."""
        return self.starts_at - timedelta(minutes=self.doors_minutes)
