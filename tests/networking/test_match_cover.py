"""Covering skills where it is hard: few mentors have them, nobody has, locks and exclusions stand in the way."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from networking import match_points, matching
from networking.matching import Councillor, Mentor
from tests.networking.every_matching import Case, assert_best, percentage

RARE = ("podcasts", "opera", "open data", "drones")


def hard_case(seed: int, *, councillors: int, mentors: int, skills: int = 4) -> Case:
    """Mentors have two of the rare skills at most, and one skill nobody has; places are short or just enough."""
    rng = random.Random(seed)
    names = [*RARE, *(f"skill {number}" for number in range(skills - len(RARE)))]

    def wanted() -> dict[str, int]:
        return {skill: rng.randint(1, 3) for skill in rng.sample([*names, "nobody’s"], rng.randint(1, 3))}

    def able() -> dict[str, int]:
        return {skill: rng.randint(1, 3) for skill in rng.sample(names, rng.choice((0, 1, 1, 2)))}

    people = [Councillor(i, rng.choice("ABC"), {}, wanted(), rng.choice((None, "Ely"))) for i in range(councillors)]
    helpers = [Mentor(100 + i, able(), rng.choice((0, 1, 1, 2, 3)), rng.choice((None, "Ely"))) for i in range(mentors)]
    barred = rng.choice((0.0, 0.2, 0.5))
    excluded = {(a.id, b.id) for a in people for b in helpers if rng.random() < barred}
    locked: dict[int, int] = {}
    for a in rng.sample(people, rng.choice((0, 1, len(people) // 3))):
        room = [
            b.id for b in helpers if list(locked.values()).count(b.id) < b.capacity and (a.id, b.id) not in excluded
        ]
        locked |= {a.id: rng.choice(room)} if room else {}
    keep = {a.id: rng.choice(helpers).id for a in people if rng.random() < 0.5}
    return Case(people, helpers, excluded, locked, keep)


def is_possible(case: Case) -> bool:
    room = {each.id for each in case.mentors if each.capacity}
    return bool(case.locked) or any((a.id, b) not in case.excluded for a in case.councillors for b in room)


@pytest.fixture(params=["all pairs at once", "pairs added by price"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Large matches begin with a few pairs and add what is worth adding: here small ones do, too."""
    if request.param == "pairs added by price":
        monkeypatch.setattr(match_points, "SMALL", 0)
        monkeypatch.setattr(match_points, "PER_COUNCILLOR", 1)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("seed", range(40))
def test_a_small_match_with_rare_skills_is_as_good_as_the_best_of_all_matchings(seed: int) -> None:
    councillors, mentors = [(4, 4), (5, 4), (6, 3), (7, 2), (5, 3)][seed % 5]
    case = hard_case(seed, councillors=councillors, mentors=mentors)

    if is_possible(case):
        assert_best(case, cover=True)


@given(st.integers(min_value=1000), st.integers(1, 5), st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_any_tiny_match_with_rare_skills_is_as_good_as_the_best_of_all_matchings(
    seed: int, few: int, some: int
) -> None:
    case = hard_case(seed, councillors=few, mentors=some)

    if is_possible(case):
        assert_best(case, cover=True)


# --- a second opinion where all matchings are too many --------------------------------------------------------------


class Slow:
    """The whole question as one integer programme, asked four times: pairs, skills, share, points."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.pairs = [
            (a, b)
            for a in case.councillors
            for b in case.mentors
            if b.capacity and (a.id, b.id) not in case.excluded and case.locked.get(a.id, b.id) == b.id
        ]
        self.goals = sorted({(a.cohort, skill) for a in case.councillors for skill in a.needs()})

    def best(self) -> tuple[int, int, int, int]:
        pairs = -self._least([-1.0] * len(self.pairs), 0.0)
        uncovered = self._least([0.0] * len(self.pairs), 1.0, pairs=pairs)
        served = self._served()
        for share in sorted({100, *served}, reverse=True):
            barred = {index for index, each in enumerate(served) if each < share}
            points = [-float(self._points(a, b)) for a, b in self.pairs]
            if (found := self._least(points, 0.0, pairs=pairs, uncovered=uncovered, barred=barred)) is not None:
                return round(pairs), -round(uncovered), share, -round(found)
        raise AssertionError("there is always an answer")

    def _least(self, costs, cost_of_goal, *, pairs=None, uncovered=None, barred=()) -> float | None:
        size, goals = len(self.pairs), len(self.goals)
        lines, low, high = [], [], []

        def line(chosen, least, most) -> None:
            lines.append(np.isin(np.arange(size + goals), chosen).astype(float))
            low.append(least)
            high.append(most)

        for person in self.case.councillors:
            mine = [index for index, (a, _) in enumerate(self.pairs) if a.id == person.id]
            line(mine, 1 if person.id in self.case.locked else 0, 1)
        for helper in self.case.mentors:
            line([index for index, (_, b) in enumerate(self.pairs) if b.id == helper.id], 0, helper.capacity)
        for goal, (cohort, skill) in enumerate(self.goals):
            bar = 2 if any(b.level.get(skill, 0) >= 2 for b in self.case.mentors if b.capacity) else 1
            able = [i for i, (a, b) in enumerate(self.pairs) if a.cohort == cohort and b.level.get(skill, 0) >= bar]
            line([*able, size + goal], 1, np.inf)
        line(range(size), pairs or 0, np.inf)
        line(range(size, size + goals), 0, np.inf if uncovered is None else uncovered)
        upper = np.array([0.0 if index in barred else 1.0 for index in range(size + goals)])
        answer = milp(
            [*costs, *[cost_of_goal] * goals],
            integrality=np.ones(size + goals),
            bounds=Bounds(0, upper),
            constraints=LinearConstraint(np.array(lines), low, high),
            options={"mip_rel_gap": 0},
        )
        return None if answer.x is None else round(answer.fun)

    def _served(self) -> list[int]:
        best: dict[int, int] = {}
        for a, b in self.pairs:
            best[a.id] = max(best.get(a.id, 0), percentage(a, b))
        return [
            100 if a.id in self.case.locked or percentage(a, b) >= best[a.id] else percentage(a, b)
            for a, b in self.pairs
        ]

    def _points(self, a: Councillor, b: Mentor) -> int:
        alone = matching.match([a], [Mentor(b.id, b.level, 1, b.area, b.days)], keep=self.case.keep)
        return alone.score


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("seed", range(8))
def test_a_match_of_three_cohorts_with_rare_skills_is_as_good_as_one_large_programme_says(seed: int) -> None:
    case = hard_case(seed, councillors=24, mentors=14, skills=7)

    found = case.match()

    assert found.is_proven
    assert (len(found.pairs), -len(found.uncovered), found.worst, found.score) == Slow(case).best()
