"""The order of what a meet-up has a list of: agenda items and questions."""

from typing import TypeVar

from django.db import transaction
from django.db.models import Max

from meetups.models import AgendaItem, Meetup, Question

Row = TypeVar("Row", AgendaItem, Question)

UP, DOWN = "up", "down"


@transaction.atomic
def add(row: Row) -> Row:
    """Keep a new row at the end of its list."""
    Meetup.objects.locked(row.meetup_id)
    last = type(row).objects.filter(meetup=row.meetup_id).aggregate(last=Max("position"))["last"]
    row.position = 0 if last is None else last + 1
    row.save(force_insert=True)
    return row


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
    Meetup.objects.locked(row.meetup_id)
    rows = list(type(row).objects.filter(meetup=row.meetup_id))
    place(row, max(0, rows.index(row) + (-1 if direction == UP else 1)))


@transaction.atomic
def place(row: Row, to: int) -> None:
    """Put it at this place, counted from 0; further than the end is the end."""
    Meetup.objects.locked(row.meetup_id)
    rows = list(type(row).objects.filter(meetup=row.meetup_id))
    rows.remove(row)
    rows.insert(to, row)
    # All of them: two rows may have had one position.
    for position, one in enumerate(rows):
        one.position = position
    type(row).objects.bulk_update(rows, ["position"])
