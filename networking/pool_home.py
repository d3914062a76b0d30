"""What the homes of a cohort show of the expert pool."""

from datetime import datetime

from django.urls import reverse

from networking import pool, pool_reading
from networking.models import Cohort, Member, PoolQuestion
from networking.needs import SOME_TIME, THIS_WEEK, TODAY, Door, Line, Need

State = PoolQuestion.State
_SHOWN = 60  # characters of a question


def needs_of(member: Member, now: datetime) -> list[Need]:
    if member.is_lead:
        return _needs_of_lead(member, now)
    helping = [_need_of_helper(one, member) for one in pool_reading.waiting_for(member)]
    return [*helping, *_needs_of_the_two(member)]


def _need_of_helper(question: PoolQuestion, member: Member) -> Need:
    if question.taken_by_id == member.pk:
        return Need(
            f"You took a question about {question.skill}: {_words(question)}", _url(question), "Answer it", TODAY
        )
    return Need(f"A question about {question.skill}: {_words(question)}", _url(question), "Read it", THIS_WEEK)


def _needs_of_the_two(member: Member) -> list[Need]:
    """Answers to look at; for who answered, that the other one calls it solved."""
    if not member.pk:
        return []
    answered = PoolQuestion.objects.with_people().filter(state=State.ANSWERED)
    needs = [
        Need(f"There is an answer to your question: {_words(one)}", _url(one), "Read it", THIS_WEEK)
        for one in answered.filter(asked_by=member, asker_solved_at=None)
    ]
    return needs + [
        Need(f"Solved, says who asked: {_words(one)}", _url(one), "Say whether you agree", SOME_TIME)
        for one in answered.filter(taken_by=member, asker_solved_at__isnull=False, expert_solved_at=None)
    ]


def _needs_of_lead(member: Member, now: datetime) -> list[Need]:
    needs = []
    for one in pool_reading.unanswered_for_long(member.cohort, now)[:5]:
        days = (now - one.waits_since).days
        since = f"for {days} day{'' if days == 1 else 's'}" if days else "and nobody could be asked"
        line = f"A question about {one.skill} has no answer {since}: {_words(one)}"
        needs.append(Need(line, _url(one), "See to it", TODAY))
    gaps = [row.skill for row in pool_reading.coverage_of(member.cohort) if row.is_gap]
    if gaps:
        url = reverse("networking:coverage", args=[member.cohort.slug])
        line = f"Nobody in the cohort can help with {'; '.join(gaps[:3])}{' and more' if len(gaps) > 3 else ''}."
        needs.append(Need(line, url, "See the skills", SOME_TIME))
    return needs


def lines_for(cohort: Cohort, now: datetime) -> dict[int, Line]:
    """By who asked: how many of their questions wait for an answer, and the one that waits longest. One query."""
    waiting = PoolQuestion.objects.filter(cohort=cohort).unanswered().with_since().select_related("cohort")
    of_each: dict[int, list[PoolQuestion]] = {}
    for one in sorted(waiting, key=lambda question: question.waits_since):
        if one.asked_by_id:
            of_each.setdefault(one.asked_by_id, []).append(one)
    return {asker: _waiting_line(questions, now) for asker, questions in of_each.items()}


def _waiting_line(questions: list[PoolQuestion], now: datetime) -> Line:
    """`questions` of one person, the one that waits longest first."""
    longest = questions[0]
    waits = now - longest.waits_since
    since = f", {'for' if len(questions) == 1 else 'one for'} {waits.days} day{'' if waits.days == 1 else 's'}"
    text = f"{len(questions)} without an answer{since if waits.days else ''}"
    return Line(text, attention=1 if waits > pool.PATIENCE else 0, url=_url(longest))


def _words(question: PoolQuestion) -> str:
    text = " ".join(question.text.split())
    return f"“{text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + '…'}”"


def _url(question: PoolQuestion) -> str:
    return reverse("networking:question", args=[question.cohort.slug, question.pk])


def doors_of(member: Member) -> list[Door]:
    slug = member.cohort.slug
    doors = [
        Door(
            "Questions and answers",
            reverse("networking:questions", args=[slug]),
            "ask whoever knows, find what was answered",
        )
    ]
    if member.is_lead:
        doors.append(Door("Skills", reverse("networking:coverage", args=[slug]), "what is wanted, and who could help"))
    return doors
