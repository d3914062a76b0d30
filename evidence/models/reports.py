from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime

from evidence.models.inquiries import Inquiry, Topic
from people.models import Person


class Report(models.Model):
    """One version of an evidence report, as it was then: never changed, only followed by another version.

    `content` is all that any reader sees, in any format. It holds our words only (`evidence.leaks` refuses others).
    """

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="reports")
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, blank=True, related_name="+")
    number = models.PositiveSmallIntegerField("version")
    title = models.CharField(max_length=200)
    background = models.TextField(blank=True)
    equality = models.TextField("equality note", blank=True)
    content: models.JSONField[Any, Any] = models.JSONField()
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["inquiry", "number"], name="evidence_report_version")]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"


class ReportLink(models.Model):
    """A way for committee readers without an account to one version, until a day or until it is revoked."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="links")
    label = models.CharField("who it is for", max_length=150)
    expires_on = models.DateField()
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return self.label

    def is_good(self, today: date) -> bool:
        return self.revoked_at is None and today <= self.expires_on


class ReportOpening(models.Model):
    """Somebody opened a link: when, and what. Not who."""

    link = models.ForeignKey(ReportLink, models.CASCADE, related_name="openings")
    opened_at = models.DateTimeField()
    what = models.CharField(max_length=10, default="page")

    class Meta:
        ordering = ("-opened_at", "-pk")

    def __str__(self) -> str:
        return f"{self.link} opened {localtime(self.opened_at):%d %B %Y}"


class HandOff(models.Model):
    """A version given to another committee, and its receipt."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="hand_offs")
    committee = models.CharField(max_length=150)
    email = models.EmailField()
    note = models.TextField(blank=True)
    sent_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField()
    expires_on = models.DateField("the link works until")
    revoked_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.CharField(max_length=150, blank=True)
    receipt_note = models.TextField(blank=True)

    class Meta:
        ordering = ("-sent_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["report", "email"], name="evidence_handoff_once"),
            models.CheckConstraint(
                name="evidence_handoff_received_by_somebody", condition=Q(received_at=None) | ~Q(received_by="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} to {self.committee}"

    def is_good(self, today: date) -> bool:
        return self.revoked_at is None and today <= self.expires_on
