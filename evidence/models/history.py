from __future__ import annotations

import uuid

from django.db import models
from django.utils.timezone import localtime

from evidence.models.inquiries import Inquiry
from people.models import Person

OF_INQUIRY = uuid.UUID(int=0)


class ItemEvent(models.Model):
    """What happened to an item. Only ever added to (`evidence.history.record`), each row sealed with the one before.

    `facts` holds no words of residents: states, field names, digests, reasons of officers. The row outlives its item,
    so it names the item by `item_ref` and is no foreign key. What is of the whole inquiry, such as a legal hold, has
    OF_INQUIRY there.
    """

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", "handed in"
        SEEN_AGAIN = "seen_again", "found by somebody else too"
        CHANGED = "changed", "changed"
        MOVED = "moved", "moved to another state"
        SCREENSHOT = "screenshot", "screenshot added"
        SCREENSHOT_REMOVED = "screenshot_removed", "screenshot removed"
        REVEALED = "revealed", "exact words and screenshots were looked at"
        CONSENT = "consent", "consent logged"
        OVERRIDE = "override", "a rule was overridden"
        LIFTED = "lifted", "an override was taken back"
        CLOCKS = "clocks", "days from which lives are counted were changed"
        PURGED = "purged", "removed at the end of its life"

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="events")
    number = models.PositiveIntegerField(help_text="Place in the chain of the inquiry, from 1.")
    item_ref = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=20, choices=Kind)
    facts = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    happened_at = models.DateTimeField()
    previous = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64)

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["inquiry", "number"], name="evidence_itemevent_place")]

    def __str__(self) -> str:
        return f"{self.number}. {self.get_kind_display()}"


class Tombstone(models.Model):
    """What is left of an item at the end of its life: that it was there, when, its digest, and why it went."""

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="tombstones")
    item_ref = models.UUIDField(unique=True)
    number = models.PositiveIntegerField()
    saved_at = models.DateTimeField()
    purged_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=200)

    class Meta:
        ordering = ("purged_at", "pk")

    def __str__(self) -> str:
        return f"Item {self.number}, removed {localtime(self.purged_at):%d %B %Y}"
