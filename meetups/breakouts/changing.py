"""Changes by hand to rooms that stand: move somebody, lock, show, say that a round is over."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from meetups import room_lists
from meetups.breakouts import circle, keeping
from meetups.grouping.achieved import judged
from meetups.models import BreakoutPlan, BreakoutRoom, BreakoutRound, RoomMember, SignUp

NOWHERE, NEW_ROOM = "none", "new"


@transaction.atomic
def move(plan: BreakoutPlan, row: BreakoutRound, signup: SignUp, to: str) -> BreakoutRoom | None:
    """Put somebody into a room of this round, a new one or none; the room they are in now. Raises Changed."""
    fresh = keeping.locked(plan)
    room = _room(fresh, row, to)
    if room and room.members.filter(signup=signup).exists():
        return room
    RoomMember.objects.filter(round=row, signup=signup).delete()
    if room:
        RoomMember.objects.create(round=row, room=room, signup=signup, by_hand=True)
    row.rooms.filter(members=None).delete()
    _judge_again(fresh)
    return room


def _room(plan: BreakoutPlan, row: BreakoutRound, to: str) -> BreakoutRoom | None:
    if to == NOWHERE:
        return None
    if to != NEW_ROOM:
        return row.rooms.get(pk=to)
    taken = set(row.rooms.values_list("name", flat=True))
    names = room_lists.room_names(len(taken) + 1, plan.chosen_names)
    number = (row.rooms.aggregate(last=Max("number"))["last"] or 0) + 1
    return BreakoutRoom.objects.create(round=row, number=number, name=next(n for n in names if n not in taken))


def _judge_again(plan: BreakoutPlan) -> None:
    """What is achieved now, of all who are in a room."""
    rounds = keeping.rounds_of(plan)
    people = {signup.pk: signup for one in rounds for room in one.rooms for signup in room.people}
    around = circle.of(plan.meetup, people.values())
    plan.achieved = _achieved(around, rounds)
    plan.save(update_fields=["achieved"])


def _achieved(around: circle.Circle, rounds: Sequence[keeping.RoundOf]) -> str:
    specs = [keeping.wanted(one.row).spec for one in rounds]
    rooms = [[room.ids for room in one.rooms] for one in rounds]
    return judged(around.guests, specs, rooms, met=around.met, keep_apart=()).achieved[:500]


@transaction.atomic
def lock(plan: BreakoutPlan, room: BreakoutRoom, *, is_locked: bool) -> None:
    """A locked room stays as it is when rooms are planned again. Raises Changed."""
    keeping.locked(plan)
    room.is_locked = is_locked
    room.save(update_fields=["is_locked"])


def show(row: BreakoutRound, *, is_shown: bool, now: datetime) -> None:
    """People see on their booking where they are in this round, or no longer do."""
    row.shown_at = (row.shown_at or now) if is_shown else None
    row.save(update_fields=["shown_at"])


@transaction.atomic
def hold(plan: BreakoutPlan, row: BreakoutRound, *, is_held: bool, now: datetime) -> None:
    """This round and those before it have been held and stay; or this one and those after it are still to come."""
    keeping.locked(plan)
    if is_held:
        plan.rounds.filter(number__lte=row.number, held_at=None).update(held_at=now)
    else:
        plan.rounds.filter(number__gte=row.number).update(held_at=None)
