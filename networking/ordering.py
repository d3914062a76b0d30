"""Rows with a position in a list of their own: sprints, tasks, skills. Positions count from 1, without gaps."""

from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import F, Max, QuerySet

from networking.models import CohortSprint, CohortTask, Skill, Sprint, SprintTask

UP, DOWN = "up", "down"
# Further than any list is long: no position is taken twice while rows change places.
_ASIDE = 10_000
_ATTEMPTS = 4

Row = TypeVar("Row", Sprint, SprintTask, CohortSprint, CohortTask, Skill)


@transaction.atomic
def add(row: Row, among: QuerySet[Row]) -> Row:
    """Keep a new row at the end; of some that are added at once, the later look again where that is."""
    for _ in range(_ATTEMPTS):
        try:
            with transaction.atomic():
                return _at_the_end(row, among)
        except IntegrityError:
            continue
    return _at_the_end(row, among)


def _at_the_end(row: Row, among: QuerySet[Row]) -> Row:
    row.position = (among.aggregate(last=Max("position"))["last"] or 0) + 1
    row.save(force_insert=True)
    return row


@transaction.atomic
def shift(row: Row, direction: str, among: QuerySet[Row]) -> None:
    """Change places with the neighbour; the first cannot go up, the last cannot go down.

    A row that was removed in another window stays removed.
    """
    rows = list(among.select_for_update().order_by("position", "pk"))
    if row not in rows:
        return
    at = rows.index(row)
    to = max(0, at - 1) if direction == UP else at + 1
    rows.insert(to, rows.pop(at))
    _number(rows, among)


@transaction.atomic
def remove(row: Row, among: QuerySet[Row]) -> None:
    """Take it out and close the gap. Locked first, so that nobody ticks, answers or adds to what is going."""
    rows = list(among.select_for_update().order_by("position", "pk"))
    gone = row.pk
    row.delete()
    _number([one for one in rows if one.pk != gone], among)


def _number(rows: list[Row], among: QuerySet[Row]) -> None:
    among.update(position=F("position") + _ASIDE)
    for position, row in enumerate(rows, start=1):
        row.position = position
    among.model._default_manager.bulk_update(rows, ["position"])
