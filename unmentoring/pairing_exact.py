"""The exact optimum, for what swaps leave unsolved: minimum-weight perfect matching (Edmonds 1965).

Each pair's price gets a little random noise, too small to change which draws are cheapest. So the optimum is unique:
chance chooses among equals, and any correct matching library, in any version, gives the same answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from random import Random

import networkx

from unmentoring.pairing_small import Group, Prices, price_of_three

Pair = tuple[int, int]

NOISE = 2**40
# How many threes are tried one by one before we stop claiming a proof.
THREES_TRIED = 60


def noisy(prices: Prices, n: int, rng: Random) -> dict[Pair, int]:
    """Prices in units of `unit(n)`, plus noise."""
    return {pair: prices[pair] * unit(n) + int(rng.random() * NOISE) for pair in sorted(prices)}


def unit(n: int) -> int:
    """More than all the noise in a draw of n people."""
    return NOISE * (n + 3)


def pairs(places: Iterable[int], prices: Prices) -> list[Pair] | None:
    """The cheapest way to put all these people in pairs, or None if the pairs that are priced leave no way."""
    places = list(places)
    here = set(places)
    edges = {pair: price for pair, price in prices.items() if pair[0] in here and pair[1] in here}
    matched = largest_matching(edges)
    return matched if 2 * len(matched) == len(places) else None


def largest_matching(edges: Mapping[Pair, int]) -> list[Pair]:
    top = max(edges.values(), default=0) + 1
    graph = networkx.Graph()
    graph.add_weighted_edges_from((a, b, top - price) for (a, b), price in edges.items())
    found = networkx.max_weight_matching(graph, maxcardinality=True)
    return sorted((min(a, b), max(a, b)) for a, b in found)


def total(groups: Iterable[Group], prices: Prices, three_prices: Sequence[int]) -> int:
    return sum(_price(group, prices, three_prices) for group in groups)


def _price(group: Group, prices: Prices, three_prices: Sequence[int]) -> int:
    extra = sum(three_prices[place] for place in group) if len(group) == 3 else 0
    return extra + sum(prices[pair] for pair in combinations(sorted(group), 2))


def with_a_three(n: int, prices: Prices, three_prices: Sequence[int]) -> tuple[list[Group] | None, bool]:
    """The cheapest draw of an odd number of people, and whether that is proven.

    Let b be in the middle of the three: a–b–c without the price of a–c is a matching in which b may be used twice.
    It bounds every three with b from below, and its own three from above. What the bounds leave open is tried.
    `three_prices` are in units of `unit(n)`, `prices` are noisy.
    """
    paths = [_through(middle, n, prices, three_prices) for middle in range(n)]
    best: list[Group] | None = None
    for tried, (bound, three) in enumerate(_threes(n, prices, three_prices, paths)):
        if best and bound // unit(n) >= total(best, prices, three_prices) // unit(n):
            return best, True
        if tried == THREES_TRIED:
            return best, False
        best = _cheaper(best, _around(three, n, prices), prices, three_prices)
    return best, True


def _through(middle: int, n: int, prices: Prices, three_prices: Sequence[int]) -> int | None:
    """The least price of a draw with `middle` in the middle of the three, the other two's price left out."""
    twin = n
    edges = dict(prices)
    for other in range(n):
        pair = min(middle, other), max(middle, other)
        if pair in prices:
            edges[pair] = edges[other, twin] = prices[pair] + three_prices[other]
    matched = pairs(range(n + 1), edges)
    return None if matched is None else three_prices[middle] + sum(edges[pair] for pair in matched)


def _threes(
    n: int, prices: Prices, three_prices: Sequence[int], paths: Sequence[int | None]
) -> list[tuple[int, tuple[int, int, int]]]:
    """Every possible three with the least a draw around it can cost, cheapest first."""
    found = []
    for a, b, c in combinations([place for place in range(n) if paths[place] is not None], 3):
        if price_of_three((a, b, c), prices, three_prices) is not None:
            opposite = (prices[b, c], prices[a, c], prices[a, b])
            found.append((max((paths[p] or 0) + o for p, o in zip((a, b, c), opposite, strict=True)), (a, b, c)))
    return sorted(found)


def _around(three: tuple[int, int, int], n: int, prices: Prices) -> list[Group] | None:
    rest = pairs([place for place in range(n) if place not in three], prices)
    return None if rest is None else [three, *rest]


def _cheaper(
    one: list[Group] | None, two: list[Group] | None, prices: Prices, three_prices: Sequence[int]
) -> list[Group] | None:
    if one is None or two is None:
        return one or two
    return min(one, two, key=lambda groups: total(groups, prices, three_prices))
