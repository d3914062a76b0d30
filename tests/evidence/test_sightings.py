"""Somebody comes with what is there already: what they wrote is read by an officer, and stands in no report."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evidence import custody, overrides, reports
from evidence.models import Item, ItemEvent
from tests import make, reading
from tests.evidence import build

pytestmark = pytest.mark.django_db

POST = "https://forum.example.org/t/77"
SECOND = "They told my sister to wait eleven months for one weekend"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(build.NOW, tick=False):
        yield


@pytest.fixture
def inquiry():
    return build.inquiry()


def page(inquiry, rest=""):
    return f"/evidence/inquiries/{inquiry.slug}/{rest}"


def find_again(inquiry, who, **words):
    said = {"link": POST, "exact_words": SECOND, "our_words": "A sister waited too", "tells_us": "It is not one family"}
    topic = str(build.topic(inquiry).pk)
    answer = make.client(who).post("/evidence/capture/", {**said, "topic": topic, "then": "Hand in", **words})
    assert "known=1" in answer["Location"]


def shown(inquiry, who, item, rest=""):
    return reading.words(make.client(who).get(page(inquiry, f"items/{item.pk}/{rest}")))


def test_what_a_second_finder_wrote_is_read_on_the_page_of_the_item_and_in_review(inquiry):
    item = build.item(inquiry, link=POST)
    second, officer = build.contributor(inquiry, name="Sec Ond"), build.officer(inquiry)
    find_again(inquiry, second, does_not_tell_us="How long others wait")

    said = shown(inquiry, officer, item)
    review = reading.words(make.client(officer).get(page(inquiry, "review/")))

    assert "Seen by 2 Olu Officer, Wednesday" in said
    words = "In their words: A sister waited too Exact words: {} What it tells us: It is not one family"
    assert words.format(SECOND) + " What it does not tell us: How long others wait" in said
    assert "Seen by 2 Olu Officer, Wednesday" in review
    assert words.format("hidden here") in review
    assert SECOND not in review


def test_readers_see_nothing_of_it_as_no_officer_put_it_right(inquiry):
    item = build.accepted(inquiry, link=POST)
    find_again(inquiry, build.contributor(inquiry))

    said = shown(inquiry, build.reader(inquiry), item)

    assert "Seen by" not in said
    assert "A sister waited too" not in said


def test_of_a_sensitive_item_they_are_hidden_shown_once_and_that_is_written_down(inquiry):
    item = build.item(inquiry, link=POST, by=build.contributor(inquiry), categories=["health"])
    second, officer = build.contributor(inquiry), build.officer(inquiry)
    find_again(inquiry, second)

    assert "Exact words: hidden here" in shown(inquiry, officer, item)
    assert SECOND not in shown(inquiry, officer, item)
    assert SECOND not in shown(inquiry, build.contributor(inquiry), item)
    assert SECOND in shown(inquiry, second, item)
    revealed = make.client(officer).post(page(inquiry, f"items/{item.pk}/exact-words/"))

    assert SECOND in reading.words(revealed)
    assert ItemEvent.objects.filter(item_ref=item.ref).order_by("number").last().kind == "revealed"


@pytest.mark.parametrize("path", ["review/", "items/{}/"])
def test_however_many_have_seen_it_the_pages_ask_the_database_as_often(inquiry, path):
    item = build.item(inquiry, link=POST)
    client = make.client(build.officer(inquiry))
    address = page(inquiry, path.format(item.pk))
    find_again(inquiry, build.contributor(inquiry))
    client.get(address)

    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(address)
        counts.append(len(asked))
        find_again(inquiry, build.contributor(inquiry))
        find_again(inquiry, build.contributor(inquiry))

    assert counts[0] == counts[1]


def test_our_words_that_repeat_a_second_finders_can_be_let_through_with_a_reason_so_that_a_report_is_made(inquiry):
    item = build.accepted(
        inquiry, link=POST, reliance="relied", our_words="A woman had to wait eleven months for one weekend"
    )
    build.theme(inquiry, items=[item])
    find_again(inquiry, build.contributor(inquiry))
    officer = make.client(build.officer(inquiry))
    with pytest.raises(reports.WouldLeak) as refused:
        build.report(inquiry)
    assert any("repeats the exact words of Item 1" in fault for fault in refused.value.faults)

    why = reading.words(officer.get(page(inquiry, f"items/{item.pk}/overlap/")))
    assert "to wait eleven months for one weekend" in why
    assert "Our words repeat theirs" in shown(inquiry, build.officer(inquiry), item)
    officer.post(page(inquiry, f"items/{item.pk}/overlap/"), {"reason": "It is what the letter says"})

    assert build.report(inquiry).number == 1


def test_what_was_set_aside_goes_back_to_review_when_it_is_found_again_and_history_says_why(inquiry):
    item = build.item(inquiry, link=POST, state="set_aside", state_reason="Not about the topic")
    second, officer = build.contributor(inquiry, name="Sec Ond"), build.officer(inquiry)

    find_again(inquiry, second)

    item.refresh_from_db()
    assert item.state == Item.State.SUBMITTED
    assert SECOND in shown(inquiry, officer, item)
    assert "A sister waited too" in reading.words(make.client(officer).get(page(inquiry, "review/")))
    reason = "It was found again after it had been set aside: Not about the topic"
    assert f"Moved to another state: submitted. {reason} Sec Ond" in shown(inquiry, officer, item)
    assert custody.verify(type(inquiry).objects.get()).faults == []


def test_what_an_officer_accepted_stays_so_when_it_is_found_again(inquiry):
    item = build.accepted(inquiry, link=POST, reliance="relied")

    find_again(inquiry, build.contributor(inquiry))

    item.refresh_from_db()
    assert (item.state, item.reliance) == ("accepted", "relied")
    assert overrides.shared_run(item) == ""
