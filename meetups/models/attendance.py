from __future__ import annotations

from django.db import models
from django.db.models import Q

from meetups.models.gathering import Meetup
from meetups.models.signing_up import SignUp
from people.models import Person


class AttendanceImport(models.Model):
    """A report of who came. Nothing counts before a host has confirmed it; then it can be undone."""

    class State(models.TextChoices):
        REVIEW = "review", "to be checked"
        CONFIRMED = "confirmed", "taken over"
        UNDONE = "undone", "undone"

    meetup = models.ForeignKey(Meetup, models.CASCADE, related_name="attendance_imports")
    state = models.CharField(max_length=10, choices=State, default=State.REVIEW)
    kind = models.CharField(max_length=100)
    file_name = models.CharField(max_length=150)
    # The people in the report as read; emptied with the details of the sign-ups.
    attendees = models.JSONField(default=list)
    read_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    read_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-read_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["meetup"], condition=Q(state="review"), name="meetups_attendanceimport_one_in_review"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} “{self.file_name}”"


class CountedIn(models.Model):
    """That an import said somebody came, so that undoing it takes back just that."""

    report = models.ForeignKey(AttendanceImport, models.CASCADE, related_name="counted")
    signup = models.ForeignKey(SignUp, models.CASCADE, related_name="+")
    came_at = models.DateTimeField()
    is_added = models.BooleanField(default=False, help_text="The import itself put them on the list.")

    class Meta:
        verbose_name_plural = "counted in"
        constraints = [models.UniqueConstraint(fields=["report", "signup"], name="meetups_countedin_once")]

    def __str__(self) -> str:
        return f"{self.signup.name} came"


class LearnedAlias(models.Model):
    """What a host taught us: who shows this name in calls, or joins with this address, is this person."""

    shown = models.CharField(max_length=254)
    person = models.ForeignKey(Person, models.CASCADE, related_name="aliases")
    learned_from = models.ForeignKey(AttendanceImport, models.CASCADE, related_name="aliases")
    learned_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "learned aliases"
        constraints = [models.UniqueConstraint(fields=["shown", "person"], name="meetups_learnedalias_once")]

    def __str__(self) -> str:
        return self.shown
