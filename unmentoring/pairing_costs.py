"""What a draw would rather avoid, in order, as numbers. People are places 0 … n-1 in the sorted list of ids."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]

# A move rearranges two pairs, or one three and one pair: never more than four pairs of people at once.
PAIRS_IN_A_MOVE = 4
LARGEST = 2**62


class Score(NamedTuple):
    """How good a draw is: compare as a tuple, smaller is better.

    `three` adds up how recently the members of the three were in one before (0 = longest ago or never);
    `recency` adds up, over repeated pairs, how many rounds after the oldest known meeting they met.
    """

    apart: int = 0
    repeats: int = 0
    three: int = 0
    recency: int = 0
    organisation: int = 0
    sector: int = 0


class Costs:
    """The facts of one draw, ready to be asked about many pairs at once."""

    def __init__(
        self,
        people: Collection[int],
        *,
        organisation: Mapping[int, str | None],
        sector: Mapping[int, str | None],
        last_met: Mapping[tuple[int, int], int],
        keep_apart: Collection[tuple[int, int]],
        last_three: Mapping[int, int],
    ) -> None:
        self.ids = np.array(sorted(set(people)), dtype=np.int64)
        self.n = len(self.ids)
        self.here = np.arange(self.n)
        self.organisations = _codes(organisation.get(int(p)) for p in self.ids)
        self.sectors = _codes(sector.get(int(p)) for p in self.ids)
        self.met, self.recency = self._history(last_met)
        self.apart, _ = self._known_pairs(keep_apart, np.zeros(len(keep_apart), dtype=np.int64))
        self.waited = _ranks([last_three.get(int(p)) for p in self.ids])
        self.weights = self.weights_for(PAIRS_IN_A_MOVE)
        if self.weights.apart * (PAIRS_IN_A_MOVE + 1) > LARGEST:
            raise ValueError("round numbers are too far apart to be compared")

    def _history(self, last_met: Mapping[tuple[int, int], int]) -> tuple[Places, Places]:
        rounds = np.fromiter(last_met.values(), dtype=np.int64, count=len(last_met))
        keys, rounds = self._known_pairs(last_met, rounds)
        return keys, rounds - rounds.min(initial=int(rounds[0])) if len(rounds) else rounds

    def _known_pairs(self, pairs: Collection[tuple[int, int]], values: Places) -> tuple[Places, Places]:
        """Sorted keys of the pairs who are both here, and the largest value of each."""
        flat = np.fromiter(chain.from_iterable(pairs), dtype=np.int64, count=2 * len(pairs))
        if not self.n or not len(flat):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        where = np.minimum(np.searchsorted(self.ids, flat), self.n - 1)
        here = (self.ids[where] == flat).reshape(-1, 2).all(axis=1)
        a, b = where.reshape(-1, 2)[here].T
        keys, values = self.keys(a, b), values[here]
        order = np.lexsort((values, keys))
        keys, values = keys[order], values[order]
        last = np.append(keys[1:] != keys[:-1], True) if len(keys) else np.zeros(0, dtype=bool)
        return keys[last], values[last]

    def keys(self, a: Places, b: Places) -> Places:
        return np.minimum(a, b) * self.n + np.maximum(a, b)

    def weights_for(self, pairs: int) -> Score:
        """What one unit of each level costs, so that this many pairs can never outweigh one unit of a higher level."""
        most = Score(1, 1, 3 * int(self.waited.max(initial=0)), int(self.recency.max(initial=0)), 1, 1)
        weights = [1]
        for level in reversed(most[1:]):
            weights.append(weights[-1] * (pairs * level + 1))
        return Score(*reversed(weights))

    def prices(self, a: Places, b: Places) -> Places:
        """One number per pair; sums over a single move compare as Scores do."""
        weights = self.weights
        met, recency = self._look_up(a, b)
        total = met * weights.repeats + recency * weights.recency
        total += (self.organisations[a] == self.organisations[b]) * weights.organisation
        total += (self.sectors[a] == self.sectors[b]) * weights.sector
        return total + self._is_apart(a, b) * weights.apart

    def _look_up(self, a: Places, b: Places) -> tuple[NDArray[np.bool_], Places]:
        if not len(self.met):
            return np.zeros(len(a), dtype=bool), np.zeros(len(a), dtype=np.int64)
        keys = self.keys(a, b)
        where = np.minimum(np.searchsorted(self.met, keys), len(self.met) - 1)
        met = self.met[where] == keys
        return met, np.where(met, self.recency[where], 0)

    def _is_apart(self, a: Places, b: Places) -> NDArray[np.bool_]:
        if not len(self.apart):
            return np.zeros(len(a), dtype=bool)
        keys = self.keys(a, b)
        where = np.minimum(np.searchsorted(self.apart, keys), len(self.apart) - 1)
        found: NDArray[np.bool_] = self.apart[where] == keys
        return found

    def three_price(self, three: Sequence[int]) -> int:
        a, b = np.array(list(combinations(three, 2))).T
        return int(self.prices(a, b).sum()) + int(self.waited[list(three)].sum()) * self.weights.three

    def score(self, pairs: Places, three: Sequence[int]) -> Score:
        """The Score of a whole draw. `pairs` has two columns; `three` has three places or none."""
        both = np.concatenate([pairs, np.array(list(combinations(three, 2)), dtype=np.int64).reshape(-1, 2)])
        a, b = both.T
        met, recency = self._look_up(a, b)
        return Score(
            int(self._is_apart(a, b).sum()),
            int(met.sum()),
            int(self.waited[list(three)].sum()),
            int(recency.sum()),
            int((self.organisations[a] == self.organisations[b]).sum()),
            int((self.sectors[a] == self.sectors[b]).sum()),
        )

    def bound(self) -> Score:
        """What no draw can be better than, level by level: cheap to know, often reached.

        Somebody who has met everybody repeats whatever we do; people of one organisation (or sector) beyond half
        of all must meet each other; a three holds nobody fresher than the three who waited longest.
        """
        repeats, recency = self._forced_repeats()
        three = int(np.sort(self.waited)[:3].sum()) if self.n % 2 else 0
        return Score(0, repeats, three, recency, self._majority(self.organisations), self._majority(self.sectors))

    def _forced_repeats(self) -> tuple[int, int]:
        ends = np.concatenate([self.met // self.n, self.met % self.n]) if self.n else self.met
        forced = np.bincount(ends, minlength=self.n) == self.n - 1
        if self.n < 2 or not forced.any():
            return 0, 0
        oldest = np.full(self.n, self.recency.max())
        np.minimum.at(oldest, ends, np.concatenate([self.recency, self.recency]))
        # A three with fewer than three others outside costs a repeat more than two people in a pair would.
        extra = self.n % 2 if self.n - forced.sum() < 3 else 0
        return -(-int(forced.sum()) // 2) + extra, -(-int(oldest[forced].sum()) // 2)

    def _majority(self, codes: Places) -> int:
        largest = int(np.unique(codes, return_counts=True)[1].max(initial=0))
        return max(0, largest - self.n // 2) + (self.n % 2 if largest == self.n else 0)

    def table(self, places: Places, *, pairs: int, only_fresh: bool = False) -> dict[tuple[int, int], int]:
        """The exact price of every pair among `places` that is not kept apart, for sums over this many pairs.

        With `only_fresh`, pairs who met before are left out too.
        """
        weights = self.weights_for(pairs)
        a, b = (places[side] for side in np.triu_indices(len(places), 1))
        met, recency = self._look_up(a, b)
        allowed = ~self._is_apart(a, b) & ~(met & only_fresh)
        same_organisation = self.organisations[a] == self.organisations[b]
        same_sector = self.sectors[a] == self.sectors[b]
        columns = (x[allowed].tolist() for x in (a, b, met, recency, same_organisation, same_sector))
        return {
            (i, j): m * weights.repeats + r * weights.recency + o * weights.organisation + s * weights.sector
            for i, j, m, r, o, s in zip(*columns, strict=True)
        }

    def fresh_pairs(self) -> int:
        """How many pairs never met, those kept apart included."""
        return self.n * (self.n - 1) // 2 - len(self.met)

    def three_prices(self, *, pairs: int) -> list[int]:
        """What each person adds to the price of the three, for sums over this many pairs."""
        return [rank * self.weights_for(pairs).three for rank in self.waited.tolist()]


def _codes(names: Iterable[str | None]) -> Places:
    """Equal numbers for equal names; a number of its own for everybody without one."""
    seen: dict[str, int] = {}
    return np.array(
        [-1 - i if not name else seen.setdefault(name, len(seen)) for i, name in enumerate(names)], np.int64
    )


def _ranks(rounds: Sequence[int | None]) -> Places:
    """0 for never, then 1, 2, … by how recent."""
    order = {number: rank for rank, number in enumerate(sorted({r for r in rounds if r is not None}), start=1)}
    return np.array([0 if r is None else order[r] for r in rounds], dtype=np.int64)
