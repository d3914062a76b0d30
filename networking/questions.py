"""What the surveys of a programme ask. Once somebody has answered, the words stay: a changed question is a new one."""

import csv
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from networking.models import Programme, SurveyQuestion

_USUAL = Path(__file__).parent / "data" / "questions.csv"


@dataclass(frozen=True)
class Wording:
    """What a question says."""

    kind: str
    text: str
    low: str = ""
    high: str = ""
    at_start: bool = True


class ChangedMeanwhile(Exception):
    """Somebody has taken the question out, or put another in its place, since it was looked at."""


@transaction.atomic
def add(programme: Programme, wording: Wording) -> SurveyQuestion:
    """One more, after the others."""
    last = programme.questions.aggregate(last=Max("position"))["last"] or 0
    return programme.questions.create(position=last + 1, **asdict(wording))


@transaction.atomic
def shift(question: SurveyQuestion, direction: str) -> None:
    """Change places with the question before (“up”) or after it; the first cannot go up, the last cannot go down."""
    rows = list(question.programme.questions.select_for_update().filter(retired_at=None))
    if question not in rows:  # taken out in another window
        return
    at = rows.index(question)
    to = max(0, at - 1) if direction == "up" else at + 1
    rows.insert(to, rows.pop(at))
    for position, row in enumerate(rows, start=1):
        row.position = position
    SurveyQuestion.objects.bulk_update(rows, ["position"])


@transaction.atomic
def reword(question: SurveyQuestion, wording: Wording, *, now: datetime) -> SurveyQuestion:
    """Change a question. When somebody has answered it, the old one is retired and a new one takes its place.

    Raises ChangedMeanwhile: of two at once, the second makes no twin of the first.
    """
    question = _asked(question)
    fields = {"text": wording.text, "low": wording.low, "high": wording.high, "at_start": wording.at_start}
    if not question.answers.exists():
        SurveyQuestion.objects.filter(pk=question.pk).update(kind=wording.kind, **fields)
        return SurveyQuestion.objects.get(pk=question.pk)
    retire(question, now=now)
    return SurveyQuestion.objects.create(
        programme=question.programme, position=question.position, kind=wording.kind, **fields
    )


def _asked(question: SurveyQuestion) -> SurveyQuestion:
    """As it is now, and locked: whoever answers it in this moment comes before or after."""
    found = SurveyQuestion.objects.select_for_update().filter(pk=question.pk, retired_at=None).first()
    if found is None:
        raise ChangedMeanwhile("Somebody has changed this question or taken it out meanwhile. Nothing was saved")
    return found


@transaction.atomic
def retire(question: SurveyQuestion, *, now: datetime) -> None:
    """Ask it no more; delete it when nobody ever answered. Safe to repeat."""
    for found in SurveyQuestion.objects.select_for_update().filter(pk=question.pk, retired_at=None):
        if found.answers.exists():
            SurveyQuestion.objects.filter(pk=found.pk).update(retired_at=now)
        else:
            found.delete()


def still_there(questions: Collection[SurveyQuestion]) -> set[int]:
    """Those of these questions that have not been deleted, by id; locked, so that they stay until answers are kept."""
    wanted = [question.pk for question in questions]
    rows = SurveyQuestion.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    return {row.pk for row in rows}


def ask_the_usual(programme: Programme) -> None:
    """Give a programme without questions those that this site ships."""
    if programme.questions.exists():
        return
    with _USUAL.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    SurveyQuestion.objects.bulk_create(
        SurveyQuestion(programme=programme, **{**row, "at_start": row["at_start"] == "yes"}) for row in rows
    )
