from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from people.models import Person


class FetchQuerySet(models.QuerySet["Fetch"]):
    def due(self, now: datetime) -> FetchQuerySet:
        return self.filter(state__in=[Fetch.State.QUEUED, Fetch.State.BACKOFF], due_at__lte=now)


class Fetch(models.Model):
    """One public page somebody asked us to look at, once, and what it said about itself. Its text is not kept."""

    class Kind(models.TextChoices):
        PREFILL = "prefill", "to fill in a form"
        CHECK = "check", "to see whether it is shareable"

    class State(models.TextChoices):
        QUEUED = "queued", "waiting"
        STARTED = "started", "being fetched"
        BACKOFF = "backoff", "tried, and tried again later"
        SUCCEEDED = "succeeded", "fetched"
        FAILED = "failed", "not fetched"
        SKIPPED = "skipped", "not asked for"

    kind = models.CharField(max_length=10, choices=Kind)
    url = models.TextField("address", blank=True)
    state = models.CharField(max_length=10, choices=State)
    why = models.CharField(max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    facts = models.JSONField(default=dict, blank=True)
    asked_by = models.ForeignKey(Person, models.CASCADE, related_name="fetches")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = FetchQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        verbose_name_plural = "fetches"
        indexes = [models.Index(fields=["state", "due_at"], name="evidence_fetch_due")]
        constraints = [
            models.CheckConstraint(
                name="evidence_fetch_ended_has_time",
                condition=Q(ended_at__isnull=False, state__in=["succeeded", "failed", "skipped"])
                | Q(ended_at=None, state__in=["queued", "started", "backoff"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.url}: {self.get_state_display()}"

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None

    @property
    def has_succeeded(self) -> bool:
        return self.state == self.State.SUCCEEDED
