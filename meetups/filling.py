"""What choosing a structure puts into an agenda item, keeping its phases, and agendas that start as another one."""

from collections.abc import Sequence
from copy import deepcopy

from django.db import transaction

from meetups import arranging
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
