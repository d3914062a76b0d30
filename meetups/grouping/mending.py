"""Mend the rooms of one round after people left and others came, touching as few rooms as possible."""

import random
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from meetups.grouping.costs import REPEAT

# A room that changes weighs less than a repeat and more than anything milder; a room of the wrong size more than both.
CHANGED = 0.6 * REPEAT
ONE_TOO_MANY = 0.3 * REPEAT
WRONG_SIZE = 100 * REPEAT
MOST_STARTS = 8


@dataclass
class Round:
    """A round to be mended, people as numbers. `planned` holds only people who are here."""

    planned: list[list[int]]
    size: int
    weights: Sequence[Sequence[float]]
    pinned: Collection[int] = ()
    closed: Collection[int] = ()  # rooms nobody enters or leaves
    rooms: list[list[int]] = field(default_factory=list)

    @property
    def smallest(self) -> int:
        return max(min(2, self.size), self.size - 1)


def mend(this: Round, late: Sequence[int], rng: random.Random, *, deadline: float) -> list[list[int]]:
    """Rooms with the late arrivals in them; planned rooms keep their places in the list, new ones follow.

    Rooms that became too small are filled up or given up, whichever costs less; after `deadline` (a reading of
    `time.monotonic`) no further choice is tried.
    """
    best: tuple[float, list[list[int]]] | None = None
    for given_up, opened in _starts(this, len(late)):
        if best and time.monotonic() > deadline:
            break
        _start(this, late, given_up, opened, rng)
        while _improve(this):
            pass
        cost = sum(_cost(this, number, room) for number, room in enumerate(this.rooms))
        if best is None or cost < best[0]:
            best = cost, this.rooms
    assert best is not None
    return best[1]


def _starts(this: Round, late: int) -> list[tuple[tuple[int, ...], int]]:
    """Which rooms to give up and how many to open: every choice among a few, likely ones among many."""
    small = [n for n, room in enumerate(this.planned) if 0 < len(room) < this.smallest and n not in this.closed]
    choices = [some for count in range(len(small) + 1) for some in combinations(small, count)][:MOST_STARTS]
    if len(small) > 4:
        choices.append(tuple(small))
    most = sum(this.size + 1 for number, room in enumerate(this.planned) if room and number not in this.closed)
    waiting = late + sum(len(room) for number, room in enumerate(this.planned) if number not in this.closed)
    needed = max(0, -(-(waiting - most) // (this.size + 1)))
    openings = (needed, needed + 1) if late >= this.smallest else (needed,)
    return [(choice, opened) for choice in choices for opened in openings]


def _start(this: Round, late: Sequence[int], given_up: Collection[int], opened: int, rng: random.Random) -> None:
    loose = list(late) + [person for number in given_up for person in this.planned[number]]
    this.rooms = [[] if number in given_up else list(room) for number, room in enumerate(this.planned)]
    rng.shuffle(loose)
    for _ in range(opened):
        first, loose = loose[: this.smallest], loose[this.smallest :]
        this.rooms.append(first)
    for person in loose:
        open_rooms = [n for n, room in enumerate(this.rooms) if room and n not in this.closed]
        room = min(open_rooms or _another(this), key=lambda n: _gain(this, n, person))
        this.rooms[room].append(person)


def _another(this: Round) -> list[int]:
    this.rooms.append([])
    return [len(this.rooms) - 1]


def _gain(this: Round, number: int, person: int) -> float:
    room = this.rooms[number]
    return _cost(this, number, [*room, person]) - _cost(this, number, room)


def _cost(this: Round, number: int, room: list[int]) -> float:
    if not room:
        return 0.0
    planned = this.planned[number] if number < len(this.planned) else []
    cost = CHANGED if set(room) != set(planned) else 0.0
    if number not in this.closed:
        cost += WRONG_SIZE * max(0, this.smallest - len(room), len(room) - this.size - 1)
        cost += ONE_TOO_MANY * (len(room) == this.size + 1)
    return cost + sum(this.weights[a][b] for a, b in combinations(room, 2))


def _improve(this: Round) -> bool:
    """Make the best move or swap that starts from a changed or too small room; False when none helps."""
    best, change = None, -1e-6
    now = [_cost(this, number, room) for number, room in enumerate(this.rooms)]
    for first, second, new_first, new_second in _neighbours(this, [n for n, cost in enumerate(now) if cost >= CHANGED]):
        allowed = now[first] + now[second] + change
        then = _cost(this, first, new_first)
        if then < allowed:
            then += _cost(this, second, new_second)
        if then < allowed:
            best, change = (first, second, new_first, new_second), then - now[first] - now[second]
    if best:
        first, second, this.rooms[first], this.rooms[second] = best
    return best is not None


def _neighbours(this: Round, restless: Collection[int]) -> Iterator[tuple[int, int, list[int], list[int]]]:
    """Exchanges from rooms that have changed, are too small or hold people who should not be together."""
    for first in restless:
        for second, there in enumerate(this.rooms):
            if second != first and not {first, second} & set(this.closed):
                yield from _exchanges(this, first, second, this.rooms[first], there)


def _exchanges(
    this: Round, first: int, second: int, here: list[int], there: list[int]
) -> Iterator[tuple[int, int, list[int], list[int]]]:
    """Every way to move one person between two rooms, or to swap two."""
    movers = [person for person in here if person not in this.pinned]
    others = [person for person in there if person not in this.pinned]
    for person in movers:
        yield first, second, [p for p in here if p != person], [*there, person]
    for other in others:
        yield first, second, [*here, other], [p for p in there if p != other]
    for person in movers:
        for other in others:
            yield first, second, [p for p in here if p != person] + [other], [p for p in there if p != other] + [person]
