"""What a cohort's surveys show. Nothing is shown of a survey that is open, nor of fewer than five people."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count

from networking import statistics
from networking.models import Cohort, Survey, SurveyAnswer, SurveyQuestion, SurveyReply
from networking.statistics import PairedChange, Spread

Scale = dict[int, dict[int, int]]  # question id → member id → point


@dataclass(frozen=True)
class Rate:
    """How many answered one survey, of how many asked."""

    survey: Survey
    asked: int
    answered: int


@dataclass(frozen=True)
class QuestionChange:
    """One question at two times. `change` is None when too few people answered both times."""

    question: SurveyQuestion
    change: PairedChange | None
    words: str


@dataclass(frozen=True)
class QuestionSpread:
    """One question at one time; `spread` is None when too few people answered."""

    question: SurveyQuestion
    spread: Spread | None


@dataclass(frozen=True)
class Saying:
    """Words of somebody, without who; `answer` is for putting them under a theme."""

    answer: SurveyAnswer
    text: str


@dataclass(frozen=True)
class Theme:
    """Sayings put together under a name; an empty name is what nobody has sorted yet."""

    name: str
    sayings: list[Saying]


@dataclass(frozen=True)
class QuestionSayings:
    """What people wrote to one question; None when fewer than five wrote, so that nobody is known by their words."""

    question: SurveyQuestion
    themes: list[Theme] | None


TOO_FEW = f"Fewer than {statistics.SMALLEST_GROUP} people answered, so this is not shown."


def rates(cohort: Cohort) -> list[Rate]:
    """All surveys of a cohort in order of time."""
    rows = cohort.surveys.select_related("sprint").prefetch_related("replies")
    return [Rate(survey, len(survey.replies.all()), _answered(survey)) for survey in rows]


def _answered(survey: Survey) -> int:
    return sum(reply.answered_at is not None for reply in survey.replies.all())


def closed(cohort: Cohort, now: datetime) -> list[Survey]:
    """Surveys whose results may be seen: while one is open, each new answer could be read off the change."""
    return list(cohort.surveys.filter(closes_at__lte=now).select_related("sprint"))


def chosen(closed: list[Survey], *, first: str = "", last: str = "") -> tuple[Survey | None, Survey | None]:
    """The two with these keys; without them the first and the last that enough people answered. One is the second."""
    if not closed:
        return None, None
    by_pk, usual = {str(survey.pk): survey for survey in closed}, _with_answers(closed)
    before, after = by_pk.get(first, usual[0]), by_pk.get(last, usual[-1])
    return (None, after) if before == after else (before, after)


def _with_answers(closed: list[Survey]) -> list[Survey]:
    """Those that show something: whatever there is, when fewer than two do."""
    replies = SurveyReply.objects.filter(survey__in=closed).exclude(answered_at=None).order_by()
    answered = dict(replies.values_list("survey").annotate(Count("pk")))
    enough = [survey for survey in closed if answered.get(survey.pk, 0) >= statistics.SMALLEST_GROUP]
    return enough if len(enough) > 1 else closed


def changes(before: Survey, after: Survey) -> list[QuestionChange]:
    """Each scale question that both surveys asked, with how the same people changed."""
    points = _points([before, after])
    first, second = points[before.pk], points[after.pk]
    return [
        _change(question, statistics.paired_change(first.get(question.pk, {}), second.get(question.pk, {})))
        for question in _questions(SurveyQuestion.Kind.SCALE, first.keys() & second.keys())
    ]


def _change(question: SurveyQuestion, change: PairedChange | None) -> QuestionChange:
    return QuestionChange(question, change, statistics.in_words(change) if change else TOO_FEW)


def spreads(survey: Survey) -> list[QuestionSpread]:
    """Each scale question of one survey, with how the answers lie."""
    points = _points([survey])[survey.pk]
    return [
        QuestionSpread(question, statistics.spread(list(points[question.pk].values())))
        for question in _questions(SurveyQuestion.Kind.SCALE, points.keys())
    ]


def sayings(survey: Survey) -> list[QuestionSayings]:
    """What people wrote, by question and theme, in an order that says nothing about who wrote it."""
    written = SurveyAnswer.objects.filter(reply__survey=survey, question__kind=SurveyQuestion.Kind.TEXT)
    by_question: dict[int, list[SurveyAnswer]] = defaultdict(list)
    for answer in written.select_related("theme"):
        by_question[answer.question_id].append(answer)
    questions = _questions(SurveyQuestion.Kind.TEXT, by_question.keys())
    return [QuestionSayings(question, _themes(by_question[question.pk])) for question in questions]


def _themes(answers: list[SurveyAnswer]) -> list[Theme] | None:
    if len(answers) < statistics.SMALLEST_GROUP:
        return None
    by_name: dict[str, list[Saying]] = defaultdict(list)
    for answer in sorted(answers, key=lambda one: one.text.casefold()):
        by_name[answer.theme.name if answer.theme else ""].append(Saying(answer, answer.text))
    # The largest theme first, what is not sorted last.
    return [Theme(name, said) for name, said in sorted(by_name.items(), key=lambda x: (not x[0], -len(x[1]), x[0]))]


def _questions(kind: str, ids: Collection[int]) -> list[SurveyQuestion]:
    return list(SurveyQuestion.objects.filter(kind=kind, pk__in=ids))


def _points(surveys: list[Survey]) -> dict[int, Scale]:
    answers = SurveyAnswer.objects.filter(reply__survey__in=surveys).exclude(value=None)
    found: dict[int, Scale] = {survey.pk: defaultdict(dict) for survey in surveys}
    for survey, question, member, value in answers.values_list("reply__survey", "question", "reply__member", "value"):
        found[survey][question][member] = value or 0
    return found


# --- To take out --------------------------------------------------------------------------------------------------

HEADER = (
    "Question", "Before", "After", "People who answered both", "Mean before", "Mean after", "Mean change",
    "Change, low end (95%)", "Change, high end (95%)", "Share who chose a higher point",
    "Share, low end (95%)", "Share, high end (95%)",
)  # fmt: skip


def rows(before: Survey, after: Survey) -> Iterator[tuple[object, ...]]:
    """The changes as lines of a table, with the same rule about few people as on the page."""
    yield HEADER
    for one in changes(before, after):
        start = (one.question.text, str(before), str(after))
        if one.change is None:
            yield (*start, TOO_FEW, *[""] * (len(HEADER) - len(start) - 1))
            continue
        change = one.change
        figures = [change.before, change.after, change.change, *_ends(change.interval)]
        shares = [change.improved, change.improved_interval.low, change.improved_interval.high]
        yield (*start, str(change.n), *(_figure(value) for value in [*figures, *shares]))


def _ends(interval: statistics.Interval | None) -> list[float | None]:
    return [interval.low, interval.high] if interval else [None, None]


def _figure(value: float | None) -> Decimal | None:
    """A number, so that a change for the worse is one in a spreadsheet too."""
    return None if value is None else Decimal(f"{value:.2f}")
