"""The most points with everybody served at one share, and no more than so many goals uncovered.

A linear programme over promising pairs comes first: pairs it should have had are added by their reduced cost until
there are none (column generation; Gilmore & Gomory 1961, doi:10.1287/opre.9.6.849). It nearly always ends in whole
numbers, and then is the answer. Where it does not, HiGHS branches over all pairs whose reduced cost does not rule them
out, given the best answer known so far.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import OptimizeResult

from networking.match_goals import Indices, Question
from networking.match_programme import NEARLY, Numbers, Programme, matrix
from networking.match_scores import Mask
from networking.match_solver import Pairs

SMALL = 5_000  # permitted pairs up to which all of them are candidates from the start
PER_COUNCILLOR = 8  # candidates otherwise, to begin with and for each addition
NEAR = 4.0  # points that a pair may be behind to be added with those that promise a gain


@dataclass(frozen=True)
class Best:
    pairs: Pairs
    is_proven: bool


def most_points(question: Question, floor: int, uncovered: int, start: Pairs) -> Best:
    """`start` is an answer: nothing worse is returned."""
    permitted = question.permitted(floor)
    candidates = _first_candidates(question, start, permitted)
    while True:
        lines = _lines(question, candidates, uncovered)
        relaxed = lines.programme.relaxed()
        gain = np.where(permitted, _gain(question, relaxed), -np.inf)
        # Nobody takes part in more than one pair, so all that is missing can add no more than each one's best gain.
        missing = np.maximum(gain.max(axis=1, initial=0.0), 0.0)
        bound = float(missing.sum() - relaxed.fun)
        added = _highest(np.where(candidates, -np.inf, gain), PER_COUNCILLOR) & (gain > -NEAR) & ~candidates
        if np.floor(bound + NEARLY) <= np.floor(NEARLY - relaxed.fun) or not added.any():
            break
        candidates |= added
    if lines.programme.is_whole(relaxed.x):
        return Best(_pairs(question, lines, relaxed.x), True)
    return _branched(question, uncovered, start, bound, gain - missing[:, None])


def _branched(question: Question, uncovered: int, start: Pairs, bound: float, gain: Numbers) -> Best:
    """First over the pairs that lose next to nothing, then over all that could still be part of something better.

    `bound` is of points, and `gain` how much less they are at most with this pair in it (below 0).
    """
    best, is_proven = start, True
    for most in (NEAR, np.inf):
        short = bound - _points(question, best)
        if short < 1.0 - NEARLY:
            return Best(best, True)
        lines = _lines(question, _with(question, gain >= -min(most, short - 1.0) - NEARLY, best), uncovered)
        values, is_proven = lines.programme.branched(gap=0.5 / max(1.0, bound))
        if values is not None:
            best = max(best, _pairs(question, lines, values), key=lambda each: _points(question, each))
    return Best(best, is_proven)


def _points(question: Question, pairs: Pairs) -> int:
    free = {row: column for row, column in pairs.items() if row not in question.table.locked}
    return int(question.table.points[list(free.keys()), list(free.values())].sum())


# --- the programme ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Lines:
    rows: Indices
    columns: Indices
    programme: Programme


def _lines(question: Question, candidates: Mask, uncovered: int) -> _Lines:
    """A line per mentor, per goal, for the goals uncovered, per councillor; for the pairs where somebody is left."""
    table = question.table
    councillors, mentors = candidates.shape
    rows, columns = np.nonzero(candidates)
    edges, goals = len(rows), len(question.goals)
    slack = edges + np.arange(goals)
    lines, through = question.reaching(question.cohort[rows], columns)
    limited = [
        (columns, np.arange(edges), 1.0),
        (mentors + lines, through, -1.0),
        (mentors + np.arange(goals), slack, -1.0),
        (np.full(goals, mentors + goals), slack, 1.0),
    ]
    limits: list[NDArray[Any]] = [table.places, -np.ones(goals), np.array([uncovered])]
    fixed = [(rows, np.arange(edges), 1.0)]
    amounts = question.free.astype(np.float64)
    if question.pairs < question.free.sum():
        limited.append((mentors + goals + 1 + rows, np.arange(edges), 1.0))
        limits.append(np.ones(councillors))
        fixed = [(np.zeros(edges, dtype=np.intp), np.arange(edges), 1.0)]
        amounts = np.array([question.pairs], dtype=np.float64)
    programme = Programme(
        costs=np.concatenate([-table.points[rows, columns], np.zeros(goals)]),
        most=np.ones(edges + goals),
        whole=np.arange(edges + goals) < edges,
        limited=matrix(sum(len(each) for each in limits), edges + goals, limited),
        limits=np.concatenate(limits).astype(np.float64),
        fixed=matrix(len(amounts), edges + goals, fixed),
        amounts=amounts,
    )
    return _Lines(rows, columns, programme)


def _pairs(question: Question, lines: _Lines, values: Numbers) -> Pairs:
    taken = np.flatnonzero(values[: len(lines.rows)] > 0.5)
    made = {int(lines.rows[edge]): int(lines.columns[edge]) for edge in taken}
    return {**question.table.locked, **made}


def _gain(question: Question, relaxed: OptimizeResult) -> Numbers:
    """What each pair promises at the programme's prices (minus its reduced cost)."""
    table, goals = question.table, len(question.goals)
    mentors = len(table.mentors)
    price = relaxed.ineqlin.marginals
    per_cohort = np.zeros((len(question.rows_of), mentors))
    np.add.at(per_cohort, question.goal_cohort, price[mentors : mentors + goals, None] * question.holders)
    for_row = relaxed.eqlin.marginals
    if len(price) > mentors + goals + 1:
        for_row = for_row + price[mentors + goals + 1 :]
    gain: Numbers = table.points + for_row[:, None] + price[None, :mentors] - per_cohort[question.cohort]
    return gain


# --- candidates ---------------------------------------------------------------------------------------------------


def _first_candidates(question: Question, start: Pairs, permitted: Mask) -> Mask:
    """All pairs of a small match; otherwise each councillor's best mentors at their price, and the first answer."""
    if permitted.sum() <= SMALL:
        return permitted.copy()
    net = np.where(permitted, -losses(question, start, permitted), -np.inf)
    return _with(question, _highest(net, PER_COUNCILLOR) & permitted, start)


def _with(question: Question, candidates: Mask, pairs: Pairs) -> Mask:
    free = [row for row in pairs if row not in question.table.locked]
    candidates[free, [pairs[row] for row in free]] = True
    return candidates


def losses(question: Question, pairs: Pairs, permitted: Mask) -> Numbers:
    """Points that each pair is behind its councillor's best permitted, at the prices of places in an assignment."""
    net = question.table.points - _prices(question, pairs, permitted)[None, :]
    loss: Numbers = np.where(permitted, net, -np.inf).max(axis=1, initial=0.0)[:, None] - net
    return np.maximum(loss, 0.0)


def _highest(value: Numbers, count: int) -> Mask:
    """The `count` highest of each row, ties by order of column."""
    chosen = np.zeros_like(value, dtype=np.bool_)
    np.put_along_axis(chosen, np.argsort(-value, axis=1, kind="stable")[:, :count], True, axis=1)
    return chosen


def _prices(question: Question, pairs: Pairs, permitted: Mask) -> Numbers:
    """What a place with each mentor is worth to those who did not get one: about the duals of the assignment.

    The lowest prices without envy are shortest paths over mentors (Bellman & Ford) from those with places to spare,
    which are free. Fifty steps are plenty to choose candidates by.
    """
    table = question.table
    rows = np.array([row for row in pairs if row not in table.locked], dtype=np.intp)
    held = np.array([pairs[row] for row in rows.tolist()], dtype=np.intp)
    dearest = float(table.points.max(initial=0)) + 1.0
    envy = np.where(permitted[rows], table.points[rows, held][:, None] - table.points[rows], np.inf)
    between = np.full((len(table.mentors), len(table.mentors)), np.inf)
    np.minimum.at(between, held, envy)
    prices = np.where(np.bincount(held, minlength=len(table.mentors)) < table.places, 0.0, dearest)
    for _ in range(50):
        prices = np.clip((prices[None, :] + between).min(axis=1), 0.0, prices)
    return prices
