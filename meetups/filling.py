"""What choosing a structure puts into an agenda item, keeping its phases, and agendas that start as another one."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import datetime, time

from django.db import transaction

from meetups import agenda, arranging, room_lists
from meetups.models import AgendaItem, AgendaPhase, Meetup, Series
from meetups.structures import Phase, Structure


@transaction.atomic
def add(item: AgendaItem, structure: Structure | None) -> AgendaItem:
    """Keep a new item at the end of the agenda, with what its structure brings along."""
    if structure:
        _fill_words(item, structure)
    arranging.add(item)
    if structure:
        keep_phases(item, structure.phases)
    return item


@transaction.atomic
def change(item: AgendaItem, phases: Sequence[Phase], structure: Structure | None) -> None:
    """Keep a changed item. `structure` when another one was chosen: then its phases, and its words where none are."""
    if structure:
        _fill_words(item, structure)
    item.save()
    keep_phases(item, structure.phases if structure else phases)


def _fill_words(item: AgendaItem, structure: Structure) -> None:
    item.script = item.script or structure.invitation
    item.notes = item.notes or structure.notes


def phases_of(item: AgendaItem) -> list[Phase]:
    return [Phase(row.name, row.minutes, row.group, row.keep_pairs_together) for row in item.phases.all()]


def keep_phases(item: AgendaItem, phases: Sequence[Phase]) -> None:
    """Make them the phases of the item. Rows that stay as they are keep their identity: a running meet-up is at one."""
    rows = list(item.phases.all())
    for position, phase in enumerate(phases):
        row = rows[position] if position < len(rows) else AgendaPhase(item=item)
        row.position, row.name, row.minutes = position, phase.name, phase.minutes
        row.group, row.keep_pairs_together = phase.group, phase.keep_pairs_together
        row.save()
    for row in rows[len(phases) :]:
        row.delete()


@transaction.atomic
def copy_agenda(of: Meetup | Series, *, to: Meetup) -> None:
    """Let a new meet-up start with the agenda of another one, or with the default one of its series."""
    for item in of.agenda.all():
        copy = deepcopy(item)
        copy.pk, copy.series, copy.meetup = None, None, to
        copy._state.adding = True
        copy.save(force_insert=True)
        keep_phases(copy, phases_of(item))


@transaction.atomic
def shift_pins(meetup: Meetup, *, old_start: datetime) -> None:
    """Move what is pinned to a clock time along with the start; what would fall outside the new time loses its pin."""
    for item, clock in _shifted_pins(meetup, old_start, meetup.starts_at, meetup.ends_at):
        item.pinned_to = clock
        item.save(update_fields=["pinned_to"])


def lost_pins(meetup: Meetup, *, starts_at: datetime, ends_at: datetime) -> str:
    """What would lose its pin at this new time, in a sentence for the organiser; empty when nothing would."""
    if (starts_at, ends_at) == (meetup.starts_at, meetup.ends_at):
        return ""
    shifted = _shifted_pins(meetup, meetup.starts_at, starts_at, ends_at)
    titles = [f"“{item.title}”" for item, clock in shifted if clock is None]
    if not titles:
        return ""
    return f"Outside the new time, so not pinned to a clock time any more: {room_lists.listed(titles)}."


def _shifted_pins(
    meetup: Meetup, old_start: datetime, starts_at: datetime, ends_at: datetime
) -> Iterator[tuple[AgendaItem, time | None]]:
    for item in meetup.agenda.exclude(pinned_to=None):
        yield item, agenda.moved_pin(item.pinned_to, old_start=old_start, starts_at=starts_at, ends_at=ends_at)
