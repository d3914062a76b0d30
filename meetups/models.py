from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from people.models import Council, Person

# The join link opens this long before the start.
DOORS_OPEN = timedelta(minutes=15)


class Way(models.TextChoices):
    """How somebody attends."""

    ONLINE = "online", "online"
    ROOM = "room", "in the room"


class Series(models.Model):
    """Meet-ups that belong together, such as “Scrutiny officers' network”."""

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(max_length=100, unique=True)
    purpose = models.TextField("what it is for", blank=True)
    hosts = models.ManyToManyField(Person, blank=True, related_name="+", help_text="Who usually hosts.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.name

    def next_number(self) -> int:
        return (self.meetups.aggregate(last=models.Max("number"))["last"] or 0) + 1


class MeetupQuerySet(models.QuerySet["Meetup"]):
    def public(self) -> MeetupQuerySet:
        """What strangers may know of: published, also when it was cancelled afterwards."""
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
        def count(**which: str) -> Count:
            return Count("signups", filter=Q(**{f"signups__{name}": value for name, value in which.items()}))

        return self.annotate(
            confirmed_online=count(state=SignUp.State.CONFIRMED, way=Way.ONLINE),
            confirmed_room=count(state=SignUp.State.CONFIRMED, way=Way.ROOM),
            waiting_count=count(state=SignUp.State.WAITING),
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
    sponsor = models.CharField(max_length=150, blank=True)
    sponsor_url = models.URLField(max_length=500, blank=True)
    hashtag = models.CharField(max_length=50, blank=True)
    closes_at = models.DateTimeField("sign-up closes")
    details_at = models.DateTimeField("joining details go out")
    nudge = models.BooleanField("say an hour later that the joining details were sent", default=True)
    reminder_hours = models.PositiveSmallIntegerField("reminder, hours before", null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    # Rises when the time or place changes, so that everybody is told once and joining details go again.
    schedule_version = models.PositiveIntegerField(default=1, editable=False)
    change_note = models.TextField("what the host said about the last change", blank=True)
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
        return max(0, self.places(way) - self.places_taken(way))

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
        return self.starts_at - DOORS_OPEN


class AgendaItem(models.Model):
    """One part of the agenda: a topic, or a structure with its topic."""

    meetup = models.ForeignKey(Meetup, models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=150)
    minutes = models.PositiveSmallIntegerField()
    structure = models.CharField(max_length=60, blank=True, help_text="Slug in the catalogue of structures.")
    talking_points = models.TextField(blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(name="meetups_agendaitem_takes_time", condition=Q(minutes__gt=0)),
        ]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """What the organiser asks at sign-up."""

    class Kind(models.TextChoices):
        TEXT = "text", "Text"
        CHOICE = "choice", "Choose one"
        TICK = "tick", "Tick a box"

    meetup = models.ForeignKey(Meetup, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.TEXT)
    label = models.CharField("question", max_length=200)
    hint = models.CharField(max_length=200, blank=True)
    choices = models.TextField(blank=True, help_text="One answer per line.")
    is_required = models.BooleanField("must be answered", default=False)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.label

    @property
    def choice_list(self) -> list[str]:
        return [line.strip() for line in self.choices.splitlines() if line.strip()]


class SignUpQuerySet(models.QuerySet["SignUp"]):
    def confirmed(self) -> SignUpQuerySet:
        return self.filter(state=SignUp.State.CONFIRMED)

    def waiting(self) -> SignUpQuerySet:
        """The waiting list, the first in line first."""
        return self.filter(state=SignUp.State.WAITING).order_by("waiting_since", "pk")

    def active(self) -> SignUpQuerySet:
        return self.exclude(state=SignUp.State.CANCELLED)

    def not_noticed(self, kind: str, version: int) -> SignUpQuerySet:
        """Who has not been sent this kind of letter for this version of the schedule."""
        return self.filter(~Exists(Notice.objects.filter(signup=OuterRef("pk"), kind=kind, version=version)))

    def for_letters(self) -> SignUpQuerySet:
        return self.select_related("meetup__series", "person", "council")


class SignUp(models.Model):
    """One person's place, or wait for a place, at one meet-up. Cancelled ones stay, so that the link still works."""

    class State(models.TextChoices):
        CONFIRMED = "confirmed", "has a place"
        WAITING = "waiting", "on the waiting list"
        CANCELLED = "cancelled", "cancelled"

    class Role(models.TextChoices):
        OFFICER = "officer", "Officer"
        COUNCILLOR = "councillor", "Councillor"
        OTHER = "other", "Something else"

    meetup = models.ForeignKey(Meetup, models.CASCADE, related_name="signups")
    person = models.ForeignKey(Person, models.PROTECT, related_name="signups")
    # As typed for this meet-up. A stranger who knows an address must not be able to rename the person behind it.
    name = models.CharField(max_length=150)
    council = models.ForeignKey(Council, models.SET_NULL, null=True, blank=True, related_name="+")
    organisation = models.CharField(max_length=150, blank=True)
    role = models.CharField(max_length=12, choices=Role, blank=True)
    access_needs = models.TextField(blank=True, help_text="Seen by hosts only.")
    way = models.CharField(max_length=10, choices=Way)
    state = models.CharField(max_length=10, choices=State)
    # The number of the place. Unique per meet-up and way: the database itself cannot give one place to two people.
    seat = models.PositiveSmallIntegerField(null=True, blank=True)
    signed_up_at = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField("why they are where they are", max_length=300, blank=True)
    told_version = models.PositiveIntegerField(default=1, help_text="The version of the schedule they know.")
    calendar_sequence = models.PositiveIntegerField(null=True, help_text="SEQUENCE of the last calendar file sent.")
    link_version = models.PositiveIntegerField(default=0, help_text="Raised to make earlier links void.")
    came_at = models.DateTimeField(null=True, blank=True)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        verbose_name = "sign-up"
        ordering = ("signed_up_at", "pk")
        indexes = [models.Index(fields=["meetup", "state", "waiting_since"], name="meetups_signup_line")]
        constraints = [
            models.UniqueConstraint(fields=["meetup", "person"], name="meetups_signup_once"),
            models.UniqueConstraint(fields=["meetup", "way", "seat"], name="meetups_signup_one_per_seat"),
            models.CheckConstraint(
                name="meetups_signup_seat_when_confirmed",
                condition=(Q(state="confirmed") & Q(seat__gt=0)) | (~Q(state="confirmed") & Q(seat=None)),
            ),
            models.CheckConstraint(
                name="meetups_signup_waiting_has_time", condition=~Q(state="waiting") | Q(waiting_since__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} at {self.meetup}"

    @property
    def works_at(self) -> str:
        return self.council.name if self.council else self.organisation

    @property
    def is_confirmed(self) -> bool:
        return self.state == self.State.CONFIRMED

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    def place_in_line(self) -> int:
        """1 for the first in line for this way of attending."""
        ahead = Q(waiting_since__lt=self.waiting_since) | Q(waiting_since=self.waiting_since, pk__lt=self.pk)
        return self.meetup.signups.waiting().filter(ahead, way=self.way).count() + 1


class SignUpEvent(models.Model):
    """What happened to a sign-up and why, a sentence each, never changed."""

    signup = models.ForeignKey(SignUp, models.CASCADE, related_name="events")
    at = models.DateTimeField()
    sentence = models.CharField(max_length=300)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.sentence


class Answer(models.Model):
    """What somebody answered to an organiser's question."""

    signup = models.ForeignKey(SignUp, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")
    text = models.TextField()

    class Meta:
        ordering = ("question__position", "pk")
        constraints = [models.UniqueConstraint(fields=["signup", "question"], name="meetups_answer_once")]

    def __str__(self) -> str:
        return self.text


class Announcement(models.Model):
    """Word from the hosts to people signed up, written once; a worker makes a message for each of them."""

    class To(models.TextChoices):
        EVERYONE = "everyone", "Everyone signed up and waiting"
        CONFIRMED = "confirmed", "People with a place"
        WAITING = "waiting", "People on the waiting list"

    meetup = models.ForeignKey(Meetup, models.CASCADE, related_name="announcements")
    to = models.CharField(max_length=10, choices=To, default=To.CONFIRMED)
    subject = models.CharField(max_length=150)
    body = models.TextField("message")
    written_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()
    spread_at = models.DateTimeField(null=True, help_text="When the last message of it was queued.")
    # Made with the form: two clicks on "Send", or a page sent again, are one announcement.
    nonce = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        ordering = ("-written_at",)

    def __str__(self) -> str:
        return self.subject

    def recipients(self) -> SignUpQuerySet:
        """Who it is for: signed up before it was written and still there."""
        signups = self.meetup.signups.active().filter(signed_up_at__lte=self.written_at)
        return signups if self.to == self.To.EVERYONE else signups.filter(state=self.to)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def note(self, signup: SignUp, kind: str, now: datetime) -> None:
        """Write down that this letter exists, in the transaction that writes the letter. Safe to repeat."""
        self.get_or_create(signup=signup, kind=kind, version=signup.meetup.schedule_version, defaults={"at": now})


class Notice(models.Model):
    """That a letter of this kind, for this version of the schedule, was written to this sign-up. One each, ever."""

    DETAILS, NUDGE, REMINDER, MOVED, CANCELLED = "details", "nudge", "reminder", "moved", "cancelled"

    signup = models.ForeignKey(SignUp, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    at = models.DateTimeField()

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["signup", "kind", "version"], name="meetups_notice_once")]

    def __str__(self) -> str:
        return f"{self.kind} (version {self.version}) to sign-up {self.signup_id}"
