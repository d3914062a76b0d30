"""Small fixed groups: does a draw leave a next month without repeats?

A group of n can meet for n - 1 months without a repeat, but a careless draw ends this early: what is left of the
pairs who never met may have no perfect matching. So we prefer, among equally good draws, one that leaves a way on.
"""

from collections import Counter
from collections.abc import Set as AbstractSet
from itertools import combinations
from random import Random

from unmentoring import pairing_exact

Pair = tuple[int, int]

FEWEST, MOST = 4, 60
# With this few partners left each, we look all the way to the end: how many matchings to try at each step.
TRIES_TO_THE_END = {2: 1, 3: 12, 4: 4, 5: 2, 6: 2}


def is_worth_it(n: int, unmet: AbstractSet[Pair]) -> bool:
    """False if there are too many people to worry, or somebody has only one partner left whatever we do."""
    return FEWEST <= n <= MOST and min(_degrees(n, unmet)) >= 2


def can_go_on(n: int, left: AbstractSet[Pair], rng: Random) -> bool:
    """Whether a draw without repeats is possible with the pairs that are `left` (exact for even n, likely for odd)."""
    degrees = _degrees(n, left)
    # Dirac 1952, doi:10.1112/plms/s3-2.1.69: who may meet half of the others can always be matched.
    if 2 * min(degrees) >= n + 3 * (n % 2):
        return True
    if n % 2:
        return len(_random_matching(left, rng)) == n // 2 and _has_a_three(n, left)
    if max(degrees) == min(degrees) in TRIES_TO_THE_END:
        return _lasts(n, left, degrees[0], rng)
    return len(_random_matching(left, rng)) == n // 2


def _degrees(n: int, pairs: AbstractSet[Pair]) -> list[int]:
    partners = Counter(place for pair in pairs for place in pair)
    return [partners[place] for place in range(n)]


def _lasts(n: int, left: AbstractSet[Pair], months: int, rng: Random) -> bool:
    """Whether everybody can meet all who are left, one each month (a 1-factorisation)."""
    if months <= 1:
        return True
    for _ in range(TRIES_TO_THE_END[months]):
        month = _random_matching(left, rng)
        if len(month) < n // 2:
            return False
        if _lasts(n, left - month, months - 1, rng):
            return True
    return False


def _random_matching(pairs: AbstractSet[Pair], rng: Random) -> frozenset[Pair]:
    return frozenset(pairing_exact.largest_matching({pair: int(rng.random() * 2**40) for pair in sorted(pairs)}))


def _has_a_three(n: int, pairs: AbstractSet[Pair]) -> bool:
    return any({(a, b), (a, c), (b, c)} <= pairs for a, b, c in combinations(range(n), 3))
