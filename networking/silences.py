"""Noticing that a support meeting did not come: one nudge to both, an answer of each, and what a lead makes of it."""

from datetime import date, datetime, time

from django.db import transaction

from meetups.timings import LONDON
from networking import emails_support, rhythm, support_reading
from networking.models import Cohort, FineUntil, Member, Pair, PairQuerySet, Silence, SilenceAnswer
from networking.support_reading import Standing, today
from people import preferences
from people.models import Person

# Nudges leave between these, in London. What is missed today leaves tomorrow.
FROM, TO = time(9), time(20)


class NothingOpen(Exception):
    """Nobody waits for an answer any more: they met, agreed on a day, or the pair ended."""


def together() -> PairQuerySet:
    """Pairs that stand, in cohorts that are not over."""
    here = {"councillor__state": Member.State.JOINED, "mentor__state": Member.State.JOINED}
    return Pair.objects.current().filter(**here).exclude(cohort__state=Cohort.State.FINISHED).with_people()


def watched() -> PairQuerySet:
    """Those whose silence is noticed: only in cohorts that have begun."""
    return together().filter(cohort__state=Cohort.State.RUNNING)


def queue_due(now: datetime) -> int:
    """Nudge both of every pair that is late and was not asked yet; how many pairs.

    Safe to repeat, and in two workers at once: each pair is looked at again with its row locked, and the day that a
    meeting was expected on is unique for a pair.
    """
    if not FROM <= now.astimezone(LONDON).time() < TO:
        return 0
    standings = support_reading.of(watched(), now).values()
    for standing in standings:
        if standing.silence and not standing.is_late:
            settle(standing.pair, now=now)
    return sum(_nudge(standing.pair, now) for standing in standings if _is_due(standing, now))


def _is_due(standing: Standing, now: datetime) -> bool:
    return standing.silence is None and rhythm.is_time_to_nudge(standing.expected_on, today(now))


@transaction.atomic
def _nudge(pair: Pair, now: datetime) -> bool:
    """Whether a nudge left. A silence that was asked about and ended by mistake is open again without another."""
    Pair.objects.select_for_update().get(pk=pair.pk)
    standing = support_reading.of(watched().filter(pk=pair.pk), now).get(pair.pk)
    if standing is None or not _is_due(standing, now):
        return False
    silence, is_new = Silence.objects.get_or_create(
        pair=standing.pair, expected_on=standing.expected_on, defaults={"nudged_at": now}
    )
    if not is_new:
        Silence.objects.filter(pk=silence.pk).update(ended_at=None)
        return False
    for member in (standing.pair.councillor, standing.pair.mentor):
        if preferences.wants(member.person, emails_support.NUDGES):
            emails_support.nudge(silence, member)
    return True


def settle(pair: Pair, *, now: datetime) -> None:
    """End the open silence of a pair whose next meeting is not overdue any more. Safe to repeat."""
    if support_reading.of_one(pair, now).expected_on >= today(now):
        Silence.objects.filter(pair=pair, ended_at=None).update(ended_at=now)


@transaction.atomic
def say_not_met(pair: Pair, member: Member, *, why_not: str, note: str, now: datetime) -> SilenceAnswer:
    """One of the two says why they have not met; said again, the last word counts. Raises NothingOpen."""
    Pair.objects.select_for_update().get(pk=pair.pk)
    silence = Silence.objects.filter(pair=pair, pair__ended_at=None, ended_at=None).first()
    if silence is None:
        raise NothingOpen
    said = {"why_not": why_not, "note": note.strip(), "said_at": now}
    return SilenceAnswer.objects.update_or_create(silence=silence, member=member, defaults=said)[0]


# --- For leads ----------------------------------------------------------------------------------------------------


@transaction.atomic
def call_fine(pair: Pair, *, until: date, why: str, now: datetime, by: Person) -> FineUntil:
    """Known, fine until that day: nobody is nudged, and the pair is not listed, before it has passed."""
    Pair.objects.select_for_update().get(pk=pair.pk)
    FineUntil.objects.filter(pair=pair, lifted_at=None).update(lifted_at=now)
    said = FineUntil.objects.create(pair=pair, until=until, why=why.strip(), said_by=by, said_at=now)
    settle(pair, now=now)
    return said


@transaction.atomic
def lift_fine(pair: Pair, *, now: datetime) -> None:
    """The pair is watched as before."""
    FineUntil.objects.filter(pair=pair, lifted_at=None).update(lifted_at=now)
