from __future__ import annotations

from django.db import models
from django.utils import timezone

from people.models import Person


class SeriesQuerySet(models.QuerySet["Series"]):
    def public(self) -> SeriesQuerySet:
        """What strangers may know of."""
        return self.filter(home_path="")


class Series(models.Model):
    """Meet-ups that belong together, such as “Scrutiny officers' network”."""

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(max_length=100, unique=True)
    purpose = models.TextField("what it is for", blank=True)
    hosts = models.ManyToManyField(Person, blank=True, related_name="+", help_text="Who usually hosts.")
    # Of a closed series, such as the workshops of a cohort: below which page of another app its meet-ups have theirs.
    home_path = models.CharField(max_length=200, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.name

    @property
    def is_closed(self) -> bool:
        """Whether strangers learn nothing of it: another app says who sees its meet-ups and signs up."""
        return bool(self.home_path)

    def next_number(self) -> int:
        return (self.meetups.aggregate(last=models.Max("number"))["last"] or 0) + 1
