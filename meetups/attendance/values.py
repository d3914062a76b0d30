"""What a report says about one person, and what is said when it cannot be read."""

from dataclasses import dataclass
from datetime import date, datetime


class UnknownReport(ValueError):
    """The file is not a report of this meet-up that we can read; the message tells the organiser what and where."""


@dataclass(frozen=True)
class Attendee:
    """One person in a report, however often they joined.

    Moments are aware, on a London clock unless the reader was told another zone. `also_called` are other names that the
    report has for them: the one from before they changed it in the call, the one they registered with.
    """

    name: str
    email: str | None = None
    joined_at: datetime | None = None
    left_at: datetime | None = None
    minutes: int | None = None
    also_called: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """A report and what kind it is. A registration report names people without saying who came."""

    kind: str
    attendees: list[Attendee]
    shows_who_came: bool = True


@dataclass(frozen=True)
class Visit:
    """One row: one stay of one person, or all of theirs where the report has only sums."""

    name: str
    email: str | None
    joined_at: datetime | None
    left_at: datetime | None
    seconds: int | None
    also_called: tuple[str, ...] = ()


def said_day(day: date) -> str:
    """Wednesday 24 February 2027."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def quoted(words: str, most: int = 40) -> str:
    """Something from the file, short enough for a sentence."""
    flat = " ".join(words.split())
    return f"“{flat[: most - 1]}…”" if len(flat) > most else f"“{flat}”"
