"""Finds the best pairs for a table of scores as an assignment problem."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from networking.match_scores import FULL, Mask, Table

Pairs = dict[int, int]  # row to column, locked pairs included
Presence = tuple[int, int]  # number of a cohort, column: the mentor has to have somebody of the cohort
Indices = NDArray[np.intp]
ANY = -1


def assign(table: Table) -> Pairs:
    """The most pairs, then the best worst-served councillor, then the most points. Exact."""
    return assign_at(table, highest_floor(table))


def assign_at(table: Table, floor: int, presences: Sequence[Presence] = (), cohort: Indices | None = None) -> Pairs:
    """The most points among the largest sets of pairs that serve everybody at `floor` or better.

    `presences` (cohort and column) come before all that, for rows of the cohort numbered so in `cohort`.
    """
    rows = table.free_rows()
    places = slots(table, presences)
    permitted = (table.allowed & (table.served >= floor))[rows][:, places.column]
    # One more pair outweighs any number of points, and a pair that is not permitted is worth nothing at all.
    bonus = 1.0 + len(rows) * float(table.points.max(initial=0))
    value = (table.points[rows] + bonus)[:, places.column]
    if cohort is not None and presences:
        permitted &= places.open_to(cohort[rows])
        value[:, places.cohort != ANY] += bonus * (1.0 + len(rows))
    value[~permitted] = 0.0
    chosen, columns = linear_sum_assignment(value, maximize=True)
    found = {rows[i]: int(places.column[j]) for i, j in zip(chosen, columns, strict=True) if value[i, j] > 0}
    return {**table.locked, **found}


def highest_floor(table: Table) -> int:
    """The highest share of needs below which nobody has to fall, with as many pairs as there can be."""
    wished = min(len(table.free_rows()), len(slots(table).column))
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


@dataclass(frozen=True)
class Slots:
    """Places that are left, one by one: a place for anybody, or for somebody of one cohort."""

    column: Indices
    cohort: Indices  # ANY, or the number of the cohort

    def open_to(self, cohorts: Indices) -> Mask:
        """Rows of these cohorts by slots."""
        may: Mask = (self.cohort == ANY)[None, :] | (self.cohort[None, :] == cohorts[:, None])
        return may


def slots(table: Table, presences: Sequence[Presence] = ()) -> Slots:
    """One for each place left (of one mentor no more than there are councillors), some of them kept for presences."""
    kept = np.array(presences, dtype=np.intp).reshape(-1, 2)
    left = table.places - np.bincount(kept[:, 1], minlength=len(table.mentors))
    others = np.repeat(np.arange(len(table.mentors)), np.minimum(left, len(table.councillors)))
    return Slots(np.concatenate([others, kept[:, 1]]), np.concatenate([np.full(len(others), ANY), kept[:, 0]]))


def _most_pairs(table: Table, floor: int) -> int:
    """How many free councillors can be matched with everybody served at `floor` or better."""
    permitted = (table.allowed & (table.served >= floor))[table.free_rows()][:, slots(table).column]
    return int((maximum_bipartite_matching(sparse(permitted), perm_type="column") >= 0).sum())


def sparse(mask: Mask) -> csr_array:
    """The same as csr_array(mask), without its sorting."""
    columns = np.nonzero(mask)[1].astype(np.int32)
    starts = np.concatenate([[0], np.cumsum(mask.sum(axis=1))]).astype(np.int32)
    return csr_array((np.ones(len(columns), dtype=np.int8), columns, starts), shape=mask.shape)
