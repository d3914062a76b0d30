"""As many places as there are, whoever comes at once."""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest

from tests.services.site import wait_until
from tests.services.visitor import Visitor

pytestmark = pytest.mark.services

MAKE = """
from datetime import timedelta
from django.utils import timezone
from tests import make
result = make.meetup(starts_at=timezone.now() + timedelta(days=20), places_online=50).slug
"""
LOOK = """
from meetups.models import SignUp
result = {
    "states": list(SignUp.objects.values_list("state", flat=True)),
    "seats": sorted(SignUp.objects.confirmed().values_list("seat", flat=True)),
    "line": [signup.place_in_line() for signup in SignUp.objects.waiting()],
    "people": SignUp.objects.values("person__email").distinct().count(),
}
"""


def _sign_up_many(port: int, slug: str, addresses: list[str]) -> list[int]:
    with ThreadPoolExecutor(10) as threads:
        pages = threads.map(lambda address: Visitor(port).sign_up(slug, email=address), addresses)
        return [page.status for page in pages]


def _statuses(port: int, slug: str, addresses: list[str], *, processes: int = 4) -> Counter[int]:
    with ProcessPoolExecutor(processes) as pool:
        shares = [addresses[n::processes] for n in range(processes)]
        futures = [pool.submit(_sign_up_many, port, slug, share) for share in shares]
        return Counter(status for future in futures for status in future.result())


def test_200_sign_ups_at_once_for_50_places_give_exactly_50(make_site, database_url, smtp_sink):
    site = make_site(database_url, RATE_LIMIT_FACTOR="0")
    slug = site.run(MAKE)
    site.start("web", "worker", "beat")
    addresses = [f"officer{n}@council.gov.uk" for n in range(200)]

    statuses = _statuses(site.port, slug, addresses)

    seen = site.run(LOOK)
    assert statuses == {200: 200}
    assert Counter(seen["states"]) == {"confirmed": 50, "waiting": 150}
    assert seen["seats"] == list(range(1, 51))
    assert seen["line"] == list(range(1, 151))
    wait_until(lambda: len(smtp_sink.received) >= 200, seconds=60, otherwise=site.logs)
    assert Counter(received.recipients[0] for received in smtp_sink.received) == dict.fromkeys(addresses, 1)


def test_the_same_person_from_many_windows_at_once_has_one_place_and_one_confirmation(
    make_site, database_url, smtp_sink
):
    site = make_site(database_url, RATE_LIMIT_FACTOR="0")
    slug = site.run(MAKE)
    site.start("web")

    statuses = _statuses(site.port, slug, ["eager@council.gov.uk", "Eager@Council.gov.uk"] * 10)

    assert statuses == {200: 20}
    assert site.run(LOOK)["states"] == ["confirmed"]
    keys = site.run("from outbox.models import Message; result = list(Message.objects.values_list('kind', flat=True))")
    assert Counter(keys)["meetups/signed_up"] == 1
