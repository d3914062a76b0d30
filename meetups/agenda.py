"""Start times of an agenda, worked out from the minutes before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True)
class Slot:
    """When one item runs."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Timetable:
    """Slots in order. `spare_minutes` is what is left of the meet-up, negative when the agenda runs over."""

    slots: list[Slot]
    spare_minutes: int

    @property
    def verdict(self) -> str:
        """How the agenda fits its time, in a sentence."""
        minutes = abs(self.spare_minutes)
        unit = "minute" if minutes == 1 else "minutes"
        if self.spare_minutes > 0:
            return f"{minutes} {unit} are not planned yet." if minutes != 1 else "1 minute is not planned yet."
        if self.spare_minutes < 0:
            return f"The agenda is {minutes} {unit} longer than the meet-up."
        return "The agenda fills the time exactly."


def timetable(starts_at: datetime, ends_at: datetime, minutes: Iterable[int]) -> Timetable:
    """Lay the items end to end from the start. Elapsed time, so a change of the clocks in between does no harm."""
    slots, at = [], starts_at.astimezone(UTC)
    for length in minutes:
        after = at + timedelta(minutes=length)
        slots.append(Slot(at, after))
        at = after
    return Timetable(slots, round((ends_at - at).total_seconds() / 60))
