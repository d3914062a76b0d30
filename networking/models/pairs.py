from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from networking.models.cohorts import Cohort
from networking.models.members import Member
from people.models import Person


class PairQuerySet(models.QuerySet["Pair"]):
    def current(self) -> PairQuerySet:
        return self.filter(ended_at=None)

    def with_people(self) -> PairQuerySet:
        """With both people and the cohort, whatever the number of rows."""
        return self.select_related("councillor__person__council", "mentor__person__council", "cohort")


class Pair(models.Model):
    """A mentor supports a councillor. Ended pairs stay: they are the history of the match."""

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="pairs")
    councillor = models.ForeignKey(Member, models.PROTECT, related_name="pairs_as_councillor")
    mentor = models.ForeignKey(Member, models.PROTECT, related_name="pairs_as_mentor")
    reasons = models.JSONField(default=list, blank=True, help_text="Why these two, in words, as said to them.")
    rhythm_days = models.PositiveSmallIntegerField("days between support meetings")
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    introduced_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    why_ended = models.CharField(max_length=300, blank=True)

    objects = PairQuerySet.as_manager()

    class Meta:
        ordering = ("cohort", "-confirmed_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["councillor"], condition=Q(ended_at=None), name="networking_pair_one_mentor_at_a_time"
            ),
            models.CheckConstraint(name="networking_pair_two_members", condition=~Q(councillor=F("mentor"))),
            models.CheckConstraint(name="networking_pair_has_rhythm", condition=Q(rhythm_days__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.councillor} and {self.mentor}"

    @property
    def is_current(self) -> bool:
        return self.ended_at is None

    def other(self, member: Member) -> Member:
        """The one of the two who this is not."""
        return self.councillor if member.pk == self.mentor_id else self.mentor


class Exclusion(models.Model):
    """These two must not be matched. Private: seen by leads only, never by the two."""

    class Reason(models.TextChoices):
        POLITICAL = "political", "Political reasons"
        LINE = "line", "One works for the other"
        KNOWN = "known", "They know each other too well"
        ASKED = "asked", "One of them asked for it"
        OTHER = "other", "Another reason"

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="exclusions")
    councillor = models.ForeignKey(Member, models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Member, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=10, choices=Reason)
    note = models.CharField(max_length=300, blank=True)
    said_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["councillor", "mentor"], name="networking_exclusion_once")]

    def __str__(self) -> str:
        return f"{self.councillor}, not {self.mentor}"
