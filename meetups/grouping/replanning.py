"""Re-plan the rounds still to come when people did not show up or came late."""

import random
import time
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np

from meetups.grouping import achieved, costs, mending
from meetups.grouping.values import ContradictoryLocks, Guest, Pair, Plan, Room, RoundSpec

# Orders by lot in which the rounds are mended, beside first to last and last to first.
MOST_ORDERS = 3
# People times rounds to come: beyond it hosts would wait, so the first plan without a repeat is taken.
MUCH = 200


def replan(
    guests: Sequence[Guest],
    rounds: Sequence[RoundSpec],
    planned: Sequence[list[Room]],
    *,
    held: int,
    met: Mapping[Pair, int] = {},
    keep_apart: Collection[Pair] = (),
    locked: Mapping[int, list[Room]] = {},
    seed: str,
    seconds: float = 2.0,
) -> Plan:
    """The plan for the people here now: `planned` with the rooms after the first `held` rounds mended.

    `guests` are those who are here; `planned` are the rooms of all `rounds`, in the held ones as they really were.
    Held rounds stay as they are. A room changes only if somebody has to join it, or it became too small, or people
    in it would meet again, or should be kept apart; rooms keep their order, empty ones go. `locked` rooms of a later
    round (numbered from 0 over all rounds) are kept as they are given. The same input and seed give the same plan, as
    long as the search is not cut short by about `seconds` (of wall time; it normally takes less). Raises
    ContradictoryLocks, and ValueError when `rounds` and `planned` do not go together.
    """
    if len(rounds) != len(planned) or not 0 <= held <= len(rounds):
        raise ValueError("There must be rooms for every round, and no more rounds held than planned.")
    guests = sorted(guests, key=lambda guest: guest.id)
    rng, deadline = random.Random(seed), time.monotonic() + 0.5 * seconds
    tried: list[Plan] = []
    for order in _orders(_units(rounds, held), rng):
        if tried and time.monotonic() > deadline:
            break
        work = _Mender(guests, rounds, planned, held, met, keep_apart, locked, rng, deadline)
        work.mend_all(order)
        tried.append(
            achieved.judged(
                guests, rounds, work.rooms, met=met, keep_apart=keep_apart, changed_rooms=work.changed_rooms()
            )
        )
        is_good = not (tried[-1].repeats or tried[-1].together_anyway)
        if not tried[-1].changed_rooms or (is_good and len(guests) * (len(rounds) - held) > MUCH):
            break
    return min(tried, key=_badness)


def _badness(made: Plan) -> tuple[int, ...]:
    """First nobody together who should not be, then nobody twice, then the fewest moves, then a mix of councils."""
    return len(made.together_anyway), made.repeats, made.changed_rooms, made.same_council


def _units(rounds: Sequence[RoundSpec], held: int) -> list[list[int]]:
    """The rounds to come, each with those that are merged from it."""
    units: list[list[int]] = []
    for number in range(held, len(rounds)):
        if rounds[number].merge_previous and units:
            units[-1].append(number)
        else:
            units.append([number])
    return units


def _orders(units: list[list[int]], rng: random.Random) -> Iterator[list[list[int]]]:
    """Which round to mend first: what one round takes, another lacks. As they come, the last first, and by lot."""
    yield units
    if len(units) > 1:
        yield units[::-1]
    for _ in range(MOST_ORDERS if len(units) > 2 else 0):
        yield rng.sample(units, len(units))


class _Mender:
    def __init__(
        self,
        guests: Sequence[Guest],
        rounds: Sequence[RoundSpec],
        planned: Sequence[list[Room]],
        held: int,
        met: Mapping[Pair, int],
        keep_apart: Collection[Pair],
        locked: Mapping[int, list[Room]],
        rng: random.Random,
        deadline: float,
    ) -> None:
        self.guests, self.rounds, self.locked, self.rng = guests, rounds, locked, rng
        self.deadline = deadline
        self.place = {guest.id: i for i, guest in enumerate(guests)}
        self.base = costs.pair_costs(guests, met=met, keep_apart=keep_apart)
        self.keep_apart = keep_apart
        here = set(self.place)
        self.rooms = [
            list(made) if number < held else [tuple(sorted(here.intersection(room))) for room in made]
            for number, made in enumerate(planned)
        ]
        self.planned = [list(made) for made in self.rooms]
        self.after: dict[int, list[Room]] = {}
        self.whole: list[Room] = []

    def mend_all(self, order: Sequence[list[int]]) -> None:
        """Round by round in this order; then once more, now that it is known where everybody is in all of them."""
        for turn, unit in enumerate([*order, *order] if len(order) > 1 else order):
            if turn >= len(order) and time.monotonic() > self.deadline:
                break
            self.whole = []
            for number in unit:
                self._mend(number)

    def _mend(self, number: int) -> None:
        """Mend one round; all others count as they are."""
        self.rooms[number] = self.planned[number]
        after = self._merged(number) if self.rounds[number].merge_previous else self._mended(number)
        self.whole = self.after[number] = after
        self.rooms[number] = [room for room in after if room]

    def changed_rooms(self) -> int:
        """How many rooms are not as planned, apart from people who left."""
        return sum(
            set(room) != set(self.planned[number][i] if i < len(self.planned[number]) else ())
            for number, rooms in self.after.items()
            for i, room in enumerate(rooms)
            if room
        )

    def _mended(self, number: int) -> list[Room]:
        planned, pinned, closed = self._locked(number)
        weights = (self.base + costs.ONE_MORE[np.minimum(self._elsewhere(number), costs.MANY)]).tolist()
        inside = {person for room in planned for person in room}
        late = [person for person in range(len(self.guests)) if person not in inside]
        this = mending.Round(planned, self.rounds[number].size, weights, pinned, closed)
        return [self._ids(room) for room in mending.mend(this, late, self.rng, deadline=self.deadline)]

    def _ids(self, room: Sequence[int]) -> Room:
        return tuple(sorted(self.guests[person].id for person in room))

    def _elsewhere(self, number: int) -> costs.Counts:
        """How often each pair meets in all other rounds."""
        last = number
        while last + 1 < len(self.rounds) and self.rounds[last + 1].merge_previous:
            last += 1
        others = Counter(achieved.meetings(self.rounds, self.rooms))
        others.subtract(achieved.pairs(self.rooms[last]))
        return np.maximum(0, costs.pair_counts(self.guests, others))

    def _locked(self, number: int) -> tuple[list[list[int]], set[int], set[int]]:
        """The planned rooms with the locked ones put in, the people who may not move, the rooms that are closed."""
        rooms = [{self.place[guest] for guest in room} for room in self.rooms[number]]
        locks = self.locked.get(number, [])
        self._check(number, locks)
        groups = [{self.place[guest] for guest in lock} for lock in locks]
        pinned = set().union(*groups)
        homes: list[int] = []
        for group in groups:
            free = [i for i in range(len(rooms)) if i not in homes]
            homes.append(max(free, key=lambda i: len(rooms[i] & group), default=len(rooms)))
            rooms += [set()] if homes[-1] == len(rooms) else []
        closed = {home for home, group in zip(homes, groups, strict=True) if self._is_room(number, group)}
        rooms = [room - pinned if i not in closed else set() for i, room in enumerate(rooms)]
        for home, group in zip(homes, groups, strict=True):
            rooms[home] |= group
        return [sorted(room) for room in rooms], pinned, closed

    def _is_room(self, number: int, group: set[int]) -> bool:
        return len(group) >= max(2, self.rounds[number].size - 1)

    def _check(self, number: int, locks: list[Room]) -> None:
        ids = [guest for lock in locks for guest in lock]
        if unknown := set(ids) - set(self.place):
            raise ContradictoryLocks(f"Guest {min(unknown)} is locked into a room but is not here.")
        if len(set(ids)) < len(ids):
            raise ContradictoryLocks(f"Somebody is locked into two rooms in round {number + 1}.")
        for a, b in achieved.together([locks], self.keep_apart):
            raise ContradictoryLocks(f"Guests {a} and {b} are to be kept apart but locked into one room.")

    def _merged(self, number: int) -> list[Room]:
        """The planned merged rooms, made of the rooms of the round before as they now are."""
        parts = self.whole or self.rooms[number - 1]
        here = set(self.place)
        rooms: list[list[set[int]]] = [[] for _ in self.rooms[number]]
        homeless = []
        for part in (here.intersection(part) for part in parts):
            home = max(range(len(rooms)), key=lambda i: len(part.intersection(self.rooms[number][i])), default=-1)
            if home >= 0 and part.intersection(self.rooms[number][home]):
                rooms[home].append(part)
            else:
                homeless.append(part)
        housed = {guest for room in rooms for part in room for guest in part}
        homeless += [{guest} for guest in sorted(here - housed.union(*homeless))]
        return self._housed(number, rooms, [part for part in homeless if part])

    def _housed(self, number: int, rooms: list[list[set[int]]], homeless: list[set[int]]) -> list[Room]:
        for part in homeless:
            smallest = min((room for room in rooms if room), key=_people, default=None)
            if smallest is None:
                rooms.append([part])
            else:
                smallest.append(part)
        self._balance(number, rooms)
        made = [tuple(sorted(set().union(*room))) for room in rooms]
        for lock in self.locked.get(number, []):
            if not any(set(lock) <= set(room) for room in made):
                raise ContradictoryLocks("The locked rooms do not fit the rooms that they are merged from.")
        return made

    def _balance(self, number: int, rooms: list[list[set[int]]]) -> None:
        """A merged room that became too small gets a whole part of another one, or is shared out among others."""
        smallest, largest = max(2, self.rounds[number].size - 1), self.rounds[number].size + 1
        kept = {guest for lock in self.locked.get(number, []) for guest in lock}
        free = [room for room in rooms if room and not kept & set().union(*room)]
        for room in free:
            if not 0 < _people(room) < smallest:
                continue
            others = [other for other in free if other is not room and other]
            gifts = [
                (other, part)
                for other in others
                for part in other
                if _people(other) - len(part) >= smallest and _people(room) + len(part) <= largest
            ]
            takers = [other for other in others if _people(other) + _people(room) <= largest]
            if gifts:
                other, part = min(gifts, key=lambda gift: self._met(number, gift[1], room))
                other.remove(part)
                room.append(part)
            elif takers:
                taker = min(takers, key=lambda other: sum(self._met(number, part, other) for part in room))
                taker += room
                room.clear()

    def _met(self, number: int, part: set[int], room: list[set[int]]) -> int:
        """How often people of this part meet people of that room in other rounds."""
        times = self._elsewhere(number)
        return int(sum(times[self.place[a], self.place[b]] for a in part for other in room for b in other))


def _people(room: list[set[int]]) -> int:
    return sum(map(len, room))
