"""What may be claimed about repeats where matching everybody exactly would take too long."""

from itertools import combinations
from random import Random

import pytest

from tests.unmentoring.every_draw import Facts, best_draws, score
from tests.unmentoring.test_pairing_optimum import exact_pairs
from unmentoring import pairing, pairing_bound, pairing_costs


def costs_of(n: int, facts: Facts) -> pairing_costs.Costs:
    return pairing_costs.Costs(range(n), **facts._asdict())


def tight(n: int, rng: Random) -> Facts:
    met = rng.choice([0.6, 0.8, 0.95])
    pairs = list(combinations(range(n), 2))
    return Facts(
        last_met={pair: 1 for pair in pairs if rng.random() < met},
        keep_apart=[pair for pair in pairs if rng.random() < 0.03],
    )


BOUNDS = [pairing_bound.least_where_few_may_meet, pairing_bound.least_of_the_tight]


@pytest.mark.parametrize("bound", BOUNDS)
@pytest.mark.parametrize("n", [4, 5, 6, 7, 8, 9])
def test_no_draw_of_few_people_has_fewer_repeats_than_claimed(n: int, bound) -> None:
    for number in range(40):
        facts = tight(n, Random(100 * n + number))
        for best in best_draws(range(n), facts)[:1]:
            assert bound(costs_of(n, facts)) <= score(best, facts)[1]


@pytest.mark.parametrize("bound", BOUNDS)
def test_for_even_numbers_the_claim_is_the_least_there_can_be(bound) -> None:
    reached = 0
    for number in range(60):
        facts = tight(24, Random(number))._replace(keep_apart=())
        exact = exact_pairs(24, facts)
        assert exact is not None
        claimed, least = bound(costs_of(24, facts)), score(exact, facts)[1]
        assert claimed <= least
        reached += claimed == least
    assert reached == 60


def test_where_nobody_is_short_of_others_nothing_is_claimed() -> None:
    assert pairing_bound.least_repeats(costs_of(50, Facts(last_met={(0, 1): 1}))) == 0


def test_two_halves_of_odd_size_that_have_met_each_other_cannot_be_drawn_without_a_repeat_and_the_draw_says_so() -> (
    None
):
    last_met = {(one, other): 1 for one in range(51) for other in range(51, 102)}

    draw = pairing.draw(range(102), last_met=last_met, seed="1")

    assert draw.repeats == 1
    assert "no draw without repeats exists" in draw.certificate


@pytest.mark.parametrize("n", [3000, 3001])
def test_a_large_draw_in_which_three_people_may_newly_meet_only_one_says_that_its_repeats_are_the_least(n: int) -> None:
    last_met = {(one, other): 1 + other % 9 for one in range(3) for other in range(one + 1, n - 1)}

    draw = pairing.draw(range(n), last_met=last_met, seed="1")

    assert draw.repeats == 1
    assert "no draw with fewer repeats exists" in draw.certificate
