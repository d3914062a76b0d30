from django.db import models
from django.utils import timezone

# Every pair meets about this often unless the cohort or the pair says otherwise.
RHYTHM_DAYS = 14


class Programme(models.Model):
    """A template that cohorts start from: its sprints, their aims and tasks. Changing it changes no running cohort."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    purpose = models.TextField("what it is for", blank=True)
    rhythm_days = models.PositiveSmallIntegerField("days between support meetings", default=RHYTHM_DAYS)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="No new cohorts start from it.")

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Sprint(models.Model):
    """One of the programme's sprints, about six weeks, opened by a workshop."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="sprints")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    aims = models.TextField(blank=True, help_text="Markdown.")
    weeks = models.PositiveSmallIntegerField("length in weeks", default=6)
    workshops = models.PositiveSmallIntegerField(default=1, help_text="How many workshops open it: usually one.")

    class Meta:
        ordering = ("programme", "position")
        constraints = [
            models.UniqueConstraint(fields=["programme", "position"], name="networking_sprint_position"),
            models.CheckConstraint(name="networking_sprint_has_weeks", condition=models.Q(weeks__gte=1)),
        ]

    def __str__(self) -> str:
        return self.name


class SprintTask(models.Model):
    """Something to do in a sprint; `must` means that it has to be done by the sprint's end."""

    sprint = models.ForeignKey(Sprint, models.CASCADE, related_name="tasks")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    must = models.BooleanField("must be done by the end", default=False)

    class Meta:
        ordering = ("sprint", "position")
        constraints = [models.UniqueConstraint(fields=["sprint", "position"], name="networking_sprinttask_position")]

    def __str__(self) -> str:
        return self.text
