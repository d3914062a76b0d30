"""What hosts and people are told about rooms: lists to hand out, who is missing, why somebody is where they are."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from meetups import grouping, room_lists
from meetups.breakouts import circle, keeping
from meetups.grouping.achieved import together
from meetups.models import BreakoutPlan, BreakoutRound, Meetup, RoomMember, SignUp


def handed_out(one: keeping.RoundOf) -> list[room_lists.Room]:
    """The rooms of a round as they go into files and lists."""
    return [room_lists.Room(room.row.name, tuple(map(circle.as_listed, room.people))) for room in one.rooms]


def title(one: keeping.RoundOf) -> str:
    return f"Round {one.row.number}"


@dataclass(frozen=True)
class Amiss:
    """What a host should know before a round begins: who is here and in no room, who is in a room and not here."""

    in_no_room: list[SignUp] = field(default_factory=list)
    not_here: list[SignUp] = field(default_factory=list)


def amiss(one: keeping.RoundOf, listed: Sequence[SignUp]) -> Amiss:
    """Nothing for a round that is over; nothing about absence before anybody is known to be here."""
    if one.row.held_at:
        return Amiss()
    here = {signup.pk for signup in listed if circle.is_here(signup)}
    placed = {signup.pk for room in one.rooms for signup in room.people}
    marked_away = {s.pk for s in listed if (mark := circle.mark_of(s)) and not mark.is_here}
    on_list = {signup.pk for signup in listed}
    gone = (placed - here if here else placed & marked_away) | (placed - on_list)
    everybody = [signup for room in one.rooms for signup in room.people]
    return Amiss(
        [signup for signup in listed if signup.pk in here - placed],
        sorted((s for s in everybody if s.pk in gone), key=lambda signup: signup.name.casefold()),
    )


def quarrels(meetup: Meetup, rounds: Sequence[keeping.RoundOf]) -> list[str]:
    """The pairs who should be kept apart and share a room."""
    names = {signup.pk: signup.name for one in rounds for room in one.rooms for signup in room.people}
    rooms = [[room.ids for room in one.rooms] for one in rounds]
    return [f"{names[a]} and {names[b]}" for a, b in together(rooms, circle.kept_apart(meetup))]


@dataclass(frozen=True)
class Seat:
    """Where one person is in one round, as the host sees it."""

    round: BreakoutRound
    room: keeping.RoomOf | None
    rooms: list[keeping.RoomOf]
    others: list[str]
    why: str


MOVED_BY_HAND = "A host moved you here."


def seats(plan: BreakoutPlan, signup: SignUp) -> list[Seat]:
    """For every round the room of this person, and why they are there."""
    rounds = keeping.rounds_of(plan)
    people = {one.pk: one for round_ in rounds for room in round_.rooms for one in room.people}
    around = circle.of(plan.meetup, {**people, signup.pk: signup}.values())
    specs = [keeping.wanted(one.row).spec for one in rounds]
    made = grouping.Plan([[room.ids for room in one.rooms] for one in rounds], repeats=0, same_council=0)
    moved = keeping.put_by_hand(plan)

    def why(at: int) -> str:
        if (at, signup.pk) in moved:
            return MOVED_BY_HAND
        is_changed = any(earlier <= at for earlier, _ in moved)
        return grouping.why(made, specs, around.guests, signup.pk, number=at - 1, met=around.met, is_changed=is_changed)

    return [_seat(one, signup, why(number)) for number, one in enumerate(rounds, start=1)]


def _seat(one: keeping.RoundOf, signup: SignUp, why: str) -> Seat:
    room = next((room for room in one.rooms if signup.pk in room.ids), None)
    others = [_with_council(other) for other in room.people if other.pk != signup.pk] if room else []
    return Seat(one.row, room, one.rooms, others, why)


@dataclass(frozen=True)
class MyRoom:
    """What somebody sees on their booking: the room, with whom, and why."""

    number: int
    room: str
    others: list[str]
    why: str


def my_rooms(signup: SignUp) -> list[MyRoom]:
    """The rooms of the rounds that the host shows, with names and councils; nobody who cancelled or is forgotten."""
    mine = (
        signup.rooms.filter(round__shown_at__isnull=False)
        .select_related("round__plan__meetup", "room")
        .order_by("round__number")
    )
    places = list(mine)
    others: dict[int, list[str]] = {}
    members = RoomMember.objects.filter(room__in=[place.room_id for place in places]).exclude(signup=signup)
    with_names = members.exclude(signup__name="").exclude(signup__state=SignUp.State.CANCELLED, signup__came_at=None)
    for member in with_names.select_related("signup__council").order_by("signup__name", "pk"):
        others.setdefault(member.room_id, []).append(_with_council(member.signup))
    why = {seat.round.number: seat.why for seat in seats(places[0].round.plan, signup)} if places else {}
    return [
        MyRoom(place.round.number, place.room.name, others.get(place.room_id, []), why[place.round.number])
        for place in places
    ]


def _with_council(signup: SignUp) -> str:
    name = signup.name or "somebody whose name was removed"
    return f"{name} ({signup.works_at})" if signup.works_at else name
