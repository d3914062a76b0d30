"""Requests per second, p95 and processor time of public pages and a sign-up, beside a trivial page with one query.

"kept" is what visitors get: pages kept for a few seconds, with the misses that this brings. "first" is every page made
anew. The bar is for what visitors get.
"""

import argparse
import json
import time
from dataclasses import asdict, replace
from functools import partial

from tests.load import measure
from tests.load.site import measured_site
from tests.services.site import Site
from tests.services.visitor import Visitor

BAR = 4

MAKE = """
from datetime import timedelta
from django.utils import timezone
from tests import make
soon = timezone.now() + timedelta(days=20)
meetups = [make.meetup(starts_at=soon + timedelta(days=n), places_online=30000, agenda=5) for n in range(12)]
from people import councils
councils.load(today=timezone.localdate())
result = meetups[0].slug
"""


PAGES = {
    "home": "/",
    "list of meet-ups": "/meetups/",
    "one meet-up": "/meetups/{slug}/",
    "sign-up form": "/meetups/{slug}/sign-up/",
    "council type-ahead": "/councils/?q=ess",
}


def main(argv: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="per page")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    asked = parser.parse_args(argv)
    with measured_site(database=asked.database, DJANGO_SETTINGS_MODULE="tests.load.settings") as (site, _):
        slug = site.run(MAKE)
        kept = _measure(site, slug, asked, "kept")
        site.more = {**site.more, "PAGES_KEPT_SECONDS": "0"}
        _measure(site, slug, asked, "first")
    row = {"bench": "pages", "database": asked.database, "bar": f"at most {BAR} times the trivial page"}
    over = [name for name, times in kept.items() if times > BAR]
    print(json.dumps({**row, "as_visitors_get_them": "held" if not over else f"not held: {', '.join(over)}"}))


def _measure(site: Site, slug: str, asked: argparse.Namespace, made: str) -> dict[str, float]:
    """How many times the trivial page each takes: as the site runs ("kept"), or made anew each time ("first")."""
    site.start("web")
    load = partial(_load, site, seconds=asked.seconds)
    measure.get(site.port, "/trivial/", seconds=1)  # warm up
    floor = load("/trivial/")
    _print("trivial page, one query", made, asked, floor, floor)
    times = {}
    for name, path in PAGES.items():
        measured = load(path.format(slug=slug))
        times[name] = _print(name, made, asked, measured, floor)
    if made == "kept":
        signing = measure.in_processes(_sign_up, site.port, slug, processes=2, seconds=asked.seconds)
        _print("whole sign-up: form, post, confirmation", made, asked, signing, floor)
    site.stop("web")
    del site.children["web"]  # the next one starts with other settings
    return times


def _load(site: Site, path: str, *, seconds: float) -> measure.Load:
    """With the processor time that the web processes took for one request, where the system tells."""
    process = site.children["web"].process
    assert process is not None
    before = measure.processor_seconds(process.pid)
    load = measure.get(site.port, path, seconds=seconds)
    used = measure.processor_seconds(process.pid) - before
    return replace(load, processor_ms=round(used / (load.requests_per_second * seconds) * 1000, 2) or None)


def _sign_up(number: int, port: int, slug: str, seconds: float) -> list[float]:
    waits, until = [], time.monotonic() + seconds
    while time.monotonic() < until:
        started = time.monotonic()
        address = f"bench{number}-{len(waits)}@council.gov.uk"
        assert Visitor(port).sign_up(slug, email=address).status == 200
        waits.append(time.monotonic() - started)
    return waits


def _print(page: str, made: str, asked: argparse.Namespace, load: measure.Load, floor: measure.Load) -> float:
    times = round(floor.requests_per_second / load.requests_per_second, 2)
    row = {"bench": "pages", "database": asked.database, "page": page, "made": made, **asdict(load)}
    row["times_the_trivial_page"] = times
    if load.processor_ms and floor.processor_ms:
        row["times_its_processor_time"] = round(load.processor_ms / floor.processor_ms, 2)
    print(json.dumps(row), flush=True)
    return times


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
