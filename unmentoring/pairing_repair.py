"""Putting a published draw right when somebody drops out or joins late, without disturbing more than one pairing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from unmentoring.pairing import dice
from unmentoring.pairing_small import Group

Pair = tuple[int, int]
Change = tuple[tuple[Group, ...], tuple[Group, ...]]  # the pairings that end, the ones that begin
SMALLEST, LARGEST = 2, 3


@dataclass(frozen=True)
class Repair:
    """The groups afterwards, sorted; which pairings ended and began; who is left `alone`; and why, in a sentence."""

    groups: list[Group]
    ended: list[Group]
    begun: list[Group]
    alone: tuple[int, ...]
    explanation: str


def drop_out(
    groups: Sequence[Group],
    leaver: int,
    *,
    waiting: Collection[int] = (),
    told: Collection[int] = (),
    agreed: Collection[int] = (),
    organisation: Mapping[int, str | None] = {},
    sector: Mapping[int, str | None] = {},
    last_met: Mapping[Pair, int] = {},
    keep_apart: Collection[Pair] = (),
    seed: str,
) -> Repair:
    """Without the leaver, and with the partner placed again if possible.

    A three goes on as a pair. Otherwise the partner goes to somebody `waiting`, or takes one person out of a three,
    or makes a pair a three: at most one other pairing changes, and none with a person who was `told` whom they meet,
    unless that person `agreed` to a change. Raises ValueError if the leaver is in none of the groups.
    """
    theirs = next((group for group in groups if leaver in group), None)
    if theirs is None:
        raise ValueError(f"{leaver} is in none of the pairings")
    kept = [group for group in groups if group != theirs]
    rest = tuple(person for person in theirs if person != leaver)
    if len(rest) >= SMALLEST:
        return _repaired(groups, ((theirs,), (rest,)), (), "The three goes on as a pair.")
    facts = _Facts(organisation, sector, last_met, frozenset(keep_apart))
    fixed = frozenset(told) - frozenset(agreed)
    (ended, begun), alone, why = _place(rest[0], kept, facts, waiting=waiting, fixed=fixed, seed=seed)
    return _repaired(groups, ((theirs, *ended), begun), alone, why)


def join_late(
    groups: Sequence[Group],
    newcomer: int,
    *,
    waiting: Collection[int] = (),
    told: Collection[int] = (),
    agreed: Collection[int] = (),
    organisation: Mapping[int, str | None] = {},
    sector: Mapping[int, str | None] = {},
    last_met: Mapping[Pair, int] = {},
    keep_apart: Collection[Pair] = (),
    seed: str,
) -> Repair:
    """With the newcomer placed as in `drop_out`. Raises ValueError if they are in one of the groups already."""
    if any(newcomer in group for group in groups):
        raise ValueError(f"{newcomer} is in a pairing already")
    facts = _Facts(organisation, sector, last_met, frozenset(keep_apart))
    fixed = frozenset(told) - frozenset(agreed)
    return _repaired(groups, *_place(newcomer, list(groups), facts, waiting=waiting, fixed=fixed, seed=seed))


@dataclass(frozen=True)
class _Facts:
    organisation: Mapping[int, str | None]
    sector: Mapping[int, str | None]
    last_met: Mapping[Pair, int]
    keep_apart: frozenset[Pair]

    def allow(self, change: Change) -> bool:
        return not any((a, b) in self.keep_apart or (b, a) in self.keep_apart for a, b in _pairs(change))

    def cost(self, change: Change) -> tuple[int, ...]:
        """As in the draw, with the least disturbance second: repeats, disturbance, longest ago, same names."""
        ended, begun = change
        met = [self.last_met[pair] for pair in _pairs(change) if pair in self.last_met]
        return (
            len(met),
            len(ended),
            sum(len(group) == LARGEST for group in begun),
            sum(met),
            sum(_same(self.organisation, pair) for pair in _pairs(change)),
            sum(_same(self.sector, pair) for pair in _pairs(change)),
        )


def _place(
    person: int, kept: list[Group], facts: _Facts, *, waiting: Collection[int], fixed: frozenset[int], seed: str
) -> tuple[Change, tuple[int, ...], str]:
    """The change that gives this person company, who stays alone, and why."""
    changes = [change for change in _changes(person, kept, waiting, fixed) if facts.allow(change)]
    if not changes:
        return ((), ()), (person,), _why_alone(kept, fixed)
    best = min(map(facts.cost, changes))
    equal = sorted(change for change in changes if facts.cost(change) == best)
    chosen = equal[int(dice(seed).random() * len(equal))]
    return chosen, (), _why(chosen)


def _changes(person: int, groups: Iterable[Group], waiting: Collection[int], fixed: frozenset[int]) -> list[Change]:
    """Every way to place one person that touches at most one pairing."""
    changes: list[Change] = [((), (_group(person, other),)) for other in waiting if other != person]
    for group in groups:
        if fixed.isdisjoint(group):
            changes += [((group,), begun) for begun in _with(person, group)]
    return changes


def _with(person: int, group: Group) -> list[tuple[Group, ...]]:
    if len(group) == SMALLEST:
        return [(_group(person, *group),)]
    return [(_group(person, other), _group(*(p for p in group if p != other))) for other in group]


def _group(*people: int) -> Group:
    return tuple(sorted(people))


def _pairs(change: Change) -> list[Pair]:
    """The pairs of people who meet through a change."""
    return [pair for group in change[1] for pair in combinations(group, 2)]


def _same(names: Mapping[int, str | None], pair: Pair) -> bool:
    return bool(names.get(pair[0])) and names.get(pair[0]) == names.get(pair[1])


def _repaired(groups: Sequence[Group], change: Change, alone: tuple[int, ...], explanation: str) -> Repair:
    ended, begun = change
    after = sorted([*(group for group in groups if group not in ended), *begun])
    return Repair(after, sorted(ended), sorted(begun), alone, explanation)


def _why(change: Change) -> str:
    ended, begun = change
    if not ended:
        return "Two people without a partner were put together; no other pairing changed."
    if len(begun) == 1:
        return "One pair became a three; no other pairing changed."
    return "The three became two pairs; no other pairing changed."


def _why_alone(kept: list[Group], fixed: frozenset[int]) -> str:
    if kept and not any(fixed.isdisjoint(group) for group in kept):
        return "Everybody else has been told already whom they meet, and nobody has agreed to a change."
    return "There is nobody they may be put together with."
