"""Putting a published round right: somebody drops out, joins late, or a pair cannot reach each other.

At most one other pairing changes, and never one whose people already met, or were told and did not agree to changes.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from meetups.timings import LONDON
from people.models import Person
from unmentoring import draws, pairing_repair, rounds
from unmentoring.models import MonthChoice, Pairing, PairingMember, Participant, Round, Waiting

How = Pairing.How
# Said before the reason of a pairing that a repair made.
_BECAUSE = {
    How.LATE: "Somebody joined after the draw.",
    How.DROP_OUT: "Somebody could not take part after all.",
    How.STUCK: "Somebody could not reach their partner.",
}
TOO_LITTLE_LEFT = "Too little of the month is left to find you somebody else."
NOBODY_FREE = "Everybody else has been told already whom they meet."


@transaction.atomic
def drop_out(member: PairingMember, *, now: datetime, because: str = "") -> None:
    """Take somebody out of their pairing and find their partner somebody else, if the month and the others allow.

    Nothing happens when they met already, or when the round is over. Safe to repeat.
    """
    round_ = Round.objects.locked(member.round_id)
    member = PairingMember.objects.select_related("pairing").get(pk=member.pk)
    group = _people_of(member.pairing)
    if member.left_at or not _is_open(member.pairing, now):
        return
    kept = _changeable(round_) if round_.takes_late_joiners(now) else []
    mended = pairing_repair.drop_out(
        sorted({*kept, group}),
        member.participant_id,
        waiting=_waiting(round_) if kept or round_.takes_late_joiners(now) else (),
        seed=f"{round_.seed}:drop out:{member.pk}",
        **_facts(round_, exclude=()),
    )
    why = because or f"{member.participant.person.get_short_name()} cannot take part this month."
    _apply(round_, mended, how=How.DROP_OUT, why=why, now=now)


@transaction.atomic
def join_late(participant: Participant, *, now: datetime) -> Pairing | Waiting | None:
    """Put somebody into this month's round after it was drawn: with another late joiner, or into a pair that agreed.

    Returns their pairing, or that they wait for one; None when there is no round or too little is left of it, and then
    they are in the next draw. Safe to repeat.
    """
    current = Round.objects.taking_late_joiners(now)
    if current is None:
        return None
    round_ = Round.objects.locked(current.pk)
    if not _may_join(participant, round_):
        return None
    return _place(participant.pk, round_, how=How.LATE, apart=(), now=now)


@transaction.atomic
def withdraw(participant: Participant, month: date | None = None, *, untold_only: bool = False, now: datetime) -> None:
    """Take somebody out of every round that is not over (of this month, if said): their pairing, or their wait.

    With `untold_only` a pairing they were introduced in stays.
    """
    recent = now.astimezone(LONDON).date() - timedelta(days=32)
    theirs = participant.memberships.filter(left_at=None, round__month__gt=recent).select_related(
        "pairing__round", "participant__person"
    )
    waits = participant.waits.filter(ended_at=None)
    if month:
        theirs, waits = theirs.filter(round__month=month), waits.filter(round__month=month)
    for member in theirs.filter(introduced_at=None) if untold_only else theirs:
        drop_out(member, now=now)
    waits.update(ended_at=now)


def _may_join(participant: Participant, round_: Round) -> bool:
    skips = MonthChoice.objects.filter(participant=participant, month=round_.month, taking_part=False)
    there = PairingMember.objects.filter(participant=participant, round=round_, left_at=None)
    return participant.is_active and not skips.exists() and not there.exists()


@transaction.atomic
def pair_again(pairing: Pairing, *, now: datetime, by: Person) -> list[Pairing | Waiting]:
    """End a pairing that does not come about and find each of its people somebody else. Safe to repeat."""
    round_ = Round.objects.locked(pairing.round_id)
    pairing = Pairing.objects.get(pk=pairing.pk)
    if pairing.ended_at or not _is_open(pairing, now):
        return []
    people = _people_of(pairing)
    pairing.members.filter(left_at=None).update(unstuck_at=now)
    _end(round_, [people], why=f"{by.name} found you somebody else.", now=now)
    apart = draws.pairs_in(people)
    return [_place(person, round_, how=How.STUCK, apart=apart, now=now) for person in people]


def _place(person: int, round_: Round, *, how: str, apart: Collection[draws.Pair], now: datetime) -> Pairing | Waiting:
    mended = pairing_repair.join_late(
        [group for group in _changeable(round_) if person not in group],
        person,
        waiting=[other for other in _waiting(round_) if other != person],
        seed=f"{round_.seed}:{how}:{person}:{now.isoformat()}",
        **_facts(round_, exclude=apart, more=[person]),
    )
    _apply(round_, mended, how=how, why=_BECAUSE[How(how)], now=now)
    member = PairingMember.objects.filter(round=round_, participant=person, left_at=None).select_related("pairing")
    found = member.first()
    return found.pairing if found else Waiting.objects.get(round=round_, participant=person)


def _is_open(pairing: Pairing, now: datetime) -> bool:
    """Whether this pairing may still change: of a round that is not over, and nobody says they met."""
    met = pairing.members.filter(answer=PairingMember.Answer.YES).exists()
    return not pairing.ended_at and not met and now < rounds.draws_at(pairing.round.next_month)


def _people_of(pairing: Pairing) -> tuple[int, ...]:
    return tuple(sorted(pairing.members.filter(left_at=None).values_list("participant_id", flat=True)))


def _changeable(round_: Round) -> list[tuple[int, ...]]:
    """Pairings in which nobody has answered or is stuck: the only ones a repair may touch."""
    standing = round_.pairings.standing().with_members()
    return [
        tuple(sorted(member.participant_id for member in pairing.members.all()))
        for pairing in standing
        if not any(member.answer or member.is_stuck for member in pairing.members.all())
    ]


def _waiting(round_: Round) -> list[int]:
    return list(round_.waiting.filter(ended_at=None).values_list("participant_id", flat=True))


def _facts(round_: Round, *, exclude: Collection[draws.Pair], more: Collection[int] = ()) -> dict[str, Any]:
    """What a repair is given: as a draw, with who was told and who agreed to a change."""
    members = PairingMember.objects.filter(round=round_, left_at=None)
    here = {*members.values_list("participant_id", flat=True), *_waiting(round_), *more}
    facts = draws.gather(Participant.objects.filter(pk__in=here).for_letters(), number=round_.number)
    told = members.exclude(introduced_at=None).values_list("participant_id", flat=True)
    agreed = Participant.objects.filter(pk__in=here, open_to_change=True).values_list("pk", flat=True)
    return {
        "told": set(told),
        "agreed": set(agreed),
        "organisation": facts.organisation,
        "sector": facts.sector,
        "last_met": facts.last_met,
        "keep_apart": {*facts.keep_apart, *exclude, *_ended_pairs(round_)},
    }


def _ended_pairs(round_: Round) -> set[draws.Pair]:
    """Whoever was parted by the coordinator in this round is not put together again in it."""
    groups: dict[int, list[int]] = {}
    parted = PairingMember.objects.filter(round=round_, unstuck_at__isnull=False, left_at__isnull=False)
    for pairing, person in parted.values_list("pairing_id", "participant_id"):
        groups.setdefault(pairing, []).append(person)
    return {pair for group in groups.values() for pair in draws.pairs_in(sorted(group))}


def _apply(round_: Round, mended: pairing_repair.Repair, *, how: str, why: str, now: datetime) -> None:
    _end(round_, mended.ended, why=why, now=now)
    begun = [person for group in mended.begun for person in group]
    round_.waiting.filter(ended_at=None, participant__in=begun).update(ended_at=now)
    people = Participant.objects.filter(pk__in=begun).for_letters()
    facts = draws.gather(people, number=round_.number)
    groups = [(group, f"{_BECAUSE[How(how)]} {draws.reason(group, facts)}") for group in mended.begun]
    rounds.make_pairings(round_, groups, how=how, now=now)
    for person in mended.alone:
        _let_wait(round_, person, f"{why} {_why_alone(round_, now)}", now)


def _why_alone(round_: Round, now: datetime) -> str:
    return NOBODY_FREE if round_.takes_late_joiners(now) else TOO_LITTLE_LEFT


def _let_wait(round_: Round, person: int, why: str, now: datetime) -> None:
    again = {"since": now, "why": why[:300], "told_at": None, "ended_at": None}
    standing = round_.waiting.filter(participant=person, ended_at=None)
    if not standing.exists():
        Waiting.objects.update_or_create(round=round_, participant_id=person, defaults=again)


def _end(round_: Round, groups: Collection[tuple[int, ...]], *, why: str, now: datetime) -> None:
    people = [person for group in groups for person in group]
    ending = PairingMember.objects.filter(round=round_, left_at=None, participant__in=people)
    ids = set(ending.values_list("pairing_id", flat=True))
    ending.update(left_at=now)
    Pairing.objects.filter(pk__in=ids).update(ended_at=now, ended_because=why[:300])
