"""When sign-up closes and when joining details go, unless the organiser says otherwise. Wall-clock time in London."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class NoSuchTime(ValueError):
    """The clocks go forward over this time: it does not exist that night."""


class TwiceThatNight(ValueError):
    """The clocks go back: this time comes twice that night."""


def on_london_clock(day: date, at: time) -> datetime:
    """What a clock in London shows, as a moment. Raises NoSuchTime or TwiceThatNight in the nights of a change."""
    shown = datetime.combine(day, at, tzinfo=LONDON)
    if shown.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != shown.replace(tzinfo=None):
        raise NoSuchTime
    if shown.utcoffset() != shown.replace(fold=1).utcoffset():
        raise TwiceThatNight
    return shown


@dataclass(frozen=True)
class Rule:
    """When something is due before a start: so many days before at a clock time, or so many hours before."""

    days: int | None = None
    at: time | None = None
    hours: int | None = None

    def before(self, starts_at: datetime) -> datetime:
        """That moment. Days and clock times are London's, also when the clocks change in between."""
        if self.days is None or self.at is None:
            return starts_at.astimezone(UTC) - timedelta(hours=self.hours or 0)
        day = starts_at.astimezone(LONDON).date() - timedelta(days=self.days)
        return datetime.combine(day, self.at, tzinfo=LONDON)


# Unless the series or the organiser says otherwise.
CLOSING = Rule(days=1, at=time(17))
DETAILS = Rule(days=1, at=time(18))


def default_closing(starts_at: datetime) -> datetime:
    """5pm the day before."""
    return CLOSING.before(starts_at)


def default_details(starts_at: datetime) -> datetime:
    """6pm the evening before."""
    return DETAILS.before(starts_at)


def morning_after(ends_at: datetime) -> datetime:
    """9am on the day after, on a London clock."""
    day_after = ends_at.astimezone(LONDON).date() + timedelta(days=1)
    return datetime.combine(day_after, time(9), tzinfo=LONDON)


def shifted(moment: datetime, *, old_start: datetime, new_start: datetime) -> datetime:
    """The same wall-clock distance in days and time of day before the new start as before the old one.

    “5pm the day before” stays 5pm the day before, also over a change of the clocks.
    """
    local_old, local_new = old_start.astimezone(LONDON), new_start.astimezone(LONDON)
    gap = local_old.replace(tzinfo=None) - moment.astimezone(LONDON).replace(tzinfo=None)
    days = local_old.date() - moment.astimezone(LONDON).date()
    if gap < timedelta(hours=12) or not days:  # close to the start: hours before matter, not the time of day
        return new_start.astimezone(UTC) - (old_start.astimezone(UTC) - moment.astimezone(UTC))
    return datetime.combine(local_new.date() - days, moment.astimezone(LONDON).time(), tzinfo=LONDON)
