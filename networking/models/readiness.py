from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from networking import ready_words
from networking.models.cohorts import CohortSprint
from networking.models.members import Member
from networking.models.programmes import Sprint
from people.models import Person


class Check(models.Model):
    """What a councillor's own records should show before a sprint begins: at least so many of something."""

    kind = models.CharField(max_length=10, choices=ready_words.CHOICES)
    at_least = models.PositiveSmallIntegerField(default=1)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return ready_words.ask(self.kind, self.at_least)


class SprintCheck(Check):
    """In a programme."""

    sprint = models.ForeignKey(Sprint, models.CASCADE, related_name="checks")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sprint", "kind"], name="networking_sprintcheck_kind"),
            models.CheckConstraint(name="networking_sprintcheck_at_least", condition=Q(at_least__gte=1)),
        ]


class CohortCheck(Check):
    """In a cohort: its own copy, and then the leads'."""

    sprint = models.ForeignKey(CohortSprint, models.CASCADE, related_name="checks")

    class Meta:
        verbose_name = "check of a cohort"
        verbose_name_plural = "checks of cohorts"
        constraints = [
            models.UniqueConstraint(fields=["sprint", "kind"], name="networking_cohortcheck_kind"),
            models.CheckConstraint(name="networking_cohortcheck_at_least", condition=Q(at_least__gte=1)),
        ]


class SelfRating(models.Model):
    """How ready a councillor feels for a sprint, from 1 (not at all) to 5 (fully)."""

    sprint = models.ForeignKey(CohortSprint, models.CASCADE, related_name="ratings")
    member = models.ForeignKey(Member, models.CASCADE, related_name="ratings")
    points = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    note = models.CharField("what would help", max_length=300, blank=True)
    rated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sprint", "member"], name="networking_selfrating_once"),
            models.CheckConstraint(name="networking_selfrating_points", condition=Q(points__gte=1, points__lte=5)),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.points} of 5"


class ReadyAnyway(models.Model):
    """A lead says that somebody is ready although the records do not show it, and why."""

    sprint = models.ForeignKey(CohortSprint, models.CASCADE, related_name="ready_anyway")
    member = models.ForeignKey(Member, models.CASCADE, related_name="ready_anyway")
    reason = models.CharField(max_length=300)
    said_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "ready anyway"
        constraints = [
            models.UniqueConstraint(fields=["sprint", "member"], name="networking_readyanyway_once"),
            models.CheckConstraint(name="networking_readyanyway_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.reason}"
