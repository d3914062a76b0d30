"""Finds the best pairs that also cover every skill a cohort needs, as an integer programme.

A linear programme over promising pairs comes first: pairs it should have had are added by their reduced cost until
there are none worth having (column generation; Gilmore & Gomory 1961, doi:10.1287/opre.9.6.849). It nearly always
ends in whole numbers, and then is the answer; where it does not, HiGHS branches over the same pairs.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp
from scipy.sparse import csr_array

from networking import match_solver
from networking.match_scores import Goal, Mask, Table
from networking.match_solver import Pairs

SMALL = 5_000  # open pairs up to which all of them are candidates from the start
PER_COUNCILLOR = 8  # candidates otherwise, to begin with and for each addition
PER_GOAL = 64  # candidates for each goal that the plain assignment misses
COARSE = 10  # per cent between the floors that a large match may be lowered to
RELATIVE_GAP = 1e-4  # how far from the most points a large match may stay
ROUNDS = 20
NODES = 2_000  # branches after which the best answer so far has to do: nodes and not seconds, to be repeatable

Numbers = NDArray[np.float64]
Indices = NDArray[np.intp]


def assign_and_cover(table: Table) -> Pairs:
    """The most pairs, then the fewest goals uncovered, then as `match_solver.assign`."""
    highest = match_solver.highest_floor(table)
    plain = match_solver.assign_at(table, highest)
    question = _question(table, plain)
    pairs, hard = plain, set[str]()
    # Most skills are covered whatever is done: only those that were missed become constraints, until none is missed.
    while missed := {goal[1] for goal in set(question.goals) - table.met(pairs)} - hard:
        hard |= missed
        pairs = {**table.locked, **_lowering(question.only(hard), plain, highest)}
    return pairs


@dataclass(frozen=True)
class _Question:
    table: Table
    open: Mask  # allowed pairs of councillors who are not locked and mentors with a place left
    cohort: Indices  # number of the cohort, per row
    goals: tuple[Goal, ...]  # that some open pair would reach and no locked pair does
    goal_cohort: Indices
    holders: Mask  # goal by column
    pairs: int  # to be made beside the locked ones

    def only(self, skills: Collection[str]) -> Self:
        """The same with the goals for these skills alone."""
        kept = [index for index, (_, skill) in enumerate(self.goals) if skill in skills]
        goals = tuple(self.goals[index] for index in kept)
        return replace(self, goals=goals, goal_cohort=self.goal_cohort[kept], holders=self.holders[kept])

    def is_small(self) -> bool:
        return int(self.open.sum()) <= SMALL

    def permitted(self, floor: int) -> Mask:
        return self.open & (self.table.served >= floor)

    @property
    def weight(self) -> float:
        """What leaving a goal uncovered costs: more than all points together."""
        return 1.0 + self.pairs * float(self.table.points.max(initial=0))


@dataclass(frozen=True)
class _Answer:
    pairs: Pairs
    uncovered: int


def _question(table: Table, plain: Pairs) -> _Question:
    names, cohort = np.unique([each.cohort for each in table.councillors], return_inverse=True)
    number = {str(name): index for index, name in enumerate(names)}
    free = np.zeros(len(table.councillors), dtype=np.bool_)
    free[table.free_rows()] = True
    open_pairs = table.allowed & free[:, None] & (table.places > 0)[None, :]
    within: list[Mask] = [open_pairs[cohort == index].any(axis=0) for index in range(len(names))]
    reached = table.met(table.locked)
    goals = tuple(
        goal for goal, able in table.goals.items() if goal not in reached and (able & within[number[goal[0]]]).any()
    )
    return _Question(
        table=table,
        open=open_pairs,
        cohort=cohort,
        goals=goals,
        goal_cohort=np.array([number[name] for name, _ in goals], dtype=np.intp),
        holders=np.array([table.goals[goal] for goal in goals], dtype=np.bool_).reshape(-1, len(table.mentors)),
        pairs=len(plain) - len(table.locked),
    )


def _lowering(question: _Question, plain: Pairs, highest: int) -> Pairs:
    """Lower the floor no further than covering skills demands.

    A small relaxation says how many goals stay uncovered at least, at any floor. Where the whole problem gets that far
    at the highest floor for which the relaxation does, nothing can be better; otherwise every floor has to be asked
    (of a large match, every tenth).
    """
    steps = [floor for floor in match_solver.floors(question.table) if floor < highest]
    least = _uncovered_at_least(question, 0)
    asked: dict[int, _Answer] = {}

    def answer(floor: int) -> _Answer:
        if floor not in asked:
            asked[floor] = _answer(question, plain, floor)
        return asked[floor]

    likely = match_solver.last([*steps, highest], lambda floor: _uncovered_at_least(question, floor) == least)
    if answer(likely).uncovered == least:
        return answer(likely).pairs
    fewest = answer(0).uncovered
    thinned = steps if question.is_small() else list(range(0, highest, COARSE))
    return answer(match_solver.last([*thinned, highest], lambda floor: answer(floor).uncovered <= fewest)).pairs


def _uncovered_at_least(question: _Question, floor: int) -> int:
    """Goals left uncovered when only cohorts, their mentors and the mentors' places count."""
    permitted = question.permitted(floor)
    cohorts, mentors = int(question.cohort.max()) + 1, len(question.table.mentors)
    within = np.array([permitted[question.cohort == each].any(axis=0) for each in range(cohorts)], dtype=np.bool_)
    useful: Mask = within & np.any(question.holders, axis=0, keepdims=True)
    cohort, column = np.nonzero(useful)
    goals = zip(question.goal_cohort.tolist(), question.holders, strict=True)
    lines = [np.flatnonzero((cohort == each) & able[column]) for each, able in goals]
    matrix = _matrix([column, mentors + cohort], lines, first_line=mentors + cohorts, variables=len(cohort))
    members = np.bincount(question.cohort[question.open.any(axis=1)], minlength=cohorts)
    limits = np.concatenate([question.table.places, members, -np.ones(len(lines))])
    costs = np.concatenate([np.zeros(len(cohort)), np.ones(len(lines))])
    return int(np.ceil(linprog(costs, A_ub=matrix, b_ub=limits, bounds=(0, 1)).fun - 1e-6))


def _matrix(per_edge: Sequence[Indices], lines: Sequence[Indices], *, first_line: int, variables: int) -> csr_array:
    """A 1 for each edge in each of the rows `per_edge`; below, a line per goal: minus its edges and its own slack."""
    along = np.arange(variables)
    sizes = [len(line) for line in lines]
    slack = np.arange(len(lines))
    rows = [*per_edge, np.repeat(first_line + slack, sizes), first_line + slack]
    columns = [*[along] * len(per_edge), *lines, variables + slack]
    values = np.concatenate([np.ones(variables * len(per_edge)), -np.ones(sum(sizes) + len(lines))])
    shape = (first_line + len(lines), variables + len(lines))
    return csr_array((values, (np.concatenate(rows), np.concatenate(columns))), shape=shape)


# --- the whole problem at one floor ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Programme:
    """Least costs, subject to matrix @ x <= limits and as many edges taken as there are pairs to make."""

    rows: Indices
    columns: Indices
    costs: Numbers  # of the edges, then of leaving each goal uncovered
    matrix: csr_array  # a line per councillor, per mentor, per goal
    limits: Numbers
    pairs: int

    @property
    def everybody(self) -> csr_array:
        taken = np.arange(len(self.costs)) < len(self.rows)
        return csr_array(taken[None, :].astype(np.float64))

    def relaxed(self) -> OptimizeResult:
        return linprog(
            self.costs,
            A_ub=self.matrix,
            b_ub=self.limits,
            A_eq=self.everybody,
            b_eq=[self.pairs],
            bounds=(0, None),
            method="highs-ds",
        )

    def whole(self, *, points: float, objective: float) -> Numbers | None:
        """By branching; within RELATIVE_GAP of the points, to the last point when they are few."""
        gap = 0.0 if len(self.rows) <= SMALL else RELATIVE_GAP * points / max(1.0, abs(objective))
        edges = len(self.rows)
        answer = milp(
            self.costs,
            integrality=np.arange(len(self.costs)) < edges,
            bounds=Bounds(0, 1),
            constraints=[
                LinearConstraint(self.matrix, -np.inf, self.limits),
                LinearConstraint(self.everybody, self.pairs, self.pairs),
            ],
            options={"mip_rel_gap": gap, "node_limit": NODES},
        )
        return None if answer.x is None else np.asarray(answer.x)


def _answer(question: _Question, plain: Pairs, floor: int) -> _Answer:
    """The fewest goals uncovered and then the most points with everybody served at `floor` or better."""
    permitted = question.permitted(floor)
    candidates = _first_candidates(question, plain, permitted)
    before = np.inf
    for _ in range(ROUNDS):
        programme = _programme(question, candidates)
        relaxed = programme.relaxed()
        points = float(question.table.points[programme.rows, programme.columns] @ relaxed.x[: len(programme.rows)])
        added = _worth_adding(question, relaxed, permitted & ~candidates)
        if not added.any() or before - relaxed.fun < RELATIVE_GAP * points:
            break
        before, candidates = float(relaxed.fun), candidates | added
    values = relaxed.x
    if np.abs(values - np.round(values)).max() > 1e-6:
        values = programme.whole(points=points, objective=float(relaxed.fun))
    return _read(question, programme, values, plain)


def _read(question: _Question, programme: _Programme, values: Numbers | None, plain: Pairs) -> _Answer:
    if values is None:
        pairs = {row: column for row, column in plain.items() if row not in question.table.locked}
    else:
        taken = np.flatnonzero(values[: len(programme.rows)] > 0.5)
        pairs = {int(programme.rows[edge]): int(programme.columns[edge]) for edge in taken}
    return _Answer(pairs, len(set(question.goals) - question.table.met(pairs)))


def _programme(question: _Question, candidates: Mask) -> _Programme:
    table = question.table
    councillors, mentors = candidates.shape
    rows, columns = np.nonzero(candidates)
    cohort = question.cohort[rows]
    edges = [np.flatnonzero(cohort == each) for each in range(int(question.cohort.max()) + 1)]
    goals = list(zip(question.goal_cohort.tolist(), question.holders, strict=True))
    lines = [edges[each][holders[columns[edges[each]]]] for each, holders in goals]
    return _Programme(
        rows=rows,
        columns=columns,
        costs=np.concatenate([-table.points[rows, columns], np.full(len(goals), question.weight)]),
        matrix=_matrix([rows, councillors + columns], lines, first_line=councillors + mentors, variables=len(rows)),
        limits=np.concatenate([np.ones(councillors), table.places, -np.ones(len(goals))]),
        pairs=question.pairs,
    )


def _worth_adding(question: _Question, relaxed: OptimizeResult, others: Mask) -> Mask:
    """Each councillor's other pairs with the best reduced costs, where these promise a gain."""
    councillors, mentors = others.shape
    price = relaxed.ineqlin.marginals
    per_cohort = np.zeros((int(question.cohort.max()) + 1, mentors))
    np.add.at(per_cohort, question.goal_cohort, price[councillors + mentors :, None] * question.holders)
    paid = price[:councillors, None] + price[None, councillors : councillors + mentors] + relaxed.eqlin.marginals[0]
    gain = np.where(others, question.table.points + paid - per_cohort[question.cohort], 0.0)
    gain[gain < 1e-6] = 0.0
    return _highest(gain, PER_COUNCILLOR) & (gain > 0)


def _first_candidates(question: _Question, plain: Pairs, permitted: Mask) -> Mask:
    """Each councillor's best mentors at their price, the plain pair, and for each missed goal the cheapest pairs."""
    if question.is_small():
        return permitted.copy()
    net = np.where(permitted, question.table.points - _prices(question, plain, permitted)[None, :], -1e9)
    chosen = _highest(net, PER_COUNCILLOR)
    loss = net.max(axis=1)[:, None] - net
    met = question.table.met(plain)
    for goal, cohort, holders in zip(question.goals, question.goal_cohort.tolist(), question.holders, strict=True):
        rows, columns = np.flatnonzero(question.cohort == cohort), np.flatnonzero(holders)
        if goal not in met:
            cheapest = np.argsort(loss[np.ix_(rows, columns)], axis=None, kind="stable")[:PER_GOAL]
            row, column = np.unravel_index(cheapest, (len(rows), len(columns)))
            chosen[rows[row], columns[column]] = True
    chosen &= permitted
    free = [each for each in plain if each not in question.table.locked]
    chosen[free, [plain[each] for each in free]] = True
    return chosen


def _highest(value: Numbers, count: int) -> Mask:
    """The `count` highest of each row, ties by order of column."""
    chosen = np.zeros_like(value, dtype=np.bool_)
    np.put_along_axis(chosen, np.argsort(-value, axis=1, kind="stable")[:, :count], True, axis=1)
    return chosen


def _prices(question: _Question, plain: Pairs, permitted: Mask) -> Numbers:
    """What a place with each mentor is worth to those who did not get one: about the duals of the plain assignment.

    The lowest prices without envy are shortest paths over mentors (Bellman & Ford) from those with places to spare,
    which are free. Fifty steps are plenty to choose candidates by.
    """
    table = question.table
    rows = np.array([row for row in plain if row not in table.locked], dtype=np.intp)
    held = np.array([plain[row] for row in rows.tolist()], dtype=np.intp)
    dearest = float(table.points.max(initial=0)) + 1.0
    envy = np.where(permitted[rows], table.points[rows, held][:, None] - table.points[rows], np.inf)
    between = np.full((len(table.mentors), len(table.mentors)), np.inf)
    np.minimum.at(between, held, envy)
    prices = np.where(np.bincount(held, minlength=len(table.mentors)) < table.places, 0.0, dearest)
    for _ in range(50):
        prices = np.clip((prices[None, :] + between).min(axis=1), 0.0, prices)
    return prices
