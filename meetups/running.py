"""The clock of a meet-up while it runs: where we are, what is left, whether we are ahead or behind. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Step:
    """One phase of an item, or an item without phases, with its planned time."""

    item: int
    phase: int | None
    title: str
    name: str
    group: str
    starts_at: datetime
    ends_at: datetime

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at


@dataclass(frozen=True)
class Position:
    """Where the hosts are: the number of the step and when it began, moved forward by every pause."""

    step: int
    began_at: datetime
    paused_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Reading:
    """What the clock says. `left_seconds` is negative once a step runs over; `late_seconds` when ahead."""

    left_seconds: int
    late_seconds: int

    @property
    def left_words(self) -> str:
        """9:05, or 0:30 over."""
        minutes, seconds = divmod(abs(self.left_seconds), 60)
        return f"{minutes}:{seconds:02}{' over' if self.left_seconds < 0 else ''}"

    @property
    def late_words(self) -> str:
        return late_words(self.late_seconds)


def late_words(seconds: int) -> str:
    """On time within half a minute, else whole minutes: “4 minutes behind”."""
    minutes = (abs(seconds) + 30) // 60
    if not minutes:
        return "On time"
    return f"{_amount(minutes)} {'behind' if seconds > 0 else 'ahead'}"


def _amount(minutes: int) -> str:
    """9 minutes, 3 hours, 19 days: hosts who try the clock days before need no thousands of minutes."""
    for unit, length in (("days", 24 * 60), ("hours", 60)):
        if minutes >= 2 * length:
            return f"{minutes // length} {unit}"
    return f"{minutes} minute{'' if minutes == 1 else 's'}"


def read(steps: Sequence[Step], position: Position, now: datetime) -> Reading:
    """The clock at this moment. While paused nothing counts down, and every minute makes us later.

    How late we are is when this step will end at the earliest, against when it should.
    """
    step = steps[position.step]
    stopped_at = position.ended_at or position.paused_at or now
    left = step.length - (stopped_at - position.began_at)
    ends_at = (position.ended_at or now) + max(left, timedelta())
    if position.ended_at:
        ends_at = position.ended_at
    return Reading(_seconds(left), _seconds(ends_at - step.ends_at))


def _seconds(length: timedelta) -> int:
    return round(length.total_seconds())


def resumed(position: Position, now: datetime) -> Position:
    """Going on after a pause: the step has what was left of it."""
    if position.paused_at is None:
        return position
    return Position(position.step, position.began_at + (now - position.paused_at))


def planned_for(steps: Sequence[Step], now: datetime) -> int:
    """The number of the step that should run now: the first before the start, the last after the end."""
    begun = [number for number, step in enumerate(steps) if step.starts_at <= now]
    return begun[-1] if begun else 0
