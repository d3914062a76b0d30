from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from searchdeck import searching

_KNOWN_PARTS = RegexValidator(
    r"^https://[^\s{}]+(?:\{(?:query|words|place|tag)\}[^\s{}]*)+$",
    "Enter an address that begins with https:// and has {query}, {words}, {place} or {tag} in it",
)


class SourceQuerySet(models.QuerySet["Source"]):
    def in_use(self) -> SourceQuerySet:
        """The least intrusive first."""
        return self.filter(is_active=True)


class Source(models.Model):
    """A place of public conversation, and how its own search is opened. Editable: platforms change their addresses."""

    class Intrusiveness(models.IntegerChoices):
        """How likely it is to meet a private life there. The order in which places are offered."""

        FEEDBACK = 1, "People wrote it for public services to read"
        PRESS = 2, "Written for everybody to read"
        FORUM = 3, "Conversations, mostly without real names"
        SOCIAL = 4, "Accounts of persons"

    class Exclusions(models.TextChoices):
        MINUS = "minus", "With a minus sign before each word"
        NONE = "", "Not understood there"

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    template = models.CharField(max_length=300, validators=[_KNOWN_PARTS])
    intrusiveness = models.PositiveSmallIntegerField(choices=Intrusiveness, default=Intrusiveness.FORUM)
    position = models.PositiveSmallIntegerField(default=0)
    needs_login = models.BooleanField("one has to sign in there", default=False)
    exclusions = models.CharField(max_length=5, choices=Exclusions, blank=True)
    advice = models.CharField(max_length=200, blank=True)
    last_checked = models.DateField(null=True, blank=True)
    is_active = models.BooleanField("offered", default=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ("intrusiveness", "position", "name")
        indexes = [models.Index(fields=["is_active", "intrusiveness"], name="searchdeck_source_order")]
        constraints = [
            models.CheckConstraint(name="searchdeck_source_https", condition=Q(template__startswith="https://"))
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def needs_place(self) -> bool:
        """Searches for the place alone: without one there is nothing to look for."""
        return "{place}" in self.template

    def address(self, query: searching.Query) -> str:
        """What one click opens."""
        return searching.address(self.template, query, excludes=self.exclusions == self.Exclusions.MINUS)
