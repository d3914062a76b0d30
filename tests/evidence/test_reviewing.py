"""What an officer does with what was handed in; the list of items that everybody in the inquiry reads."""

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evidence import fulltext, listing
from evidence.models import Item, ItemEvent
from tests import make, reading
from tests.evidence import build

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(build.NOW, tick=False):
        yield


def page(inquiry, rest=""):
    return f"/evidence/inquiries/{inquiry.slug}/{rest}"


def press(inquiry, item, what, *, version=None, by=None):
    client = make.client(by or build.officer(inquiry))
    return client.post(
        page(inquiry, f"review/{item.pk}/"), {"what": what, "version": item.version if version is None else version}
    )


def numbers(inquiry, role="officer", **wanted):
    shown = listing.page(inquiry, role, listing.Wanted(**wanted))
    return [item.number for item in shown.items]


def test_an_officer_accepts_and_takes_it_back_and_the_history_keeps_both():
    inquiry = build.inquiry()
    item = build.item(inquiry)

    answer = press(inquiry, item, "relied")

    item.refresh_from_db()
    assert (item.state, item.reliance, item.reviewed_by) == ("accepted", "relied", build.officer(inquiry))
    assert answer["Location"] == page(inquiry, f"review/?done={item.pk}#waiting")
    press(inquiry, item, "undo")
    item.refresh_from_db()
    assert (item.state, item.reliance) == ("submitted", "seen")
    events = ItemEvent.objects.filter(item_ref=item.ref).order_by("number")
    assert [(event.kind, event.facts.get("from"), event.facts.get("to")) for event in events] == [
        ("submitted", None, None),
        ("moved", "submitted", "accepted"),
        ("moved", "accepted", "submitted"),
    ]


def test_nothing_is_set_aside_without_a_reason_and_what_was_typed_is_kept():
    inquiry = build.inquiry()
    item = build.item(inquiry)
    client = make.client(build.officer(inquiry))
    url = page(inquiry, f"review/{item.pk}/aside/")

    wrong = client.post(url, {"why": "other", "reason": "", "version": "0"})
    client.post(url, {"why": "It cannot be checked", "reason": "Page is gone", "version": "0"})

    assert reading.errors(wrong) == ["Enter the reason"]
    item.refresh_from_db()
    assert (item.state, item.state_reason) == ("set_aside", "It cannot be checked. Page is gone")


def test_of_two_officers_who_decide_at_once_the_second_is_told_and_changes_nothing():
    inquiry = build.inquiry()
    item = build.item(inquiry)
    press(inquiry, item, "seen", version=0)

    answer = press(inquiry, item, "relied", version=0)

    item.refresh_from_db()
    assert (item.state, item.reliance) == ("accepted", "seen")
    assert answer["Location"] == page(inquiry, f"items/{item.pk}/")


def test_what_somebody_looks_at_says_so_to_the_other_officer():
    inquiry = build.inquiry()
    item = build.item(inquiry)

    press(inquiry, item, "take")

    assert "Olu Officer looks at it" in reading.words(make.client(build.officer(inquiry)).get(page(inquiry, "review/")))


def test_the_review_list_asks_as_many_questions_with_three_items_as_with_one():
    inquiry = build.inquiry()
    client = make.client(build.officer(inquiry))

    def asked(url):
        cache.clear()  # of what the filters offer
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    build.item(inquiry)
    first = [asked(page(inquiry, "review/")), asked(page(inquiry, "items/"))]
    build.item(inquiry, by=build.contributor(inquiry))
    build.accepted(inquiry)
    build.item(inquiry, by=build.contributor(inquiry))
    assert [asked(page(inquiry, "review/")), asked(page(inquiry, "items/"))] == first


def test_words_are_found_in_any_form_in_what_we_wrote_and_never_in_what_people_said():
    inquiry = build.inquiry()
    ours = build.item(inquiry, our_words="Waiting for a break was hard", exact_words="janedoe said: purple")
    build.item(inquiry, our_words="Schools do not know")

    assert numbers(inquiry, words="breaks") == [ours.number]
    assert numbers(inquiry, words="wait hard") == [ours.number]
    assert numbers(inquiry, words="janedoe") == []
    assert numbers(inquiry, words='"break" OR -hard* ( NEAR') == []


def test_words_are_found_where_they_are_now():
    inquiry = build.inquiry()
    item = build.item(inquiry, our_words="Respite was refused")

    Item.objects.filter(pk=item.pk).update(our_words="Transport was refused")

    assert (numbers(inquiry, words="respite"), numbers(inquiry, words="transport")) == ([], [item.number])


def test_the_index_of_words_comes_back_after_a_migration_that_lost_it():
    inquiry = build.inquiry()
    item = build.item(inquiry, our_words="Respite was refused")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for trigger in ("added", "removed", "changed"):
                cursor.execute(f"DROP TRIGGER evidence_item_words_{trigger}")
            cursor.execute("INSERT INTO evidence_item_words(evidence_item_words) VALUES ('delete-all')")
        else:
            # What was built above still waits to be checked, and a table that waits cannot be altered.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE evidence_item DROP COLUMN words_found")

    fulltext.ensure(connection)

    assert numbers(inquiry, words="respite") == [item.number]


def test_filters_narrow_the_list_and_a_filter_by_author_does_not_exist():
    inquiry = build.inquiry()
    first = build.accepted(inquiry, tone="bad", stance="confirms", author_code="a" * 64)
    build.item(inquiry, tone="good", author_code="b" * 64)
    client = make.client(build.officer(inquiry))

    said = reading.words(client.get(page(inquiry, "items/?tone=bad&stance=confirms&author_code=" + "b" * 64)))

    assert "1 item found" in said
    assert f"Item {first.number}" in said
    assert "author_code" not in client.get(page(inquiry, "items/")).content.decode()


def test_pages_follow_each_other_both_ways_without_gaps():
    inquiry = build.inquiry()
    for _ in range(5):
        build.item(inquiry)

    def look(**where):
        return listing.page(inquiry, "officer", listing.Wanted(), size=2, **where)

    first = look()
    second = look(before=first.older_than)
    third = look(before=second.older_than)
    back = look(after=second.newer_than)

    shown = [[item.number for item in each.items] for each in (first, second, third, back)]
    assert shown == [[5, 4], [3, 2], [1], [5, 4]]
    assert (first.newer_than, third.older_than, back.newer_than, back.older_than) == (None, None, None, 4)


def test_readers_read_what_was_accepted_in_our_words_and_nothing_else():
    inquiry = build.inquiry()
    waiting = build.item(inquiry)
    accepted = build.accepted(inquiry, exact_words="Secret words of a resident")
    client = make.client(build.reader(inquiry))

    assert numbers(inquiry, "reader") == [accepted.number]
    assert client.get(page(inquiry, f"items/{waiting.pk}/")).status_code == 404
    said = client.get(page(inquiry, f"items/{accepted.pk}/")).content.decode()
    assert accepted.our_words in said
    assert "Secret words of a resident" not in said
    assert accepted.link not in said


def test_exact_words_of_a_sensitive_item_are_shown_to_officers_on_request_and_that_is_written_down():
    inquiry = build.inquiry()
    item = build.item(inquiry, exact_words="Very private", categories=["health"], by=build.contributor(inquiry))
    client, other = make.client(build.officer(inquiry)), make.client(build.contributor(inquiry))

    assert "Very private" not in reading.words(client.get(page(inquiry, f"items/{item.pk}/")))
    assert "Very private" not in reading.words(other.get(page(inquiry, f"items/{item.pk}/")))
    assert "Very private" in reading.words(client.post(page(inquiry, f"items/{item.pk}/exact-words/")))
    assert ItemEvent.objects.filter(item_ref=item.ref, kind="revealed", by=build.officer(inquiry)).count() == 1
