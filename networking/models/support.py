from __future__ import annotations

from django.db import models
from django.db.models import Q

from networking.models.members import Member
from networking.models.pairs import Pair
from people.models import Person

MOST_MINUTES = 600


class How(models.TextChoices):
    """How two people meet."""

    VIDEO = "video", "By video"
    PHONE = "phone", "By phone"
    PERSON = "person", "In person"
    OTHER = "other", "Another way"


class SupportMeetingQuerySet(models.QuerySet["SupportMeeting"]):
    def standing(self) -> SupportMeetingQuerySet:
        """Those that were not taken out again."""
        return self.filter(removed_at=None)


class SupportMeeting(models.Model):
    """A councillor and their mentor met. Logged by one of the two; what they did is read by the two alone."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="meetings")
    met_on = models.DateField()
    how = models.CharField(max_length=6, choices=How)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    did = models.TextField("what we did", blank=True)
    next_step = models.CharField(max_length=500, blank=True)
    logged_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    logged_at = models.DateTimeField()
    # Counts changes, so that the two notice when they write over each other.
    version = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = SupportMeetingQuerySet.as_manager()

    class Meta:
        ordering = ("-met_on", "-pk")
        constraints = [
            # Both log the same meeting: the second is shown what the first said.
            models.UniqueConstraint(
                fields=["pair", "met_on"], condition=Q(removed_at=None), name="networking_supportmeeting_one_a_day"
            ),
            models.CheckConstraint(
                name="networking_supportmeeting_minutes",
                condition=Q(minutes=None) | Q(minutes__gte=1, minutes__lte=MOST_MINUTES),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pair}, {self.met_on}"

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None


class NextMeeting(models.Model):
    """The day, perhaps with a time, on which two agreed to meet. Moving it keeps the row and updates calendars."""

    class State(models.TextChoices):
        AGREED = "agreed", "agreed"
        OVER = "over", "over"
        CANCELLED = "cancelled", "cancelled"

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="next_meetings")
    on = models.DateField()
    at = models.TimeField(null=True, blank=True, help_text="London time; without it, the whole day.")
    minutes = models.PositiveSmallIntegerField(default=30)
    state = models.CharField(max_length=9, choices=State, default=State.AGREED)
    # SEQUENCE of the calendar entry both have (RFC 5546): rises when it moves or is cancelled.
    sequence = models.PositiveIntegerField(default=0)
    # The logged meeting that made it a thing of the past: without that one it stands again.
    over_with = models.ForeignKey(SupportMeeting, models.SET_NULL, null=True, blank=True, related_name="+")
    set_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ("on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["pair"], condition=Q(state="agreed"), name="networking_nextmeeting_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pair}, {self.on}"


class Silence(models.Model):
    """A meeting was expected by a day and did not come. The row is what keeps nudges single: one per day expected."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="silences")
    expected_on = models.DateField()
    nudged_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("expected_on", "pk")
        constraints = [
            models.UniqueConstraint(fields=["pair", "expected_on"], name="networking_silence_once_per_day_expected"),
            models.UniqueConstraint(
                fields=["pair"], condition=Q(ended_at=None), name="networking_silence_one_open_per_pair"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pair}: nothing by {self.expected_on}"


class WhyNot(models.TextChoices):
    """Why two have not met. Read by leads alone."""

    NO_TIME = "no_time", "We found no time"
    NO_REPLY = "no_reply", "The other one does not answer"
    AWAY = "away", "One of us was away or ill"
    NO_NEED = "no_need", "There was nothing to talk about"
    NO_FIT = "no_fit", "It does not work between us"


class SilenceAnswer(models.Model):
    """One of the two says why they have not met. The last word of each counts."""

    silence = models.ForeignKey(Silence, models.CASCADE, related_name="answers")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    why_not = models.CharField(max_length=8, choices=WhyNot)
    note = models.CharField(max_length=300, blank=True)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ("silence", "said_at", "pk")
        constraints = [models.UniqueConstraint(fields=["silence", "member"], name="networking_silenceanswer_one_each")]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_why_not_display()}"


class FineUntil(models.Model):
    """A lead knows why two do not meet, and until when that is fine. Seen by leads alone."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="fine")
    until = models.DateField()
    why = models.CharField(max_length=300, blank=True)
    said_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    said_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-said_at", "-pk")
        verbose_name = "known, fine until"
        verbose_name_plural = "known, fine until"
        constraints = [
            models.UniqueConstraint(
                fields=["pair"], condition=Q(lifted_at=None), name="networking_fineuntil_one_per_pair"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pair}: fine until {self.until}"
