"""How good and how fast room plans are: `--instance 8-4-10`, or `--guests 29 --size 4 --rounds 4`, or everything."""

import argparse
import json
import sys
import time
from itertools import combinations

from meetups import grouping

# groups-size-rounds for which rounds without a repeated pair are known to exist
INSTANCES = [
    "5-3-7",
    "6-3-8",
    "7-3-10",
    "4-4-5",
    "5-4-5",
    "6-4-7",
    "7-4-9",
    "8-4-10",
    "10-4-13",
    "6-5-6",
    "9-3-13",
    "11-3-16",
    "13-4-17",
    "18-4-10",
    "2-2-3",
    "3-3-4",
    "5-5-6",
    "7-7-8",
    "11-11-12",
    "8-2-15",
    "16-2-31",
]


def measure(instance: str, guests: int, size: int, rounds: int) -> dict[str, object]:
    """Repeats are counted here again from the rooms, not taken from the plan."""
    people = [grouping.Guest(number, council=f"Council {number % (guests // 2 + 1)}") for number in range(guests)]
    start = time.perf_counter()
    plan = grouping.plan(people, [grouping.RoundSpec(size)] * rounds, seed="bench")
    seconds = time.perf_counter() - start
    pairs = [pair for rooms in plan.rounds for room in rooms for pair in combinations(room, 2)]
    return {
        "instance": instance,
        "repeats": len(pairs) - len(set(pairs)),
        "same_council": plan.same_council,
        "seconds": round(seconds, 3),
    }


def main(argv: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="groups", description=__doc__)
    parser.add_argument("--instance", help="groups-size-rounds, for example 8-4-10")
    parser.add_argument("--guests", type=int)
    parser.add_argument("--size", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=4)
    asked = parser.parse_args(argv)
    for name, guests, size, rounds in cases(asked):
        print(json.dumps(measure(name, guests, size, rounds)), flush=True)


def cases(asked: argparse.Namespace) -> list[tuple[str, int, int, int]]:
    """(name, guests, size, rounds) of what was asked for."""
    if asked.guests:
        return [uneven(asked.guests, asked.size, asked.rounds)]
    if asked.instance:
        return [even(asked.instance)]
    return [even(instance) for instance in INSTANCES] + [uneven(n, 4, 4 if n < 17 else 5) for n in range(13, 54)]


def even(instance: str) -> tuple[str, int, int, int]:
    groups, size, rounds = map(int, instance.split("-"))
    return instance, groups * size, size, rounds


def uneven(guests: int, size: int, rounds: int) -> tuple[str, int, int, int]:
    return f"{guests} guests, size {size}, {rounds} rounds", guests, size, rounds


if __name__ == "__main__":
    main(sys.argv[1:])
