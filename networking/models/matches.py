from __future__ import annotations

from django.db import models
from django.db.models import Q

from networking.models.cohorts import Cohort
from people.models import Person

OPEN_STATES = ["queued", "working", "ready", "impossible"]


class MatchProposalQuerySet(models.QuerySet["MatchProposal"]):
    def open(self) -> MatchProposalQuerySet:
        """Neither confirmed nor replaced by another."""
        return self.filter(state__in=OPEN_STATES)

    def waiting(self) -> MatchProposalQuerySet:
        """Those a worker has to work out, or another worker has in hand."""
        return self.filter(state__in=[MatchProposal.State.QUEUED, MatchProposal.State.WORKING])


class MatchProposal(models.Model):
    """Who could support whom, worked out for a lead to look through. Nobody is told before it is confirmed, once."""

    class State(models.TextChoices):
        QUEUED = "queued", "waiting for a worker"
        WORKING = "working", "being worked out"
        READY = "ready", "to be looked through"
        IMPOSSIBLE = "impossible", "there is no such match"
        CONFIRMED = "confirmed", "confirmed"
        DROPPED = "dropped", "replaced or dropped"

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="proposals")
    # The one this is a change of: what moved is told against it.
    base = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    change = models.CharField(max_length=300, blank=True, help_text="What the lead changed, in words.")
    digest = models.CharField(max_length=64, blank=True, help_text="Of everybody's details it was worked out from.")
    locks = models.JSONField(default=dict, blank=True, help_text="Councillor to mentor: these pairs happen.")
    forbids = models.JSONField(default=list, blank=True, help_text="[councillor, mentor]: not in this match.")
    capacities = models.JSONField(default=dict, blank=True, help_text="Mentor to places, where the lead changed them.")
    pairs = models.JSONField(default=list, blank=True, help_text="[councillor, mentor], new pairs only.")
    unmatched = models.JSONField(default=list, blank=True)
    uncovered = models.JSONField(default=list, blank=True, help_text="Skills that nobody matched has.")
    score = models.IntegerField(null=True, blank=True)
    worst = models.IntegerField(null=True, blank=True)
    is_proven = models.BooleanField(default=True, help_text="That there is no better match.")
    cause = models.CharField(max_length=500, blank=True, help_text="Why there is no match.")
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    worked_out_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = MatchProposalQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort"], condition=Q(state__in=OPEN_STATES), name="networking_matchproposal_one_open"
            ),
            models.CheckConstraint(
                name="networking_matchproposal_confirmed_has_time",
                condition=Q(state="confirmed", confirmed_at__isnull=False)
                | (~Q(state="confirmed") & Q(confirmed_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"Match for {self.cohort}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def is_waiting(self) -> bool:
        return self.state in {self.State.QUEUED, self.State.WORKING}

    @property
    def mentor_of(self) -> dict[int, int]:
        """Councillor to mentor."""
        return {int(councillor): int(mentor) for councillor, mentor in self.pairs}

    @property
    def locked(self) -> dict[int, int]:
        return {int(councillor): int(mentor) for councillor, mentor in self.locks.items()}

    @property
    def forbidden(self) -> set[tuple[int, int]]:
        return {(int(councillor), int(mentor)) for councillor, mentor in self.forbids}

    @property
    def places(self) -> dict[int, int]:
        """Where the lead changed how many councillors a mentor takes."""
        return {int(mentor): int(places) for mentor, places in self.capacities.items()}
