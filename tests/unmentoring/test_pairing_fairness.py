"""Every best draw is equally likely: counted against the list of all of them, with fixed seeds."""

from collections import Counter
from collections.abc import Callable
from random import Random

import numpy as np
import pytest
from scipy import stats

from tests.unmentoring.every_draw import Facts, Group, best_draws
from unmentoring import pairing, pairing_costs, pairing_exact, pairing_search

# A fair draw fails one test in a thousand seeds; the seeds are fixed, so a pass stays a pass.
SURE = 0.001


def is_uniform(draw: Callable[[int], list[Group]], among: list[list[Group]], *, each: int = 6) -> bool:
    """Chi-square over as many draws as make `each` expected per outcome; anything not among them is an error."""
    counts = Counter(str(draw(number)) for number in range(each * len(among)))
    assert set(counts) <= {str(groups) for groups in among}
    return bool(stats.chisquare([counts[str(groups)] for groups in among]).pvalue > SURE)


def drawn(people: list[int], facts: Facts) -> Callable[[int], list[Group]]:
    return lambda number: pairing.draw(people, **facts._asdict(), seed=f"fair {number}").groups


@pytest.mark.parametrize(("n", "draws"), [(4, 3), (5, 10), (6, 15), (7, 105), (8, 105), (9, 1260)])
def test_without_history_every_draw_is_equally_likely(n: int, draws: int) -> None:
    people = list(range(1, n + 1))

    among = best_draws(people, Facts())

    assert len(among) == draws
    assert is_uniform(drawn(people, Facts()), among)


def test_ten_people_have_945_equally_likely_draws() -> None:
    people = list(range(10, 110, 10))

    among = best_draws(people, Facts())

    assert len(among) == 945
    assert is_uniform(drawn(people, Facts()), among)


@pytest.mark.parametrize("n", [7, 8, 9, 10])
def test_with_history_every_draw_without_repeats_is_equally_likely(n: int) -> None:
    people = list(range(n))
    facts = Facts(last_met={(0, 1): 1, (2, 3): 1, (4, 5): 1, (0, 2): 2, (1, 4): 2, (3, 6): 2})

    assert is_uniform(drawn(people, facts), best_draws(people, facts))


@pytest.mark.parametrize("n", [7, 8, 9, 10])
def test_with_organisations_every_draw_that_mixes_them_is_equally_likely(n: int) -> None:
    people = list(range(n))
    facts = Facts(
        organisation={person: "abc"[person % 3] for person in people},
        sector={person: "council" if person % 3 else "police" for person in people},
        last_met={(0, 1): 1, (2, 4): 2},
    )

    assert is_uniform(drawn(people, facts), best_draws(people, facts), each=6)


def test_when_repeats_are_unavoidable_the_best_of_them_are_equally_likely() -> None:
    people = list(range(8))
    facts = Facts(last_met={(a, b): 1 + (a + b) % 2 for a in people for b in people if a < b})

    assert is_uniform(drawn(people, facts), best_draws(people, facts), each=30)


def test_ids_that_are_large_or_far_apart_are_no_better_or_worse() -> None:
    people = [3, 1_000_000_007, 12, 5_000_000_000, 77, 1]

    assert is_uniform(drawn(people, Facts()), best_draws(people, Facts()), each=40)


@pytest.mark.parametrize("n", [7, 8])
def test_search_by_swaps_forgets_where_it_started(n: int) -> None:
    people = list(range(n))
    facts = Facts(
        last_met={(0, 1): 1, (2, 3): 1, (4, 5): 1, (0, 2): 2, (1, 4): 2, (3, 6): 2},
        organisation={0: "a", 3: "a", 1: "b", 5: "b"},
    )
    costs = pairing_costs.Costs(people, **facts._asdict())

    def search(number: int) -> list[Group]:
        table, _ = pairing_search.search(costs, Random(number))
        return in_order(table)

    assert is_uniform(search, best_draws(people, facts), each=5)


def test_mixing_after_exact_matching_makes_it_fair() -> None:
    people = list(range(8))
    facts = Facts(last_met={(0, 1): 1, (2, 3): 1, (4, 5): 1, (6, 7): 1, (0, 2): 2, (1, 3): 2, (4, 6): 2, (5, 7): 2})
    costs = pairing_costs.Costs(people, **facts._asdict())
    prices = costs.table(costs.here, pairs=7)

    def match(number: int) -> list[Group]:
        rng = Random(number)
        pairs = pairing_exact.pairs(people, pairing_exact.noisy(prices, 8, rng))
        table = pairing_search.Table(np.array(pairs), ())
        pairing_search.settle(table, costs, rng)
        return in_order(table)

    assert is_uniform(match, best_draws(people, facts), each=5)


def in_order(table: pairing_search.Table) -> list[Group]:
    groups: list[Group] = [tuple(sorted(pair)) for pair in table.pairs.tolist()]
    return sorted([*groups, tuple(sorted(table.three))] if table.three else groups)
