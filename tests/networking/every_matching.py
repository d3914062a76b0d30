"""Small matches as data, and the whole truth about them: every matching there is, judged by the promise."""

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from networking import matching
from networking.matching import Councillor, Mentor


@dataclass(frozen=True)
class Case:
    councillors: list[Councillor]
    mentors: list[Mentor]
    excluded: set[tuple[int, int]] = field(default_factory=set)
    locked: dict[int, int] = field(default_factory=dict)
    keep: dict[int, int] = field(default_factory=dict)

    def match(self, *, cover: bool = True) -> matching.Matching:
        return matching.match(
            self.councillors,
            self.mentors,
            excluded=self.excluded,
            locked=self.locked,
            keep=self.keep,
            cover=cover,
        )


def taught(learner: Councillor, teacher: Mentor) -> int:
    return sum(
        max(0, min(goal, teacher.level.get(skill, 0)) - learner.level.get(skill, 0))
        for skill, goal in learner.wanted.items()
    )


def percentage(learner: Councillor, teacher: Mentor) -> int:
    missing = sum(max(0, goal - learner.level.get(skill, 0)) for skill, goal in learner.wanted.items())
    return 100 if missing == 0 else taught(learner, teacher) * 100 // missing


def every_matching(case: Case) -> Iterator[dict[int, int]]:
    ids = [each.id for each in case.councillors]
    room = {each.id: each.capacity for each in case.mentors}
    for chosen in itertools.product([None, *room], repeat=len(ids)):
        pairs = {one: other for one, other in zip(ids, chosen, strict=True) if other is not None}
        within = all(count <= room[other] for other, count in Counter(pairs.values()).items())
        held = all(pairs.get(one) == other for one, other in case.locked.items())
        if within and held and not case.excluded & set(pairs.items()):
            yield pairs


def points(case: Case, pairs: Mapping[int, int]) -> int:
    learners, teachers = {each.id: each for each in case.councillors}, {each.id: each for each in case.mentors}
    total = 0
    for one, other in pairs.items():
        a, b = learners[one], teachers[other]
        total += 12 * taught(a, b) + (6 if a.area is not None and a.area == b.area else 0)
        total += 2 * min(2, len(a.days & b.days)) + (3 if case.keep.get(one) == other else 0)
    return total


def worst_served(case: Case, pairs: Mapping[int, int]) -> int:
    learners, teachers = {each.id: each for each in case.councillors}, {each.id: each for each in case.mentors}
    lowest = 100
    for one in pairs.keys() - case.locked.keys():
        got = percentage(learners[one], teachers[pairs[one]])
        offered = [
            percentage(learners[one], each)
            for each in case.mentors
            if each.capacity and (one, each.id) not in case.excluded
        ]
        lowest = min(lowest, got) if got < max(offered) else lowest
    return lowest


def not_covered(case: Case, pairs: Mapping[int, int]) -> set[tuple[str, str]]:
    teachers = {each.id: each for each in case.mentors}
    missed = set()
    for each in case.councillors:
        for skill, goal in each.wanted.items():
            bar = 2 if any(other.level.get(skill, 0) >= 2 for other in case.mentors if other.capacity) else 1
            there = [
                teachers[pairs[one.id]] for one in case.councillors if one.cohort == each.cohort and one.id in pairs
            ]
            if goal > each.level.get(skill, 0) and not any(other.level.get(skill, 0) >= bar for other in there):
                missed.add((each.cohort, skill))
    return missed


def best_possible(case: Case, *, cover: bool) -> tuple[int, int, int, int]:
    return max(
        (len(pairs), -len(not_covered(case, pairs)) if cover else 0, worst_served(case, pairs), points(case, pairs))
        for pairs in every_matching(case)
    )


def assert_best(case: Case, *, cover: bool) -> None:
    found = case.match(cover=cover)

    assert (found.score, found.worst, found.uncovered) == (
        points(case, found.pairs),
        worst_served(case, found.pairs),
        not_covered(case, found.pairs),
    )
    assert (len(found.pairs), -len(found.uncovered) if cover else 0, found.worst, found.score) == best_possible(
        case, cover=cover
    )
    assert found.pairs in list(every_matching(case))
