from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models
from django.db.models import Prefetch, Q

from meetups.timings import LONDON
from people.models import Person
from unmentoring.models.participants import Participant

# Days of the month, nine in the morning in London.
NINE = time(9)
NUDGE_DAY, ASK_DAY = 15, 24


class RoundQuerySet(models.QuerySet["Round"]):
    def published(self) -> RoundQuerySet:
        return self.filter(state=Round.State.PUBLISHED)

    def current(self, now: datetime) -> Round | None:
        """The published round of this month, if there is one."""
        today = now.astimezone(LONDON).date()
        return self.published().filter(month=today.replace(day=1)).first()

    def taking_late_joiners(self, now: datetime) -> Round | None:
        """The earliest round that somebody can still be put into after its draw."""
        today = now.astimezone(LONDON).date()
        coming = self.published().filter(month__gte=today.replace(day=1)).order_by("month")
        return next((round_ for round_ in coming if round_.takes_late_joiners(now)), None)

    def locked(self, pk: int) -> Round:
        """This round for changes to who is with whom: one at a time, whoever asks."""
        return self.select_for_update(of=("self",)).get(pk=pk)


class Round(models.Model):
    """One month's draw: a draft one may look at and roll again, then published once."""

    class State(models.TextChoices):
        DRAFT = "draft", "preview"
        PUBLISHED = "published", "published"

    month = models.DateField(unique=True, help_text="The first of the month.")
    number = models.PositiveIntegerField(unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    seed = models.CharField(max_length=64)
    certificate = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    people = models.PositiveIntegerField(default=0)
    pairs = models.PositiveIntegerField(default=0)
    threes = models.PositiveIntegerField(default=0)
    repeats = models.PositiveIntegerField(default=0)
    same_organisation = models.PositiveIntegerField(default=0)
    same_sector = models.PositiveIntegerField(default=0)
    new_connections = models.PositiveIntegerField(default=0)
    drawn_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    drawn_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    # Earlier seeds of this draft: [{"seed": …, "digest": …, "at": …, "by": …, "why": …}], the first first.
    rerolls = models.JSONField("rolled before", default=list, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ("-month",)
        constraints = [
            models.CheckConstraint(name="unmentoring_round_is_first_of_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="unmentoring_round_published_has_time",
                condition=Q(state="draft", published_at=None) | Q(state="published", published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%B %Y}"

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def facts(self) -> dict[str, Any]:
        """What the draw was given, as draws.Facts keeps it."""
        return self.record.facts

    @property
    def groups(self) -> list[list[int]]:
        """Who was put together by the draw; repairs do not change it."""
        return self.record.groups

    @property
    def alone(self) -> list[int]:
        """Who could not be put with anybody."""
        return self.record.alone

    def at(self, day: int) -> datetime:
        """Nine in the morning of this day of its month, on a London clock."""
        return datetime.combine(self.month.replace(day=day), NINE, tzinfo=LONDON)

    @property
    def draws_at(self) -> datetime:
        return self.at(1)

    @property
    def nudges_at(self) -> datetime:
        return self.at(NUDGE_DAY)

    @property
    def asks_at(self) -> datetime:
        return self.at(ASK_DAY)

    @property
    def next_month(self) -> date:
        return (self.month + timedelta(days=31)).replace(day=1)

    def takes_late_joiners(self, now: datetime) -> bool:
        """Until half-way; later there is too little of the month left to meet."""
        return self.is_published and now < self.nudges_at


class DrawRecord(models.Model):
    """Everything a draw was given and what came of it, so that anybody may draw again.

    A table of its own because it is large, and rounds are read with every pairing.
    """

    round = models.OneToOneField(Round, models.CASCADE, related_name="record")
    facts = models.JSONField("what the draw was given", default=dict, help_text="See draws.Facts.")
    groups = models.JSONField("who was put together by the draw", default=list)
    alone = models.JSONField("who could not be put with anybody", default=list)

    def __str__(self) -> str:
        return f"The draw of {self.round}"


class PairingQuerySet(models.QuerySet["Pairing"]):
    def standing(self) -> PairingQuerySet:
        return self.filter(ended_at=None)

    def with_members(self) -> PairingQuerySet:
        """With everybody in them and where they work, whatever the number of rows."""
        members = PairingMember.objects.select_related("participant__person__council").order_by("participant_id")
        return self.select_related("round").prefetch_related(Prefetch("members", members))


class Pairing(models.Model):
    """Two or three people put together for a month. It ends early when one drops out or they are put together anew."""

    class How(models.TextChoices):
        DRAW = "draw", "by the draw"
        LATE = "late", "somebody joined late"
        DROP_OUT = "drop_out", "somebody dropped out"
        STUCK = "stuck", "they could not reach each other"

    class Outcome(models.TextChoices):
        """What is known about whether they met; see `outcome`."""

        MET = "met", "met"
        NOT_MET = "not_met", "did not meet"
        UNKNOWN = "unknown", "not known"

    round = models.ForeignKey(Round, models.PROTECT, related_name="pairings")
    how = models.CharField(max_length=10, choices=How, default=How.DRAW)
    reason = models.CharField(max_length=400, help_text="Why these people, in a sentence they read.")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)

    objects = PairingQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return " and ".join(str(member.participant) for member in self.members.all())

    @property
    def outcome(self) -> Pairing.Outcome:
        """Met when somebody says so and nobody denies it; the other way round not met; else not known."""
        return self.outcome_of({member.answer for member in self.members.all()})

    @classmethod
    def outcome_of(cls, answers: set[str]) -> Pairing.Outcome:
        yes, no = PairingMember.Answer.YES in answers, PairingMember.Answer.NO in answers
        if yes == no:
            return cls.Outcome.UNKNOWN
        return cls.Outcome.MET if yes else cls.Outcome.NOT_MET

    @property
    def is_disputed(self) -> bool:
        """One says they met, another says they did not."""
        answers = {member.answer for member in self.members.all()}
        return {PairingMember.Answer.YES, PairingMember.Answer.NO} <= answers

    @property
    def stuck_members(self) -> list[PairingMember]:
        return [member for member in self.members.all() if member.is_stuck]


class PairingMember(models.Model):
    """One person's part in a pairing: when they were introduced, nudged and asked, and what they answered."""

    class Answer(models.TextChoices):
        YES = "yes", "Yes, we met"
        NOT_YET = "not_yet", "Not yet"
        NO = "no", "No"

    class WhyNot(models.TextChoices):
        NO_TIME = "no_time", "We could not find a time"
        NO_REPLY = "no_reply", "I had no reply"
        NOT_A_FIT = "not_a_fit", "It was not a fit"
        OTHER = "other", "Something else"

    pairing = models.ForeignKey(Pairing, models.CASCADE, related_name="members")
    # The round of the pairing once more, so that the database can keep one pairing per person and round.
    round = models.ForeignKey(Round, models.PROTECT, related_name="members")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="memberships")
    # Each letter once: the time is written in the transaction that queues the letter.
    introduced_at = models.DateTimeField(null=True, blank=True)
    nudged_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    why_not = models.CharField(max_length=10, choices=WhyNot, blank=True)
    note = models.CharField("what else they said", max_length=500, blank=True)
    stuck_at = models.DateTimeField(null=True, blank=True)
    stuck_note = models.CharField(max_length=500, blank=True)
    unstuck_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True, help_text="When their part ended before the month did.")

    class Meta:
        ordering = ("pk",)
        indexes = [
            models.Index(
                fields=["round"],
                name="unmentoring_member_untold",
                condition=Q(introduced_at=None, left_at=None),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "participant"],
                condition=Q(left_at=None),
                name="unmentoring_pairingmember_once_a_round",
            ),
            models.UniqueConstraint(fields=["pairing", "participant"], name="unmentoring_pairingmember_once"),
            models.CheckConstraint(
                name="unmentoring_pairingmember_answer_has_time",
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="unmentoring_pairingmember_why_only_for_no", condition=Q(why_not="") | Q(answer="no")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant} in {self.round}"

    @property
    def partners(self) -> list[Participant]:
        """The others; from `members` of the pairing when they were read with it."""
        return [m.participant for m in self.pairing.members.all() if m.participant_id != self.participant_id]

    @property
    def is_stuck(self) -> bool:
        return self.stuck_at is not None and self.unstuck_at is None and self.left_at is None


class Waiting(models.Model):
    """Somebody who takes part in this round and has no partner (yet): why, and whether they were told."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="waiting")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="waits")
    since = models.DateTimeField()
    why = models.CharField(max_length=300, help_text="In a sentence they read.")
    told_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When they got a partner, or gave up.")

    class Meta:
        ordering = ("since", "pk")
        constraints = [models.UniqueConstraint(fields=["round", "participant"], name="unmentoring_waiting_once")]

    def __str__(self) -> str:
        return f"{self.participant} waits in {self.round}"
