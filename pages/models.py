from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef

from people.models import Person


class Heartbeat(models.Model):
    """When a kind of background process was last seen at work."""

    name = models.CharField(max_length=30, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.at}"


class Page(models.Model):
    """A page of the site whose words somebody has changed. Without a row it says what it came with (pages/words/)."""

    slug = models.SlugField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.slug


class PageVersionQuerySet(models.QuerySet["PageVersion"]):
    def newest(self) -> PageVersionQuerySet:
        """The newest version of each page."""
        later = PageVersion.objects.filter(page=OuterRef("page"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later)).select_related("page", "saved_by")


class PageVersion(models.Model):
    """The whole text of a page as it was saved once, never changed."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    body = models.TextField(help_text="Markdown.")
    saved_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField()

    objects = PageVersionQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="pages_pageversion_number"),
            models.CheckConstraint(name="pages_pageversion_from_one", condition=models.Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.page}, version {self.number}"

    @property
    def saved_by_name(self) -> str:
        """Empty for somebody who has left since."""
        return self.saved_by.name or self.saved_by.email if self.saved_by and self.saved_by.is_active else ""
