"""What people answered to the hosts' own questions, question by question. Nobody but the hosts sees it."""

from collections import Counter
from dataclasses import dataclass

from django.db.models.functions import Lower

from meetups.models import Answer, Meetup, Question

YES = "Yes"  # what is kept of a box that was ticked
Choices = list[tuple[str, str]]


def code(question: int, text: str | None) -> str:
    """How the address of the list names an answer: any to this question when the text is None, none when it is ""."""
    return f"{question}" if text is None else f"{question}:{text}"


def meant_by(said: str) -> tuple[int, str | None]:
    """The question and the answer which a code names."""
    question, is_exact, text = said.partition(":")
    return int(question), text if is_exact else None


@dataclass(frozen=True)
class Count:
    """How many gave this answer; `code` finds them in the list."""

    answer: str
    people: int
    code: str


@dataclass(frozen=True)
class Answered:
    """What came of one question: how many gave which answer; where everybody writes their own words, who wrote what."""

    question: Question
    counts: list[Count]
    texts: list[Answer]


def of(meetup: Meetup) -> list[Answered]:
    """Every question with the answers of all who have a place or wait for one."""
    people = meetup.signups.active().count()
    given: dict[int, list[Answer]] = {}
    told = Answer.objects.filter(signup__in=meetup.signups.active()).select_related("signup__council")
    for answer in told.order_by(Lower("signup__name"), "pk"):
        given.setdefault(answer.question_id, []).append(answer)
    return [_answered(question, given.get(question.pk, []), people) for question in meetup.questions.all()]


def _answered(question: Question, given: list[Answer], people: int) -> Answered:
    if not given:
        return Answered(question, [], [])
    silent = Count("No answer", people - len(given), code(question.pk, ""))
    if question.kind == Question.Kind.TEXT:
        return Answered(question, [Count("Answered", len(given), code(question.pk, None)), silent], given)
    said = Counter(answer.text for answer in given)
    counts = [Count(text, said[text], code(question.pk, text)) for text in _to_choose(question, said)]
    return Answered(question, [*counts, silent], [])


def _to_choose(question: Question, said: Counter[str]) -> list[str]:
    """What one can choose, and what was chosen before the hosts changed that."""
    offered = [YES] if question.kind == Question.Kind.TICK else question.choice_list
    return list(dict.fromkeys([*offered, *sorted(said)]))


def to_find(meetup: Meetup) -> list[tuple[str, Choices]]:
    """Under each question, by what answer one can look for people."""
    questions = list(meetup.questions.all())
    said: dict[int, Counter[str]] = {question.pk: Counter() for question in questions}
    chosen = Answer.objects.filter(question__meetup=meetup).exclude(question__kind=Question.Kind.TEXT)
    for question, text in chosen.order_by().values_list("question", "text").distinct():
        said[question][text] += 1
    return [(question.label, _codes(question, said[question.pk])) for question in questions]


def _codes(question: Question, said: Counter[str]) -> Choices:
    exact = [] if question.kind == Question.Kind.TEXT else _to_choose(question, said)
    return [
        (code(question.pk, None), "Any answer"),
        *((code(question.pk, text), text) for text in exact),
        (code(question.pk, ""), "No answer"),
    ]
