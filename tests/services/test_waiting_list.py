"""Places that become free while everybody clicks at once: nobody gets one twice, none is lost, the line is kept."""

import random
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest

from tests.services.site import Site
from tests.services.visitor import Visitor

pytestmark = pytest.mark.services

PROCESSES, THREADS = 3, 5
# As many places as people who have one, and people who wait in order; the booking link of each.
MAKE = """
from datetime import timedelta
from django.utils import timezone
from meetups import addresses
from tests import make
now = timezone.now()
meetup = make.meetup(
    starts_at=now + timedelta({starts_in}), closes_at=now + timedelta({starts_in}) - timedelta(hours=1),
    details_at=now + timedelta(hours=1), places_online={places},
)
people = {{}}
for n in range({places} + {waiting}):
    name = f"holder{{n}}" if n < {places} else f"waiting{{n - {places}}}"
    at = now - timedelta(days=1) + timedelta(seconds=n)
    signup = make.signup(meetup=meetup, email=f"{{name}}@council.gov.uk", name=name, now=at)
    people[name] = addresses.booking_token(signup)
result = [meetup.slug, people]
"""
LOOK = """
from collections import Counter
from meetups.models import SignUp
from outbox.models import Message
rows = SignUp.objects.select_related("person").prefetch_related("events")
result = {
    "states": {row.name: row.state for row in rows},
    "seats": sorted(row.seat for row in rows if row.seat),
    "confirmed": sorted(row.name for row in rows if row.is_confirmed),
    "offered": sorted(row.name for row in rows if row.offer_until),
    "line": [row.name for row in SignUp.objects.waiting().filter(seat=None)],
    "missed": {row.name: row.offers_missed for row in rows if row.is_waiting and row.offers_missed},
    "offers": Counter(row.name for row in rows for event in row.events.all() if event.sentence.startswith("Offered")),
    "mails": [[kind, to.split("@")[0]] for kind, to in Message.objects.values_list("kind", "to_email")],
}
"""
# A scheduler whose clock is ahead of everybody's: it ends what they are about to take.
SWEEP = """
from datetime import timedelta
from django.utils import timezone
from meetups import offers
result = sum(offers.pass_on(timezone.now() + timedelta(hours={ahead})) for _ in range(20))
"""
Ask = tuple[str, dict[str, str]]


def _one(port: int, form_at: str, ask: Ask) -> int:
    path, fields = ask
    return Visitor(port).post(path, fields, form_at=form_at).status


def _share(port: int, form_at: str, asks: list[Ask]) -> list[int]:
    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(lambda ask: _one(port, form_at, ask), asks))


def _at_once(site: Site, slug: str, asks: list[Ask], *sweeps: str) -> None:
    """Send all this from several processes while others sweep; every answer is a page."""
    random.Random(20270224).shuffle(asks)
    form_at = f"/meetups/{slug}/sign-up/"
    with ProcessPoolExecutor(PROCESSES) as pool, ThreadPoolExecutor() as sweepers:
        # The processes first: one that is forked while another thread holds a lock would wait for it for ever.
        futures = [pool.submit(_share, site.port, form_at, asks[n::PROCESSES]) for n in range(PROCESSES)]
        swept = [sweepers.submit(site.run, sweep) for sweep in sweeps]
        statuses = Counter(status for future in futures for status in future.result())
        assert all(isinstance(sweep.result(), int) for sweep in swept)
    assert statuses == {200: len(asks)}, site.logs()


def _booking(token: str, what: str) -> Ask:
    return f"/booking/{token}/{what}/", {}


def _received(seen: dict, *kinds: str) -> Counter[str]:
    return Counter(to for kind, to in seen["mails"] if kind.removeprefix("meetups/") in kinds)


def test_while_people_leave_join_and_change_their_minds_places_go_to_the_first_in_line(make_site, database_url):
    site = make_site(database_url, RATE_LIMIT_FACTOR="0")
    slug, people = site.run(MAKE.format(starts_in="days=20", places=12, waiting=12))
    site.start("web")
    leave = [f"holder{n}" for n in range(8)] + [f"waiting{n}" for n in range(0, 9, 3)]
    asks = [_booking(people[name], "cancel") for name in leave * 2]  # each from two windows
    new = [f"new{n}" for n in range(4)]
    asks += [
        (f"/meetups/{slug}/sign-up/", {"name": name, "email": f"{name}@council.gov.uk", "works_at": "Wessex"})
        for name in new
    ]

    _at_once(site, slug, asks)

    seen = site.run(LOOK)
    stay = [f"holder{n}" for n in range(8, 12)]
    in_line = [f"waiting{n}" for n in range(12) if f"waiting{n}" not in leave]
    assert seen["seats"] == list(range(1, 13))
    assert seen["confirmed"] == sorted(stay + in_line[:8])
    assert seen["line"][:1] == in_line[8:]
    assert sorted(seen["line"][1:]) == sorted(new)
    assert {seen["states"][name] for name in leave} == {"cancelled"}
    assert _received(seen, "cancelled") == Counter(leave)
    told = _received(seen, "signed_up", "promoted")
    assert {name: told[name] for name in seen["confirmed"]} == dict.fromkeys(seen["confirmed"], 1)
    assert _received(seen, "waiting") == Counter(new + [f"waiting{n}" for n in range(12)])


def test_in_the_last_hours_each_place_is_kept_for_one_and_taken_by_one(make_site, database_url):
    site = make_site(database_url, RATE_LIMIT_FACTOR="0")
    slug, people = site.run(MAKE.format(starts_in="hours=10", places=6, waiting=18))
    site.start("web")
    holders = [f"holder{n}" for n in range(6)]
    asks = [_booking(people[name], "cancel") for name in holders]
    for n in range(18):
        what = "offer/decline" if n % 6 == 0 else "offer/accept"
        asks += [_booking(people[f"waiting{n}"], what)] * 2

    _at_once(site, slug, asks, SWEEP.format(ahead=3), SWEEP.format(ahead=3))

    seen = site.run(LOOK)
    _demand_that_places_add_up(seen, places=6)
    assert {seen["states"][name] for name in holders} == {"cancelled"}

    # Whoever is asked now says yes, from two windows.
    _at_once(site, slug, [_booking(people[name], "offer/accept") for name in seen["offered"] * 2])
    seen = site.run(LOOK)
    _demand_that_places_add_up(seen, places=6)
    assert len(seen["confirmed"]) == 6


def _demand_that_places_add_up(seen: dict, *, places: int) -> None:
    assert len(set(seen["seats"])) == len(seen["seats"]) == len(seen["confirmed"]) + len(seen["offered"])
    assert set(seen["seats"]) <= set(range(1, places + 1))
    assert len(seen["seats"]) == places or seen["line"] == []  # nobody waits beside a place that is free
    assert _received(seen, "promoted") == Counter(seen["confirmed"])
    assert _received(seen, "offered") == Counter(seen["offers"])
    assert set(seen["missed"].values()) <= {1}
