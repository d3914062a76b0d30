"""Every possible draw of a few people and its score, written the slow and obvious way to compare with."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

Group = tuple[int, ...]
Pair = tuple[int, int]


class Facts(NamedTuple):
    """What a draw is told, as keyword arguments of `pairing.draw`."""

    organisation: Mapping[int, str | None] = {}
    sector: Mapping[int, str | None] = {}
    last_met: Mapping[Pair, int] = {}
    keep_apart: Collection[Pair] = ()
    last_three: Mapping[int, int] = {}


def every_draw(people: Sequence[int]) -> Iterator[list[Group]]:
    """All ways to make pairs, with one three if the number is odd; groups and their members in order."""
    if not people:
        yield []
        return
    first, *others = people
    sizes = (1, 2) if len(people) % 2 else (1,)
    for size in sizes:
        for with_first in combinations(others, size):
            rest = [person for person in others if person not in with_first]
            yield from (sorted([(first, *with_first), *more]) for more in every_draw(rest))


def best_draws(people: Sequence[int], facts: Facts) -> list[list[Group]]:
    """All that are equally good and best; none if people who must be kept apart leave none."""
    scored = [(score(groups, facts), groups) for groups in every_draw(sorted(people))]
    best = min((levels for levels, _ in scored if not levels[0]), default=None)
    return [groups for levels, groups in scored if levels == best]


def score(groups: Sequence[Group], facts: Facts) -> tuple[int, ...]:
    """The levels that count, in order, smaller is better (recency is a sum of plain round numbers)."""
    pairs = [pair for group in groups for pair in combinations(sorted(group), 2)]
    met = [facts.last_met[pair] for pair in pairs if pair in facts.last_met]
    apart = {(min(pair), max(pair)) for pair in facts.keep_apart}
    three = [person for group in groups if len(group) == 3 for person in group]
    return (
        sum(pair in apart for pair in pairs),
        len(met),
        sum(_rank(person, facts) for person in three),
        sum(met),
        sum(_same(facts.organisation, pair) for pair in pairs),
        sum(_same(facts.sector, pair) for pair in pairs),
    )


def _rank(person: int, facts: Facts) -> int:
    rounds = sorted(set(facts.last_three.values()))
    return rounds.index(facts.last_three[person]) + 1 if person in facts.last_three else 0


def _same(names: Mapping[int, str | None], pair: Pair) -> bool:
    return bool(names.get(pair[0])) and names.get(pair[0]) == names.get(pair[1])
