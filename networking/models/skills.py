from django.db import models
from django.db.models import Q

from networking.models.members import Member

MOST = 3  # levels are 0 (nothing yet), 1 (a start), 2 (at ease), 3 (can teach it)


class Level(models.IntegerChoices):
    NOTHING = 0, "Nothing yet"
    START = 1, "A start"
    AT_EASE = 2, "At ease"
    TEACHES = 3, "Could teach it"


class Skill(models.Model):
    """Something councillors want to get better at and mentors can help with. The list is edited by administrators."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(default=100)
    retired_at = models.DateTimeField(null=True, blank=True, help_text="No longer asked for; kept where it was said.")

    class Meta:
        ordering = ("position", "name")

    def __str__(self) -> str:
        return self.name


class SkillLevel(models.Model):
    """How far a member is in a skill, and for councillors how far they want to get."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="levels")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="levels")
    level = models.PositiveSmallIntegerField("level now", choices=Level, default=Level.NOTHING)
    wanted = models.PositiveSmallIntegerField("level wanted", choices=Level, null=True, blank=True)

    class Meta:
        ordering = ("member", "skill__position")
        constraints = [
            models.UniqueConstraint(fields=["member", "skill"], name="networking_skilllevel_once"),
            models.CheckConstraint(
                name="networking_skilllevel_between_0_and_3",
                condition=Q(level__lte=MOST) & (Q(wanted=None) | Q(wanted__lte=MOST)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.skill} {self.level}"
