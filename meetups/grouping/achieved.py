"""What a plan achieved: counts, and a sentence for the organiser."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations

from meetups.grouping.values import Guest, Pair, Plan, Room, RoundSpec


def pairs(rooms: Iterable[Room]) -> Iterable[Pair]:
    """Everybody who shares a room, as (smaller id, larger id)."""
    return (pair for room in rooms for pair in combinations(sorted(room), 2))


def meetings(rounds: Sequence[RoundSpec], rooms: Sequence[list[Room]]) -> Counter[Pair]:
    """How often each pair meets; rounds merged out of each other are one meeting, counted in the last of them."""
    last = [i for i in range(len(rounds)) if i + 1 == len(rounds) or not rounds[i + 1].merge_previous]
    return Counter(pair for i in last for pair in pairs(rooms[i]))


def together(rooms: Iterable[list[Room]], keep_apart: Collection[Pair]) -> tuple[Pair, ...]:
    """The pairs to be kept apart who share a room in any round."""
    apart = {(min(pair), max(pair)) for pair in keep_apart}
    return tuple(sorted({pair for made in rooms for pair in pairs(made) if pair in apart}))


def judged(
    guests: Sequence[Guest],
    rounds: Sequence[RoundSpec],
    rooms: list[list[Room]],
    *,
    met: Mapping[Pair, int],
    keep_apart: Collection[Pair],
    changed_rooms: int = 0,
) -> Plan:
    """The plan with its counts over all rounds; rooms may hold people who have left and are not among `guests`."""
    council = {guest.id: guest.council for guest in guests}
    meets = meetings(rounds, rooms)
    knew = {(min(pair), max(pair)) for pair, count in met.items() if count}
    plan = Plan(
        rounds=rooms,
        repeats=sum(count - 1 for count in meets.values()),
        same_council=sum(council.get(a) == council.get(b) is not None for made in rooms for a, b in pairs(made)),
        met_before=len(knew & set(meets)),
        together_anyway=together(rooms, keep_apart),
        newcomers_alone=_newcomers_alone(guests, rooms),
        fewest_councils=_fewest_councils(council, rooms),
        changed_rooms=changed_rooms,
    )
    return Plan(**{**vars(plan), "achieved": sentence(plan)})


def _newcomers_alone(guests: Sequence[Guest], rooms: list[list[Room]]) -> int:
    new = {guest.id for guest in guests if guest.newcomer}
    return sum(len(room) > 1 and new.issuperset(room) for made in rooms for room in made)


def _fewest_councils(council: Mapping[int, str | None], rooms: list[list[Room]]) -> int | None:
    if None in council.values():
        return None
    whole = [room for made in rooms for room in made if all(guest in council for guest in room)]
    return min((len({council[guest] for guest in room}) for room in whole), default=None)


def sentence(plan: Plan) -> str:
    """What was achieved, worst news first: "Nobody meets twice; every room has at least three councils."."""
    parts = []
    if plan.together_anyway:
        quarrels = ", ".join(f"{a} and {b}" for a, b in plan.together_anyway)
        parts.append(f"these could not be kept apart in rooms of this size: {quarrels}")
    parts.append(_repeats(plan.repeats))
    parts.append(_councils(plan))
    if plan.met_before:
        parts.append(f"{_number(plan.met_before, 'pair')} had met at an earlier meet-up")
    if plan.newcomers_alone:
        parts.append(f"{_number(plan.newcomers_alone, 'room')} of newcomers only")
    text = "; ".join(part for part in parts if part)
    return text[0].upper() + text[1:] + "."


def _repeats(repeats: int) -> str:
    if repeats == 0:
        return "nobody meets twice"
    return "one pair meets again" if repeats == 1 else f"{_word(repeats)} pairs meet again"


def _councils(plan: Plan) -> str:
    if plan.fewest_councils and plan.fewest_councils > 1:
        return f"every room has at least {_word(plan.fewest_councils)} councils"
    if plan.same_council:
        times = "once" if plan.same_council == 1 else f"{_word(plan.same_council)} times"
        return f"two of one council share a room {times}"
    return ""


def _number(count: int, thing: str) -> str:
    return f"{_word(count)} {thing}{'' if count == 1 else 's'}"


WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def _word(count: int) -> str:
    return WORDS[count] if count < len(WORDS) else str(count)


def why(
    plan: Plan,
    rounds: Sequence[RoundSpec],
    guests: Sequence[Guest],
    guest: int,
    *,
    number: int,
    met: Mapping[Pair, int],
    is_changed: bool = False,
) -> str:
    """Why this guest is in their room of round `number` (from 0), in a sentence to them; empty if they have no room.

    Where the rooms are not as planned any more (`is_changed`) it says what is so and claims no reason for it.
    """
    room = next((room for room in plan.rounds[number] if guest in room), ())
    others = set(room) - {guest}
    if not others:
        return "You are the only one in this room." if room else ""
    start = max(i for i in range(number + 1) if not rounds[i].merge_previous)
    again = _roommates(plan.rounds[:start], guest) & others
    knew = {other for other in others if met.get((guest, other), 0) or met.get((other, guest), 0)}
    council = {person.id: person.council for person in guests}
    parts = [_meets_again(len(again), is_changed), _own_council(council, guest, others, is_changed)]
    parts.append("" if knew else "you have met none of them at earlier meet-ups")
    text = "; ".join(part for part in parts if part)
    return text[0].upper() + text[1:] + "."


def _roommates(rounds: Iterable[list[Room]], guest: int) -> set[int]:
    return {other for rooms in rounds for room in rooms if guest in room for other in room} - {guest}


def _meets_again(again: int, is_changed: bool) -> str:
    if not again:
        return "everybody here is new to you today"
    because = "" if is_changed else ", because we found no plan in which fewer people meet twice"
    return f"you meet {_word(again)} of them again{because}"


def _own_council(council: Mapping[int, str | None], guest: int, others: set[int], is_changed: bool) -> str:
    if council.get(guest) is None:
        return ""
    same = any(council.get(other) == council[guest] for other in others)
    because = "" if is_changed else " because we found no better mix for everybody"
    return f"somebody from your council is here{because}" if same else "nobody else here is from your council"
