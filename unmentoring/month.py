"""The month after a draw: introductions, a nudge, “did you meet?”, “still in?”. Answers, and word of being stuck.

Each letter is due in a window and leaves a time on its row, written in the transaction that queues it and only if
nobody else wrote it before: stopped, started twice or run by two workers, everybody gets it once.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Max, Q, QuerySet

from meetups import dates
from meetups.timings import LONDON
from people import preferences
from unmentoring import emails, emails_coordinating, repairs, resting, rounds
from unmentoring.models import MonthChoice, Pairing, PairingMember, Participant, Round, Waiting

CHUNK = 25
# Nobody is nudged or asked who was introduced more recently than this.
NUDGE_AFTER, ASK_AFTER = timedelta(days=7), timedelta(days=5)
SILENT_ROUNDS = 2
STILL_IN_AFTER, PAUSE_AFTER = timedelta(days=2), timedelta(hours=60)
CONFIRM_AGAIN_AFTER = timedelta(days=3)
# Letters of a round are written until this long after its month began.
WINDOW = timedelta(days=45)


class RoundIsOver(Exception):
    """Too late to change anything about this pairing."""


# --- What people say ----------------------------------------------------------------------------------------------


@transaction.atomic
def answer(member: PairingMember, met: str, *, why_not: str = "", note: str = "", now: datetime) -> PairingMember:
    """Record whether they met; the last answer of each counts, and each answers for themselves. Safe to repeat."""
    member = PairingMember.objects.select_for_update(of=("self",)).select_related("participant").get(pk=member.pk)
    member.answer, member.answered_at = PairingMember.Answer(met), now
    member.why_not = why_not if met == PairingMember.Answer.NO else ""
    member.note = note.strip()[:500]
    if member.is_stuck and met == PairingMember.Answer.YES:
        member.unstuck_at = now
    member.save()
    resting.heard(member.participant, now)
    return member


@transaction.atomic
def say_stuck(member: PairingMember, note: str, *, now: datetime) -> PairingMember:
    """Tell the coordinator that they cannot reach their partner. Safe to repeat: one mail while they are stuck."""
    member = (
        PairingMember.objects.select_for_update(of=("self",))
        .select_related("participant__person", "pairing", "round")
        .get(pk=member.pk)
    )
    if member.left_at or member.pairing.ended_at:
        raise RoundIsOver("This pairing has ended already.")
    if now >= rounds.draws_at(member.round.next_month):
        raise RoundIsOver(f"{member.round} is over, so nobody else can be found for it.")
    resting.heard(member.participant, now)
    if not member.is_stuck:
        member.stuck_at, member.unstuck_at, member.stuck_note = now, None, note.strip()[:500]
        member.save()
        emails_coordinating.stuck(member, now=now)
    return member


# --- Letters that are due -----------------------------------------------------------------------------------------


def queue_due(now: datetime) -> int:
    """Write every letter that is due and was not written; return how many. Safe to run twice and at once."""
    steps: list[Callable[[datetime], int]] = [
        _introductions,
        _no_partner,
        _nudges,
        _did_you_meet,
        _still_in,
        _pause_silent,
        _month_questions,
        _confirm_again,
    ]
    return sum(step(now) for step in steps)


def _recent(now: datetime) -> QuerySet[Round]:
    return Round.objects.published().filter(month__gt=(now - WINDOW).astimezone(LONDON).date())


def _running(now: datetime) -> QuerySet[Round]:
    """Published and not over: of this month, or drawn before its month began."""
    return Round.objects.published().filter(month__gte=now.astimezone(LONDON).date().replace(day=1))


def _each(ids: Callable[[], Iterable[int]], write: Callable[[int], bool]) -> int:
    """Call `write` for each id, in transactions of a few; what was written is not asked for again."""
    written = 0
    while chunk := list(ids())[:CHUNK]:
        with transaction.atomic():
            done = sum(write(pk) for pk in chunk)
        written += done
        if not done:  # another worker has them in hand
            break
    return written


def _claim(rows: QuerySet[Any], column: str, now: datetime) -> int:
    """Put the time into rows that have none; how many were ours."""
    return rows.filter(**{column: None}).update(**{column: now})


def _introductions(now: datetime) -> int:
    untold = PairingMember.objects.filter(introduced_at=None, left_at=None, round__in=_running(now))
    # Whoever paused or left between the draw and now is not introduced; their partner is found somebody else first.
    for member in untold.exclude(participant__state=Participant.State.ACTIVE).select_related("participant__person"):
        repairs.drop_out(member, now=now)
    pairings = Pairing.objects.filter(members__in=untold, ended_at=None).order_by("pk").distinct()
    return _each(lambda: pairings.values_list("pk", flat=True)[:CHUNK], lambda pk: _introduce(pk, now))


def _introduce(pk: int, now: datetime) -> bool:
    """Everybody in this pairing, in one transaction, so that no one knows before the other."""
    if not _claim(PairingMember.objects.filter(pairing=pk, left_at=None), "introduced_at", now):
        return False
    for member in Pairing.objects.with_members().get(pk=pk).members.all():
        emails.introduction(member)
    return True


def _no_partner(now: datetime) -> int:
    due = Waiting.objects.filter(told_at=None, ended_at=None, round__in=_running(now)).order_by("pk")

    def write(pk: int) -> bool:
        claimed = _claim(Waiting.objects.filter(pk=pk, ended_at=None), "told_at", now)
        if claimed:
            emails.no_partner(Waiting.objects.select_related("round", "participant__person").get(pk=pk))
        return bool(claimed)

    return _each(lambda: due.values_list("pk", flat=True)[:CHUNK], write)


def _nudges(now: datetime) -> int:
    """Once, in the second half of the month, to pairings from which nobody has heard anything."""
    due = [round_ for round_ in _running(now) if round_.nudges_at <= now < round_.asks_at]
    spoke = PairingMember.objects.filter(Q(answered_at__isnull=False) | Q(stuck_at__isnull=False), round__in=due)
    quiet = (
        PairingMember.objects.filter(round__in=due, nudged_at=None, left_at=None, introduced_at__lte=now - NUDGE_AFTER)
        .exclude(pairing__in=spoke.values("pairing"))
        .order_by("pk")
    )

    def write(member: PairingMember) -> None:
        if preferences.wants(member.participant.person, emails.NUDGES):
            emails.nudge(member)

    return _about(quiet, "nudged_at", write, now)


def _did_you_meet(now: datetime) -> int:
    """Once, towards the end of the month, to everybody who has not said yes or no."""
    due = [round_ for round_ in _recent(now) if round_.asks_at <= now]
    said = [PairingMember.Answer.YES, PairingMember.Answer.NO]
    silent = PairingMember.objects.filter(
        round__in=due, asked_at=None, left_at=None, introduced_at__lte=now - ASK_AFTER
    ).exclude(answer__in=said)
    return _about(silent.order_by("pk"), "asked_at", emails.did_you_meet, now)


def _about(due: "QuerySet[PairingMember]", column: str, write: Callable[[PairingMember], None], now: datetime) -> int:
    """Write one letter to each of these, once."""

    def claim_and_write(pk: int) -> bool:
        if not _claim(PairingMember.objects.filter(pk=pk, left_at=None), column, now):
            return False
        member = PairingMember.objects.select_related("participant__person", "round").get(pk=pk)
        member.pairing = Pairing.objects.with_members().get(pk=member.pairing_id)
        if member.participant.is_active or member.participant.is_paused:
            write(member)
        return True

    return _each(lambda: due.values_list("pk", flat=True)[:CHUNK], claim_and_write)


# --- Silence ------------------------------------------------------------------------------------------------------


def _still_in(now: datetime) -> int:
    """To whoever was asked about two rounds and said nothing at all since."""
    unanswered = Q(memberships__asked_at__gt=F("heard_at"), memberships__answer="", memberships__left_at=None)
    due = (
        Participant.objects.active()
        .filter(still_in_asked_at=None)
        .annotate(silent=Count("memberships", filter=unanswered), asked=Max("memberships__asked_at", filter=unanswered))
        .filter(silent__gte=SILENT_ROUNDS, asked__lte=now - STILL_IN_AFTER)
        .order_by("pk")
    )

    def write(pk: int) -> bool:
        claimed = _claim(Participant.objects.active().filter(pk=pk), "still_in_asked_at", now)
        if claimed:
            emails.still_in(Participant.objects.select_related("person").get(pk=pk), until=now + PAUSE_AFTER)
        return bool(claimed)

    return _each(lambda: due.values_list("pk", flat=True)[:CHUNK], write)


def _pause_silent(now: datetime) -> int:
    """Whoever did not answer that is paused, and told so, with the way back."""
    silent = Participant.objects.active().filter(still_in_asked_at__lte=now - PAUSE_AFTER)
    why = f"We heard nothing from you for two rounds, nor when we asked, so we paused you on {dates.day(now)}."
    return sum(_pause(pk, why, now) for pk in silent.values_list("pk", flat=True))


@transaction.atomic
def _pause(pk: int, why: str, now: datetime) -> bool:
    """False if they said something in this moment."""
    locked = Participant.objects.select_for_update(of=("self",))
    participant = locked.active().filter(pk=pk, still_in_asked_at__isnull=False).first()
    return bool(participant and resting.pause(participant, why=why, now=now))


# --- Asking -------------------------------------------------------------------------------------------------------


def _month_questions(now: datetime) -> int:
    """Some days before a month begins, to those who want to be asked each time; after an early draw they join late."""
    today = now.astimezone(LONDON).date()
    month = (today.replace(day=1) + timedelta(days=31)).replace(day=1)
    this = Round(month=today.replace(day=1))
    if now < this.asks_at:
        return 0
    asked = MonthChoice.objects.filter(month=month)
    due = Participant.objects.here_in(month).filter(rhythm=Participant.Rhythm.ASK)
    # Whoever waits for a partner is in the next draw without being asked.
    waiting = Waiting.objects.filter(round__month=today.replace(day=1), ended_at=None)
    due = due.exclude(pk__in=asked.values("participant")).exclude(pk__in=waiting.values("participant")).order_by("pk")

    def write(pk: int) -> bool:
        _, is_new = MonthChoice.objects.get_or_create(participant_id=pk, month=month, defaults={"asked_at": now})
        if is_new:
            emails.month_question(Participant.objects.select_related("person").get(pk=pk), month)
        return is_new

    return _each(lambda: due.values_list("pk", flat=True)[:CHUNK], write)


def _confirm_again(now: datetime) -> int:
    """Once more, some days after joining, to whoever has not confirmed the address."""
    due = Participant.objects.filter(
        state=Participant.State.NEW, confirm_reminded_at=None, joined_at__lte=now - CONFIRM_AGAIN_AFTER
    ).order_by("pk")

    def write(pk: int) -> bool:
        claimed = _claim(Participant.objects.filter(pk=pk), "confirm_reminded_at", now)
        if claimed:
            emails.confirm_again(Participant.objects.select_related("person").get(pk=pk))
        return bool(claimed)

    return _each(lambda: due.values_list("pk", flat=True)[:CHUNK], write)
