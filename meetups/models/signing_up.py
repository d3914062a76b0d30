from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q

from meetups.models.gathering import Meetup, Way
from meetups.models.planning import Question
from people.models import Council, Person


class SignUpQuerySet(models.QuerySet["SignUp"]):
    def confirmed(self) -> SignUpQuerySet:
        return self.filter(state=SignUp.State.CONFIRMED)

    def waiting(self) -> SignUpQuerySet:
        """The waiting list, the first in line first."""
        return self.filter(state=SignUp.State.WAITING).order_by("waiting_since", "pk")

    def active(self) -> SignUpQuerySet:
        return self.exclude(state=SignUp.State.CANCELLED)

    def came(self) -> SignUpQuerySet:
        """Who came, also those who had cancelled and came after all."""
        return self.exclude(came_at=None)

    def taking_part(self) -> SignUpQuerySet:
        """All but those who cancelled and stayed away."""
        return self.filter(~Q(state=SignUp.State.CANCELLED) | Q(came_at__isnull=False))

    def not_noticed(self, kind: str, version: int) -> SignUpQuerySet:
        """Who has not been sent this kind of letter for this version of the schedule."""
        return self.filter(~Exists(Notice.objects.filter(signup=OuterRef("pk"), kind=kind, version=version)))

    def answering(self, *, question: int | None, text: str | None, words: Iterable[str] = ()) -> SignUpQuerySet:
        """Who answered so, any answer when the text is None, with all the words in one; who did not when it is ""."""
        given = Answer.objects.filter(signup=OuterRef("pk"))
        if question is not None:
            given = given.filter(question=question)
        if text == "":
            return self.filter(~Exists(given))
        if text is not None:
            given = given.filter(text=text)
        for word in words:
            given = given.filter(text__icontains=word)
        return self.filter(Exists(given))

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
    # While somebody waits, a seat with this time is kept for them until then (meetups/places.py).
    offer_until = models.DateTimeField("place offered until", null=True, blank=True)
    offers_missed = models.PositiveSmallIntegerField(default=0)
    signed_up_at = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField("why they are where they are", max_length=300, blank=True)
    told_version = models.PositiveIntegerField(default=1, help_text="The version of the schedule they know.")
    told_start = models.DateTimeField(null=True, editable=False, help_text="The start they know.")
    # New words raise it too, with no mail: whoever follows their own feed has the entry with this number then.
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
                condition=(Q(state="confirmed") & Q(seat__gt=0) & Q(offer_until=None))
                | (Q(state="waiting") & Q(seat__gt=0) & Q(offer_until__isnull=False))
                | (~Q(state="confirmed") & Q(seat=None) & Q(offer_until=None)),
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

    def has_offer(self, now: datetime) -> bool:
        """Whether a place is kept for them to take."""
        return self.offer_until is not None and now < self.offer_until

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    def knows_schedule(self) -> None:
        """From the letter being written now they know when and where it is; the caller saves."""
        self.told_version, self.told_start = self.meetup.schedule_version, self.meetup.starts_at

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
