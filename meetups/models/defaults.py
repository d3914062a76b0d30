from __future__ import annotations

from datetime import time
from typing import Any

from django.db import models
from django.db.models import F, Q

from meetups import timings
from meetups.models.gathering import DOORS_OPEN_MINUTES, OFFER_HOURS, Meetup
from meetups.models.series import Series


def _a_rule(name: str) -> Q:
    """Nothing said, or so many days before at a clock time, or so many hours before; never half of one or two.

    What is empty is asked for by name: a comparison with nothing is no error for a database.
    """
    nothing = {f"{name}_{part}": None for part in ("days", "at", "hours")}
    by_day = {f"{name}_days__isnull": False, f"{name}_days__gt": 0, f"{name}_at__isnull": False, f"{name}_hours": None}
    by_hour = {f"{name}_days": None, f"{name}_at": None, f"{name}_hours__isnull": False}
    return Q(**nothing) | Q(**by_day) | Q(**by_hour)


class SeriesDefaults(models.Model):
    """What a new meet-up of a series starts with, beside its default agenda. No row: what the site has for all.

    Only the start: a meet-up that is there keeps what it has when these change.
    """

    # Copied as they are into the fields of the same name of a new meet-up.
    COPIED = (
        "audience", "mode", "places_online", "join_url", "passcode", "dial_in", "places_room", "venue", "address",
        "map_url", "access_notes", "hashtag", "nudge", "reminder_hours", "offer_hours", "doors_minutes",
    )  # fmt: skip

    series = models.OneToOneField(Series, models.CASCADE, related_name="defaults")
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    audience = models.CharField("who it is for", max_length=200, blank=True)
    mode = models.CharField(max_length=10, choices=Meetup.Mode, default=Meetup.Mode.ONLINE)
    places_online = models.PositiveSmallIntegerField(null=True, blank=True)
    join_url = models.URLField("join link", max_length=1000, blank=True)
    passcode = models.CharField(max_length=50, blank=True)
    dial_in = models.CharField(max_length=300, blank=True)
    places_room = models.PositiveSmallIntegerField("places in the room", null=True, blank=True)
    venue = models.CharField("room", max_length=150, blank=True)
    address = models.CharField(max_length=300, blank=True)
    map_url = models.URLField("map link", max_length=1000, blank=True)
    access_notes = models.TextField("getting in and around", blank=True)
    hashtag = models.CharField(max_length=50, blank=True)
    closes_days = models.PositiveSmallIntegerField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    closes_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    details_days = models.PositiveSmallIntegerField(null=True, blank=True)
    details_at = models.TimeField(null=True, blank=True)
    details_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    nudge = models.BooleanField(default=True)
    reminder_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    offer_hours = models.PositiveSmallIntegerField(default=OFFER_HOURS)
    doors_minutes = models.PositiveSmallIntegerField(default=DOORS_OPEN_MINUTES)

    class Meta:
        verbose_name = verbose_name_plural = "defaults of a series"
        constraints = [
            models.CheckConstraint(
                name="meetups_seriesdefaults_both_times_or_none",
                condition=Q(starts=None, ends=None) | Q(starts__isnull=False, ends__isnull=False, ends__gt=F("starts")),
            ),
            models.CheckConstraint(name="meetups_seriesdefaults_closing", condition=_a_rule("closes")),
            models.CheckConstraint(name="meetups_seriesdefaults_details", condition=_a_rule("details")),
        ]

    def __str__(self) -> str:
        return f"Defaults of {self.series}"

    @classmethod
    def of(cls, series: Series) -> SeriesDefaults:
        """Those of this series; where nobody has set any, the site's."""
        return getattr(series, "defaults", None) or cls(series=series)

    @property
    def closing(self) -> timings.Rule:
        return self._rule("closes", timings.CLOSING)

    @property
    def details(self) -> timings.Rule:
        return self._rule("details", timings.DETAILS)

    def _rule(self, name: str, otherwise: timings.Rule) -> timings.Rule:
        days, at, hours = (getattr(self, f"{name}_{part}") for part in ("days", "at", "hours"))
        return otherwise if days is None and hours is None else timings.Rule(days=days, at=at, hours=hours)

    @property
    def length_minutes(self) -> int | None:
        """How long its meet-ups usually last; None when nobody has said."""
        return _minutes(self.ends) - _minutes(self.starts) if self.starts and self.ends else None

    @property
    def places_line(self) -> str:
        """How many places there usually are, in words."""
        online = f"{self.places_online} online" if self.places_online and self.mode != Meetup.Mode.ROOM else ""
        room = f"{self.places_room} in the room" if self.places_room and self.mode != Meetup.Mode.ONLINE else ""
        return ", ".join(filter(None, (online, room))) or "Not set"

    def copied(self) -> dict[str, Any]:
        """What the fields of a new meet-up start with."""
        return {name: getattr(self, name) for name in self.COPIED}


def _minutes(at: time) -> int:
    return 60 * at.hour + at.minute
