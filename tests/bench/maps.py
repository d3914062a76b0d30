"""Times the pages of a network map of 300 names and 1,500 links: one JSON object per page."""

import argparse
import json
import random
import sys
import time

PAGES = ("", "?picture=regions", "tells/", "reach/", "compare/", "map.svg", "map.png", "map.csv", "map.graphml")


def main(argv: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="maps", description=__doc__)
    parser.add_argument("--names", type=int, default=300)
    parser.add_argument("--links", type=int, default=1500)
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args(argv)
    _prepare()
    browser, address = _a_map(options.names, options.links)
    for page in PAGES:
        print(json.dumps(_measure(browser, address, page, options.times)), flush=True)


def _prepare() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    call_command("migrate", verbosity=0)


def _a_map(names: int, links: int):
    """A browser of the councillor, and where the map is."""
    from networking import map_edits, maps
    from networking.map_parts import KINDS, LAYERS, Node, in_order, linking
    from tests import make
    from tests.networking import build

    rng = random.Random(1)
    nodes = [
        Node(
            -n, f"Name number {n}", rng.choice(KINDS), in_order(rng.sample(LAYERS, rng.choice((1, 1, 2)))), n % 4, n * 7
        )
        for n in range(1, names + 1)
    ]
    pairs = {tuple(sorted(rng.sample(range(1, names + 1), 2))) for _ in range(links * 2)}
    made = build.network_map()
    some = [linking(-a, -b, rng.randint(1, 3)) for a, b in sorted(pairs)[::2][:links]]
    maps.change(made, lambda data: map_edits.add(data, nodes, some), "All of it", now=build.NOW)
    maps.keep_version(made, "Before", now=build.NOW)
    return make.client(made.member.person), made.get_absolute_url()


def _measure(browser, address: str, page: str, times: int) -> dict[str, object]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    seconds = []
    for _ in range(times):
        with CaptureQueriesContext(connection) as queries:
            began = time.perf_counter()
            answer = browser.get(address + page)
            seconds.append(time.perf_counter() - began)
        assert answer.status_code == 200, (page, answer.status_code)
    best = {"seconds": round(min(seconds), 3), "slowest": round(max(seconds), 3)}
    return {
        "bench": "maps",
        "page": page or "map",
        **best,
        "queries": len(queries),
        "kilobytes": len(answer.content) // 1024,
    }


if __name__ == "__main__":
    main(sys.argv[1:])
