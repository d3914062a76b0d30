"""Builders for UnMentoring: people who are in, rounds that are drawn. Say only what matters to the test."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from people.models import Person
from tests import make
from unmentoring import joining, month, rounds
from unmentoring.models import Pairing, PairingMember, Participant, Round

# Nine in the morning in London on the first of March 2027, a Monday; no summer time.
DRAW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
BEFORE = datetime(2027, 2, 10, 10, 0, tzinfo=UTC)
MARCH, APRIL, MAY = date(2027, 3, 1), date(2027, 4, 1), date(2027, 5, 1)
NUDGE = datetime(2027, 3, 15, 9, 0, tzinfo=UTC)
ASK = datetime(2027, 3, 24, 9, 0, tzinfo=UTC)
PHONE = "+442079460{:03}"  # numbers that are kept free for drama

_numbers = count(1)


def details(**fields: Any) -> joining.Details:
    n = next(_numbers)
    who = {
        "name": f"Person {n}",
        "email": f"person{n}@org{n}.example",
        "phone": PHONE.format(n % 1000),
        "organisation": f"Organisation {n}",
        "sector": Participant.Sector.values[n % 8],
    }
    return joining.Details(**{**who, **fields})


def guest(*, now: datetime = BEFORE, **fields: Any) -> Participant:
    """Somebody who filled in the form and has not confirmed."""
    made = joining.join(details(**fields), now=now)
    assert made is not None
    return made


def participant(*, now: datetime = BEFORE, **fields: Any) -> Participant:
    """Somebody who is in."""
    return joining.confirm(guest(now=now, **fields), now=now)


def participants(number: int, **fields: Any) -> list[Participant]:
    return [participant(**fields) for _ in range(number)]


def drawn(now: datetime = DRAW) -> Round:
    """This month's round, drawn and published by the schedule."""
    made = rounds.draw_if_due(now)
    assert made is not None
    return made


def told(now: datetime = DRAW) -> Round:
    """Drawn, and everybody was introduced."""
    made = drawn(now)
    month.queue_due(now + timedelta(minutes=1))
    return made


def member_of(participant: Participant) -> PairingMember:
    """Their part in the pairing they are in now."""
    members = participant.memberships.filter(left_at=None).select_related("participant__person", "pairing", "round")
    return members.latest("round__month", "pk")


def partners_of(participant: Participant) -> list[Participant]:
    return member_of(participant).partners


def groups(round_: Round) -> list[list[int]]:
    """Who is with whom now."""
    standing = Pairing.objects.filter(round=round_, ended_at=None).with_members()
    return sorted(sorted(m.participant_id for m in pairing.members.all()) for pairing in standing)


def coordinator() -> Person:
    return make.with_second_factor(make.person("coordinator", name="Connie Okafor"))
