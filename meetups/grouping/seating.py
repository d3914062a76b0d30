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
    if rest and min(rest) < smallest and whole:
        return list(_roomy(sizes.room_sizes(people, size), whole))
    return [*whole, *rest]


def _roomy(even: list[int], whole: list[int]) -> list[int]:
    """Room sizes in which every locked room finds a place, for when too few others are left for rooms of their own."""
    for i, needed in enumerate(sorted(whole, reverse=True)):
        if i >= len(even):
            raise ContradictoryLocks("There are more locked rooms than rooms.")
        for _ in range(needed - even[i]):
            even[i] += 1
            even[max(range(i + 1, len(even)), key=even.__getitem__, default=i)] -= 1
    return even


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


def _seat_locks(slots: list[Rooms], locks: list[Sequence[Sequence[int]]], region: Rooms) -> dict[int, int]:
    """A slot for everybody who is locked; the largest rooms are settled first, then the rooms within them."""
    allowed = {person: set(range(len(region))) for groups in locks for group in groups for person in group}
    taken: list[tuple[set[int], set[int]]] = []  # (slots, the people who fill them)
    for level in reversed(range(len(slots))):
        for group in sorted(locks[level], key=len, reverse=True):
            room = _room_for(set(group), slots[level], allowed, taken)
            taken.append((room, set(group)))
            region[list(group)] = len(taken)
            for person in group:
                allowed[person] &= room
    return _matching(allowed)


def _room_for(
    group: set[int], rooms: Rooms, allowed: dict[int, set[int]], taken: list[tuple[set[int], set[int]]]
) -> set[int]:
    """The tightest room with places for the whole group."""
    options = []
    for number in sorted(set(rooms.tolist())):
        room = {int(slot) for slot in np.flatnonzero(rooms == number)}
        left = len(room) - sum(
            len(people - group) for where, people in taken if where & room and len(where) <= len(room)
        )
        if left >= len(group) and all(allowed[person] & room for person in group):
            options.append((left, number, room))
    if not options:
        raise ContradictoryLocks(f"No room has {len(group)} places together for a locked room of {len(group)} people.")
    return min(options)[2]


def _matching(allowed: dict[int, set[int]]) -> dict[int, int]:
    """Everybody on a slot of their own among those allowed (augmenting paths). Raises ContradictoryLocks."""
    holder: dict[int, int] = {}

    def find(person: int, seen: set[int]) -> bool:
        for slot in sorted(allowed[person] - seen):
            seen.add(slot)
            if slot not in holder or find(holder[slot], seen):
                holder[slot] = person
                return True
        return False

    for person in allowed:
        if not find(person, set()):
            raise ContradictoryLocks(
                "The locked rooms do not fit the rooms of the round before that they are merged from."
            )
    return {person: slot for slot, person in holder.items()}
