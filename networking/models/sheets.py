from __future__ import annotations

from django.db import models
from django.db.models import Q

from networking.models.cohorts import CohortSprint
from networking.models.members import Member
from people.models import Person


class SheetQuerySet(models.QuerySet["Sheet"]):
    def with_answers(self) -> SheetQuerySet:
        """With what every section says, whatever the number of rows."""
        return self.select_related("member__person", "member__cohort").prefetch_related("sections")


class Sheet(models.Model):
    """A councillor's planning sheet: their digital footprint. Private to them and their mentor."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="sheet")
    lead_may_read = models.BooleanField("leads may read it", default=False)
    comments_read_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField()

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = "planning sheet"

    def __str__(self) -> str:
        return f"Planning sheet of {self.member}"

    def answers(self) -> dict[str, dict[str, str]]:
        """What is said in each section, by its key."""
        return {section.key: section.answers for section in self.begun_sections()}

    def begun_sections(self) -> list[SheetSection]:
        """Those that something was typed in; a sheet that was only looked at is not in the database."""
        return list(self.sections.all()) if self.pk else []


class SheetSection(models.Model):
    """One section as it is now. `version` counts its changes, so that two windows notice each other."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="sections")
    key = models.CharField(max_length=20)
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("sheet", "key")
        constraints = [models.UniqueConstraint(fields=["sheet", "key"], name="networking_sheetsection_once")]

    def __str__(self) -> str:
        return f"{self.sheet}: {self.key}"


class SheetRevision(models.Model):
    """What a section said at one version, and which window said it: what later texts are compared with."""

    section = models.ForeignKey(SheetSection, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    answers = models.JSONField(default=dict)
    window = models.CharField(max_length=40, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("section", "number")
        constraints = [models.UniqueConstraint(fields=["section", "number"], name="networking_sheetrevision_number")]

    def __str__(self) -> str:
        return f"{self.section}, {self.number}"


class SheetClashQuerySet(models.QuerySet["SheetClash"]):
    def of(self, member: Member) -> SheetClashQuerySet:
        return self.filter(section__sheet__member=member).select_related("section__sheet__member")

    def waiting(self, member: Member) -> SheetClashQuerySet:
        """Those nobody has chosen from yet."""
        return self.of(member).filter(settled_at=None)


class SheetClash(models.Model):
    """A text that came from another window and disagrees with what is saved. Kept until somebody chooses."""

    section = models.ForeignKey(SheetSection, models.CASCADE, related_name="clashes")
    window = models.CharField(max_length=40, blank=True)
    base = models.JSONField(default=dict, help_text="What this window started from.")
    answers = models.JSONField(default=dict)
    came_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = SheetClashQuerySet.as_manager()

    class Meta:
        ordering = ("section", "came_at")
        verbose_name_plural = "sheet clashes"
        constraints = [
            models.UniqueConstraint(
                fields=["section", "window"], condition=Q(settled_at=None), name="networking_sheetclash_one_per_window"
            )
        ]

    def __str__(self) -> str:
        return f"Another text of {self.section}"


class SheetVersion(models.Model):
    """The whole sheet as it was at the end of a sprint, or when somebody kept it."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="versions")
    sprint = models.ForeignKey(CohortSprint, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    answers = models.JSONField(default=dict)
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ("sheet", "kept_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "sprint"],
                condition=Q(sprint__isnull=False),
                name="networking_sheetversion_one_per_sprint",
            )
        ]

    def __str__(self) -> str:
        return self.name


class SheetComment(models.Model):
    """What the mentor or the councillor says about a section."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="comments")
    key = models.CharField("section", max_length=20)
    text = models.TextField()
    said_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ("sheet", "said_at", "pk")

    def __str__(self) -> str:
        return f"{self.said_by} on {self.key}"
