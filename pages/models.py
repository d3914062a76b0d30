from __future__ import annotations

from django.db import models

from people.models import Person


class Heartbeat(models.Model):
    """When a kind of background process was last seen at work."""

    name = models.CharField(max_length=30, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.at}"


class PageVersion(models.Model):
    """An editable page as it was saved once, never changed. Without any, the page says what its file says."""

    slug = models.SlugField("page", max_length=60)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    body = models.TextField(help_text="Markdown.")
    saved_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("slug", "-number")
        constraints = [models.UniqueConstraint(fields=["slug", "number"], name="pages_pageversion_number")]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"
