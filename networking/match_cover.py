"""Finds the best pairs that also cover every skill a cohort needs."""

from dataclasses import dataclass

from networking import match_goals, match_points, match_presence, match_solver
from networking.match_goals import Question
from networking.match_points import Best
from networking.match_presence import Cover
from networking.match_scores import Table
from networking.match_solver import Pairs


def assign_and_cover(table: Table) -> Best:
    """The most pairs, then the fewest goals uncovered, then as `match_solver.assign`."""
    highest = match_solver.highest_floor(table)
    plain = match_solver.assign_at(table, highest)
    whole = match_goals.question(table, len(plain))
    best, start, hard = Best(plain, True), _Start(highest, 0, plain, True), set[str]()
    # Most skills are covered whatever is done: only those that were missed become constraints, until none is missed.
    while missed := _skills_missed(whole, best.pairs) - hard:
        while missed:
            hard |= missed
            start = _start(whole.only(hard), plain, highest, start)
            missed = _skills_missed(whole, start.pairs) - hard
        best = match_points.most_points(whole.only(hard), start.floor, start.uncovered, start.pairs)
    return Best(best.pairs, best.is_proven and start.is_proven)


def _skills_missed(question: Question, pairs: Pairs) -> set[str]:
    return {skill for _, skill in question.missed(pairs)}


@dataclass(frozen=True)
class _Start:
    """A good answer that leaves the fewest uncovered, at the highest floor for which that can be."""

    floor: int
    uncovered: int
    pairs: Pairs
    is_proven: bool


def _start(question: Question, plain: Pairs, highest: int, before: _Start) -> _Start:
    """`before` is the answer for fewer goals: who leaves as few of more goals uncovered can do no better otherwise."""
    losses = match_points.losses(question, plain, question.permitted(highest))
    fewest = match_presence.fewest_uncovered(question, losses)
    asked: dict[int, Cover] = {}

    def can(floor: int) -> bool:
        if floor not in asked:
            asked[floor] = match_presence.cover(question, floor, fewest.uncovered, losses)
        return asked[floor].presences is not None

    most = before.floor if before.uncovered == fewest.uncovered else highest
    steps = [floor for floor in match_solver.floors(question.table) if floor <= most]
    # Nearly always the highest is possible, or not much is.
    floor = most if can(most) else match_solver.last(steps, can)
    presences = (asked[floor].presences if can(floor) else fewest.presences) or []
    pairs = match_solver.assign_at(question.table, floor, presences, question.cohort)
    return _Start(floor, fewest.uncovered, pairs, all(each.is_proven for each in [fewest, *asked.values()]))
