from __future__ import annotations

from datetime import datetime, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from networking.models.cohorts import Cohort
from people.models import Person

MOST_CAPACITY = 5
INVITATION_LIVES = timedelta(days=90)


class MemberQuerySet(models.QuerySet["Member"]):
    def with_people(self) -> MemberQuerySet:
        """With whom they are and where they work, whatever the number of rows."""
        return self.select_related("person__council", "cohort")

    def joined(self) -> MemberQuerySet:
        return self.filter(state=Member.State.JOINED)

    def is_in_one(self, person: Person) -> bool:
        """Whether any of these rows is this person's, and stands."""
        return self.joined().filter(person=person).exists()

    def answerable(self, now: datetime) -> MemberQuerySet:
        """Who may still say yes, also after a no: invited lately, to a cohort that is not finished."""
        waiting = self.filter(state__in=[Member.State.INVITED, Member.State.DECLINED])
        return waiting.filter(invited_at__gte=now - INVITATION_LIVES).exclude(cohort__state=Cohort.State.FINISHED)

    def invited(self) -> MemberQuerySet:
        return self.filter(state=Member.State.INVITED)

    def councillors(self) -> MemberQuerySet:
        return self.filter(role=Member.Role.COUNCILLOR)

    def mentors(self) -> MemberQuerySet:
        return self.filter(role=Member.Role.MENTOR)

    def leads(self) -> MemberQuerySet:
        return self.filter(role=Member.Role.LEAD)

    def experts(self) -> MemberQuerySet:
        return self.filter(role=Member.Role.EXPERT)


class Member(models.Model):
    """Somebody in a cohort, in one of its roles; a mentor who is also an expert has two rows."""

    class Role(models.TextChoices):
        COUNCILLOR = "councillor", "councillor"
        MENTOR = "mentor", "mentor"
        LEAD = "lead", "lead"
        EXPERT = "expert", "expert"

    class State(models.TextChoices):
        INVITED = "invited", "invited"
        JOINED = "joined", "in the cohort"
        DECLINED = "declined", "said no"
        LEFT = "left", "left"

    class Day(models.TextChoices):
        """A weekday that suits; `days` holds a list of these."""

        MONDAY = "mon", "Monday"
        TUESDAY = "tue", "Tuesday"
        WEDNESDAY = "wed", "Wednesday"
        THURSDAY = "thu", "Thursday"
        FRIDAY = "fri", "Friday"
        WEEKEND = "weekend", "Weekend"

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)
    state = models.CharField(max_length=10, choices=State, default=State.INVITED)
    area = models.CharField("where", max_length=100, blank=True, help_text="Town or district.")
    days = models.JSONField("days that suit", default=list, blank=True)
    languages = models.CharField(max_length=200, blank=True)
    capacity = models.PositiveSmallIntegerField(
        "councillors a mentor can take",
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_CAPACITY)],
    )
    # Raising it makes every link we mailed to this member void.
    link_version = models.PositiveIntegerField(default=0, editable=False)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    # A worker writes to whoever is invited and was not written to.
    mailed_at = models.DateTimeField(null=True, blank=True, editable=False)
    invitation_note = models.TextField("what the lead wrote to them", blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ("cohort", "person__name", "pk")
        indexes = [models.Index(fields=["state", "mailed_at"], name="networking_member_to_write")]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "person", "role"], name="networking_member_once_per_role"),
            models.CheckConstraint(
                name="networking_member_capacity_of_mentors",
                condition=Q(role="mentor", capacity__isnull=False, capacity__lte=MOST_CAPACITY)
                | (~Q(role="mentor") & Q(capacity__isnull=True)),
            ),
            models.CheckConstraint(
                name="networking_member_joined_has_time",
                condition=~Q(state="joined") | Q(joined_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def is_here(self) -> bool:
        return self.state == self.State.JOINED

    @property
    def is_invited(self) -> bool:
        return self.state == self.State.INVITED

    @property
    def has_declined(self) -> bool:
        return self.state == self.State.DECLINED

    @property
    def is_councillor(self) -> bool:
        return self.role == self.Role.COUNCILLOR

    @property
    def is_mentor(self) -> bool:
        return self.role == self.Role.MENTOR

    @property
    def is_lead(self) -> bool:
        return self.role == self.Role.LEAD

    @property
    def helps(self) -> bool:
        """Whether they are asked what they could teach."""
        return self.role in {self.Role.MENTOR, self.Role.EXPERT}

    @property
    def days_line(self) -> str:
        return ", ".join(str(self.Day(day).label) for day in self.days)
