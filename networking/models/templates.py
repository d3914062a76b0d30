from __future__ import annotations

from django.db import models

from networking.models.programmes import Programme


class TemplateSection(models.Model):
    """A section that the planning sheets of a programme have; without any, they have the usual ones.

    What it is beside its words (a table, skills) is defined in `sheet_parts` under its key. Rows are never deleted:
    somebody may be answering.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="sheet_sections")
    key = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    intro = models.CharField(max_length=300, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    # Counts its changes, so that two people who change it at once notice each other.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("programme", "position", "pk")
        verbose_name = "section of planning sheets"
        verbose_name_plural = "sections of planning sheets"
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="networking_templatesection_key")]

    def __str__(self) -> str:
        return self.title


class TemplateQuestion(models.Model):
    """A question of a section, or a column of its table. Never deleted, as sections are not."""

    class Kind(models.TextChoices):
        TEXT = "text", "Several lines"
        LINE = "line", "One line"
        CHOICE = "choice", "Chosen from a list"

    section = models.ForeignKey(TemplateSection, models.CASCADE, related_name="questions")
    key = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=200)
    hint = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=6, choices=Kind)
    in_table = models.BooleanField(default=False)
    needed = models.BooleanField(default=False)
    earlier = models.JSONField(default=list, blank=True, help_text="Words it had, each with the moment until which.")
    hidden_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("section", "position", "pk")
        verbose_name = "question of planning sheets"
        verbose_name_plural = "questions of planning sheets"
        constraints = [models.UniqueConstraint(fields=["section", "key"], name="networking_templatequestion_key")]

    def __str__(self) -> str:
        return self.label
