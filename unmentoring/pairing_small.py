"""Few people: count every best draw, then take one, so that all are exactly equally likely."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from random import Random

Group = tuple[int, ...]
Prices = Mapping[tuple[int, int], int]


class Counted:
    """Every cheapest draw of places 0 … n-1, counted once, ready for many throws of the dice.

    A pair that is missing from `prices` may not meet. Dynamic programming over the people left (Held & Karp 1962,
    doi:10.1137/0110015): about 2^n steps, so for up to about 18 people.
    """

    def __init__(self, n: int, prices: Prices, three_prices: Sequence[int]) -> None:
        self.prices = prices
        self.three_prices = three_prices
        self.everybody = (1 << n) - 1
        self.known: dict[int, tuple[int, int]] = {0: (0, 1)}

    def draw(self, rng: Random) -> list[Group] | None:
        """One of the cheapest draws, each equally likely; None if the pairs that may not meet leave no draw."""
        if not self._best(self.everybody)[1]:
            return None
        groups: list[Group] = []
        left = self.everybody
        while left:
            group, left = self._choose(left, rng)
            groups.append(group)
        return groups

    def _choose(self, left: int, rng: Random) -> tuple[Group, int]:
        least, ways = self._best(left)
        ticket = int(rng.random() * ways)
        for group, rest, price in self._options(left):
            total, count = self._best(rest)
            ticket -= count if price + total == least else 0
            if ticket < 0:
                return group, rest
        raise AssertionError("the ways were counted wrongly")

    def _best(self, left: int) -> tuple[int, int]:
        """The least price for these people, and in how many ways it is reached (0: in none)."""
        if left not in self.known:
            ends = [(price, *self._best(rest)) for _, rest, price in self._options(left)]
            least = min((price + total for price, total, ways in ends if ways), default=0)
            self.known[left] = least, sum(ways for price, total, ways in ends if price + total == least)
        return self.known[left]

    def _options(self, left: int) -> Iterator[tuple[Group, int, int]]:
        """With whom the first of these people could be: the group, who is left then, and what it costs."""
        first, *others = [place for place in range(left.bit_length()) if left >> place & 1]
        for other in others:
            if (first, other) in self.prices:
                yield (first, other), left & ~(1 << first | 1 << other), self.prices[first, other]
        if len(others) % 2 == 0:
            for second, third in combinations(others, 2):
                price = price_of_three((first, second, third), self.prices, self.three_prices)
                if price is not None:
                    yield (first, second, third), left & ~(1 << first | 1 << second | 1 << third), price


def price_of_three(three: tuple[int, int, int], prices: Prices, three_prices: Sequence[int]) -> int | None:
    pairs = list(combinations(three, 2))
    if any(pair not in prices for pair in pairs):
        return None
    return sum(prices[pair] for pair in pairs) + sum(three_prices[place] for place in three)
