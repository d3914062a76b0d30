"""One draw, timed: people with a history of months, all in organisations and sectors.

Compares with exact blossom matching on the same prices where it can finish (rustworkx or networkx, if installed).
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from importlib import import_module
from random import Random
from typing import Any

from unmentoring import pairing

Pair = tuple[int, int]

SECTORS = ("council", "health", "fire", "police", "charity", "supplier", "central government", "other")
# Exact matching of everybody needs a table of all pairs, which is out of the question beyond this.
MOST_FOR_BLOSSOM = {"rustworkx": 1000, "networkx": 200}


def main(argv: list[str]) -> None:
    options = _options(argv)
    organisation, sector, last_met = a_group(options.people, options.months, seed=options.seed)
    started = time.perf_counter()
    drawn = pairing.draw(
        range(options.people), organisation=organisation, sector=sector, last_met=last_met, seed=options.seed
    )
    seconds = time.perf_counter() - started
    _report("draw", options, seconds, _figures(drawn, options.people, len(last_met)))
    for library in MOST_FOR_BLOSSOM:
        if options.people <= MOST_FOR_BLOSSOM[library] and _has(library):
            _compare(library, options, seconds, organisation, sector, last_met)


def a_group(
    people: int, months: int, *, seed: str
) -> tuple[dict[int, str | None], dict[int, str | None], dict[Pair, int]]:
    """Organisations of about 20 people, the sectors in turn, and everybody paired at random in each past month."""
    rng = Random(seed)
    organisation: dict[int, str | None] = {
        p: f"organisation {rng.randrange(max(people // 20, 2))}" for p in range(people)
    }
    sector: dict[int, str | None] = {p: SECTORS[int(rng.random() * len(SECTORS))] for p in range(people)}
    last_met: dict[Pair, int] = {}
    for month in range(1, months + 1):
        order = list(range(people))
        rng.shuffle(order)
        last_met.update({(min(a, b), max(a, b)): month for a, b in zip(order[::2], order[1::2], strict=False)})
    return organisation, sector, last_met


def peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (2**20 if sys.platform == "darwin" else 2**10), 1)


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="draw", description="Time one UnMentoring draw.")
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--months", type=int, default=24, help="months of history, everybody paired in each")
    parser.add_argument("--seed", default="1")
    return parser.parse_args(argv)


def _figures(drawn: pairing.Draw, people: int, past_pairs: int) -> dict[str, Any]:
    return {
        "past_pairs": past_pairs,
        "repeats": drawn.repeats,
        "same_organisation": drawn.same_organisation,
        "same_sector": drawn.same_sector,
        "unmatched": people - sum(len(group) for group in drawn.groups),
        "certificate": drawn.certificate,
        "digest": drawn.digest,
    }


def _report(bench: str, options: argparse.Namespace, seconds: float, more: dict[str, Any]) -> None:
    row = {"bench": bench, "people": options.people, "months": options.months, "seed": options.seed}
    print(json.dumps(row | {"seconds": round(seconds, 4), "peak_mb": peak_mb()} | more))


def _has(library: str) -> bool:
    try:
        import_module(library)
    except ImportError:
        return False
    return True


def _compare(
    library: str,
    options: argparse.Namespace,
    ours: float,
    organisation: dict[int, str | None],
    sector: dict[int, str | None],
    last_met: dict[Pair, int],
) -> None:
    """Blossom on the complete graph; the time to list the prices is left out, the matching alone counts."""
    big = options.people
    worth = {
        (a, b): 4 * big * big
        - big * big * ((a, b) in last_met)
        - big * (organisation[a] == organisation[b])
        - (sector[a] == sector[b])
        for a in range(big)
        for b in range(a + 1, big)
    }
    started = time.perf_counter()
    matched = _BLOSSOM[library](big, worth)
    seconds = time.perf_counter() - started
    repeats = sum(pair in last_met for pair in matched)
    _report(f"exact blossom, {library}", options, seconds, {"repeats": repeats, "times_ours": round(seconds / ours, 1)})


def _rustworkx(people: int, worth: dict[Pair, int]) -> list[Pair]:
    rustworkx = import_module("rustworkx")
    graph = rustworkx.PyGraph()
    graph.add_nodes_from(range(people))
    graph.add_edges_from([(a, b, weight) for (a, b), weight in worth.items()])
    found = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    return [(min(a, b), max(a, b)) for a, b in found]


def _networkx(people: int, worth: dict[Pair, int]) -> list[Pair]:
    networkx = import_module("networkx")
    graph = networkx.Graph()
    graph.add_weighted_edges_from((a, b, weight) for (a, b), weight in worth.items())
    found = networkx.max_weight_matching(graph, maxcardinality=True)
    return [(min(a, b), max(a, b)) for a, b in found]


_BLOSSOM: dict[str, Callable[[int, dict[Pair, int]], list[Pair]]] = {"rustworkx": _rustworkx, "networkx": _networkx}


if __name__ == "__main__":
    main(sys.argv[1:])
