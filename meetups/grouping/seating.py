"""Who sits where: rounds as arrays of room numbers, shaped by sizes, merges and locks."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from meetups.grouping import sizes
from meetups.grouping.values import ContradictoryLocks, RoundSpec

Rooms = NDArray[np.int64]
Locks = Mapping[int, Sequence[Sequence[int]]]


@dataclass
class Stretch:
    """A round and the rounds merged out of it. People are numbered from 0.

    `rooms[level][person]` is the room, the first round of the stretch at level 0. People change places only with
    people of the same `region`: 0 for whoever is free, otherwise the number of the lock that holds them.
    """

    rooms: list[Rooms]
    region: Rooms
    size: int = 0
    equal: bool = field(default=False)  # a single round without locks, which a design may fill


def stretches(
    people: int, rounds: Sequence[RoundSpec], locks: Locks, rng: random.Random, *, small: bool = False
) -> list[Stretch]:
    """A first seating, at random where nothing is locked. Raises ContradictoryLocks."""
    starts = [i for i, spec in enumerate(rounds) if not spec.merge_previous]
    ends = [*starts[1:], len(rounds)]
    return [
        _stretch(people, [spec.size for spec in rounds[a:b]], [locks.get(i, ()) for i in range(a, b)], rng, small)
        for a, b in zip(starts, ends, strict=True)
    ]


def _stretch(
    people: int, wanted: list[int], locks: list[Sequence[Sequence[int]]], rng: random.Random, small: bool
) -> Stretch:
    slots = _slots(_shape(people, wanted, locks, small))
    region = np.zeros(people, dtype=np.int64)
    seats = _seat_locks(slots, locks, region)
    free = [slot for slot in range(people) if slot not in set(seats.values())]
    rng.shuffle(free)
    for person in range(people):
        if person not in seats:
            seats[person] = free.pop()
    order = np.array([seats[person] for person in range(people)], dtype=np.int64)
    equal = len(wanted) == 1 and not any(locks)
    return Stretch([level[order] for level in slots], region, wanted[0], equal)


def _shape(people: int, wanted: list[int], locks: list[Sequence[Sequence[int]]], small: bool) -> list[sizes.Nest]:
    if len(wanted) > 1:
        return sizes.nested_sizes(people, wanted)
    size = wanted[0]
    smallest = max(min(2, size), size - 1)
    whole = [len(lock) for lock in locks[0] if len(lock) >= smallest]
    rest = sizes.room_sizes(people - sum(whole), size, as_many_as_possible=small)
    together = any(1 < len(lock) < smallest for lock in locks[0])
    if rest and min(rest) < smallest and not together and sum(rest) <= sum(size + 1 - room for room in whole):
        return list(_spread(sum(rest), whole))
    return [*whole, *rest]


def _spread(people: int, rooms: list[int]) -> list[int]:
    """The rooms with too few others to have one of their own shared out among them."""
    for _ in range(people):
        rooms[rooms.index(min(rooms))] += 1
    return rooms


def _slots(nest: list[sizes.Nest]) -> list[Rooms]:
    """For every place at the tables the number of its room, per level, the smallest rooms first."""
    if isinstance(nest[0] if nest else 0, int):
        flat = [room for room, size in enumerate(nest) if isinstance(size, int) for _ in range(size)]
        return [np.array(flat, dtype=np.int64)]
    inner = [part for room in nest if isinstance(room, list) for part in room]
    lower = _slots(inner)
    parts = [room for room, members in enumerate(nest) if isinstance(members, list) for _ in members]
    within = _innermost_parents(inner, parts)
    return [*lower, np.array(within, dtype=np.int64)]


def _innermost_parents(inner: list[sizes.Nest], parents: list[int]) -> list[int]:
    return [parent for part, parent in zip(inner, parents, strict=True) for _ in range(_people(part))]


def _people(part: sizes.Nest) -> int:
    return part if isinstance(part, int) else sum(_people(inner) for inner in part)


Allowed = dict[int, set[int]]  # the slots each locked person may still have


def _seat_locks(slots: list[Rooms], locks: list[Sequence[Sequence[int]]], region: Rooms) -> dict[int, int]:
    """A slot for everybody who is locked; merged rooms are settled first, then the rooms within them."""
    allowed: Allowed = {person: set(range(len(region))) for groups in locks for group in groups for person in group}
    number = 0
    for level in reversed(range(len(slots))):
        used: set[int] = set()
        for group in sorted(locks[level], key=len, reverse=True):
            allowed = _locked_in(group, slots[level], allowed, used)
            number += 1
            region[list(group)] = number
    return _matching(allowed) or {}


def _locked_in(group: Sequence[int], rooms: Rooms, allowed: Allowed, used: set[int]) -> Allowed:
    """What is allowed once the group has a room: the tightest in which everybody can be seated, empty if possible."""
    space = np.bincount(rooms)
    for room in sorted(range(len(space)), key=lambda room: (room in used, space[room], room)):
        slots = {int(slot) for slot in np.flatnonzero(rooms == room)}
        trial = allowed | {person: allowed[person] & slots for person in group}
        if space[room] >= len(group) and _matching(trial) is not None:
            used.add(room)
            return trial
    raise ContradictoryLocks(f"A locked room of {len(group)} does not fit the sizes of the rooms or the other locks.")


def _matching(allowed: Allowed) -> dict[int, int] | None:
    """Everybody on a slot of their own among those allowed, by augmenting paths; None when there is no way."""
    holder: dict[int, int] = {}

    def find(person: int, seen: set[int]) -> bool:
        for slot in sorted(allowed[person] - seen):
            if slot in seen:
                continue
            seen.add(slot)
            if slot not in holder or find(holder[slot], seen):
                holder[slot] = person
                return True
        return False

    if all(find(person, set()) for person in allowed):
        return {person: slot for slot, person in holder.items()}
    return None
