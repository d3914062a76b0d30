"""What was logged from a search says so, so that the Board learns what each place to search was worth."""

from datetime import timedelta

import pytest
import time_machine

from evidence import inquiries
from evidence.models import Item
from tests import make, reading
from tests.evidence import build

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(build.NOW, tick=False):
        yield


def page(inquiry, rest=""):
    return f"/evidence/inquiries/{inquiry.slug}/{rest}"


def filled_in(answer):
    """What the form has, as a browser would send it."""
    form = answer.context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value() not in (None, [])}


def test_what_is_logged_from_a_search_says_so_until_the_report_for_the_board():
    inquiry = build.inquiry()
    who, topic = build.contributor(inquiry), inquiry.topics.all()[1]
    row = build.search(inquiry, searched_by=who, topic=topic, source_name="Mumsnet", logged=1, minutes=25)
    client = make.client(who)
    asked = f"/evidence/capture/?search={row.pk}"
    pages = [page(inquiry, "searches/"), page(inquiry, f"searches/{row.pk}/")]
    leads_there = [asked in reading.links(client.get(one)) for one in pages]

    form = filled_in(client.get(asked))
    client.post(asked, {**form, "our_words": "Nobody told them", "then": "Save for later"})
    draft = f"/evidence/inbox/{Item.objects.get().pk}/"
    kept = filled_in(client.get(draft))
    finished = client.post(draft, {**kept, "minutes": "4", "then": "Hand in"}, follow=True)

    assert leads_there == [True, True]
    assert (form["search"], form["topic"], kept["search"]) == (str(row.pk), str(topic.pk), str(row.pk))
    assert f"/evidence/capture/?topic={topic.pk}&search={row.pk}" in reading.links(finished)
    item = Item.objects.get()
    assert (item.search, item.topic, item.state) == (row, topic, "submitted")
    assert "Mumsnet 1 0 25 1 0 0 0" in reading.words(client.get(page(inquiry, "reports/useful/")))


def test_a_search_that_is_under_way_for_the_topic_is_chosen_already_and_may_be_taken_off():
    inquiry = build.inquiry()
    who, (one, other) = build.contributor(inquiry), inquiry.topics.all()
    build.search(inquiry, searched_by=who, topic=one, looked_at=3, logged=0)
    begun = build.search(inquiry, searched_by=who, topic=one, looked_at=None, logged=None, minutes=None)
    build.search(
        inquiry, searched_by=who, topic=other, looked_at=None, logged=None, searched_at=build.NOW - timedelta(hours=3)
    )
    client = make.client(who)

    chosen = [filled_in(client.get(f"/evidence/capture/?topic={topic.pk}")).get("search") for topic in (one, other)]
    client.post("/evidence/capture/", {"topic": one.pk, "search": "", "our_words": "Of itself", "then": "Hand in"})

    assert chosen == [str(begun.pk), ""]
    assert Item.objects.get().search is None


def test_only_own_searches_of_the_same_inquiry_can_be_named():
    inquiry, elsewhere = build.inquiry(), build.inquiry()
    who = build.contributor(inquiry)
    inquiries.add(elsewhere, who, "contributor", now=build.NOW, by=None)
    theirs, mine = build.search(inquiry), build.search(elsewhere, searched_by=who)
    client, topic = make.client(who), build.topic(inquiry)
    words = {"topic": topic.pk, "our_words": "Nobody told them", "then": "Hand in"}

    refused = client.post("/evidence/capture/", {**words, "search": theirs.pk})
    offered = client.get(f"/evidence/capture/?search={theirs.pk}").context["form"].fields["search"].choices
    client.post("/evidence/capture/", {**words, "search": mine.pk})

    assert reading.errors(refused) == ["Select one of your searches, or none"]
    assert [key for key, _ in offered] == ["", str(mine.pk)]
    assert (Item.objects.get().search, Item.objects.get().inquiry) == (None, inquiry)


def test_who_never_searched_is_not_asked_for_a_search():
    inquiry = build.inquiry()
    build.search(inquiry)

    form = make.client(build.contributor(inquiry)).get("/evidence/capture/").context["form"]

    assert "search" not in form.fields
