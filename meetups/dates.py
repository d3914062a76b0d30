"""Dates and times as people in councils write them, on a London clock."""

from datetime import date, datetime, time, timedelta

from meetups.timings import LONDON, Rule

_SOME_DAY = date(2027, 1, 13)


def clock(moment: datetime) -> str:
    """10am, 10:30am, 12 noon, midnight."""
    local = moment.astimezone(LONDON)
    if (local.hour, local.minute) in {(0, 0), (12, 0)}:
        return "12 noon" if local.hour else "midnight"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def rule(due: Rule) -> str:
    """5pm the day before, 10:30am 3 days before, 2 hours before the start."""
    if due.days is not None and due.at is not None:
        return f"{of_day(due.at)} {'the day' if due.days == 1 else f'{due.days} days'} before"
    return f"{_counted(due.hours, 'hour')} before the start" if due.hours else "when it starts"


def of_day(at: time) -> str:
    """A time of day as `clock` writes it, whatever the date."""
    return clock(datetime.combine(_SOME_DAY, at, tzinfo=LONDON))


def day(moment: date | datetime) -> str:
    """Wednesday 24 February 2027. A day without a time is that day."""
    local = moment.astimezone(LONDON) if isinstance(moment, datetime) else moment
    return f"{local:%A} {local.day} {local:%B %Y}"


def moment(when: datetime) -> str:
    """Wednesday 24 February 2027, 10am."""
    return f"{day(when)}, {clock(when)}"


def span(starts_at: datetime, ends_at: datetime) -> str:
    """Wednesday 24 February 2027, 10am to 12 noon; with both days when it does not end on the same one."""
    is_one_day = starts_at.astimezone(LONDON).date() == ends_at.astimezone(LONDON).date()
    return f"{moment(starts_at)} to {clock(ends_at) if is_one_day else moment(ends_at)}"


def length(starts_at: datetime, ends_at: datetime) -> str:
    """2 hours, 1 hour 30 minutes, 45 minutes."""
    hours, minutes = divmod(round((ends_at - starts_at) / timedelta(minutes=1)), 60)
    return " ".join(_counted(number, unit) for number, unit in ((hours, "hour"), (minutes, "minute")) if number)


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
