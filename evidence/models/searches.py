from __future__ import annotations

from django.db import models

from evidence.models.inquiries import Inquiry, Topic
from people.models import Person
from searchdeck.models import Source


class SearchQuerySet(models.QuerySet["Search"]):
    def found_nothing(self) -> SearchQuerySet:
        return self.filter(logged=0)

    def unfinished(self) -> SearchQuerySet:
        """Begun, and nobody has said yet how many were looked at."""
        return self.filter(looked_at=None)


class Search(models.Model):
    """Somebody looked somewhere for something: the method of the inquiry, and its audit record. Also with no result."""

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="searches")
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, blank=True, related_name="searches")
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="+")
    source_name = models.CharField(max_length=80)
    words = models.CharField(max_length=200)
    place = models.CharField(max_length=80, blank=True)
    without = models.CharField("without these words", max_length=200, blank=True)
    url = models.TextField("address that was opened", blank=True)
    searched_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    searched_at = models.DateTimeField()
    looked_at = models.PositiveSmallIntegerField("how many were looked at", null=True, blank=True)
    logged = models.PositiveSmallIntegerField("how many were logged", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    # Who said last what came of it: whoever searched or, to put it right, an officer.
    finished_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = SearchQuerySet.as_manager()

    class Meta:
        ordering = ("-searched_at", "-pk")
        verbose_name_plural = "searches"

    def __str__(self) -> str:
        return f"{self.source_name}: {self.words} {self.place}".strip()

    def may_be_finished(self, person: Person, role: str) -> bool:
        """What came of a search says whoever made it; an officer can put it right."""
        return role == "officer" or self.searched_by_id == person.pk
