"""The agenda of a meet-up as it will run: each item with its time, its structure and its phases."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Manager

from meetups import agenda, room_rounds, structures
from meetups.models import AgendaItem, AgendaPhase, Meetup, OwnStructure, Series

_OWN = "own-"


@dataclass(frozen=True)
class Row:
    """An agenda item with its time on the clock, its phases and, where it uses one, its structure."""

    item: AgendaItem
    slot: agenda.Slot
    structure: structures.Structure | None
    phases: list[AgendaPhase]

    @property
    def phase_minutes(self) -> int:
        return sum(phase.minutes for phase in self.phases)


@dataclass(frozen=True)
class Programme:
    """All rows, and how they fit the time of the meet-up."""

    rows: list[Row]
    timetable: agenda.Timetable

    @property
    def total(self) -> int:
        return sum(row.item.minutes for row in self.rows)


def of(meetup: Meetup) -> Programme:
    """Three queries at most, whatever the number of items."""
    return _laid_out(meetup.agenda, meetup.starts_at, meetup.ends_at)


def of_series(series: Series, starts_at: datetime, ends_at: datetime) -> Programme:
    """The default agenda of a series as it would run in these times."""
    return _laid_out(series.agenda, starts_at, ends_at)


def _laid_out(rows_of: Manager[AgendaItem], starts_at: datetime, ends_at: datetime) -> Programme:
    items = list(rows_of.prefetch_related("phases"))
    pins = [agenda.pinned(starts_at, item.pinned_to) for item in items]
    table = agenda.timetable(starts_at, ends_at, [item.minutes for item in items], pins)
    known = _named(item.structure for item in items)
    rows = [
        Row(item, slot, known.get(item.structure), list(item.phases.all()))
        for item, slot in zip(items, table.slots, strict=True)
    ]
    return Programme(rows, table)


def phases_by_item(planned: Programme) -> list[tuple[str, Sequence[room_rounds.Phase]]]:
    """The phases that decide about rooms, item by item: those of the structure where the item has none of its own."""
    return [(row.item.structure, row.phases or (row.structure.phases if row.structure else ())) for row in planned.rows]


def structure(slug: str) -> structures.Structure | None:
    """Of the catalogue or the organisers' own; None when there is none (any more)."""
    return _named([slug]).get(slug)


def own_structures() -> list[structures.Structure]:
    return [own.as_structure() for own in OwnStructure.objects.all()]


def _named(slugs: Iterable[str]) -> dict[str, structures.Structure]:
    wanted = set(slugs)
    found = {one.slug: one for one in map(structures.find, wanted) if one}
    numbers = [int(slug[len(_OWN) :]) for slug in wanted if slug.startswith(_OWN) and slug[len(_OWN) :].isdecimal()]
    if numbers:
        found |= {own.slug: own.as_structure() for own in OwnStructure.objects.filter(pk__in=numbers)}
    return found
