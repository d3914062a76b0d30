from __future__ import annotations

from django.db import models

from meetups.models.series import Series
from people.models import Person


class FollowerQuerySet(models.QuerySet["Follower"]):
    def following(self) -> FollowerQuerySet:
        """Who said yes by the link in our mail, and has not stopped since."""
        return self.filter(confirmed_at__isnull=False, stopped_at=None)


class Follower(models.Model):
    """Somebody who wants to hear of new meet-ups of a series. Asked for on a page, agreed to by a link in an e-mail."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="followers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="follows")
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        ordering = ("asked_at", "pk")
        constraints = [models.UniqueConstraint(fields=["series", "person"], name="meetups_follower_once")]

    def __str__(self) -> str:
        return f"{self.person} follows {self.series}"

    @property
    def is_following(self) -> bool:
        return self.confirmed_at is not None and self.stopped_at is None


class CalendarFeed(models.Model):
    """The secret address of somebody's own calendar. Raising the version makes every earlier address void."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="calendar_feed")
    version = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Calendar of {self.person}"
