"""Plan rooms for all rounds: a design where one is known, a search where not, and the better of the two."""

import random
import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from meetups.grouping import achieved, costs, designs, search, seating
from meetups.grouping.values import ContradictoryLocks, Guest, Pair, Plan, Room, RoundSpec

STEPS = 3000  # looks at a whole round for 72 people; fewer when there are more people
STARTS = 4  # searches from nothing for at most 40 people, as long as repeats remain
ASSIGNMENT_STEPS = 400
ASSIGNMENT_STARTS = 4


def plan(
    guests: Sequence[Guest],
    rounds: Sequence[RoundSpec],
    *,
    met: Mapping[Pair, int] = {},
    keep_apart: Collection[Pair] = (),
    locked: Mapping[int, list[Room]] = {},
    held: Sequence[list[Room]] = (),
    seed: str,
    seconds: float = 2.0,
) -> Plan:
    """Rooms for every round in which people meet as many others as possible, mixed as well as possible.

    In order of importance: people of `keep_apart` never share a room; nobody meets anybody twice; no two of one
    council share a room; people who met at earlier meet-ups (`met` counts) do not meet again; newcomers sit with
    regulars, confident people apart, roles and tiers mixed. `locked` maps the number of a round (from 0) to rooms to
    keep: a lock as large as a room is the room, a smaller one is filled up. `held` are the rooms of the first rounds as
    they really were: they stay, and who met in them has met; the round after them must not merge theirs (see
    `replan`). Ids unknown here in `met`, `keep_apart` and `held` are people who did not come or left, and are ignored.

    The same input and `seed` give the same plan whatever the order of guests, as long as the search is not cut
    short by `seconds` (of wall time; it normally takes less). Raises ContradictoryLocks, and ValueError for a guest
    given twice, a room size below 1, more rounds held than there are, or a first round to plan that should merge.
    """
    _check(guests, rounds, held)
    guests = sorted(guests, key=lambda guest: guest.id)
    task = Task.of(guests, rounds, met, keep_apart, locked, held, seed, time.monotonic() + 0.9 * seconds)
    made = task.rooms(small=False)
    if keep_apart and achieved.together(made, keep_apart):
        made = min(made, task.rooms(small=True), key=lambda rooms: len(achieved.together(rooms, keep_apart)))
    return achieved.judged(guests, rounds, [*held, *made], met=met, keep_apart=keep_apart)


def _check(guests: Sequence[Guest], rounds: Sequence[RoundSpec], held: Sequence[list[Room]]) -> None:
    twice = [guest for guest, count in Counter(guest.id for guest in guests).items() if count > 1]
    if twice:
        raise ValueError(f"Guest {twice[0]} is in the list twice.")
    if any(spec.size < 1 for spec in rounds):
        raise ValueError("A room needs a size of at least 1.")
    if len(held) > len(rounds):
        raise ValueError("More rounds were held than there are.")
    if len(rounds) > len(held) and rounds[len(held)].merge_previous:
        raise ValueError("The first round to plan has no rooms before it to merge.")


@dataclass(frozen=True)
class Task:
    """A plan to be made, with people as numbers."""

    guests: Sequence[Guest]
    rounds: Sequence[RoundSpec]  # those to come
    base: costs.Matrix
    met_today: costs.Counts  # in rounds that were held
    locks: Mapping[int, list[list[int]]]
    seed: str
    deadline: float

    @classmethod
    def of(
        cls,
        guests: Sequence[Guest],
        rounds: Sequence[RoundSpec],
        met: Mapping[Pair, int],
        keep_apart: Collection[Pair],
        locked: Mapping[int, list[Room]],
        held: Sequence[list[Room]],
        seed: str,
        deadline: float,
    ) -> "Task":
        met_today = costs.pair_counts(guests, achieved.meetings(rounds[: len(held)], held))
        base = costs.pair_costs(guests, met=met, keep_apart=keep_apart)
        base += costs.ONE_MORE[np.minimum(met_today, costs.MANY)]
        locks = _numbered(guests, range(len(held), len(rounds)), locked, keep_apart)
        return cls(guests, rounds[len(held) :], base, met_today, locks, seed, deadline)

    def rooms(self, *, small: bool) -> list[list[Room]]:
        """The rooms of every round by guest ids, everything sorted."""
        if not self.guests:
            return [[] for _ in self.rounds]
        stretches = self._best(small)
        return [self._named(level) for stretch in stretches for level in stretch.rooms]

    def _named(self, rooms: seating.Rooms) -> list[Room]:
        members: dict[int, list[int]] = {}
        for guest, room in zip(self.guests, rooms.tolist(), strict=True):
            members.setdefault(room, []).append(guest.id)
        return sorted(tuple(sorted(ids)) for ids in members.values())

    def _best(self, small: bool) -> list[seating.Stretch]:
        """The best of a search from a design and, unless that cannot be bettered, of searches from nothing."""
        rng = random.Random(f"{self.seed}:{small}")
        halfway = (time.monotonic() + self.deadline) / 2
        best = self._start(rng, small)
        fill_from_design(best, self.base, rng, deadline=halfway)
        cost = self._improve(best, rng, halfway)
        # A crowded design without repeats is more than a search from nothing finds.
        most_met = int(self.met_today.astype(bool).sum(axis=1).max(initial=0))
        crowded = sum(stretch.size - 1 for stretch in best) + most_met > 0.6 * (len(self.base) - 1)
        if crowded and not search.repeats(best, self.met_today):
            return best
        for attempt in range(STARTS if len(self.base) <= 40 else 1):
            if cost == 0 or (attempt and not search.repeats(best, self.met_today)):
                break
            other = self._start(rng, small)
            other_cost = self._improve(other, rng, self.deadline)
            cost, best = min((cost, best), (other_cost, other), key=lambda found: found[0])
        return best

    def _start(self, rng: random.Random, small: bool) -> list[seating.Stretch]:
        return seating.stretches(len(self.base), self.rounds, self.locks, rng, small=small)

    def _improve(self, stretches: list[seating.Stretch], rng: random.Random, deadline: float) -> float:
        steps = max(60, int(STEPS * min(1.0, (72 / len(self.base)) ** 2)))
        return search.improve(stretches, self.base, rng, steps=steps, deadline=deadline)


def fill_from_design(
    stretches: list[seating.Stretch], base: costs.Matrix, rng: random.Random, *, deadline: float
) -> None:
    """Fill the largest set of equal rounds from a design, people placed on its points so that rooms are mixed.

    Where numbers do not divide some points stay empty, no two of them in a room; a round in which they would meet
    keeps the seating it had.
    """
    kinds = Counter((s.size, len(set(s.rooms[0].tolist()))) for s in stretches if s.equal)
    if not kinds:
        return
    size, rooms = max(kinds, key=lambda kind: kinds[kind])
    people, points = len(base), rooms * size
    chosen = [s for s in stretches if s.equal and (s.size, len(set(s.rooms[0].tolist()))) == (size, rooms)]
    if size < 2 or points < people or points - people > rooms:
        return
    rounds = [_room_numbers(blocks, points) for blocks in designs.design(rooms, size)[: len(chosen)]]
    place = _places(rounds, base, points, rng, deadline)
    for stretch, numbers in zip(chosen, rounds, strict=False):
        filled = numbers[place[:people]]
        if np.bincount(filled, minlength=rooms).min() >= size - 1:
            stretch.rooms[0] = filled


def _room_numbers(blocks: designs.Round, points: int) -> seating.Rooms:
    numbers = np.zeros(points, dtype=np.int64)
    for room, block in enumerate(blocks):
        numbers[list(block)] = room
    return numbers


def _places(
    rounds: list[seating.Rooms], base: costs.Matrix, points: int, rng: random.Random, deadline: float
) -> list[int]:
    """A point for every person, then for every empty seat; two empty seats together cost as much as a quarrel."""
    people = len(base)
    wider = np.full((points, points), costs.APART)
    wider[:people, :] = wider[:, :people] = 0
    wider[:people, :people] = base
    np.fill_diagonal(wider, 0)
    meets = sum((np.equal.outer(numbers, numbers) for numbers in rounds), np.zeros((points, points)))
    np.fill_diagonal(meets, 0)
    steps = max(30, int(ASSIGNMENT_STEPS * min(1.0, (72 / points) ** 2)))
    starts = ASSIGNMENT_STARTS if wider.any() else 1
    tries = [search.assign(meets, wider, rng, steps=steps, deadline=deadline) for _ in range(starts)]
    return min(tries)[1]


def _numbered(
    guests: Sequence[Guest],
    to_come: range,
    locked: Mapping[int, list[Room]],
    keep_apart: Collection[Pair],
) -> dict[int, list[list[int]]]:
    """The locks with people as numbers, by number among the rounds to come. Raises ContradictoryLocks."""
    place = {guest.id: i for i, guest in enumerate(guests)}
    for number, rooms in locked.items():
        _check_locks(number, rooms, to_come, place, keep_apart)
    return {
        number - to_come.start: [[place[guest] for guest in room] for room in rooms] for number, rooms in locked.items()
    }


def _check_locks(
    number: int, rooms: list[Room], to_come: range, known: Collection[int], keep_apart: Collection[Pair]
) -> None:
    ids = [guest for room in rooms for guest in room]
    if number not in to_come:
        raise ContradictoryLocks(f"There is no round {number + 1} to lock rooms in.")
    if strangers := set(ids) - set(known):
        raise ContradictoryLocks(f"Guest {min(strangers)} is locked into a room but is not here.")
    if len(set(ids)) < len(ids):
        twice = next(guest for guest in ids if ids.count(guest) > 1)
        raise ContradictoryLocks(f"Guest {twice} is locked into two rooms in round {number + 1}.")
    for a, b in achieved.together([rooms], keep_apart):
        raise ContradictoryLocks(f"Guests {a} and {b} are to be kept apart but locked into one room.")
