"""Asking for a page: a row each, worked through by the worker, with a switch that turns it off."""

from datetime import timedelta

import pytest

from evidence import fetches, fetching
from evidence.models import Fetch
from tests import make
from tests.evidence import build, hostile

pytestmark = pytest.mark.django_db

NOW = build.NOW


@pytest.fixture
def server(monkeypatch):
    """A server that may be asked, although it is on this machine."""
    with hostile.serving() as serving:
        monkeypatch.setattr(fetching, "LIMITS", fetching.Limits(ports=(serving.port,), loopback=True))
        yield serving


def asked(url: str, **more) -> Fetch:
    return fetches.ask(url, Fetch.Kind.PREFILL, now=NOW, by=make.person(), **more)


def worked(row: Fetch, now=NOW) -> Fetch:
    fetches.work_through(now)
    row.refresh_from_db()
    return row


def test_a_page_is_fetched_by_the_worker_and_not_by_whoever_asks(server):
    row = asked(f"{server.url}/page")
    assert (row.state, server.asked) == ("queued", [])

    row = worked(row)

    assert (row.state, row.tries, row.why, row.ended_at) == ("succeeded", 1, "", NOW)
    assert fetches.facts_of(row).title == "A page of ours"
    assert len(server.asked) == 1


def test_working_twice_fetches_once(server):
    row = asked(f"{server.url}/page")

    assert (fetches.work_through(NOW), fetches.work_through(NOW)) == (1, 0)
    assert len(server.asked) == 1
    assert row.asked_by.fetches.count() == 1


def test_a_worker_that_comes_second_leaves_a_page_alone(server, monkeypatch):
    row = asked(f"{server.url}/page")
    Fetch.objects.update(state="started", started_at=NOW)

    assert fetches._work(row.pk, NOW) is False
    assert server.asked == []


def test_what_cannot_be_a_page_is_refused_at_once():
    row = asked("file:///etc/passwd")

    assert (row.state, row.why) == ("failed", "Only addresses that begin with http:// or https:// are opened.")


def test_switched_off_nothing_is_fetched_also_what_waited_already(server, settings):
    waited = asked(f"{server.url}/page")
    settings.EVIDENCE_FETCH = "off"
    refused = asked(f"{server.url}/page")

    worked(waited)

    assert (waited.state, refused.state, server.asked) == ("skipped", "skipped", [])
    assert refused.why == "This site does not open other pages. Everything can be typed or pasted."


def test_what_is_not_allowed_is_skipped_and_says_why(server):
    row = worked(asked(f"{server.url}/page", allowed=False))

    assert (row.state, row.why, server.asked) == ("skipped", "Nothing is fetched for inquiries about children.", [])


def test_trouble_that_may_pass_is_tried_three_times_with_longer_waits(server):
    row = asked(f"{server.url}/status/503")

    states = []
    for minutes in (0, 1, 6):
        row = worked(row, NOW + timedelta(minutes=minutes))
        states.append((row.state, row.due_at - NOW))
    worked(row, NOW + timedelta(days=1))

    assert states == [
        ("backoff", timedelta(minutes=1)),
        ("backoff", timedelta(minutes=6)),
        ("failed", timedelta(minutes=6)),
    ]
    assert row.why == "The site answered 503: it has trouble, or wants us to wait."
    assert len(server.asked) == 3


def test_a_refusal_is_final(server):
    row = worked(asked(f"{server.url}/status/404"))

    assert (row.state, row.why) == ("failed", "The site answered 404: there is no such page.")


def test_of_a_pdf_we_know_that_it_is_one(server):
    row = worked(asked(f"{server.url}/kind/application/pdf"))

    assert (row.state, fetches.facts_of(row).content_type) == ("failed", "application/pdf")


def test_of_a_long_page_the_beginning_is_read_and_that_is_said(server):
    row = worked(asked(f"{server.url}/large"))

    assert (row.state, row.why) == ("succeeded", "Only the beginning of the page was read.")
    assert fetches.facts_of(row).title == "Large"


def test_what_a_killed_worker_had_in_hand_is_taken_up_again(server):
    row = asked(f"{server.url}/page")
    Fetch.objects.update(state="started", started_at=NOW, tries=1)

    assert worked(row, NOW + timedelta(minutes=1)).state == "started"
    assert worked(row, NOW + timedelta(minutes=3)).state == "succeeded"


def test_a_worker_that_slept_too_long_changes_nothing_of_what_another_one_found(server, monkeypatch):
    row = asked(f"{server.url}/page")

    def meanwhile(url):
        Fetch.objects.update(state="succeeded", tries=2, facts={"title": "By the other"}, ended_at=NOW)
        raise fetching.NotFetched("Too late.")

    monkeypatch.setattr(fetching, "fetch", meanwhile)

    row = worked(row)

    assert (row.state, row.why, row.facts) == ("succeeded", "", {"title": "By the other"})


def test_what_was_forgotten_while_it_was_fetched_does_not_come_back(server, monkeypatch):
    asked(f"{server.url}/page")

    def meanwhile(url):
        Fetch.objects.all().delete()
        raise fetching.NotFetched("Nobody asks any more.")

    monkeypatch.setattr(fetching, "fetch", meanwhile)

    fetches.work_through(NOW)

    assert not Fetch.objects.exists()


def test_a_page_that_kills_every_worker_is_given_up(server):
    row = asked(f"{server.url}/page")
    Fetch.objects.update(state="started", started_at=NOW, tries=3)

    assert worked(row, NOW + timedelta(minutes=3)).state == "failed"
    assert server.asked == []


def test_pages_are_forgotten_after_thirty_days():
    asked("https://example.org/")

    fetches.forget_old(NOW + timedelta(days=30))
    assert Fetch.objects.count() == 1
    fetches.forget_old(NOW + timedelta(days=31))
    assert Fetch.objects.count() == 0
