from django.db import models
from django.db.models import Q

from meetups.models.gathering import Meetup


class AgendaItem(models.Model):
    """One part of the agenda: a topic, or a structure with its topic."""

    meetup = models.ForeignKey(Meetup, models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=150)
    minutes = models.PositiveSmallIntegerField()
    structure = models.CharField(max_length=60, blank=True, help_text="Slug in the catalogue of structures.")
    talking_points = models.TextField(blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(name="meetups_agendaitem_takes_time", condition=Q(minutes__gt=0)),
        ]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """What the organiser asks at sign-up."""

    class Kind(models.TextChoices):
        TEXT = "text", "Text"
        CHOICE = "choice", "Choose one"
        TICK = "tick", "Tick a box"

    meetup = models.ForeignKey(Meetup, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.TEXT)
    label = models.CharField("question", max_length=200)
    hint = models.CharField(max_length=200, blank=True)
    choices = models.TextField(blank=True, help_text="One answer per line.")
    is_required = models.BooleanField("must be answered", default=False)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.label

    @property
    def choice_list(self) -> list[str]:
        return [line.strip() for line in self.choices.splitlines() if line.strip()]
