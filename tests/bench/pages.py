"""Requests per second and p95 of public pages and a sign-up, beside a trivial page with one query."""

import argparse
import json
import time
from dataclasses import asdict

from tests.load import measure
from tests.load.site import measured_site
from tests.services.visitor import Visitor

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


def main(argv: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="per page")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    asked = parser.parse_args(argv)
    with measured_site(database=asked.database, DJANGO_SETTINGS_MODULE="tests.load.settings") as (site, _):
        slug = site.run(MAKE)
        site.start("web")
        _measure(site.port, slug, asked)


def _measure(port: int, slug: str, asked: argparse.Namespace) -> None:
    measure.get(port, "/trivial/", seconds=1)  # warm up
    floor = measure.get(port, "/trivial/", seconds=asked.seconds)
    _print("trivial page, one query", asked, floor, floor)
    for name, path in {
        "home": "/",
        "list of meet-ups": "/meetups/",
        "one meet-up": f"/meetups/{slug}/",
        "sign-up form": f"/meetups/{slug}/sign-up/",
        "council type-ahead": "/councils/?q=ess",
    }.items():
        _print(name, asked, measure.get(port, path, seconds=asked.seconds), floor)
    signing = measure.in_processes(_sign_up, port, slug, processes=2, seconds=asked.seconds)
    _print("whole sign-up: form, post, confirmation", asked, signing, floor)


def _sign_up(number: int, port: int, slug: str, seconds: float) -> list[float]:
    waits, until = [], time.monotonic() + seconds
    while time.monotonic() < until:
        started = time.monotonic()
        address = f"bench{number}-{len(waits)}@council.gov.uk"
        assert Visitor(port).sign_up(slug, email=address).status == 200
        waits.append(time.monotonic() - started)
    return waits


def _print(page: str, asked: argparse.Namespace, measured: measure.Load, floor: measure.Load) -> None:
    times = round(floor.requests_per_second / measured.requests_per_second, 2)
    row = {
        "bench": "pages",
        "database": asked.database,
        "page": page,
        **asdict(measured),
        "times_the_trivial_page": times,
    }
    print(json.dumps(row), flush=True)


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
