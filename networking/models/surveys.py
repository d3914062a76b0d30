from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from networking.models.cohorts import Cohort, CohortSprint
from networking.models.members import Member
from networking.models.programmes import Programme
from people.models import Person


class SurveyQuestion(models.Model):
    """A question of a programme's surveys. The same question asked twice is what change is measured by.

    Once anybody has answered it, its words stay: a changed question is a new row, and this one is retired.
    """

    class Kind(models.TextChoices):
        SCALE = "scale", "a point from 1 to 5"
        TEXT = "text", "words"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(default=100)
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.SCALE)
    text = models.CharField(max_length=200)
    low = models.CharField("what 1 means", max_length=60, blank=True)
    high = models.CharField("what 5 means", max_length=60, blank=True)
    at_start = models.BooleanField("asked at the start too", default=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("programme", "position", "pk")
        constraints = [
            models.CheckConstraint(
                name="networking_surveyquestion_scale_has_ends", condition=Q(kind="text") | ~(Q(low="") | Q(high=""))
            )
        ]

    def __str__(self) -> str:
        return self.text


class SurveyQuerySet(models.QuerySet["Survey"]):
    def open_at(self, now: datetime) -> SurveyQuerySet:
        """Those that are asked now: in cohorts that run; three months after also in those that have finished."""
        is_asked = Q(cohort__state=Cohort.State.RUNNING) | Q(
            cohort__state=Cohort.State.FINISHED, moment=Survey.Moment.LATER
        )
        return self.filter(is_asked, opens_at__lte=now, closes_at__gt=now)


class Survey(models.Model):
    """Questions to the councillors of a cohort at one point: at the start, after a sprint, three months later."""

    class Moment(models.TextChoices):
        START = "start", "at the start"
        SPRINT = "sprint", "at the end of a sprint"
        LATER = "later", "three months after"

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="surveys")
    moment = models.CharField(max_length=6, choices=Moment)
    sprint = models.ForeignKey(CohortSprint, models.CASCADE, null=True, blank=True, related_name="surveys")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    created_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    objects = SurveyQuerySet.as_manager()

    class Meta:
        ordering = ("opens_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "moment"], condition=Q(sprint=None), name="networking_survey_once"
            ),
            models.UniqueConstraint(
                fields=["sprint"], condition=Q(sprint__isnull=False), name="networking_survey_once_per_sprint"
            ),
            models.CheckConstraint(
                name="networking_survey_sprint_where_it_says_so",
                condition=Q(moment="sprint", sprint__isnull=False) | (~Q(moment="sprint") & Q(sprint=None)),
            ),
            models.CheckConstraint(
                name="networking_survey_closes_after_opening", condition=Q(closes_at__gt=models.F("opens_at"))
            ),
        ]

    def __str__(self) -> str:
        if self.moment == self.Moment.SPRINT:
            return f"After “{self.sprint}”"
        return {"start": "At the start", "later": "Three months after"}[self.moment]

    @property
    def in_a_sentence(self) -> str:
        """After other words: names of sprints keep their capitals."""
        name = str(self)
        return name[0].lower() + name[1:]

    def is_open(self, now: datetime) -> bool:
        return self.opens_at <= now < self.closes_at

    def is_closed(self, now: datetime) -> bool:
        return now >= self.closes_at

    def questions(self) -> models.QuerySet[SurveyQuestion]:
        """What this survey asks: not what was retired before it opened, and at the start only what is asked there."""
        asked = self.cohort.programme.questions.filter(Q(retired_at=None) | Q(retired_at__gt=self.opens_at))
        return asked.filter(at_start=True) if self.moment == self.Moment.START else asked


class SurveyReply(models.Model):
    """One councillor asked once: when, reminded when, answered when. The row is what keeps mails single."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="replies")
    member = models.ForeignKey(Member, models.CASCADE, related_name="survey_replies")
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "survey replies"
        constraints = [models.UniqueConstraint(fields=["survey", "member"], name="networking_surveyreply_once")]

    def __str__(self) -> str:
        return f"{self.member}: {self.survey}"


class SurveyTheme(models.Model):
    """What several people said in their own words; a lead puts answers under it."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="survey_themes")
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["cohort", "name"], name="networking_surveytheme_once")]

    def __str__(self) -> str:
        return self.name


class SurveyAnswer(models.Model):
    """What somebody chose or wrote. Read by nobody beside a name."""

    reply = models.ForeignKey(SurveyReply, models.CASCADE, related_name="answers")
    question = models.ForeignKey(SurveyQuestion, models.PROTECT, related_name="answers")
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)
    theme = models.ForeignKey(SurveyTheme, models.SET_NULL, null=True, blank=True, related_name="answers")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reply", "question"], name="networking_surveyanswer_once"),
            models.CheckConstraint(
                name="networking_surveyanswer_point_or_words",
                condition=Q(value__gte=1, value__lte=5, text="") | (Q(value=None) & ~Q(text="")),
            ),
        ]

    def __str__(self) -> str:
        return self.text or str(self.value)
