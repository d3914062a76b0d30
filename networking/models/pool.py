from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from networking.models.cohorts import Cohort
from networking.models.members import Member
from networking.models.skills import Skill

_BEFORE_TAKEN = ["open", "withdrawn"]


class PoolQuestionQuerySet(models.QuerySet["PoolQuestion"]):
    def with_people(self) -> PoolQuestionQuerySet:
        return self.select_related("skill", "cohort", "asked_by__person", "taken_by__person")

    def unanswered(self) -> PoolQuestionQuerySet:
        """Nobody has taken it, or whoever took it has not said anything since they were last asked."""
        return self.filter(state__in=[PoolQuestion.State.OPEN, PoolQuestion.State.TAKEN])

    def with_since(self) -> PoolQuestionQuerySet:
        """With `waits_since`: when it was asked, or when who asked last wrote back to an answer."""
        back = PoolPost.objects.filter(question=OuterRef("pk"), said_by=OuterRef("asked_by")).order_by("-said_at")
        return self.annotate(waits_since=Coalesce(Subquery(back.values("said_at")[:1]), F("asked_at")))

    def kept(self) -> PoolQuestionQuerySet:
        """Solved, and both let the cohort read it."""
        return self.filter(state=PoolQuestion.State.SOLVED, asker_shares=True, expert_shares=True)


class PoolQuestion(models.Model):
    """“How do I …?”, asked of those in the cohort who could teach a skill. One of them takes it and answers."""

    class State(models.TextChoices):
        OPEN = "open", "waits for somebody"
        TAKEN = "taken", "somebody looks at it"
        ANSWERED = "answered", "answered"
        SOLVED = "solved", "solved"
        WITHDRAWN = "withdrawn", "taken back"

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="questions")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="+")
    text = models.CharField("question", max_length=2000)
    asked_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="questions")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    taken_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="questions_taken")
    taken_at = models.DateTimeField(null=True, blank=True)
    # Both say that it is solved, and each whether the cohort may read it.
    asker_solved_at = models.DateTimeField(null=True, blank=True)
    expert_solved_at = models.DateTimeField(null=True, blank=True)
    asker_shares = models.BooleanField(default=False)
    expert_shares = models.BooleanField(default=False)
    waits_since: datetime  # from `with_since`

    objects = PoolQuestionQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        verbose_name = "question to the expert pool"
        verbose_name_plural = "questions to the expert pool"
        constraints = [
            models.CheckConstraint(
                name="networking_poolquestion_taken_has_time",
                condition=Q(state__in=_BEFORE_TAKEN) | Q(taken_at__isnull=False),
            ),
            models.CheckConstraint(
                name="networking_poolquestion_solved_by_both",
                condition=~Q(state="solved") | Q(asker_solved_at__isnull=False, expert_solved_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.skill}: {self.text[:60]}"

    def has_answer(self) -> bool:
        """Also when who asked wrote back to it, and it waits for more."""
        return self.state == self.State.ANSWERED or (self.state == self.State.TAKEN and self.posts.exists())

    @property
    def is_over(self) -> bool:
        return self.state in {self.State.SOLVED, self.State.WITHDRAWN}

    @property
    def is_kept(self) -> bool:
        return self.state == self.State.SOLVED and self.asker_shares and self.expert_shares


class PoolOffer(models.Model):
    """Somebody who could answer is asked to, once. Without `told_at` they wait for the mail of the day, or look."""

    question = models.ForeignKey(PoolQuestion, models.CASCADE, related_name="offers")
    member = models.ForeignKey(Member, models.CASCADE, related_name="offers")
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "member"], name="networking_pooloffer_once")]

    def __str__(self) -> str:
        return f"{self.member}: {self.question}"


class PoolPost(models.Model):
    """What is said about a question, by who took it and who asked."""

    question = models.ForeignKey(PoolQuestion, models.CASCADE, related_name="posts")
    text = models.TextField()
    said_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ("question", "said_at", "pk")

    def __str__(self) -> str:
        return f"{self.said_by}: {self.text[:60]}"


class PoolChoice(models.Model):
    """How somebody wants to hear of questions. Without a row: at once."""

    class How(models.TextChoices):
        AT_ONCE = "at_once", "By mail, at once"
        DAILY = "daily", "By mail, at most once a day"
        HERE = "here", "No mail: I look here"
        NOT_NOW = "not_now", "Not at present"

    member = models.OneToOneField(Member, models.CASCADE, related_name="pool_choice")
    how = models.CharField(max_length=8, choices=How, default=How.AT_ONCE)

    def __str__(self) -> str:
        return f"{self.member}: {self.get_how_display()}"
