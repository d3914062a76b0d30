from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from meetups.models import Meetup, Series
from networking.models.programmes import RHYTHM_DAYS, Programme, Sprint
from people.models import Council, Person


class CohortQuerySet(models.QuerySet["Cohort"]):
    def led_by(self, person: Person) -> CohortQuerySet:
        """Those this person may lead: organisers all, leads their own, others none."""
        if person.is_organiser:
            return self
        return self.filter(members__person=person, members__role="lead", members__state="joined").distinct()

    def of(self, person: Person) -> CohortQuerySet:
        """Those this person is in now, whatever for."""
        return self.filter(members__person=person, members__state="joined").distinct()


class Cohort(models.Model):
    """A programme run for an area with its own dates, leads, councillors and mentors."""

    class State(models.TextChoices):
        PREPARING = "preparing", "being prepared"
        RUNNING = "running", "running"
        FINISHED = "finished", "finished"

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    area = models.CharField(max_length=150, help_text="Such as “Suffolk”, or the towns and districts it spans.")
    councils = models.ManyToManyField(Council, blank=True, related_name="+")
    starts_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.PREPARING)
    rhythm_days = models.PositiveSmallIntegerField("days between support meetings", default=RHYTHM_DAYS)
    # Raising it makes every invitation link of the cohort void.
    invitation_version = models.PositiveIntegerField(default=1, editable=False)
    # The closed series its workshops are in; made with the first of them.
    series = models.OneToOneField(Series, models.PROTECT, null=True, blank=True, related_name="cohort", editable=False)
    created_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "name")
        constraints = [
            models.CheckConstraint(name="networking_cohort_has_rhythm", condition=Q(rhythm_days__gte=1)),
            models.CheckConstraint(
                name="networking_cohort_finished_has_time",
                condition=Q(state="finished", finished_at__isnull=False)
                | (~Q(state="finished") & Q(finished_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("networking:cohort", args=[self.slug])

    @property
    def is_finished(self) -> bool:
        return self.state == self.State.FINISHED

    def sprint_on(self, day: date) -> CohortSprint | None:
        """The sprint this day is in; before the first, None."""
        return self.sprints.filter(starts_on__lte=day, ends_on__gte=day).order_by("position").first()


class CohortSprint(models.Model):
    """A sprint of this cohort, copied from the programme and then its own."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="sprints")
    template = models.ForeignKey(Sprint, models.SET_NULL, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    aims = models.TextField(blank=True, help_text="Markdown.")
    starts_on = models.DateField()
    ends_on = models.DateField()
    # Not how many there are: a workshop is there once it has a date.
    workshops_wanted = models.PositiveSmallIntegerField("workshops", default=1, help_text="0 skips it, 2 splits it.")

    class Meta:
        ordering = ("cohort", "position")
        verbose_name = "sprint of a cohort"
        verbose_name_plural = "sprints of cohorts"
        constraints = [
            models.UniqueConstraint(fields=["cohort", "position"], name="networking_cohortsprint_position"),
            models.CheckConstraint(
                name="networking_cohortsprint_ends_after_start", condition=Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def weeks(self) -> int:
        """Whole weeks it lasts, begun ones counted."""
        return -(-((self.ends_on - self.starts_on) + timedelta(days=1)).days // 7)


class CohortTask(models.Model):
    """Something everybody in the cohort does in a sprint; `must` means by the sprint's end."""

    sprint = models.ForeignKey(CohortSprint, models.CASCADE, related_name="tasks")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    must = models.BooleanField("must be done by the end", default=False)

    class Meta:
        ordering = ("sprint", "position")
        verbose_name = "task of a cohort"
        verbose_name_plural = "tasks of cohorts"
        constraints = [models.UniqueConstraint(fields=["sprint", "position"], name="networking_cohorttask_position")]

    def __str__(self) -> str:
        return self.text


class TaskDone(models.Model):
    """A councillor says that a task is done."""

    task = models.ForeignKey(CohortTask, models.CASCADE, related_name="done")
    member = models.ForeignKey("networking.Member", models.CASCADE, related_name="tasks_done")
    done_at = models.DateTimeField()

    class Meta:
        verbose_name = "done task"
        constraints = [models.UniqueConstraint(fields=["task", "member"], name="networking_taskdone_once")]

    def __str__(self) -> str:
        return f"{self.member}: {self.task}"


class Workshop(models.Model):
    """A meet-up that opens a sprint. A sprint may have two, or none."""

    sprint = models.ForeignKey(CohortSprint, models.CASCADE, related_name="workshops")
    # Only drafts are ever deleted.
    meetup = models.OneToOneField(Meetup, models.CASCADE, related_name="workshop")

    class Meta:
        ordering = ("meetup__starts_at",)

    def __str__(self) -> str:
        return str(self.meetup)
