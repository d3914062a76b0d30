from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from networking.models.members import Member


class CitizenSearch(models.Model):
    """A councillor looked for informal civic activity: for a topic in a place, never for a person."""

    class Method(models.TextChoices):
        WEB = "web", "Web search and local news"
        PLATFORM = "platform", "Search on a social platform"
        TAG = "tag", "A tag"
        ASKED = "asked", "Asked people"
        AROUND = "around", "Notice boards and meetings"
        MAP = "map", "Through somebody on my map"

    member = models.ForeignKey(Member, models.CASCADE, related_name="citizen_searches")
    method = models.CharField("how", max_length=8, choices=Method)
    source_name = models.CharField("where", max_length=80, blank=True)
    words = models.CharField("for what", max_length=200, blank=True)
    place = models.CharField(max_length=80, blank=True)
    minutes = models.PositiveSmallIntegerField("minutes it took", null=True, blank=True)
    searched_at = models.DateTimeField()

    class Meta:
        ordering = ("-searched_at", "-pk")
        verbose_name_plural = "searches for active citizens"
        indexes = [models.Index(fields=["member", "-searched_at"], name="networking_citizensearch_mine")]
        constraints = [
            models.CheckConstraint(
                name="networking_citizensearch_minutes", condition=Q(minutes=None) | Q(minutes__lte=600)
            )
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.source_name or self.get_method_display(), self.words) if part)


class Candidate(models.Model):
    """Somebody or something that may be worth having in one's network: as little as that takes, kept to a date."""

    class Kind(models.TextChoices):
        PAGE = "page", "Page"
        GROUP = "group", "Group"
        BLOG = "blog", "Blog or newsletter"
        PERSON = "person", "Person who is active in public"

    class Decision(models.TextChoices):
        OPEN = "", "not decided"
        YES = "yes", "yes, into my network"
        LATER = "later", "later"
        NO = "no", "no"

    member = models.ForeignKey(Member, models.CASCADE, related_name="candidates")
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.PAGE)
    name = models.CharField(max_length=120, blank=True)
    link = models.URLField("public address", max_length=500, blank=True)
    # The address without what does not tell pages apart; empty for what has none and once it is forgotten.
    key = models.CharField(max_length=500, blank=True, editable=False)
    why = models.CharField("why civic", max_length=300, blank=True)
    contact = models.CharField("how to reach them in public", max_length=200, blank=True)
    found_by = models.ManyToManyField(CitizenSearch, related_name="found")
    is_local = models.BooleanField(null=True)
    is_active = models.BooleanField(null=True)
    builds = models.BooleanField(null=True)
    is_wanted = models.BooleanField(null=True)
    decision = models.CharField(max_length=5, choices=Decision, blank=True, default=Decision.OPEN)
    words = models.CharField("why, in my words", max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    keep_until = models.DateField()
    forgotten_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = [
            models.Index(fields=["keep_until"], name="networking_candidate_keep", condition=Q(forgotten_at=None))
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "key"], condition=~Q(key=""), name="networking_candidate_once_per_address"
            ),
            models.CheckConstraint(
                name="networking_candidate_decided_has_time", condition=Q(decision="") | Q(decided_at__isnull=False)
            ),
            models.CheckConstraint(
                name="networking_candidate_forgotten_is_empty",
                condition=Q(forgotten_at=None) | Q(name="", link="", key="", why="", contact="", words=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name or "somebody forgotten"

    def is_due_on(self, day: date) -> bool:
        return self.keep_until < day
