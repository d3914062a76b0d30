"""Who meets whom this month. Values in, values out: the same seed and people give the same pairs everywhere."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from random import Random

from unmentoring import pairing_ahead
from unmentoring.pairing_costs import Costs, Score
from unmentoring.pairing_optimum import Found, KeepApartImpossible, Optimum, pairs_of
from unmentoring.pairing_small import Group

__all__ = ["Draw", "KeepApartImpossible", "digest_of", "draw", "verify"]

# How many draws are looked at for one that leaves a next month without repeats.
LOOKS_AHEAD_EVEN, LOOKS_AHEAD_ODD = 60, 10


@dataclass(frozen=True)
class Draw:
    """One month's pairings: every group sorted, the groups sorted by their first person.

    `repeats`, `same_organisation` and `same_sector` count pairs of people; a three counts as three pairs.
    `alone` is the only person there was, if there was only one. `digest` is SHA-256 over the groups alone.
    """

    groups: list[Group]
    repeats: int
    same_organisation: int
    certificate: str
    digest: str
    same_sector: int = 0
    new_connections: int = 0
    alone: tuple[int, ...] = field(default=())


def draw(
    people: Collection[int],
    *,
    organisation: Mapping[int, str | None] = {},
    sector: Mapping[int, str | None] = {},
    last_met: Mapping[tuple[int, int], int] = {},
    keep_apart: Collection[tuple[int, int]] = (),
    last_three: Mapping[int, int] = {},
    round_number: int = 0,
    seed: str,
) -> Draw:
    """Everybody in one pair, or in the one three that odd numbers need; chosen uniformly among the best draws.

    Best, in this order: nobody meets whom they must be kept apart from; fewest repeats; the three waited longest for
    a three; the repeated pairs met longest ago (sum of rounds); fewest pairs of one organisation; of one sector. An
    unknown organisation or sector equals no other. Up to 60 people, a draw that leaves a next month without repeats
    goes before one that does not. One person alone is in no group: see `alone` and the certificate.

    `last_met` and `last_three` hold round numbers, all before `round_number` unless that is 0. Raises
    KeepApartImpossible if people would have to meet who must be kept apart, ValueError for a round not yet held.
    """
    _check_rounds([*last_three.values()], last_met, round_number)
    costs = Costs(
        people,
        organisation=organisation,
        sector=sector,
        last_met=last_met,
        keep_apart=keep_apart,
        last_three=last_three,
    )
    ids: list[int] = costs.ids.tolist()
    if costs.n < 2:
        return _nobody_to_pair(ids)
    return _as_draw(_choose(costs, dice(seed)), ids)


def verify(
    digest: str,
    people: Collection[int],
    *,
    organisation: Mapping[int, str | None] = {},
    sector: Mapping[int, str | None] = {},
    last_met: Mapping[tuple[int, int], int] = {},
    keep_apart: Collection[tuple[int, int]] = (),
    last_three: Mapping[int, int] = {},
    round_number: int = 0,
    seed: str,
) -> bool:
    """Whether drawing again from the stored facts and seed gives the draw that was published under this digest."""
    again = draw(
        people,
        organisation=organisation,
        sector=sector,
        last_met=last_met,
        keep_apart=keep_apart,
        last_three=last_three,
        round_number=round_number,
        seed=seed,
    )
    return again.digest == digest


def digest_of(groups: Sequence[Group]) -> str:
    """SHA-256, in hexadecimal, of the groups as JSON, in whatever order they or their people come."""
    return sha256(json.dumps(_in_order(groups), separators=(",", ":")).encode()).hexdigest()


def _in_order(groups: Sequence[Group]) -> list[Group]:
    return sorted(tuple(sorted(group)) for group in groups)


def dice(seed: str) -> Random:
    return Random(int.from_bytes(sha256(seed.encode()).digest(), "big"))


def _check_rounds(threes: list[int], last_met: Mapping[tuple[int, int], int], round_number: int) -> None:
    latest = max(max(threes, default=-1), max(last_met.values(), default=-1))
    if 0 < round_number <= latest:
        raise ValueError(f"somebody met in round {latest}, which is not before round {round_number}")


def _choose(costs: Costs, rng: Random) -> Found:
    """The first of some draws that leaves a next month without repeats, or the first of all."""
    optimum = Optimum(costs)
    first = optimum.draw(rng)
    if first.score.repeats or costs.n > pairing_ahead.MOST:
        return first
    unmet, found = _unmet(costs), first
    looks = LOOKS_AHEAD_ODD if costs.n % 2 else LOOKS_AHEAD_EVEN
    for _ in range(looks if pairing_ahead.is_worth_it(costs.n, unmet) else 0):
        if pairing_ahead.can_go_on(costs.n, unmet - pairs_of(found.groups), rng):
            return found
        found = optimum.draw(rng)
    return first


def _unmet(costs: Costs) -> frozenset[tuple[int, int]]:
    return frozenset(costs.table(costs.here, pairs=1, only_fresh=True))


def _as_draw(found: Found, ids: list[int]) -> Draw:
    groups = _in_order([tuple(ids[place] for place in group) for group in found.groups])
    return Draw(
        groups=groups,
        repeats=found.score.repeats,
        same_organisation=found.score.organisation,
        certificate=_certificate(found),
        digest=digest_of(groups),
        same_sector=found.score.sector,
        new_connections=len(pairs_of(groups)) - found.score.repeats,
    )


def _nobody_to_pair(ids: list[int]) -> Draw:
    why = "only one person this month: nobody to pair with, so first in line next month" if ids else "nobody to pair"
    return Draw([], 0, 0, f"nothing to improve: {why}", digest_of([]), alone=tuple(ids))


def _certificate(found: Found) -> str:
    """What is known about how good the draw is, in words."""
    score = found.score
    what = f"{_many(score.repeats, 'repeat')}, {_many(score.organisation, 'pair')} of one organisation"
    what += f", {_many(score.sector, 'pair')} of one sector"
    if found.is_bound and not (score.repeats or score.organisation or score.sector):
        return "nothing to improve: no repeats, nobody with their own organisation or sector"
    if found.is_bound or found.is_optimum:
        reached = "equals a bound" if found.is_bound else "equals the exact optimum"
        without = "no draw without repeats exists, and " if score.repeats else ""
        return f"{reached}: {what}; {without}no better draw exists"
    return f"best found: {what}; {_what_is_known(score, found.bound)}"


def _what_is_known(score: Score, bound: Score) -> str:
    if score.repeats > bound.repeats:
        return "not proven to be the least"
    if score.repeats:
        return "no draw with fewer repeats exists, the rest is not proven to be the least"
    return "a draw with fewer pairs alike is not ruled out"


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
