"""Which method suits this draw: counting (few people), search (many), exact matching (what search leaves)."""

from dataclasses import dataclass
from itertools import combinations
from random import Random

import numpy as np

from unmentoring import pairing_exact, pairing_search, pairing_small
from unmentoring.pairing_costs import Costs, Places, Score
from unmentoring.pairing_search import Table
from unmentoring.pairing_small import Group, Prices

# Up to here every draw can be counted in a blink.
COUNTED_EVEN, COUNTED_ODD = 14, 11
# Up to here exact matching of everybody takes about a second; in tight groups few pairs are left, so more people fit.
EXACT_EVEN, EXACT_ODD = 100, 41
EXACT_PAIRS = 5_000
# How many pairs are solved exactly together when there are too many people for all of them.
POOLS = (20, 40, 60)


class KeepApartImpossible(ValueError):
    """No draw puts everybody with somebody and also keeps apart all who must be; `people` are those concerned."""

    def __init__(self, people: tuple[int, ...]) -> None:
        self.people = people
        names = ", ".join(str(person) for person in people)
        super().__init__(f"No draw was found that keeps everybody apart who must be kept apart (people {names}).")


@dataclass(frozen=True)
class Found:
    groups: list[Group]
    score: Score
    is_bound: bool = False
    is_optimum: bool = False


class Optimum:
    """Random draws of the best score for these costs, one per call of `draw`."""

    def __init__(self, costs: Costs) -> None:
        self.costs = costs
        self.bound = costs.bound()
        self.whole = costs.n // 2 + 3  # pairs of people in a whole draw, the three's included
        self.is_tight = False
        self.counted: pairing_small.Counted | None = None
        if costs.n <= (COUNTED_ODD if costs.n % 2 else COUNTED_EVEN):
            prices = self._prices(np.arange(costs.n), self.whole)
            self.counted = pairing_small.Counted(costs.n, prices, costs.three_prices(pairs=self.whole))

    def draw(self, rng: Random) -> Found:
        """Raises KeepApartImpossible rather than put people together who must be kept apart."""
        if self.counted:
            return self._found(self.counted.draw(rng), is_optimum=True)
        if not self.is_tight:
            table, score = pairing_search.search(self.costs, rng)
            if score == self.bound:
                return self._found(_groups(table))
            self.is_tight = True
            return self._draw_exactly(rng, table)
        return self._draw_exactly(rng, None)

    def _draw_exactly(self, rng: Random, table: Table | None) -> Found:
        groups, is_optimum = self._exact(rng)
        if groups is None and is_optimum:
            raise self._impossible()
        if groups is None:
            table = table or pairing_search.search(self.costs, rng)[0]
            self._polish(table, rng)
        else:
            table = _table(groups)
        pairing_search.settle(table, self.costs, rng)
        return self._found(_groups(table), is_optimum=is_optimum)

    def _exact(self, rng: Random) -> tuple[list[Group] | None, bool]:
        """The best draw of everybody (None: there is none, or there are too many people) and whether that is proven."""
        prices = self._prices(np.arange(self.costs.n), self.whole) if self.costs.n <= EXACT_PEOPLE else {}
        fresh = {pair: price for pair, price in prices.items() if price < self.costs.weights_for(self.whole).repeats}
        # Pairs who never met first: if they suffice, the others cannot help, and few pairs are quickly matched.
        if fresh and len(fresh) <= EXACT_PAIRS:
            groups, is_proven = self._match(fresh, rng)
            if groups:
                return groups, is_proven
        if self.costs.n <= (EXACT_ODD if self.costs.n % 2 else EXACT_EVEN):
            return self._match(prices, rng)
        return None, False

    def _match(self, prices: Prices, rng: Random) -> tuple[list[Group] | None, bool]:
        n = self.costs.n
        noisy = pairing_exact.noisy(prices, n, rng)
        if n % 2 == 0:
            pairs = pairing_exact.pairs(range(n), noisy)
            return (None if pairs is None else list(pairs)), True
        if n > EXACT_ODD:
            return None, False
        three_prices = [price * pairing_exact.unit(n) for price in self.costs.three_prices(pairs=self.whole)]
        return pairing_exact.with_a_three(n, noisy, three_prices)

    def _polish(self, table: Table, rng: Random) -> None:
        """Solve the worst pairs exactly, together with a growing pool of others taken by chance."""
        for size in POOLS:
            prices = self.costs.prices(*table.pairs.T)
            worst = [row for row in np.argsort(-prices, kind="stable")[: size // 2].tolist() if prices[row]]
            others = [row for row in range(len(prices)) if row not in set(worst)]
            rows = worst + pairing_search.shuffled(others, rng)[: size - len(worst)]
            places = np.sort(table.pairs[rows].ravel())
            noisy = pairing_exact.noisy(self._prices(places, len(rows)), len(places), rng)
            pairs = pairing_exact.pairs(places.tolist(), noisy)
            if pairs:
                table.pairs[rows] = pairs

    def _prices(self, places: Places, pairs: int) -> dict[tuple[int, int], int]:
        return self.costs.table(places, pairs=pairs)

    def _found(self, groups: list[Group] | None, *, is_optimum: bool = False) -> Found:
        if groups is None:
            raise self._impossible()
        table = _table(groups)
        score = self.costs.score(table.pairs, table.three)
        if score.apart:
            raise self._impossible()
        return Found(groups, score, is_bound=score == self.bound, is_optimum=is_optimum)

    def _impossible(self) -> KeepApartImpossible:
        places = sorted({place for key in self.costs.apart.tolist() for place in divmod(key, self.costs.n)})
        return KeepApartImpossible(tuple(int(self.costs.ids[place]) for place in places))


# Beyond this the table of all pairs is not worth its memory.
EXACT_PEOPLE = 400


def _table(groups: list[Group]) -> Table:
    three = next((group for group in groups if len(group) == 3), ())
    return Table(np.array([g for g in groups if len(g) == 2], dtype=np.int64).reshape(-1, 2), three)


def _groups(table: Table) -> list[Group]:
    pairs: list[Group] = [(a, b) for a, b in table.pairs.tolist()]
    return [*pairs, table.three] if table.three else pairs


def pairs_of(groups: list[Group]) -> set[tuple[int, int]]:
    """The pairs of people who meet: one per pairing of two, three per three."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}
