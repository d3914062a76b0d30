"""Rooms as rows: read together, saved together, and never over what another host did meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from meetups import room_lists, room_rounds
from meetups.grouping import Room
from meetups.models import BreakoutPlan, BreakoutRoom, BreakoutRound, Meetup, RoomMember, SignUp


class Changed(Exception):
    """Somebody else changed the rooms in the meantime."""

    def __init__(self) -> None:
        super().__init__("Somebody else changed the rooms in the meantime. Look at them, then try again.")


@dataclass(frozen=True)
class RoomOf:
    row: BreakoutRoom
    people: list[SignUp] = field(default_factory=list)

    @property
    def ids(self) -> Room:
        return tuple(sorted(signup.pk for signup in self.people))


@dataclass(frozen=True)
class RoundOf:
    """A round with its rooms and the people in them."""

    row: BreakoutRound
    rooms: list[RoomOf]

    @property
    def words(self) -> str:
        return wanted(self.row).words


def wanted(row: BreakoutRound) -> room_rounds.Wanted:
    return room_rounds.Wanted(row.size, row.merge_previous, row.by_need)


def rounds_of(plan: BreakoutPlan) -> list[RoundOf]:
    """Everything, in three queries whatever the number of rooms; people by name."""
    rounds = [RoundOf(row, []) for row in plan.rounds.all()]
    of_round = {one.row.pk: one for one in rounds}
    rooms = {}
    for row in BreakoutRoom.objects.filter(round__plan=plan):
        rooms[row.pk] = RoomOf(row)
        of_round[row.round_id].rooms.append(rooms[row.pk])
    members = RoomMember.objects.filter(round__plan=plan)
    for member in members.select_related("signup__person", "signup__council", "signup__presence"):
        rooms[member.room_id].people.append(member.signup)
    for room in rooms.values():
        room.people.sort(key=lambda signup: (signup.name.casefold(), signup.pk))
    return rounds


def rooms_by_round(plan: BreakoutPlan) -> list[list[Room]]:
    return [[room.ids for room in one.rooms] for one in rounds_of(plan)]


def put_by_hand(plan: BreakoutPlan) -> set[tuple[int, int]]:
    """Whom a host moved in which round: the number of the round and the sign-up."""
    moved = RoomMember.objects.filter(round__plan=plan, by_hand=True)
    return set(moved.values_list("round__number", "signup"))


@transaction.atomic
def save(
    plan: BreakoutPlan,
    rounds: Sequence[room_rounds.Wanted],
    made: Sequence[list[Room]],
    *,
    held: int,
    locks: dict[int, list[Room]],
    achieved: str,
    now: datetime,
    afresh: bool,
) -> None:
    """Write the rooms after the held rounds. A round that goes on keeps the names of its rooms. Raises Changed."""
    fresh = locked(plan)
    before = {one.row.number: one for one in rounds_of(fresh)}
    by_hand = put_by_hand(fresh)
    fresh.rounds.filter(number__gt=held).delete()
    for number, one in enumerate(rounds):
        if number >= held:
            old = before.get(number + 1)
            shown_at = old.row.shown_at if old and not afresh else None
            row = BreakoutRound.objects.create(
                plan=fresh, number=number + 1, size=one.size, merge_previous=one.merge_previous, by_need=one.by_need,
                shown_at=shown_at,
            )  # fmt: skip
            _save_rooms(row, made[number], old.rooms if old else [], fresh.chosen_names, locks.get(number, []))
            # Whom a host put into a room that is locked is still there because of that.
            moved = [signup for at, signup in by_hand if at == row.number]
            row.members.filter(room__is_locked=True, signup__in=moved).update(by_hand=True)
    fresh.achieved, fresh.planned_at, fresh.asked_at, fresh.claimed_at = achieved[:500], now, None, None
    fresh.refused = ""
    fresh.save()


def locked(plan: BreakoutPlan) -> BreakoutPlan:
    """The plan for a change, with its version raised. Raises Changed when it is not as it was read."""
    Meetup.objects.locked(plan.meetup_id)
    fresh = BreakoutPlan.objects.select_related("meetup").get(pk=plan.pk)
    if fresh.version != plan.version:
        raise Changed
    fresh.version += 1
    fresh.save(update_fields=["version"])
    plan.version = fresh.version
    return fresh


def _save_rooms(
    row: BreakoutRound, rooms: Sequence[Room], old: Sequence[RoomOf], chosen: Sequence[str], locks: Sequence[Room]
) -> None:
    titles = room_lists.room_names(len(rooms) + len(old), chosen)
    names = _names(rooms, old, titles)
    order = {name: place for place, name in enumerate([*titles, *(one.row.name for one in old)])}
    made: list[tuple[BreakoutRoom, Room]] = []
    for name, room in sorted(zip(names, rooms, strict=True), key=lambda pair: order[pair[0]]):
        is_locked = any(lock and set(lock) <= set(room) for lock in locks)
        made.append((BreakoutRoom(round=row, number=len(made) + 1, name=name, is_locked=is_locked), room))
    BreakoutRoom.objects.bulk_create([one for one, _ in made])
    RoomMember.objects.bulk_create(RoomMember(round=row, room=one, signup_id=pk) for one, room in made for pk in room)


def _names(rooms: Sequence[Room], old: Sequence[RoomOf], titles: Sequence[str]) -> list[str]:
    """A room that mostly stays keeps its name; the others get the first names that are free."""
    kept: dict[int, str] = {}
    overlaps = sorted(
        (-len(set(room) & set(was.ids)), place, was.row.name)
        for place, room in enumerate(rooms)
        for was in old
        if set(room) & set(was.ids)
    )
    for _, place, name in overlaps:
        if place not in kept and name in titles and name not in kept.values():
            kept[place] = name
    free = (title for title in titles if title not in kept.values())
    return [kept[place] if place in kept else next(free) for place in range(len(rooms))]
