"""No draw is better: compared with exact matching on many tight cases, where a careless draw would be worse."""

from itertools import combinations
from random import Random

import networkx
import pytest

from tests.unmentoring.every_draw import Facts, Group, best_draws, score
from unmentoring import pairing, pairing_costs, pairing_exact, pairing_small


def tight_facts(n: int, rng: Random) -> Facts:
    """Most pairs have met, there are few organisations, and some must be kept apart."""
    met, apart = rng.uniform(0.5, 1.0), rng.choice([0, 0, 0.05])
    return Facts(
        organisation={person: rng.choice("abc") for person in range(n)},
        sector={person: rng.choice("xyz") for person in range(n)},
        last_met={pair: rng.randint(1, 12) for pair in combinations(range(n), 2) if rng.random() < met},
        keep_apart=[pair for pair in combinations(range(n), 2) if rng.random() < apart],
        last_three={person: rng.randint(1, 12) for person in range(n) if rng.random() < 0.7},
    )


def exact_pairs(n: int, facts: Facts) -> list[Group] | None:
    """Minimum-weight perfect matching with weights so far apart that sums compare level by level."""
    graph = networkx.Graph()
    for pair in combinations(range(n), 2):
        levels = score([pair], facts)
        if not levels[0]:
            graph.add_edge(*pair, weight=sum(level * 1000 ** (5 - i) for i, level in enumerate(levels)))
    pairs = networkx.min_weight_matching(graph)
    return [tuple(sorted(pair)) for pair in pairs] if 2 * len(pairs) == n else None


@pytest.mark.parametrize("n", [4, 6, 10, 16, 18, 20, 26])
def test_tight_draws_of_even_numbers_equal_the_exact_optimum(n: int) -> None:
    for number in range(60):
        facts = tight_facts(n, Random(1000 * n + number))
        exact = exact_pairs(n, facts)
        if exact is None:
            with pytest.raises(pairing.KeepApartImpossible):
                pairing.draw(range(n), **facts._asdict(), seed=f"{number}")
            continue

        draw = pairing.draw(range(n), **facts._asdict(), seed=f"{number}")

        assert score(draw.groups, facts) == score(exact, facts)


@pytest.mark.parametrize(("n", "cases"), [(5, 40), (7, 40), (9, 10)])
def test_tight_draws_of_odd_numbers_equal_the_best_of_all_draws(n: int, cases: int) -> None:
    for number in range(cases):
        facts = tight_facts(n, Random(1000 * n + number))
        best = best_draws(range(n), facts)
        if not best:
            with pytest.raises(pairing.KeepApartImpossible):
                pairing.draw(range(n), **facts._asdict(), seed=f"{number}")
            continue

        assert pairing.draw(range(n), **facts._asdict(), seed=f"{number}").groups in best


@pytest.mark.parametrize("n", [5, 7, 9, 11, 13])
def test_exact_matching_with_a_three_agrees_with_counting(n: int) -> None:
    for number in range(12):
        facts = tight_facts(n, Random(2000 * n + number))
        costs = pairing_costs.Costs(range(n), **facts._asdict())
        prices, three_prices = costs.table(costs.here, pairs=n), costs.three_prices(pairs=n)
        counted = pairing_small.Counted(n, prices, three_prices).draw(Random(1))
        noisy = pairing_exact.noisy(prices, n, Random(number))
        scaled = [price * pairing_exact.unit(n) for price in three_prices]

        matched, is_proven = pairing_exact.with_a_three(n, noisy, scaled)

        assert (matched is None) == (counted is None)
        if matched and counted:
            assert is_proven
            assert score(matched, facts) == score(counted, facts)


@pytest.mark.parametrize("n", [17, 19, 23])
def test_tight_draws_of_larger_odd_numbers_are_proven_optimal(n: int) -> None:
    for number in range(4):
        facts = tight_facts(n, Random(3000 * n + number))._replace(keep_apart=())

        draw = pairing.draw(range(n), **facts._asdict(), seed=f"{number}")

        assert draw.certificate.startswith(("equals", "nothing"))


@pytest.mark.parametrize("n", [16, 30, 100, 200])
def test_the_last_month_of_a_fixed_group_is_found_though_only_one_draw_is_left(n: int) -> None:
    last_met = {pair: month for month in range(1, n - 1) for pair in round_robin(n, month)}

    draw = pairing.draw(range(n), last_met=last_met, seed="1")

    assert (draw.groups, draw.repeats) == (sorted(round_robin(n, n - 1)), 0)


def test_a_large_group_with_one_person_who_has_met_everybody_repeats_once_and_says_why() -> None:
    last_met = {(0, other): 1 + other % 24 for other in range(1, 5000)}

    draw = pairing.draw(range(5000), last_met=last_met, seed="1")

    assert (draw.repeats, next(last_met[group] for group in draw.groups if group in last_met)) == (1, 1)
    assert draw.certificate.startswith("equals a bound: 1 repeat, ")


def round_robin(n: int, month: int) -> list[tuple[int, int]]:
    """The circle method: n - 1 months in which everybody meets everybody."""
    others = [((month + i) % (n - 1), (month - i) % (n - 1)) for i in range(1, n // 2)]
    return [(min(pair), max(pair)) for pair in [*others, (month % (n - 1), n - 1)]]
