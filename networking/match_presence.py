"""Which mentors have to be present in which cohort, for the fewest goals uncovered.

Whom they are paired with hardly matters for that, so most councillors stay unnamed: a mentor is present in a cohort, by
somebody there, or not. The answer is then checked by matching everybody: where the presences can all be had, and all
the pairs, then both at once (Mendelsohn & Dulmage 1958, doi:10.4153/CJM-1958-052-0). Where they cannot, those for whom
there are too few mentors (Hall 1935, doi:10.1112/jlms/s1-10.37.26) get a name, with all their possible pairs, and it is
asked again. Until then it was asked too little, so a bound found on the way is a bound.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse.csgraph import maximum_bipartite_matching

from networking import match_least, match_solver
from networking.match_goals import Indices, Question
from networking.match_programme import Entry, Numbers, Programme, matrix
from networking.match_scores import Mask
from networking.match_solver import Presence


@dataclass(frozen=True)
class Cover:
    """Presences that a matching of everybody can have."""

    uncovered: int  # goals
    presences: list[Presence] | None  # None: it cannot be
    is_proven: bool  # that it cannot be, or that no other leaves fewer uncovered


def fewest_uncovered(question: Question, losses: Numbers) -> Cover:
    """With everybody served at any share."""
    likely = cover(question, 0, match_least.uncovered_at_least(question), losses)
    return likely if likely.presences is not None else _found(question, question.permitted(0), None, None)


def cover(question: Question, floor: int, uncovered: int, losses: Numbers) -> Cover:
    """No more than so many uncovered with everybody served at `floor` or better, and about the least of the losses.

    Losses are of points, per row and column.
    """
    return _found(question, question.permitted(floor), uncovered, losses)


def _found(question: Question, permitted: Mask, uncovered: int | None, losses: Numbers | None) -> Cover:
    named = np.zeros(len(permitted), dtype=np.bool_)
    while True:
        model = _model(question, permitted, named, losses)
        values, is_proven = _programme(model, uncovered).solved(any_will_do=uncovered is not None)
        if values is None:
            return Cover(len(question.goals), None, is_proven)
        presences = _presences(model, values)
        if not (unserved := _unserved(question, permitted, presences)).any():
            left = len(question.goals) - len(_covered(question, presences))
            return Cover(left, presences, is_proven)
        # Once all of them have names, the programme itself forbids it: without this, wrong sums could go on for ever.
        assert (unserved & ~named).any(), "the programme forgot somebody who has a name"
        named |= unserved


# --- the programme ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Model:
    """Variables: presences by somebody unnamed, pairs of those named, all other pairs per mentor, goals uncovered."""

    question: Question
    unnamed: Mask  # rows
    may_be: Mask  # unnamed rows with columns
    cohort: Indices  # of each presence
    column: Indices
    row: Indices  # of each pair of somebody named
    with_column: Indices
    losses: Numbers | None  # of each presence, then of each such pair

    @property
    def starts(self) -> list[int]:
        """Where each kind of variable begins, and where all end."""
        sizes = [len(self.cohort), len(self.row), self.may_be.shape[1], len(self.question.goals)]
        return [0, *np.cumsum(sizes).tolist()]


def _model(question: Question, permitted: Mask, named: Mask, losses: Numbers | None) -> _Model:
    may_be = permitted & ~named[:, None]
    within = np.array([may_be[rows].any(axis=0) for rows in question.rows_of])
    cohort, column = np.nonzero(question.useful & within)
    row, with_column = np.nonzero(permitted & named[:, None])
    return _Model(
        question=question,
        unnamed=question.free & ~named,
        may_be=may_be,
        cohort=cohort,
        column=column,
        row=row,
        with_column=with_column,
        losses=None if losses is None else _costs(question, may_be, losses, (cohort, column), (row, with_column)),
    )


def _costs(
    question: Question,
    may_be: Mask,
    losses: Numbers,
    presences: tuple[Indices, Indices],
    pairs: tuple[Indices, Indices],
) -> Numbers:
    """What a presence costs is the loss of the cheapest pair that makes it."""
    possible = np.where(may_be, losses, np.inf)
    least = np.stack([np.min(possible[rows], axis=0) for rows in question.rows_of])
    return np.concatenate([least[presences], losses[pairs]])


def _programme(model: _Model, uncovered: int | None) -> Programme:
    question = model.question
    here, pair, other, goal, end = model.starts
    costs, most = np.zeros(end), np.ones(end)
    if model.losses is None:
        costs[goal:] = 1.0
    else:
        costs[:other] = model.losses
    most[other:goal] = question.table.places
    whole = np.zeros(end, dtype=np.bool_)
    whole[here:pair] = True
    whole[pair:other] = np.asarray(question.holders.any(axis=0))[model.with_column]
    entries, limits = _lines(model)
    if uncovered is not None:
        entries.append((np.full(end - goal, len(limits)), np.arange(goal, end), 1.0))
        limits = np.append(limits, uncovered)
    return Programme(
        costs=costs,
        most=most,
        whole=whole,
        limited=matrix(len(limits), end, entries),
        limits=limits,
    )


def _lines(model: _Model) -> tuple[list[Entry], Numbers]:
    """Nobody twice; mentors' places; unnamed people there are; as many pairs as there have to be; goals."""
    question = model.question
    here, pair, other, goal, end = model.starts
    rows, columns = model.may_be.shape
    presences, pairs, others, slack = (
        np.arange(here, pair),
        np.arange(pair, other),
        np.arange(other, goal),
        np.arange(goal, end),
    )
    place, room, group = rows, rows + columns, rows + 2 * columns
    anybody = group + len(question.rows_of)
    everybody, reach = anybody + 1, anybody + 2
    lines, through = _reaching(model)
    entries: list[Entry] = [
        (model.row, pairs, 1.0),
        *_at(place, [(model.column, presences), (model.with_column, pairs), (np.arange(columns), others)]),
        *_at(room, [(model.column, presences), (np.arange(columns), others)]),
        (group + model.cohort, presences, 1.0),
        (np.full(goal - other + pair - here, anybody), np.concatenate([presences, others]), 1.0),
        (np.full(goal, everybody), np.arange(goal), -1.0),
        (reach + lines, through, -1.0),
        (reach + np.arange(end - goal), slack, -1.0),
    ]
    limits = [
        np.ones(rows),
        question.table.places,
        model.may_be.sum(axis=0),
        np.bincount(question.cohort[model.unnamed], minlength=len(question.rows_of)),
        [model.unnamed.sum(), -question.pairs],
        -np.ones(end - goal),
    ]
    return entries, np.concatenate(limits).astype(np.float64)


def _at(line: int, parts: Sequence[tuple[Indices, Indices]]) -> list[Entry]:
    return [(line + lines, variables, 1.0) for lines, variables in parts]


def _reaching(model: _Model) -> tuple[Indices, Indices]:
    """Goals, and the variables that reach them."""
    question, pair = model.question, model.starts[1]
    cohort = np.concatenate([model.cohort, question.cohort[model.row]])
    column = np.concatenate([model.column, model.with_column])
    variable = np.concatenate([np.arange(pair), pair + np.arange(len(model.row))])
    goals, which = question.reaching(cohort, column)
    return goals, variable[which]


def _presences(model: _Model, values: Numbers) -> list[Presence]:
    """Those that the answer needs: one less and a goal would be missed."""
    here, pair, other, _, _ = model.starts
    taken, made = values[here:pair] > 0.5, values[pair:other] > 0.5
    cohort = np.concatenate([model.cohort[taken], model.question.cohort[model.row[made]]])
    column = np.concatenate([model.column[taken], model.with_column[made]])
    return _needed(model.question, sorted(set(zip(cohort.tolist(), column.tolist(), strict=True))))


def _needed(question: Question, presences: list[Presence]) -> list[Presence]:
    reached = {each: _reached(question, each) for each in presences}
    times = np.zeros(len(question.goals), dtype=np.intp)
    for goals in reached.values():
        times[goals] += 1
    needed = []
    for each in presences:
        if (times[reached[each]] > 1).all():
            times[reached[each]] -= 1
        else:
            needed.append(each)
    return needed


def _reached(question: Question, presence: Presence) -> Indices:
    cohort, column = presence
    return np.flatnonzero((question.goal_cohort == cohort) & question.holders[:, column])


def _covered(question: Question, presences: list[Presence]) -> set[int]:
    return {goal for each in presences for goal in _reached(question, each).tolist()}


# --- whether everybody can be matched around it -------------------------------------------------------------------


def _unserved(question: Question, permitted: Mask, presences: list[Presence]) -> Mask:
    """Rows that stand in the way of these presences and as many pairs as there have to be; none if all is well."""
    rows = np.flatnonzero(question.free)
    slots = match_solver.slots(question.table, presences)
    able = permitted[rows][:, slots.column] & slots.open_to(question.cohort[rows])
    found = np.zeros(len(permitted), dtype=np.bool_)
    present = slots.cohort != match_solver.ANY
    row_of = maximum_bipartite_matching(match_solver.sparse(able[:, present]), perm_type="row")
    if (row_of < 0).any():
        lacking = np.isin(slots.cohort[present], slots.cohort[present][row_of < 0])
        found[rows[able[:, present][:, lacking].any(axis=1)]] = True
        return found
    slot_of = maximum_bipartite_matching(match_solver.sparse(able), perm_type="column")
    if int((slot_of >= 0).sum()) < question.pairs:
        found[rows[_too_many(able, slot_of)]] = True
    return found


def _too_many(able: Mask, slot_of: Indices) -> Mask:
    """Rows with fewer slots than they are, or all rows that some slots could have, whichever are fewer (König)."""
    row_of = np.full(able.shape[1], -1)
    row_of[slot_of[slot_of >= 0]] = np.flatnonzero(slot_of >= 0)
    crowded = _alternating(able, slot_of < 0, row_of)
    idle = _alternating(able.T, row_of < 0, slot_of)
    wanted = np.asarray(able[:, idle].any(axis=1))
    return crowded if crowded.sum() <= wanted.sum() else wanted


def _alternating(able: Mask, start: Mask, partner: Indices) -> Mask:
    """Lines that start, and those that must give up what they have for one of these."""
    reached = start
    while True:
        held = partner[able[reached].any(axis=0)]
        further = reached.copy()
        further[held[held >= 0]] = True
        if (further == reached).all():
            return reached
        reached = further
