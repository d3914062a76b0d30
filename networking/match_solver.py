"""Finds the best pairs for a table of scores as an assignment problem."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from networking.match_scores import FULL, Mask, Table

Pairs = dict[int, int]  # row to column, locked pairs included


def assign(table: Table) -> Pairs:
    """The most pairs, then the best worst-served councillor, then the most points. Exact."""
    return assign_at(table, highest_floor(table))


def assign_at(table: Table, floor: int) -> Pairs:
    """The most points among the largest sets of pairs that serve everybody at `floor` or better."""
    rows, slots = table.free_rows(), _slots(table)
    permitted = (table.allowed & (table.served >= floor))[rows]
    # One more pair outweighs any number of points, and a pair that is not permitted is worth nothing at all.
    bonus = 1.0 + len(rows) * float(table.points.max(initial=0))
    value = np.where(permitted, table.points[rows] + bonus, 0.0)[:, slots]
    chosen, columns = linear_sum_assignment(value, maximize=True)
    found = {rows[i]: int(slots[j]) for i, j in zip(chosen, columns, strict=True) if value[i, j] > 0}
    return {**table.locked, **found}


def highest_floor(table: Table) -> int:
    """The highest share of needs below which nobody has to fall, with as many pairs as there can be."""
    wished = min(len(table.free_rows()), len(_slots(table)))
    highest = last(floors(table), lambda floor: _most_pairs(table, floor) == wished)
    if highest > 0 or (most := _most_pairs(table, 0)) == wished:
        return highest
    return last(floors(table), lambda floor: _most_pairs(table, floor) == most)


def floors(table: Table) -> list[int]:
    """Every share that is worth asking for, from 0 up."""
    return sorted({0, *np.flatnonzero(np.bincount(table.served[table.allowed])).tolist()})


def last(candidates: Sequence[int], holds: Callable[[int], bool]) -> int:
    """The last candidate that holds, by halving; the first is known to."""
    low, high = 0, len(candidates) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(candidates[middle]) else (low, middle - 1)
    return candidates[low]


def worst(table: Table, pairs: Mapping[int, int]) -> int:
    """The lowest share of needs among councillors whom another allowed mentor would serve better; FULL without any."""
    return min((int(table.served[row, pairs[row]]) for row in pairs if row not in table.locked), default=FULL)


def _slots(table: Table) -> NDArray[np.intp]:
    """A column once for each place it has left (no more than there are councillors)."""
    return np.repeat(np.arange(len(table.mentors)), np.minimum(table.places, len(table.councillors)))


def _most_pairs(table: Table, floor: int) -> int:
    """How many free councillors can be matched with everybody served at `floor` or better."""
    permitted = (table.allowed & (table.served >= floor))[table.free_rows()][:, _slots(table)]
    return int((maximum_bipartite_matching(_sparse(permitted), perm_type="column") >= 0).sum())


def _sparse(mask: Mask) -> csr_array:
    """The same as csr_array(mask), without its sorting."""
    columns = np.nonzero(mask)[1].astype(np.int32)
    starts = np.concatenate([[0], np.cumsum(mask.sum(axis=1))]).astype(np.int32)
    return csr_array((np.ones(len(columns), dtype=np.int8), columns, starts), shape=mask.shape)
