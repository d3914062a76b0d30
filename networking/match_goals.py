"""What has to be decided to cover skills: goals that an open pair could reach and no locked pair does."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from networking.match_scores import Goal, Mask, Table

Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Question:
    """The table, its open pairs and some of its goals."""

    table: Table
    open: Mask  # allowed pairs of councillors who are not locked and mentors with a place left
    cohort: Indices  # number of the cohort, per row
    goals: tuple[Goal, ...]
    goal_cohort: Indices
    holders: Mask  # goal by column
    pairs: int  # to be made beside the locked ones

    def only(self, skills: Collection[str]) -> Self:
        """The same with the goals for these skills alone."""
        kept = [index for index, (_, skill) in enumerate(self.goals) if skill in skills]
        goals = tuple(self.goals[index] for index in kept)
        return replace(self, goals=goals, goal_cohort=self.goal_cohort[kept], holders=self.holders[kept])

    def permitted(self, floor: int) -> Mask:
        return self.open & (self.table.served >= floor)

    def missed(self, pairs: Mapping[int, int]) -> set[Goal]:
        return set(self.goals) - self.table.met(pairs)

    @cached_property
    def free(self) -> Mask:
        """Rows that are not locked."""
        free = np.ones(len(self.table.councillors), dtype=np.bool_)
        free[list(self.table.locked)] = False
        return free

    @cached_property
    def rows_of(self) -> tuple[Indices, ...]:
        """The rows of each cohort."""
        return tuple(np.flatnonzero(self.cohort == each) for each in range(int(self.cohort.max(initial=-1)) + 1))

    @cached_property
    def useful(self) -> Mask:
        """Cohort by column: whether the mentor would reach a goal there."""
        useful = np.zeros((len(self.rows_of), self.holders.shape[1]), dtype=np.bool_)
        np.logical_or.at(useful, self.goal_cohort, self.holders)
        return useful

    def reaching(self, cohort: Indices, column: Indices, holders: Mask | None = None) -> tuple[Indices, Indices]:
        """Goals, and which of these mentors in these cohorts reach them: a line for each."""
        within = [np.flatnonzero(cohort == each) for each in range(len(self.rows_of))]
        reaching = [
            within[each][able[column[within[each]]]]
            for each, able in zip(self.goal_cohort.tolist(), self.holders if holders is None else holders, strict=True)
        ]
        goals = np.repeat(np.arange(len(reaching)), [len(each) for each in reaching])
        return goals, np.concatenate([*reaching, np.arange(0)])


def question(table: Table, pairs: int) -> Question:
    """`pairs` is how many there have to be, locked ones included."""
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
    return Question(
        table=table,
        open=open_pairs,
        cohort=cohort,
        goals=goals,
        goal_cohort=np.array([number[name] for name, _ in goals], dtype=np.intp),
        holders=np.array([table.goals[goal] for goal in goals], dtype=np.bool_).reshape(-1, len(table.mentors)),
        pairs=pairs - len(table.locked),
    )
