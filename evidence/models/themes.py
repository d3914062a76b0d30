from __future__ import annotations

from django.db import models
from django.db.models import Q

from evidence.models.inquiries import Inquiry, Topic
from evidence.models.items import Item
from people.models import Person


class Theme(models.Model):
    """What several items say together: what we heard, and what that does not tell us. In our words."""

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="themes")
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, blank=True, related_name="themes")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=120)
    heard = models.TextField("what we heard", blank=True)
    does_not_tell_us = models.TextField("what this does not tell us", blank=True)
    items: models.ManyToManyField[Item, ThemeItem] = models.ManyToManyField(
        Item, through="ThemeItem", related_name="themes"
    )
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
        constraints = [models.UniqueConstraint(fields=["inquiry", "title"], name="evidence_theme_once")]

    def __str__(self) -> str:
        return self.title


class ThemeItem(models.Model):
    """An item that a theme rests on; what a theme rests on is relied on."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="theme_items")
    item = models.ForeignKey(Item, models.CASCADE, related_name="theme_items")
    added_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("item__number",)
        constraints = [models.UniqueConstraint(fields=["theme", "item"], name="evidence_themeitem_once")]

    def __str__(self) -> str:
        return f"{self.item} in {self.theme}"


class Step(models.Model):
    """From what was heard to what is done: question for witnesses → recommendation → response."""

    class Kind(models.TextChoices):
        QUESTION = "question", "Question for witnesses"
        RECOMMENDATION = "recommendation", "Recommendation"
        RESPONSE = "response", "Response"

    BEFORE = {Kind.QUESTION: "", Kind.RECOMMENDATION: Kind.QUESTION, Kind.RESPONSE: Kind.RECOMMENDATION}

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=14, choices=Kind)
    follows = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="followed_by")
    text = models.TextField()
    who = models.CharField("who is asked, or who answers", max_length=150, blank=True)
    said_on = models.DateField("day", null=True, blank=True)
    items = models.ManyToManyField(Item, related_name="steps", blank=True)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [models.CheckConstraint(name="evidence_step_has_text", condition=~Q(text=""))]

    def __str__(self) -> str:
        return self.get_kind_display()
