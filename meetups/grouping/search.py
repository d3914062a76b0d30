"""Tabu search over seatings: swap two people while the whole neighbourhood is known at every step.

After Dotú & Van Hentenryck, "Scheduling Social Golfers Locally" (2005), and Taillard's robust tabu search for the
quadratic assignment problem (1991). Steps bound the work, so that a seed gives the same answer on any machine unless
the deadline (a reading of `time.monotonic`) cuts the search short.
"""

import random
import time
from collections.abc import Sequence

import numpy as np

from meetups.grouping.costs import MANY, ONE_MORE, Counts, Matrix
from meetups.grouping.seating import Rooms, Stretch

NEVER = np.inf


def total_cost(stretches: Sequence[Stretch], base: Matrix) -> float:
    """Cost of all rooms of all rounds, with the repeats among them."""
    meetings, cost = np.zeros(base.shape, dtype=np.int64), 0.0
    for stretch in stretches:
        same = _same(stretch.rooms[-1])
        cost += (ONE_MORE[np.minimum(meetings, MANY)] * same).sum()
        meetings += same
        cost += sum((base * _same(rooms)).sum() for rooms in stretch.rooms)
    return float(cost) / 2


def repeats(stretches: Sequence[Stretch], before: Counts) -> bool:
    """Whether any two people meet in more than one stretch, or in one and `before`."""
    meets = sum((_same(stretch.rooms[-1]) for stretch in stretches), np.zeros(before.shape, dtype=np.int64))
    return bool((np.where(meets > 0, before, 0) + meets > 1).any())


def improve(stretches: list[Stretch], base: Matrix, rng: random.Random, *, steps: int, deadline: float) -> float:
    """Leave the best seating found in `stretches` and return its cost. `steps` counts looks at a whole round."""
    if len(base) < 2:
        return total_cost(stretches, base)
    search = _Search(stretches, base, rng)
    while search.looks < steps and search.best > 0 and time.monotonic() < deadline:
        if not search.step():
            break
    search.restore_best()
    return search.best


class _Search:
    def __init__(self, stretches: list[Stretch], base: Matrix, rng: random.Random) -> None:
        self.stretches, self.base, self.rng = stretches, base, rng
        self.meetings = sum((_same(stretch.rooms[-1]) for stretch in stretches), np.zeros(base.shape, dtype=np.int64))
        self.cost = self.best = total_cost(stretches, base)
        self.kept = [[rooms.copy() for rooms in stretch.rooms] for stretch in stretches]
        self.tabu = [np.zeros(base.shape, dtype=np.int64) for _ in stretches]
        self.forbidden = [np.not_equal.outer(stretch.region, stretch.region) for stretch in stretches]
        self.looks = self.moves = 0

    def step(self) -> bool:
        """Make the first improving swap, or the least bad where no round has one; False when nobody may move."""
        options = []
        for s in self.rng.sample(range(len(self.stretches)), len(self.stretches)):
            change, i, j = self._best_swap(s)
            options.append((change, s, i, j))
            if change < 0:
                break
        change, s, i, j = min(options)
        if change == NEVER:
            return False
        self._swap(s, i, j, change)
        return True

    def _best_swap(self, s: int) -> tuple[float, int, int]:
        self.looks += 1
        stretch = self.stretches[s]
        elsewhere = np.minimum(self.meetings - _same(stretch.rooms[-1]), MANY)
        changes = _changes(self.base + ONE_MORE[elsewhere], stretch.rooms[-1])
        for rooms in stretch.rooms[:-1]:
            changes += _changes(self.base, rooms)
        changes[self.forbidden[s] | np.equal.outer(stretch.rooms[0], stretch.rooms[0])] = NEVER
        changes[(self.tabu[s] > self.moves) & (self.cost + changes >= self.best - 0.5)] = NEVER
        return self._pick(changes)

    def _pick(self, changes: Matrix) -> tuple[float, int, int]:
        """A swap with the smallest change, at random among equals."""
        least = changes.min()
        equals = np.flatnonzero(changes == least)
        i, j = divmod(int(equals[self.rng.randrange(len(equals))]), len(changes))
        return float(least), i, j

    def _swap(self, s: int, i: int, j: int, change: float) -> None:
        stretch = self.stretches[s]
        self.meetings -= _same(stretch.rooms[-1])
        for rooms in stretch.rooms:
            rooms[i], rooms[j] = rooms[j], rooms[i]
        self.meetings += _same(stretch.rooms[-1])
        self.moves += 1
        self.tabu[s][i, j] = self.tabu[s][j, i] = self.moves + self.rng.randint(4, 30)
        self.cost += change
        if self.cost < self.best - 0.5:
            self.best = self.cost
            self.kept = [[rooms.copy() for rooms in stretch.rooms] for stretch in self.stretches]

    def restore_best(self) -> None:
        for stretch, rooms in zip(self.stretches, self.kept, strict=True):
            stretch.rooms = rooms


def _same(rooms: Rooms) -> Counts:
    same = np.equal.outer(rooms, rooms).astype(np.int64)
    np.fill_diagonal(same, 0)
    return same


def _changes(weights: Matrix, rooms: Rooms) -> Matrix:
    """How the cost changes when i and j swap rooms, for every i and j; 0 within a room."""
    weights = weights.copy()
    np.fill_diagonal(weights, 0)
    members = np.equal.outer(rooms, np.arange(rooms.max() + 1)).astype(float)
    moved = (weights @ members)[:, rooms]  # [i, j]: cost of i in the room of j
    stayed = np.diagonal(moved)
    changes = moved + moved.T - 2 * weights - stayed[:, None] - stayed[None, :]
    changes[np.equal.outer(rooms, rooms)] = 0
    return np.asarray(changes, dtype=np.float64)


def assign(meets: Matrix, base: Matrix, rng: random.Random, *, steps: int, deadline: float) -> tuple[float, list[int]]:
    """The cost, and a point for every person so that those who are costly together are on points that seldom meet."""
    points = list(range(len(base)))
    rng.shuffle(points)
    here = meets[np.ix_(points, points)]
    cost = best = float((here * base).sum() / 2)
    kept, tabu = points.copy(), np.zeros(base.shape, dtype=np.int64)
    own = np.eye(len(base), dtype=bool)
    for step in range(steps):
        if best <= 0 or time.monotonic() > deadline:
            break
        changes = _point_changes(here, base)
        changes[own | ((tabu > step) & (cost + changes >= best - 0.5))] = NEVER
        i, j = divmod(int(changes.argmin()), len(base))
        cost += float(changes[i, j])
        tabu[i, j] = tabu[j, i] = step + rng.randint(4, 30)
        points[i], points[j] = points[j], points[i]
        here[[i, j]] = here[[j, i]]
        here[:, [i, j]] = here[:, [j, i]]
        if cost < best - 0.5:
            best, kept = cost, points.copy()
    return best, kept


def _point_changes(here: Matrix, base: Matrix) -> Matrix:
    crossed = here @ base
    own = np.diagonal(crossed)
    changes = crossed + crossed.T - own[:, None] - own[None, :] + 2 * here * base
    return np.asarray(changes, dtype=np.float64)
