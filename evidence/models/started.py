"""Getting started with social media for scrutiny: plans, barriers, and who may be asked for help."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q

from evidence import ideas
from people.models import Council, Person, Preference


class PlanQuerySet(models.QuerySet["Plan"]):
    def of_colleagues(self, person: Person) -> PlanQuerySet:
        """What others of the same council plan."""
        if not person.council_id:
            return self.none()
        return self.filter(council=person.council_id).exclude(made_by=person)

    def examples_for(self, person: Person) -> PlanQuerySet:
        """What other teams shared."""
        return self.filter(is_shared=True).exclude(made_by=person).exclude(council=person.council_id or -1)


class Plan(models.Model):
    """One of the ten ideas, made somebody's own: what exactly, who, by when, and later what was learned."""

    idea = models.CharField(max_length=30, choices=ideas.CHOICES)
    what = models.CharField("what exactly", max_length=500)
    who = models.CharField(max_length=150)
    by_on = models.DateField("by when")
    done_on = models.DateField(null=True, blank=True)
    learned = models.CharField("what we learned", max_length=1000, blank=True)
    is_shared = models.BooleanField("other teams may see it as an example", default=False)
    council = models.ForeignKey(Council, models.SET_NULL, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(Person, models.CASCADE, related_name="started_plans")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ("by_on", "pk")
        constraints = [
            models.CheckConstraint(
                name="evidence_plan_learned_when_done", condition=Q(learned="") | Q(done_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def idea_title(self) -> str:
        return ideas.find(self.idea).title

    @property
    def whose(self) -> str:
        """Which team, for others to read; no names."""
        return str(self.council) if self.council else "A team"


class Barrier(models.Model):
    """What stood in somebody's way, and what helped."""

    class Kind(models.TextChoices):
        BLOCKED = "blocked", "Social media is blocked on our network"
        COMMS = "comms", "Only communications may post"
        LOOKS = "looks", "How it looks, for example phones in meetings"
        SKILLS = "skills", "We do not know how"
        TIME = "time", "Nobody has time"
        OTHER = "other", "Something else"

    kind = models.CharField(max_length=10, choices=Kind)
    met = models.CharField("what you met", max_length=500)
    helped = models.CharField("what helped", max_length=500, blank=True)
    is_shared = models.BooleanField("other teams may read it", default=False)
    council = models.ForeignKey(Council, models.SET_NULL, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(Person, models.CASCADE, related_name="started_barriers")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return self.met

    @property
    def whose(self) -> str:
        return str(self.council) if self.council else "A team"


class HelperQuerySet(models.QuerySet["Helper"]):
    def listed(self, topic: str) -> HelperQuerySet:
        """Who may be asked: not those who stopped mails of this topic, nor who have no name, or cannot sign in."""
        stopped = Preference.objects.filter(person=OuterRef("person"), topic=topic, wanted=False)
        here = self.filter(person__is_active=True).exclude(person__name="").exclude(Exists(stopped))
        return here.select_related("person__council").order_by("person__name", "pk")

    def who_use(self, platform: str) -> list[Helper]:
        """Nothing chosen is everybody. Sorted out here: not every database looks into lists."""
        return [helper for helper in self if not platform or platform in helper.platforms]


class Helper(models.Model):
    """Somebody who uses social media for scrutiny and may be asked. The row is the opt-in: nobody else is listed."""

    class Platform(models.TextChoices):
        """`platforms` holds a list of these."""

        FACEBOOK = "facebook", "Facebook"
        INSTAGRAM = "instagram", "Instagram"
        LINKEDIN = "linkedin", "LinkedIn"
        X = "x", "X"
        BLUESKY = "bluesky", "Bluesky"
        YOUTUBE = "youtube", "YouTube"
        TIKTOK = "tiktok", "TikTok"
        NEXTDOOR = "nextdoor", "Nextdoor and neighbourhood forums"
        BLOG = "blog", "A blog or newsletter"

    person = models.OneToOneField(Person, models.CASCADE, related_name="helper")
    is_councillor = models.BooleanField(default=False)
    platforms = models.JSONField(default=list)
    what_for = models.CharField("what you use them for", max_length=300)
    since = models.DateTimeField()

    objects = HelperQuerySet.as_manager()

    class Meta:
        ordering = ("since", "pk")

    def __str__(self) -> str:
        return str(self.person)

    @property
    def platforms_line(self) -> str:
        return ", ".join(str(self.Platform(one).label) for one in self.platforms if one in self.Platform)


class HelpRequest(models.Model):
    """Somebody asked a helper through the app."""

    helper = models.ForeignKey(Helper, models.CASCADE, related_name="requests")
    asked_by = models.ForeignKey(Person, models.CASCADE, related_name="help_requests")
    text = models.CharField(max_length=1000)
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ("-sent_at", "-pk")

    def __str__(self) -> str:
        return f"{self.asked_by} asked {self.helper}"
