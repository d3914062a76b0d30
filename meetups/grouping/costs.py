"""What it costs to put two people in one room: everything we care about, as a number per pair.

Each kind weighs so much more than the next that it is settled first: people kept apart, then repeats, then councils.
"""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from meetups.grouping.values import Guest, Pair

Matrix = NDArray[np.float64]
Counts = NDArray[np.int64]

APART = 1e8
REPEAT = 1e5
COUNCIL = 1e3
MET_BEFORE = 100.0  # per earlier meeting, up to five
NEWCOMERS = 30.0
CONFIDENT = 20.0
ROLE = TIER = 5.0

# Cost of one more meeting of a pair that meets 0, 1, 2, … times elsewhere: a third meeting is worse than a second.
MANY = 200
ONE_MORE = np.array([0.0] + [REPEAT * (1 + 0.1 * n) for n in range(MANY)])


def pair_costs(guests: Sequence[Guest], *, met: Mapping[Pair, int], keep_apart: Collection[Pair]) -> Matrix:
    """Cost of a room shared by guest i and guest j, whatever happens in other rounds; symmetric, zero diagonal.

    Penalties per pair spread a kind of people evenly, so that a newcomer sits with regulars and the confident apart.
    """
    costs = COUNCIL * _alike([guest.council for guest in guests])
    costs += ROLE * _alike([guest.role for guest in guests]) + TIER * _alike([guest.tier for guest in guests])
    costs += NEWCOMERS * _both([guest.newcomer for guest in guests])
    costs += CONFIDENT * _both([guest.confident for guest in guests])
    costs += MET_BEFORE * np.minimum(5, pair_counts(guests, met))
    costs += APART * (pair_counts(guests, dict.fromkeys(keep_apart, 1)) > 0)
    np.fill_diagonal(costs, 0)
    return costs


def pair_counts(guests: Sequence[Guest], counts: Mapping[Pair, int]) -> Counts:
    """The counts as a symmetric matrix; pairs with somebody who is not here are left out."""
    place = {guest.id: i for i, guest in enumerate(guests)}
    matrix = np.zeros((len(guests), len(guests)), dtype=np.int64)
    for (a, b), count in counts.items():
        if a in place and b in place and a != b:
            matrix[place[a], place[b]] += count
            matrix[place[b], place[a]] += count
    return matrix


def _alike(values: Sequence[str | None]) -> Matrix:
    """1 where two people have the same value; unknown is like nothing."""
    numbers: dict[str, int] = {}
    codes = np.array([-1 - i if v is None else numbers.setdefault(v, len(numbers)) for i, v in enumerate(values)])
    same: NDArray[np.bool_] = np.equal.outer(codes, codes)
    return same.astype(np.float64)


def _both(claims: Sequence[bool]) -> Matrix:
    marks = np.array(claims, dtype=float)
    return np.outer(marks, marks)
