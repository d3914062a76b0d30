"""Many people: shuffle, keep a perfect shuffle, otherwise repair it by swaps and mix what comes out.

Repair alone would favour some draws. Swaps that cost nothing, proposed symmetrically and often enough, forget where
they started (switch chain on perfect matchings, Diaconis, Graham & Holmes 2001, doi:10.1214/lnms/1215090070).
"""

from dataclasses import dataclass
from heapq import nsmallest
from itertools import combinations
from math import log
from random import Random

import numpy as np

from unmentoring.pairing_costs import Costs, Places, Score

# A shuffle is thrown away while a perfect one can be hoped for: with this many bad pairs one in e^5 is perfect.
MOST_BAD_PAIRS = 5
SHUFFLES, PEOPLE_SHUFFLED = 100, 20_000
MOVES_OF_THE_THREE = 3
SPLITS_OF_FIVE = [(three, tuple(i for i in range(5) if i not in three)) for three in combinations(range(5), 3)]


@dataclass
class Table:
    """Who sits with whom: one row per pair, and the three or nobody."""

    pairs: Places
    three: tuple[int, ...]


def shuffled(items: list[int], rng: Random) -> list[int]:
    """Fisher & Yates over `random()` alone: the only method whose numbers Python promises never to change."""
    dice = rng.random
    for last in range(len(items) - 1, 0, -1):
        other = int(dice() * (last + 1))
        items[last], items[other] = items[other], items[last]
    return items


def shuffled_table(costs: Costs, rng: Random) -> Table:
    """Everybody seated by chance; the three, if one is needed, by chance among those who waited longest for it."""
    order = shuffled(list(range(costs.n)), rng)
    three: tuple[int, ...] = ()
    if costs.n % 2:
        waited = costs.waited.tolist()
        three = tuple(nsmallest(3, order, key=waited.__getitem__))
        order = [place for place in order if place not in three]
    return Table(np.array(order, dtype=np.int64).reshape(-1, 2), three)


def lucky_shuffle(costs: Costs, rng: Random) -> Table | None:
    """A shuffle that happens to be perfect, and so is exactly uniform among the perfect ones; None if none came up."""
    bound = costs.bound()
    for _ in range(min(SHUFFLES, 1 + PEOPLE_SHUFFLED // costs.n)):
        table = shuffled_table(costs, rng)
        score = costs.score(table.pairs, table.three)
        if score == bound:
            return table
        if _bad_pairs(score, bound) > MOST_BAD_PAIRS:
            return None
    return None


def search(costs: Costs, rng: Random) -> tuple[Table, Score]:
    """A random draw that swaps of two pairs do not improve."""
    table = shuffled_table(costs, rng)
    settle(table, costs, rng)
    return table, costs.score(table.pairs, table.three)


def _bad_pairs(score: Score, bound: Score) -> int:
    return score.apart + score.repeats + score.organisation + score.sector - bound.organisation - bound.sector


def settle(table: Table, costs: Costs, rng: Random) -> None:
    """Swap until nothing has improved for as long as mixing takes: then it is as good as swaps make it, and mixed."""
    prices = costs.prices(*table.pairs.T)
    quiet = 0
    while quiet < sweeps_to_mix(len(table.pairs)):
        better = _sweep(table, prices, costs, rng)
        for _ in range(MOVES_OF_THE_THREE if table.three else 0):
            better |= _move_the_three(table, prices, costs, rng)
        quiet = 0 if better else quiet + 1


def sweeps_to_mix(pairs: int) -> int:
    """How often everybody is offered a swap: 400 + 2 N ln N swaps in all, N / 2 at a time."""
    return int((400 + 2 * pairs * log(max(pairs, 2))) / max(pairs // 2, 1)) + 1


def _sweep(table: Table, prices: Places, costs: Costs, rng: Random) -> bool:
    """Offer every pair a swap with one other pair; take each that costs nothing or helps. True if one helped."""
    order = np.argsort(_throws(len(table.pairs), rng), kind="stable")
    half = len(order) // 2
    one, two = order[:half], order[half : 2 * half]
    crossed = (_throws(half, rng) < 0.5).astype(np.int64)
    new_one = np.column_stack([table.pairs[one, 0], table.pairs[two, crossed]])
    new_two = np.column_stack([table.pairs[one, 1], table.pairs[two, 1 - crossed]])
    price_one, price_two = np.split(costs.prices(*np.concatenate([new_one, new_two]).T), 2)
    gain = prices[one] + prices[two] - price_one - price_two
    take = gain >= 0
    one, two = one[take], two[take]
    table.pairs[one], table.pairs[two] = new_one[take], new_two[take]
    prices[one], prices[two] = price_one[take], price_two[take]
    return bool((gain > 0).any())


def _throws(count: int, rng: Random) -> np.typing.NDArray[np.float64]:
    dice = rng.random
    return np.array([dice() for _ in range(count)])


def _move_the_three(table: Table, prices: Places, costs: Costs, rng: Random) -> bool:
    """Offer the three and one pair one of the ten ways to split five people. True if it helped."""
    if not len(table.pairs):
        return False
    row = int(rng.random() * len(table.pairs))
    five = [*table.three, *table.pairs[row].tolist()]
    three, pair = SPLITS_OF_FIVE[int(rng.random() * len(SPLITS_OF_FIVE))]
    new_three, new_pair = tuple(five[i] for i in three), np.array([five[i] for i in pair], dtype=np.int64)
    price = int(costs.prices(new_pair[:1], new_pair[1:])[0])
    gain = int(prices[row]) + costs.three_price(table.three) - price - costs.three_price(new_three)
    if gain >= 0:
        table.three, table.pairs[row], prices[row] = new_three, new_pair, price
    return gain > 0
