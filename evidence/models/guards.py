from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime

from evidence.models.inquiries import Inquiry
from evidence.models.items import Item
from people.models import Person

ANSWER_WITHIN = timedelta(days=30)


class StopShown(models.Model):
    """The page that stopped somebody, what they typed, and whether an officer has seen it. Names no author."""

    class Kind(models.TextChoices):
        THIRD_ITEM = "third_item", "third item by one private author"
        PROFILE = "profile", "address of a profile"
        PERSON_TOPIC = "person_topic", "topic that is a person"

    class Outcome(models.TextChoices):
        STOPPED = "stopped", "stopped there"
        WENT_ON = "went_on", "went on with a reason"

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, null=True, blank=True, related_name="stops")
    item = models.ForeignKey(Item, models.SET_NULL, null=True, blank=True, related_name="stops")
    kind = models.CharField(max_length=12, choices=Kind)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.STOPPED)
    reason = models.CharField(max_length=500, blank=True)
    shown_to = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    shown_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-shown_at", "-pk")
        verbose_name_plural = "stops shown"
        constraints = [
            models.CheckConstraint(
                name="evidence_stopshown_on_with_reason", condition=~Q(outcome="went_on") | ~Q(reason="")
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class OverrideQuerySet(models.QuerySet["Override"]):
    def standing(self, kind: str) -> OverrideQuerySet:
        """Those of this kind that nobody took back."""
        return self.filter(kind=kind, lifted_at=None)


class Override(models.Model):
    """An officer went past a rule, for one item; or, of kind KEEP and without an item, a legal hold of an inquiry.

    The reason can be read by everybody who audits this. Taken back, it stays as what was.
    """

    class Kind(models.TextChoices):
        QUOTE = "quote", "exact words in a report"
        OVERLAP = "overlap", "our words that share a run with the exact words"
        KEEP = "keep", "kept longer"

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="overrides")
    item = models.ForeignKey(Item, models.SET_NULL, null=True, blank=True, related_name="overrides")
    kind = models.CharField(max_length=12, choices=Kind)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    lifted_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField("taken back", null=True, blank=True)

    objects = OverrideQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = [
            models.CheckConstraint(name="evidence_override_has_reason", condition=~Q(reason="")),
            models.UniqueConstraint(
                fields=["item", "kind"],
                condition=Q(lifted_at=None, item__isnull=False),
                name="evidence_override_one_stands",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def open(self) -> ComplaintQuerySet:
        return self.filter(answered_at=None)


class Complaint(models.Model):
    """Somebody objects, complains or asks about an inquiry. Answered within thirty days."""

    class Kind(models.TextChoices):
        COMPLAINT = "complaint", "A complaint"
        OBJECTION = "objection", "I object to something of mine being used"
        REQUEST = "request", "I want to know what you have about me"
        QUESTION = "question", "A question"

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="complaints")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField()
    name = models.CharField(max_length=150, blank=True)
    email = models.EmailField(blank=True)
    received_at = models.DateTimeField()
    due_on = models.DateField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        constraints = [
            models.CheckConstraint(
                name="evidence_complaint_answered_has_words", condition=Q(answered_at=None) | ~Q(answer="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.noun.capitalize()}, {localtime(self.received_at):%d %B %Y}"

    @property
    def noun(self) -> str:
        """What it is, for whoever answers it; the labels of the kinds are what people say of themselves."""
        return f"{'an' if self.kind == self.Kind.OBJECTION else 'a'} {self.kind}"

    def days_left(self, today: date) -> int:
        """Until it has to be answered; less than nothing when it is late."""
        return (self.due_on - today).days
