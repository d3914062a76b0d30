"""The order of what a meet-up or a series has a list of: agenda items, questions and sponsors."""

from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max, QuerySet

from meetups.models import AgendaItem, Meetup, Question, Series, Sponsor

Row = TypeVar("Row", AgendaItem, Question, Sponsor)

UP, DOWN = "up", "down"


@transaction.atomic
def add(row: Row) -> Row:
    """Keep a new row at the end of its list."""
    last = _locked_list(row).aggregate(last=Max("position"))["last"]
    row.position = 0 if last is None else last + 1
    row.save(force_insert=True)
    return row


def _locked_list(row: AgendaItem | Question | Sponsor) -> QuerySet[Any]:
    """All rows of the meet-up or series this one is of, which is locked: whoever else arranges them waits."""
    rows: QuerySet[Any] = type(row)._default_manager.all()
    if isinstance(row, Question) or row.series is None:
        assert row.meetup
        return rows.filter(meetup=Meetup.objects.locked(row.meetup.pk))
    return rows.filter(series=Series.objects.select_for_update().get(pk=row.series.pk))


class AnsweredMeanwhile(Exception):
    """Somebody answered the question since its answers were counted; it was not removed."""


@transaction.atomic
def remove_question(question: Question, *, answers: int) -> None:
    """Ask it no more, and forget the answers to it, when there are as many as the host was told.

    Whoever is filling in the form meanwhile signs up all the same and is told that this answer was not kept.
    Raises AnsweredMeanwhile.
    """
    Meetup.objects.locked(question.meetup_id)
    if question.answers.count() > answers:
        raise AnsweredMeanwhile
    question.delete()


@transaction.atomic
def shift(row: Row, direction: str) -> None:
    """Change places with the neighbour; the first cannot go up, the last cannot go down."""
    rows = list(_locked_list(row))
    place(row, max(0, rows.index(row) + (-1 if direction == UP else 1)))


@transaction.atomic
def place(row: Row, to: int) -> None:
    """Put it at this place, counted from 0; further than the end is the end."""
    rows = list(_locked_list(row))
    rows.remove(row)
    rows.insert(to, row)
    # All of them: two rows may have had one position.
    for position, one in enumerate(rows):
        one.position = position
    type(row).objects.bulk_update(rows, ["position"])
