"""Start times of an agenda, worked out from the minutes before and from what is pinned to a clock time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from meetups.structures import Structure
from meetups.timings import LONDON


@dataclass(frozen=True)
class Slot:
    """When one item runs. `gap_minutes`: free before it; negative when the items before run into its pinned time."""

    starts_at: datetime
    ends_at: datetime
    gap_minutes: int = 0

    @property
    def gap_line(self) -> str:
        """What lies between this item and the one before, in a sentence; empty when nothing does."""
        if self.gap_minutes > 0:
            return f"{counted(self.gap_minutes)} free before this."
        if self.gap_minutes < 0:
            return f"What comes before runs {counted(-self.gap_minutes)} into this."
        return ""


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


def timetable(
    starts_at: datetime, ends_at: datetime, minutes: Iterable[int], pins: Sequence[datetime | None] | None = None
) -> Timetable:
    """Lay the items end to end from the start; those with a pin start at it.

    Elapsed time, so a change of the clocks in between does no harm.
    """
    slots, at = [], starts_at.astimezone(UTC)
    for place, length in enumerate(minutes):
        begins = (pins[place] if pins else None) or at
        gap = round((begins - at).total_seconds() / 60)
        after = begins + timedelta(minutes=length)
        slots.append(Slot(begins, after, gap))
        at = after
    return Timetable(slots, round((ends_at - at).total_seconds() / 60))


def pinned(starts_at: datetime, clock: time | None) -> datetime | None:
    """The moment a pin means: that clock time on the day of the start, or after midnight when that is hours before."""
    if clock is None:
        return None
    local = starts_at.astimezone(LONDON)
    moment = datetime.combine(local.date(), clock, tzinfo=LONDON)
    if local - moment > timedelta(hours=12):
        moment = datetime.combine(local.date() + timedelta(days=1), clock, tzinfo=LONDON)
    return moment.astimezone(UTC)


def moved_pin(clock: time | None, *, old_start: datetime, starts_at: datetime, ends_at: datetime) -> time | None:
    """The clock time a pin means when the start changes: it moves by as much. None when outside the new time."""
    was = pinned(old_start, clock)
    if was is None:
        return None
    # By the clock on the wall, also when the clocks change between the old day and the new one.
    distance = _on_the_wall(was) - _on_the_wall(old_start)
    moved = _on_the_wall(starts_at) + distance
    return moved.time() if _on_the_wall(starts_at) <= moved < _on_the_wall(ends_at) else None


def _on_the_wall(moment: datetime) -> datetime:
    return moment.astimezone(LONDON).replace(tzinfo=None)


def counted(minutes: int) -> str:
    return f"{minutes} minute" if minutes == 1 else f"{minutes} minutes"


@dataclass(frozen=True)
class Setting:
    """What an item has to fit: how many people are expected (None: not known yet), whether some are online, when."""

    people: int | None
    is_online: bool
    starts_at: datetime
    ends_at: datetime


def misfits(slot: Slot, structure: Structure | None, phase_minutes: int, setting: Setting) -> list[str]:
    """What does not fit about an item, each a sentence for the organiser; nothing is forbidden."""
    length = round((slot.ends_at - slot.starts_at).total_seconds() / 60)
    found = []
    if phase_minutes and phase_minutes != length:
        found.append(f"The phases take {counted(phase_minutes)}, the item has {counted(length)}.")
    if slot.starts_at < setting.starts_at:
        found.append("It starts before the meet-up.")
    over = round((slot.ends_at - setting.ends_at).total_seconds() / 60)
    if over > 0:
        found.append(f"It ends {counted(over)} after the meet-up.")
    if structure:
        found += _structure_misfits(structure, length, setting)
    return found


def _structure_misfits(structure: Structure, length: int, setting: Setting) -> list[str]:
    found = []
    if length < structure.minutes:
        found.append(f"{structure.name} usually takes {counted(structure.minutes)}.")
    people = setting.people
    expected = f"{people} {'is' if people == 1 else 'are'} expected"
    if structure.least and people is not None and people < structure.least:
        found.append(f"{structure.name} needs {_people(structure.least)} or more; {expected}.")
    if structure.most and people is not None and people > structure.most:
        found.append(f"{structure.name} works with up to {_people(structure.most)}; {expected}.")
    if setting.is_online and not structure.works_online:
        found.append(f"{structure.name} needs a room to walk in; it does not work online.")
    return found


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"
