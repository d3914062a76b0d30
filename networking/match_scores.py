"""What a pair of councillor and mentor is worth: points, share of needs met, and what is allowed."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

STEP = 12  # points for each level that the mentor can take the councillor up, towards the level wanted
SAME_AREA = 6  # points when both name the same town or district
SHARED_DAY = 2  # points for each day that suits both, counted up to MOST_DAYS
MOST_DAYS = 2
KEPT = 3  # points for a pair that is published already: fewer than a step, so a real gain still moves people
FULL = 100  # share of needs met, in whole per cent

Grid = NDArray[np.int32]
Mask = NDArray[np.bool_]
Goal = tuple[str, str]  # cohort, skill


@dataclass(frozen=True, slots=True)
class Councillor:
    """Levels are 0-3; a need is a skill wanted at a higher level than now. No area or no days: nothing is known.

    Languages are beside English. They are told where both know one, and are worth no points.
    """

    id: int
    cohort: str
    level: Mapping[str, int]
    wanted: Mapping[str, int]
    area: str | None = None
    days: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ()

    def needs(self) -> dict[str, int]:
        """Steps missing per skill."""
        gaps = {skill: wanted - self.level.get(skill, 0) for skill, wanted in self.wanted.items()}
        return {skill: gap for skill, gap in gaps.items() if gap > 0}


@dataclass(frozen=True, slots=True)
class Mentor:
    """Levels are 0-3; capacity is how many councillors the mentor can take, locked ones included."""

    id: int
    level: Mapping[str, int]
    capacity: int
    area: str | None = None
    days: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ()


class NoFeasibleMatch(ValueError):
    """Nobody can be matched, or the locks contradict the rest; the message names the cause."""


def is_same_area(councillor: Councillor, mentor: Mentor) -> bool:
    """Whether both named the same one, whatever the capitals and spaces."""
    return _area(councillor) != "" and _area(councillor) == _area(mentor)


def _area(one: Councillor | Mentor) -> str:
    return " ".join((one.area or "").casefold().split())


def steps_covered(councillor: Councillor, mentor: Mentor) -> dict[str, int]:
    """Steps per needed skill that this mentor can take this councillor up: to the mentor's own level, no further."""
    now = {skill: councillor.level.get(skill, 0) for skill in councillor.needs()}
    reach = {skill: min(councillor.wanted[skill], mentor.level.get(skill, 0)) for skill in now}
    return {skill: reach[skill] - now[skill] for skill in now if reach[skill] > now[skill]}


@dataclass(frozen=True)
class Table:
    """The question as arrays: a row per councillor, a column per mentor, both in order of id."""

    councillors: tuple[Councillor, ...]
    mentors: tuple[Mentor, ...]
    points: Grid
    share: Grid  # of the councillor's needs, FULL when there is none
    allowed: Mask  # not excluded, and the mentor takes anybody at all
    served: Grid  # share, or FULL where no allowed mentor would do more for this councillor
    places: NDArray[np.int32]  # left beside the locked pairs
    locked: Mapping[int, int] = field(default_factory=dict)  # row to column
    kept: Mapping[int, int] = field(default_factory=dict)  # row to column, published already
    goals: Mapping[Goal, Mask] = field(default_factory=dict)  # which columns would cover this skill in this cohort

    def free_rows(self) -> list[int]:
        return [row for row in range(len(self.councillors)) if row not in self.locked]

    def met(self, pairs: Mapping[int, int]) -> set[Goal]:
        """Goals that these pairs (row to column) reach."""
        columns: dict[str, set[int]] = {}
        for row, column in pairs.items():
            columns.setdefault(self.councillors[row].cohort, set()).add(column)
        return {goal for goal, holders in self.goals.items() if any(holders[c] for c in columns.get(goal[0], ()))}


def table(
    councillors: Sequence[Councillor],
    mentors: Sequence[Mentor],
    *,
    excluded: Collection[tuple[int, int]],
    locked: Mapping[int, int],
    keep: Mapping[int, int],
) -> Table:
    """Raises ValueError for an id given twice or a capacity below 0, NoFeasibleMatch for locks that cannot hold."""
    rows, columns = sorted(councillors, key=lambda each: each.id), sorted(mentors, key=lambda each: each.id)
    _refuse_nonsense(rows, columns)
    row_of = {councillor.id: row for row, councillor in enumerate(rows)}
    column_of = {mentor.id: column for column, mentor in enumerate(columns)}
    _refuse_impossible_locks(row_of, {mentor.id: mentor.capacity for mentor in columns}, set(excluded), locked)
    allowed = _allowed(row_of, column_of, columns, excluded)
    steps, share = _steps_and_share(rows, columns)
    best = np.max(np.where(allowed, share, 0), axis=1, initial=0)
    taken = Counter(locked.values())
    kept = {row_of[each]: column_of[mentor] for each, mentor in keep.items() if each in row_of and mentor in column_of}
    return Table(
        councillors=tuple(rows),
        mentors=tuple(columns),
        points=STEP * steps + _nearness(rows, columns) + _kept(steps, kept),
        share=share,
        allowed=allowed,
        served=np.where(share >= best[:, None], FULL, share).astype(np.int32),
        places=np.array([mentor.capacity - taken[mentor.id] for mentor in columns], dtype=np.int32),
        locked={row_of[councillor]: column_of[mentor] for councillor, mentor in sorted(locked.items())},
        kept=kept,
        goals=_goals(rows, columns),
    )


def _refuse_nonsense(councillors: list[Councillor], mentors: list[Mentor]) -> None:
    for kind, ids in (("councillor", [each.id for each in councillors]), ("mentor", [each.id for each in mentors])):
        twice = [str(each) for each, count in Counter(ids).items() if count > 1]
        if twice:
            raise ValueError(f"The same {kind} is given twice: {', '.join(twice)}.")
    below = [str(mentor.id) for mentor in mentors if mentor.capacity < 0]
    if below:
        raise ValueError(f"Capacity is below 0 for mentor {', '.join(below)}.")


def _refuse_impossible_locks(
    known: Collection[int], capacity: Mapping[int, int], excluded: set[tuple[int, int]], locked: Mapping[int, int]
) -> None:
    for councillor, mentor in sorted(locked.items()):
        if councillor not in known or mentor not in capacity:
            who = f"councillor {councillor}" if councillor not in known else f"mentor {mentor}"
            raise NoFeasibleMatch(f"A lock names {who}, who is not in this match.")
        if (councillor, mentor) in excluded:
            raise NoFeasibleMatch(f"Councillor {councillor} is locked to mentor {mentor}, but that pair is excluded.")
    for mentor, count in sorted(Counter(locked.values()).items()):
        if count > capacity[mentor]:
            who = ", ".join(str(each) for each in sorted(locked) if locked[each] == mentor)
            raise NoFeasibleMatch(
                f"{_count(count, 'councillor')} ({who}) locked to mentor {mentor}, "
                f"whose capacity is {_count(capacity[mentor], 'place')}."
            )


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _allowed(
    row_of: Mapping[int, int],
    column_of: Mapping[int, int],
    mentors: list[Mentor],
    excluded: Collection[tuple[int, int]],
) -> Mask:
    allowed = np.ones((len(row_of), len(column_of)), dtype=np.bool_)
    allowed[:, [mentor.capacity == 0 for mentor in mentors]] = False
    for councillor, mentor in excluded:
        if councillor in row_of and mentor in column_of:
            allowed[row_of[councillor], column_of[mentor]] = False
    return allowed


def _steps_and_share(councillors: list[Councillor], mentors: list[Mentor]) -> tuple[Grid, Grid]:
    steps = np.zeros((len(councillors), len(mentors)), dtype=np.int32)
    missing = np.zeros(len(councillors), dtype=np.int32)
    for skill in sorted({skill for councillor in councillors for skill in councillor.needs()}):
        now = np.array([each.level.get(skill, 0) for each in councillors], dtype=np.int16)
        wanted = np.array([each.wanted.get(skill, 0) for each in councillors], dtype=np.int16)
        able = np.array([each.level.get(skill, 0) for each in mentors], dtype=np.int16)
        steps += np.maximum(np.minimum(wanted[:, None], able[None, :]) - now[:, None], 0)
        missing += np.maximum(wanted - now, 0)
    share = FULL * steps // np.maximum(missing, 1)[:, None]
    share[missing == 0] = FULL
    return steps, share


def _nearness(councillors: list[Councillor], mentors: list[Mentor]) -> Grid:
    """Points for area and days."""
    number = {area: place for place, area in enumerate(sorted({_area(each) for each in councillors} - {""}))}
    here = np.array([number.get(_area(each), -1) for each in councillors], dtype=np.int32)
    there = np.array([number.get(_area(each), -2) for each in mentors], dtype=np.int32)
    days = sorted({day for councillor in councillors for day in councillor.days})
    free = np.array([[day in each.days for day in days] for each in councillors], dtype=np.float32)
    able = np.array([[day in each.days for day in days] for each in mentors], dtype=np.float32)
    shared = (free.reshape(len(here), len(days)) @ able.reshape(len(there), len(days)).T).astype(np.int32)
    same = (here[:, None] == there[None, :]).astype(np.int32)
    near: Grid = SAME_AREA * same + SHARED_DAY * np.minimum(shared, MOST_DAYS)
    return near


def _kept(like: Grid, kept: Mapping[int, int]) -> Grid:
    bonus = np.zeros_like(like)
    bonus[list(kept.keys()), list(kept.values())] = KEPT
    return bonus


def _goals(councillors: list[Councillor], mentors: list[Mentor]) -> dict[Goal, Mask]:
    """A mentor with any place has a skill at level 2 or above; where no such mentor is that far, level 1 will do."""
    wanted = sorted({(councillor.cohort, skill) for councillor in councillors for skill in councillor.needs()})
    holders: dict[str, Mask] = {}
    for skill in {skill for _, skill in wanted}:
        able = np.array([mentor.level.get(skill, 0) * (mentor.capacity > 0) for mentor in mentors], dtype=np.int32)
        holders[skill] = able >= 2 if (able >= 2).any() else able >= 1
    return {(cohort, skill): holders[skill] for cohort, skill in wanted}
