"""Which method suits this draw: counting (few people), search (many), exact matching (what search leaves)."""

from collections import Counter
from dataclasses import dataclass, replace
from itertools import combinations
from random import Random

import numpy as np

from unmentoring import pairing_bound, pairing_exact, pairing_search, pairing_small
from unmentoring.pairing_costs import Costs, Score
from unmentoring.pairing_search import Table
from unmentoring.pairing_small import Group, Prices

# Up to here every draw can be counted in a blink.
COUNTED_EVEN, COUNTED_ODD = 18, 15
# Up to here exact matching of everybody takes about a second; in tight groups few pairs are left, so more people fit.
EXACT_EVEN, EXACT_ODD = 100, 41
EXACT_PAIRS, EXACT_PEOPLE = 5_000, 2_000
# How many pairs are solved exactly together when there are too many people for all of them.
POOLS = (20, 40, 60)
# How many who would suit them better join the pool for each badly placed person.
SUITABLE = 2


# How many people an error names.
NAMED = 10


class KeepApartImpossible(ValueError):
    """No draw puts everybody with somebody and also keeps apart all who must be; `people` are those concerned."""

    def __init__(self, people: tuple[int, ...]) -> None:
        self.people = people
        names = ", ".join(str(person) for person in people[:NAMED]) + (" and others" if people[NAMED:] else "")
        super().__init__(f"No draw was found that keeps apart all who must be kept apart (people {names}).")


@dataclass(frozen=True)
class Found:
    groups: list[Group]
    score: Score
    bound: Score
    is_optimum: bool = False

    @property
    def is_bound(self) -> bool:
        return self.score == self.bound


class Optimum:
    """Random draws of the best score for these costs, one per call of `draw`."""

    def __init__(self, costs: Costs) -> None:
        self.costs = costs
        self.bound = costs.bound()
        self.whole = costs.n // 2 + 3  # pairs of people in a whole draw, the three's included
        self.is_easy = True
        self.is_searchable = True
        self.counted: pairing_small.Counted | None = None

    def draw(self, rng: Random) -> Found:
        """Raises KeepApartImpossible rather than put people together who must be kept apart."""
        table = pairing_search.lucky_shuffle(self.costs, rng) if self.is_easy else None
        if table:
            return self._found(_groups(table))
        self.is_easy = False
        if self.costs.n <= (COUNTED_ODD if self.costs.n % 2 else COUNTED_EVEN):
            return self._draw_counted(rng)
        return (self._draw_by_search(rng) if self.is_searchable else None) or self._draw_exactly(rng)

    def _draw_counted(self, rng: Random) -> Found:
        if not self.counted:
            three_prices = self.costs.three_prices(pairs=self.whole)
            self.counted = pairing_small.Counted(self.costs.n, self._prices(), three_prices)
        return self._found(self.counted.draw(rng), is_optimum=True)

    def _draw_by_search(self, rng: Random) -> Found | None:
        table, score = pairing_search.search(self.costs, rng)
        self.is_searchable = score == self.bound
        return self._found(_groups(table)) if self.is_searchable else None

    def _draw_exactly(self, rng: Random) -> Found:
        groups, is_optimum = self._exact(rng)
        if groups is None and is_optimum:
            raise self._impossible()
        table = _table(groups) if groups else self._polished(rng)
        pairing_search.settle(table, self.costs, rng)
        found = self._found(_groups(table), is_optimum=is_optimum)
        return found if is_optimum else replace(found, bound=self._better_bound(found))

    def _better_bound(self, found: Found) -> Score:
        """At a cost that is only worth it when repeats are left that may be unavoidable."""
        if found.score.repeats <= self.bound.repeats:
            return self.bound
        repeats = max(self.bound.repeats, pairing_bound.least_repeats(self.costs))
        return self.bound._replace(repeats=repeats)

    def _exact(self, rng: Random) -> tuple[list[Group] | None, bool]:
        """The best draw of everybody (None: there is none, or there are too many people) and whether that is proven."""
        # Pairs who never met first: if they suffice, the others cannot help, and few pairs are quickly matched.
        if self.costs.fresh_pairs() <= EXACT_PAIRS and self.costs.n <= EXACT_PEOPLE:
            groups, is_proven = self._match(self._prices(only_fresh=True), rng)
            if groups:
                return groups, is_proven
        if self.costs.n <= (EXACT_ODD if self.costs.n % 2 else EXACT_EVEN):
            return self._match(self._prices(), rng)
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

    def _polished(self, rng: Random) -> Table:
        """Search, then solve the worst pairs exactly with a growing pool: who suits them best, and others by chance."""
        table, _ = pairing_search.search(self.costs, rng)
        for size in POOLS:
            rows = self._pool(table, size, rng)
            places = np.sort(table.pairs[rows].ravel())
            prices = self.costs.table(places, pairs=len(rows))
            pairs = pairing_exact.pairs(places.tolist(), pairing_exact.noisy(prices, len(places), rng))
            if pairs:
                table.pairs[rows] = pairs
        return table

    def _pool(self, table: Table, size: int, rng: Random) -> list[int]:
        """Rows of the table, the worst ones first."""
        prices = self.costs.prices(*table.pairs.T)
        worst = [row for row in np.argsort(-prices, kind="stable")[: size // 4].tolist() if prices[row]]
        others = pairing_search.shuffled(list(range(len(prices))), rng)
        suitable = self._rows_of_suitable(table, worst, rng)
        return list(dict.fromkeys([*worst, *suitable, *others]))[:size]

    def _rows_of_suitable(self, table: Table, worst: list[int], rng: Random) -> list[int]:
        """Where those sit who would suit the people in the worst rows best."""
        everybody = np.array(pairing_search.shuffled(table.pairs.ravel().tolist(), rng), dtype=np.int64)
        row_of = np.zeros(self.costs.n, dtype=np.int64)
        row_of[table.pairs] = np.arange(len(table.pairs))[:, None]
        rows: list[int] = []
        for person in table.pairs[worst].ravel().tolist():
            others = everybody[everybody != person]
            prices = self.costs.prices(np.full(len(others), person), others)
            rows += row_of[others[np.argsort(prices, kind="stable")[:SUITABLE]]].tolist()
        return rows

    def _prices(self, *, only_fresh: bool = False) -> dict[tuple[int, int], int]:
        return self.costs.table(self.costs.here, pairs=self.whole, only_fresh=only_fresh)

    def _found(self, groups: list[Group] | None, *, is_optimum: bool = False) -> Found:
        if groups is None:
            raise self._impossible()
        table = _table(groups)
        score = self.costs.score(table.pairs, table.three)
        if score.apart:
            raise self._impossible()
        return Found(groups, score, self.bound, is_optimum=is_optimum)

    def _impossible(self) -> KeepApartImpossible:
        ends = [place for key in self.costs.apart.tolist() for place in divmod(key, self.costs.n)]
        times = Counter(ends)
        from_everybody = [place for place in times if times[place] == self.costs.n - 1]
        return KeepApartImpossible(tuple(int(self.costs.ids[p]) for p in sorted(from_everybody or times)))


def _table(groups: list[Group]) -> Table:
    three = next((group for group in groups if len(group) == 3), ())
    return Table(np.array([g for g in groups if len(g) == 2], dtype=np.int64).reshape(-1, 2), three)


def _groups(table: Table) -> list[Group]:
    pairs: list[Group] = [(a, b) for a, b in table.pairs.tolist()]
    return [*pairs, table.three] if table.three else pairs


def pairs_of(groups: list[Group]) -> set[tuple[int, int]]:
    """The pairs of people who meet: one per pairing of two, three per three."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}
