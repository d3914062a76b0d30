"""Month after month: nobody is left out and nobody meets again while that can be avoided."""

from itertools import combinations

import pytest

from tests.bench import draw as bench_draw
from tests.bench import season
from unmentoring import pairing


def months_without_a_repeat(n: int, *, seed: str) -> int:
    last_met: dict[tuple[int, int], int] = {}
    for month in range(1, n + 1):
        draw = pairing.draw(range(n), last_met=last_met, round_number=month, seed=f"{seed} {month}")
        if draw.repeats:
            return month - 1
        last_met.update({pair: month for group in draw.groups for pair in combinations(group, 2)})
    return n


@pytest.mark.parametrize(("n", "groups"), [(4, 20), (6, 20), (8, 20), (10, 10), (12, 10), (20, 3), (40, 1)])
def test_a_fixed_group_of_n_meets_for_n_less_one_months_without_a_repeat(n: int, groups: int) -> None:
    assert [months_without_a_repeat(n, seed=f"{group}") for group in range(groups)] == [n - 1] * groups


@pytest.mark.parametrize(("people", "seed"), [(30, 1), (30, 2), (30, 3), (30, 4), (100, 1), (400, 1)])
def test_a_season_with_skipping_leaving_and_odd_months_has_no_repeat(people: int, seed: int) -> None:
    figures = season.run(people, 24, seed=seed)

    assert (figures["repeats"], figures["unmatched"], figures["not_proven"]) == (0, 0, 0)
    assert figures["most_threes"] in (1, 2)


def test_ten_thousand_people_with_two_years_of_history_meet_new_people_of_other_organisations() -> None:
    organisation, sector, last_met = bench_draw.a_group(10_001, 24, seed="1")

    draw = pairing.draw(range(10_001), organisation=organisation, sector=sector, last_met=last_met, seed="1")

    assert (draw.repeats, draw.same_organisation, draw.same_sector) == (0, 0, 0)
    assert sum(len(group) for group in draw.groups) == 10_001
