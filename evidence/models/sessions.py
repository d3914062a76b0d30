from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.timezone import localtime

from evidence.models.inquiries import Inquiry, Topic
from evidence.models.items import Item
from meetups.models import Meetup
from people.models import Person


class ListeningSession(models.Model):
    """People in one room listen for an inquiry, in pairs. Everything around it (places, details) is the meet-up's."""

    class State(models.TextChoices):
        ARRIVING = "arriving", "people arrive"
        LISTENING = "listening", "pairs listen"
        REPORTING = "reporting", "pairs report back"
        ENDED = "ended", "over"

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="sessions")
    meetup = models.OneToOneField(Meetup, models.SET_NULL, null=True, blank=True, related_name="listening_session")
    code = models.CharField(max_length=8, unique=True, help_text="Lets people in without an account until the end.")
    state = models.CharField(max_length=10, choices=State, default=State.ARRIVING)
    minutes = models.PositiveSmallIntegerField("minutes to listen", default=45)
    timer_ends_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"Listening session on {localtime(self.made_at):%d %B %Y}"

    @property
    def is_over(self) -> bool:
        return self.state == self.State.ENDED

    def is_time_up(self, now: datetime) -> bool:
        return self.timer_ends_at is not None and now >= self.timer_ends_at


class Pair(models.Model):
    """Two people, sometimes three, who listen together for some of the topics."""

    session = models.ForeignKey(ListeningSession, models.CASCADE, related_name="pairs")
    number = models.PositiveSmallIntegerField()
    topics = models.ManyToManyField(Topic, related_name="+")
    items = models.ManyToManyField(Item, related_name="pairs", blank=True)
    findings = models.JSONField(default=list, blank=True, help_text="Up to three, in their words.")

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["session", "number"], name="evidence_pair_number")]

    def __str__(self) -> str:
        return f"Pair {self.number}"


class Seat(models.Model):
    """Somebody in the room. A name only while the session runs; what they said at the end stays, without it."""

    class Role(models.TextChoices):
        COUNCILLOR = "councillor", "Councillor"
        OFFICER = "officer", "Officer"
        RESIDENT = "resident", "Resident or somebody else"

    class Useful(models.TextChoices):
        YES = "yes", "Yes"
        PARTLY = "partly", "Partly"
        NO = "no", "No"

    session = models.ForeignKey(ListeningSession, models.CASCADE, related_name="seats")
    pair = models.ForeignKey(Pair, models.SET_NULL, null=True, blank=True, related_name="seats")
    name = models.CharField(max_length=80, blank=True)
    role = models.CharField(max_length=10, choices=Role)
    is_used_to_it = models.BooleanField("used to social media")
    joined_at = models.DateTimeField()
    useful = models.CharField(max_length=6, choices=Useful, blank=True)
    why = models.CharField(max_length=500, blank=True)
    again = models.CharField(max_length=3, choices=[("yes", "Yes"), ("no", "No")], blank=True)

    class Meta:
        ordering = ("joined_at", "pk")

    def __str__(self) -> str:
        return self.name or "Somebody"
