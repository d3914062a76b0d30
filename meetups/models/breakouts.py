from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from meetups.models.gathering import Meetup
from meetups.models.planning import Question
from meetups.models.signing_up import SignUp


class BreakoutPlan(models.Model):
    """The rooms of one meet-up and what they were planned with. `version` rises with every change."""

    class ForWhom(models.TextChoices):
        HERE = "here", "Those who are here"
        EXPECTED = "expected", "Everybody with a place, except those marked as not here"

    meetup = models.OneToOneField(Meetup, models.CASCADE, related_name="breakouts")
    seed = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    for_whom = models.CharField(max_length=10, choices=ForWhom, default=ForWhom.HERE)
    recipe = models.JSONField(default=list, help_text="What was asked for, round by round.")
    room_names = models.TextField(blank=True, help_text="One per line.")
    help_question = models.ForeignKey(Question, models.SET_NULL, null=True, blank=True, related_name="+")
    offer_question = models.ForeignKey(Question, models.SET_NULL, null=True, blank=True, related_name="+")
    achieved = models.CharField(max_length=500, blank=True)
    planned_at = models.DateTimeField(null=True)
    # Set while a worker is to make the rooms; the row is the queue.
    asked_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    refused = models.CharField("why the worker could not", max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["asked_at"], name="meetups_breakoutplan_asked")]

    def __str__(self) -> str:
        return f"Rooms of {self.meetup}"

    @property
    def chosen_names(self) -> list[str]:
        return [line.strip() for line in self.room_names.splitlines() if line.strip()]


class BreakoutRound(models.Model):
    """One round of conversations. A held one stays as it was; a shown one is on the booking of those in it."""

    plan = models.ForeignKey(BreakoutPlan, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    size = models.PositiveSmallIntegerField()
    merge_previous = models.BooleanField(default=False)
    by_need = models.BooleanField(default=False)
    shown_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="meetups_breakoutround_number_once"),
            models.CheckConstraint(
                name="meetups_breakoutround_counts", condition=Q(number__gte=1) & Q(size__gte=2) & Q(size__lte=12)
            ),
        ]

    def __str__(self) -> str:
        return f"Round {self.number}"


class BreakoutRoom(models.Model):
    round = models.ForeignKey(BreakoutRound, models.CASCADE, related_name="rooms")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    is_locked = models.BooleanField(default=False)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="meetups_breakoutroom_number_once"),
            models.UniqueConstraint(fields=["round", "name"], name="meetups_breakoutroom_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class RoomMember(models.Model):
    """Somebody in a room. The round is written here too, so that the database keeps them out of a second room of it."""

    round = models.ForeignKey(BreakoutRound, models.CASCADE, related_name="members")
    room = models.ForeignKey(BreakoutRoom, models.CASCADE, related_name="members")
    signup = models.ForeignKey(SignUp, models.CASCADE, related_name="rooms")
    by_hand = models.BooleanField(default=False, help_text="Whether a host put them there.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "signup"], name="meetups_roommember_one_room_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.signup.name} in {self.room}"


class KeepApart(models.Model):
    """Two people who should not share a room. Known to hosts only, and gone with the details of the sign-ups."""

    meetup = models.ForeignKey(Meetup, models.CASCADE, related_name="kept_apart")
    one = models.ForeignKey(SignUp, models.CASCADE, related_name="+")
    other = models.ForeignKey(SignUp, models.CASCADE, related_name="+")

    class Meta:
        ordering = ("one__name", "other__name", "pk")
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="meetups_keepapart_once"),
            models.CheckConstraint(name="meetups_keepapart_two_people", condition=Q(one__lt=F("other"))),
        ]

    def __str__(self) -> str:
        return "Two people who are kept apart"


class Presence(models.Model):
    """What a host said by hand about whether somebody is here; without it `came_at` decides.

    That somebody is not here ends when they join by their link.
    """

    signup = models.OneToOneField(SignUp, models.CASCADE, related_name="presence")
    is_here = models.BooleanField()
    counted_in = models.BooleanField(default=False, help_text="Whether this mark is what says that they came.")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "presence"

    def __str__(self) -> str:
        return f"{self.signup.name} is {'' if self.is_here else 'not '}here"
