"""Skipping a month, pausing, coming back, leaving: one click each from any mail."""

from datetime import date, datetime

from django.db import transaction

from meetups import dates
from meetups.timings import LONDON
from unmentoring import emails, repairs, rounds
from unmentoring.models import MonthChoice, Participant, Round

State = Participant.State


@transaction.atomic
def skip(participant: Participant, month: date, *, now: datetime) -> None:
    """Not in this month. Whoever was put together with them already is found somebody else if possible."""
    _say(participant, month, False, now)
    repairs.withdraw(participant, month, now=now)


@transaction.atomic
def take_part(participant: Participant, month: date, *, now: datetime) -> None:
    """In this month, also after its draw while there is time to meet."""
    _say(participant, month, True, now)
    current = Round.objects.taking_late_joiners(now)
    if current and current.month == month:
        repairs.join_late(_fresh(participant), now=now)


def _say(participant: Participant, month: date, taking_part: bool, now: datetime) -> None:
    said = {"taking_part": taking_part, "said_at": now}
    MonthChoice.objects.update_or_create(participant=participant, month=month, defaults=said)
    heard(participant, now)


def _fresh(participant: Participant) -> Participant:
    return Participant.objects.select_for_update(of=("self",)).select_related("person").get(pk=participant.pk)


def heard(participant: Participant, now: datetime) -> None:
    """They said something, so nobody needs to ask whether they are still in."""
    Participant.objects.filter(pk=participant.pk).update(heard_at=now, still_in_asked_at=None)


def month_to_skip(participant: Participant, now: datetime) -> date:
    """The month “skip” is about: one that was drawn and of which they were told nothing yet, else the next draw's."""
    untold = participant.memberships.filter(left_at=None, introduced_at=None).order_by("-round__month").first()
    return untold.round.month if untold else rounds.next_month(now)


def months_to_skip(participant: Participant, now: datetime) -> list[date]:
    """What they may still say “not this month” about: rounds they are in that are not over, then the next draw."""
    today = now.astimezone(LONDON).date().replace(day=1)
    in_now = participant.memberships.filter(left_at=None, round__month__gte=today).exclude(answer="yes")
    waits = participant.waits.filter(ended_at=None, round__month__gte=today)
    running = {*in_now.values_list("round__month", flat=True), *waits.values_list("round__month", flat=True)}
    return sorted({*running, rounds.next_month(now)})


def may_choose(month: date, now: datetime) -> bool:
    """Whether yes or no for this month still means anything: its draw is to come, or late joiners are taken."""
    current = Round.objects.taking_late_joiners(now)
    return month >= rounds.months_to_draw(now)[0] or (current is not None and current.month == month)


@transaction.atomic
def pause(participant: Participant, *, until: date | None = None, why: str = "", now: datetime) -> Participant:
    """Rest until the month they say, or until they come back. A partner they were introduced to stays theirs.

    Safe to repeat: the same pause again writes no second mail.
    """
    participant = _fresh(participant)
    until = until.replace(day=1) if until else None
    is_same = participant.is_paused and participant.paused_until == until
    if participant.is_new or participant.is_gone or is_same:
        return participant
    participant.state, participant.paused_until = State.PAUSED, until
    participant.why = why or f"You paused on {dates.day(now)}."
    participant.still_in_asked_at = None
    participant.save()
    repairs.withdraw(participant, untold_only=True, now=now)
    emails.paused(participant, now=now)
    return participant


def stop(participant: Participant, *, now: datetime) -> Participant:
    """What one click on “unsubscribe” in the mail program means: a pause, or for somebody not yet in, no more."""
    return leave(participant, now=now) if participant.is_new else pause(participant, now=now)


@transaction.atomic
def come_back(participant: Participant, *, now: datetime) -> Participant:
    """In again, this month if there is still time. Nothing happens unless they are paused."""
    participant = _fresh(participant)
    if not participant.is_paused:
        return participant
    participant.state, participant.paused_until, participant.still_in_asked_at = State.ACTIVE, None, None
    participant.why, participant.heard_at = f"You came back on {dates.day(now)}.", now
    participant.save()
    if participant.rhythm != Participant.Rhythm.ASK:
        repairs.join_late(participant, now=now)
    return participant


@transaction.atomic
def still_in(participant: Participant, *, now: datetime) -> Participant:
    """Yes, still in; somebody paused for their silence is back."""
    heard(participant, now)
    return come_back(participant, now=now)


# --- Leaving ------------------------------------------------------------------------------------------------------


@transaction.atomic
def leave(participant: Participant, *, now: datetime) -> Participant:
    """Out for good, until they join anew. Phone and words about themselves go at once; whom they met stays known."""
    return _end(participant, State.LEFT, f"You left on {dates.day(now)}.", now)


@transaction.atomic
def remove(participant: Participant, *, why: str, now: datetime) -> Participant:
    """The coordinator ends it; they cannot join again by the form."""
    return _end(participant, State.REMOVED, why, now)


def _end(participant: Participant, state: str, why: str, now: datetime) -> Participant:
    participant = _fresh(participant)
    if participant.is_gone:
        return participant
    was_new = participant.is_new
    repairs.withdraw(participant, now=now)
    clear(participant)
    participant.state, participant.why, participant.left_at = state, why[:300], now
    participant.save()
    if not was_new:
        emails.left(participant, now=now)
    return participant


def clear(participant: Participant) -> None:
    """Forget the phone number and what they said about themselves (not saved yet)."""
    participant.phone = participant.times = participant.line = ""
    participant.ways, participant.topics, participant.pending = [], [], {}
    participant.paused_until = participant.still_in_asked_at = None
