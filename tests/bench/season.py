"""A season of draws: each month some skip, some leave and are replaced, so some months are odd.

Prints a line per season and figures over all months; --seasons runs several seeds.
"""

import argparse
import json
import sys
import time
from dataclasses import dataclass, field
from itertools import combinations
from random import Random

from tests.bench import draw as bench_draw
from unmentoring import pairing

SKIPS, LEAVES = 0.20, 0.04


@dataclass
class Season:
    """A group as the months change it, and everything they remember."""

    rng: Random
    members: list[int]
    next_id: int = 0
    organisation: dict[int, str | None] = field(default_factory=dict)
    sector: dict[int, str | None] = field(default_factory=dict)
    last_met: dict[tuple[int, int], int] = field(default_factory=dict)
    last_three: dict[int, int] = field(default_factory=dict)
    threes: dict[int, int] = field(default_factory=dict)


def main(argv: list[str]) -> None:
    options = _options(argv)
    for seed in range(options.seed, options.seed + options.seasons):
        print(json.dumps(run(options.people, options.months, seed=seed)))


def run(people: int, months: int, *, seed: int) -> dict[str, object]:
    """The figures of one season; `most_threes` is how often the unluckiest person was in a three."""
    season = Season(Random(seed), members=[])
    seconds, drawn, unmatched = [], [], 0
    for month in range(1, months + 1):
        _change_members(season, people)
        here = [person for person in season.members if season.rng.random() >= SKIPS]
        started = time.perf_counter()
        drawn.append(_draw(season, here, month, seed))
        seconds.append(time.perf_counter() - started)
        unmatched += len(here) - sum(len(group) for group in drawn[-1].groups)
        _remember(season, drawn[-1], month)
    return {
        "bench": "season",
        "people": people,
        "months": months,
        "seed": seed,
        "seconds": round(sum(seconds), 3),
        "slowest_month_seconds": round(max(seconds), 3),
        "peak_mb": bench_draw.peak_mb(),
        "repeats": sum(d.repeats for d in drawn),
        "same_organisation": sum(d.same_organisation for d in drawn),
        "same_sector": sum(d.same_sector for d in drawn),
        "unmatched": unmatched,
        "odd_months": sum(any(len(group) == 3 for group in d.groups) for d in drawn),
        "most_threes": max(season.threes.values(), default=0),
        "not_proven": sum(d.certificate.startswith("best found") for d in drawn),
    }


def _change_members(season: Season, people: int) -> None:
    season.members = [person for person in season.members if season.rng.random() >= LEAVES]
    while len(season.members) < people:
        person = season.next_id
        season.next_id += 1
        season.members.append(person)
        season.organisation[person] = f"organisation {season.rng.randrange(max(people // 3, 2))}"
        season.sector[person] = season.rng.choice(bench_draw.SECTORS)


def _draw(season: Season, here: list[int], month: int, seed: int) -> pairing.Draw:
    return pairing.draw(
        here,
        organisation=season.organisation,
        sector=season.sector,
        last_met=season.last_met,
        last_three=season.last_three,
        round_number=month,
        seed=f"{seed}:{month}",
    )


def _remember(season: Season, drawn: pairing.Draw, month: int) -> None:
    for group in drawn.groups:
        season.last_met.update(dict.fromkeys(combinations(group, 2), month))
        if len(group) == 3:
            season.last_three.update(dict.fromkeys(group, month))
            season.threes.update({person: season.threes.get(person, 0) + 1 for person in group})


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="season", description="Draw month after month in a changing group.")
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seasons", type=int, default=1)
    return parser.parse_args(argv)


if __name__ == "__main__":
    main(sys.argv[1:])
