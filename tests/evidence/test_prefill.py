"""Help with a draft: title and month of its page, looked up by the worker, kept only by whoever saves the form."""

import pytest
import time_machine

from evidence import fetches, fetching, prefill
from evidence.models import Fetch
from tests import make, reading
from tests.evidence import build, hostile

pytestmark = pytest.mark.django_db
FACTS = {"title": "Carers wait a year", "published": "2027-01-14"}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(build.NOW, tick=False):
        yield


@pytest.fixture
def inquiry():
    return build.inquiry()


@pytest.fixture
def who(inquiry):
    return build.contributor(inquiry)


def draft(inquiry, who, **fields):
    return build.draft(who, inquiry=inquiry, topic=build.topic(inquiry), **fields)


def address(item, page: str = "") -> str:
    return f"/evidence/inbox/{item.pk}/{page}"


def looked_up(item, who, **facts) -> Fetch:
    row = prefill.ask(item, now=build.NOW, by=who)
    Fetch.objects.filter(pk=row.pk).update(state="succeeded", facts={**FACTS, **facts}, ended_at=build.NOW)
    return Fetch.objects.get(pk=row.pk)


def test_a_button_asks_and_nothing_is_fetched_while_somebody_waits(inquiry, who, monkeypatch):
    monkeypatch.setattr(fetching, "fetch", lambda url: pytest.fail("fetched in a request"))
    item, browser = draft(inquiry, who), make.client(who)
    assert "Get title and month from the page" in reading.words(browser.get(address(item)))

    for _ in range(2):
        browser.post(address(item, "read-page/"))

    assert list(Fetch.objects.values_list("url", "kind", "state")) == [(item.link, "prefill", "queued")]
    assert "We are looking at the page." in reading.words(browser.get(address(item)))


def test_the_worker_reads_the_page_and_the_form_offers_what_was_empty(inquiry, who, monkeypatch):
    with hostile.serving() as server:
        monkeypatch.setattr(fetching, "LIMITS", fetching.Limits(ports=(server.port,), loopback=True))
        item, browser = draft(inquiry, who, link=f"{server.url}/page"), make.client(who)
        browser.post(address(item, "read-page/"))
        fetches.work_through(build.NOW)

    page = browser.get(address(item))

    assert page.context["form"]["title"].value() == "A page of ours"
    item.refresh_from_db()
    assert item.title == ""


def test_whose_page_it_is_stands_beside_the_form_and_goes_into_no_field(inquiry, who):
    item = draft(inquiry, who)
    looked_up(item, who, site="Wessex Gazette")

    page = make.client(who).get(address(item))

    assert "This is a page of Wessex Gazette. It gave what was still empty" in reading.words(page)
    assert {"Wessex Gazette"} & {str(field.value()) for field in page.context["form"]} == set()


def test_while_the_page_is_looked_at_the_form_says_by_itself_when_that_is_over(inquiry, who):
    item, browser = draft(inquiry, who), make.client(who)
    browser.post(address(item, "read-page/"))
    waits = browser.get(address(item)).content.decode()
    looked_up(item, who)

    assert 'id="looking" data-live="3"' in waits
    assert 'id="looking"></div>' in browser.get(address(item)).content.decode()


def test_what_somebody_typed_stays(inquiry, who):
    item = draft(inquiry, who, title="My own title")
    looked_up(item, who)

    form = make.client(who).get(address(item)).context["form"]

    assert (form["title"].value(), form["month"].value()) == ("My own title", "01/2027")


def test_a_title_that_leads_to_somebody_is_not_offered(inquiry, who):
    item = draft(inquiry, who)

    assert prefill.suggestions(item, looked_up(item, who, title="A post by @annsmith")) == {"month": "01/2027"}


def test_nothing_is_fetched_for_an_inquiry_about_children(who):
    children = build.inquiry(about_children=True)
    item = draft(children, build.contributor(children))
    browser = make.client(item.saved_by)

    assert "Get title" not in browser.get(address(item)).content.decode()
    browser.post(address(item, "read-page/"))

    assert list(Fetch.objects.values_list("state", "why")) == [("skipped", fetches.NOT_ALLOWED)]


def test_nothing_is_fetched_before_it_is_known_which_inquiry_it_is_for(who):
    item = build.draft(who)

    assert not prefill.may_be_asked(item)
    assert prefill.ask(item, now=build.NOW, by=who).state == "skipped"


def test_switched_off_everything_else_works(inquiry, who, settings):
    settings.EVIDENCE_FETCH = "off"
    item, browser = draft(inquiry, who), make.client(who)

    browser.post(address(item, "read-page/"))

    assert "This site does not open other pages." in reading.words(browser.get(address(item)))
    answer = browser.post(
        address(item), {"link": item.link, "topic": item.topic_id, "title": "Typed", "version": item.version}
    )
    assert answer.status_code == 302
    item.refresh_from_db()
    assert item.title == "Typed"


def test_somebody_elses_draft_cannot_be_looked_up(inquiry, who):
    item = draft(inquiry, who)

    assert make.client(build.contributor(inquiry)).post(address(item, "read-page/")).status_code == 404
    assert not Fetch.objects.exists()
