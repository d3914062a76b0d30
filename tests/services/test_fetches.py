"""A page is read by a real worker: once, whatever dies in between, and the row always says how far it is."""

from pathlib import Path

import pytest

from tests.evidence import hostile
from tests.services.site import wait_until

pytestmark = pytest.mark.services

NEIGHBOUR = str(Path(__file__).parent / "neighbour")
ASK = """
from django.utils import timezone
from evidence import captures, prefill
from tests.evidence import build
inquiry = build.inquiry(about_children={about_children})
person = build.contributor(inquiry)
said = captures.Said(topic=build.topic(inquiry), link="{url}")
draft = captures.save_draft(said, now=timezone.now(), by=person)
row = prefill.ask(draft, now=timezone.now(), by=person)
result = row.pk
"""
ROW = """
from evidence.models import Fetch
row = Fetch.objects.get(pk={pk})
result = {{"state": row.state, "why": row.why, "tries": row.tries, "title": row.facts.get("title", "")}}
"""
TWO_MINUTES_LATER = """
from datetime import timedelta
from django.db.models import F
from evidence import fetches
from evidence.models import Fetch
result = Fetch.objects.filter(pk={pk}, state="started").update(started_at=F("started_at") - fetches.STUCK_AFTER)
"""
READ = {"state": "succeeded", "why": "", "tries": 1, "title": "A page of ours"}


@pytest.fixture
def server():
    with hostile.serving() as serving:
        yield serving


@pytest.fixture
def site(make_site, sqlite_url, server):
    """A site whose processes may open pages of the one server of this test, and nothing else on this machine."""
    return make_site(sqlite_url, PYTHONPATH=NEIGHBOUR, NEIGHBOUR_PORT=str(server.port))


def ask(site, url, *, about_children=False):
    return site.run(ASK.format(url=url, about_children=about_children))


def row(site, pk):
    return site.run(ROW.format(pk=pk))


def becomes(site, pk, state, *, seconds=60):
    wait_until(lambda: row(site, pk)["state"] == state, seconds=seconds, every=0.5, otherwise=site.logs)
    return row(site, pk)


def test_two_workers_and_two_schedulers_read_a_page_once(site, server):
    site.start("worker", "worker-2", "beat", "beat-2")

    pk = ask(site, f"{server.url}/page")

    assert becomes(site, pk, "succeeded") == READ
    assert [path for path, _ in server.asked] == ["/page"]


def test_asked_for_while_the_broker_is_down_a_page_is_read_when_it_is_back(site, server, valkey):
    site.start("worker", "beat")
    valkey.kill()
    pk = ask(site, f"{server.url}/page")
    assert row(site, pk)["state"] == "queued"

    valkey.start()

    assert becomes(site, pk, "succeeded", seconds=120) == READ
    assert [path for path, _ in server.asked] == ["/page"]


def test_a_worker_killed_while_it_reads_leaves_a_row_that_the_next_one_takes_up(site, server):
    site.start("worker", "beat")
    pk = ask(site, f"{server.url}/drip/body")
    wait_until(lambda: server.asked, seconds=60, otherwise=site.logs)
    site.kill("worker")
    assert row(site, pk) == {"state": "started", "why": "", "tries": 1, "title": ""}

    server.RequestHandlerClass = type("Well", (hostile.Handler,), {"say_drip": hostile.Handler.say_page})
    site.run(TWO_MINUTES_LATER.format(pk=pk))
    site.start("worker")

    assert becomes(site, pk, "succeeded") == {**READ, "tries": 2}
    assert [path for path, _ in server.asked] == ["/drip/body", "/drip/body"]
