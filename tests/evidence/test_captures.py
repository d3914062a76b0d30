"""Drafts, handing in, the same thing twice, two people at once: what becomes of what somebody saved."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from evidence import captures, inquiries, stops
from evidence.models import Item, ItemEvent, StopShown
from people.models import Person
from tests.evidence import build

pytestmark = pytest.mark.django_db

NOW = build.NOW
POST = "https://x.com/EssexCC/status/1789012345678901234"
SAME_POST = "https://twitter.com/EssexCC/status/1789012345678901234?s=20&t=abc"


def saved(inquiry, by: Person, **fields) -> Item:
    said = captures.Said(**{"topic": build.topic(inquiry), "link": POST, **fields})
    return captures.save_draft(said, now=NOW, by=by)


def submitted(inquiry, by: Person, **fields) -> captures.HandedIn:
    return captures.submit(saved(inquiry, by, **fields), now=NOW, by=by)


def test_what_is_handed_in_gets_a_number_a_history_and_one_who_saw_it():
    inquiry = build.inquiry()
    who = build.contributor(inquiry)

    first = submitted(inquiry, who)
    second = submitted(inquiry, who, link="", our_words="A parent waits for a break")

    assert (first.is_new, first.item.number, first.item.state) == (True, 1, "submitted")
    assert (second.is_new, second.item.number) == (True, 2)
    assert [sighting.person for sighting in first.item.sightings.all()] == [who]
    assert list(ItemEvent.objects.values_list("number", "item_ref", "kind")) == [
        (1, first.item.ref, "submitted"),
        (2, second.item.ref, "submitted"),
    ]


def test_the_same_thing_twice_is_one_item_seen_by_two_and_keeps_the_words_of_both():
    inquiry = build.inquiry()
    one, other = build.contributor(inquiry), build.contributor(inquiry)
    first = submitted(inquiry, one, our_words="Nobody told them")
    again = saved(inquiry, other, link=SAME_POST, our_words="They had not heard of it", minutes=3)
    build.screenshot(again)

    second = captures.submit(again, now=NOW + timedelta(hours=1), by=other)

    assert (second.is_new, second.item.pk) == (False, first.item.pk)
    assert second.item.our_words == "Nobody told them"
    seen = [(s.person, s.link, s.our_words, s.minutes) for s in second.item.sightings.all()]
    assert seen == [(one, POST, "", None), (other, SAME_POST, "They had not heard of it", 3)]
    assert second.item.screenshots.count() == 1
    assert not Item.objects.drafts_of(other).exists()
    assert [event.kind for event in ItemEvent.objects.all()] == ["submitted", "seen_again"]


def test_the_same_person_twice_keeps_both_texts_in_one_sighting():
    inquiry = build.inquiry()
    who = build.contributor(inquiry)
    submitted(inquiry, who)
    for words in ("First", "First", "Second"):
        handed_in = submitted(inquiry, who, our_words=words)

    assert [s.our_words for s in handed_in.item.sightings.all()] == ["First\n\nSecond"]


def test_what_the_second_finds_sensitive_becomes_sensitive():
    inquiry = build.inquiry()
    one, other = build.contributor(inquiry), build.contributor(inquiry)
    submitted(inquiry, one)

    submitted(inquiry, other, categories=["health"])

    item = Item.objects.get()
    assert (item.is_sensitive, item.categories) == (True, ["health"])


def test_another_inquiry_has_its_own_item_and_another_code_for_the_same_author():
    one, other = build.inquiry(), build.inquiry()

    items = [submitted(inquiry, build.officer(inquiry)).item for inquiry in (one, other)]

    assert [item.number for item in items] == [1, 1]
    assert items[0].author_code != items[1].author_code
    assert all("essexcc" not in item.author_code.lower() for item in items)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"topic": None}, captures.NotWhole),
        ({"link": ""}, captures.NotWhole),
    ],
)
def test_a_draft_without_topic_or_without_link_and_words_stays_a_draft(fields, wrong):
    inquiry = build.inquiry()
    who = build.contributor(inquiry)
    draft = saved(inquiry, who, **fields)

    with pytest.raises(wrong):
        captures.submit(draft, now=NOW, by=who)

    assert Item.objects.drafts_of(who).get() == draft


def test_nothing_is_handed_in_to_an_inquiry_that_is_closed_or_that_one_left():
    closed, left = build.inquiry(), build.inquiry()
    who = build.contributor(closed)
    drafts = [saved(closed, who), saved(left, who)]
    closed.state = "closed"
    closed.save()

    for draft in drafts:
        with pytest.raises(captures.NotListening):
            captures.submit(draft, now=NOW, by=who)

    assert Item.objects.drafts_of(who).count() == 2


def test_nobody_hands_in_what_is_in_somebody_elses_inbox():
    inquiry = build.inquiry()
    draft = saved(inquiry, build.contributor(inquiry))

    with pytest.raises(captures.NoLongerADraft):
        captures.submit(draft, now=NOW, by=build.officer(inquiry))


def test_a_profile_is_not_kept():
    inquiry = build.inquiry()

    with pytest.raises(captures.AProfile):
        saved(inquiry, build.officer(inquiry), link="https://x.com/janedoe")

    assert not Item.objects.exists()


def test_an_inquiry_about_children_makes_everything_sensitive():
    inquiry = build.inquiry(about_children=True)

    assert submitted(inquiry, build.officer(inquiry)).item.is_sensitive


# --- one author ----------------------------------------------------------------------------------------------------


def post(number: int, who: str = "janedoe") -> str:
    return f"https://x.com/{who}/status/178901234567890{number:04}"


def test_the_third_item_by_one_private_author_needs_a_reason_and_stays_a_draft_until_then():
    inquiry = build.inquiry()
    who = build.contributor(inquiry)
    for number in (1, 2):
        submitted(inquiry, who, link=post(number))
    third = saved(inquiry, who, link=post(3, "JaneDoe"))

    with pytest.raises(captures.OneAuthorAgain):
        captures.submit(third, now=NOW, by=who)
    stop = stops.show("third_item", to=who, now=NOW, inquiry=inquiry, item=third)
    with pytest.raises(captures.OneAuthorAgain):
        captures.submit(third, now=NOW, by=who, stop=stop)
    assert stops.show("third_item", to=who, now=NOW, inquiry=inquiry, item=third) == stop
    stops.go_on(stop, "She speaks for a group of forty", now=NOW)
    handed_in = captures.submit(third, now=NOW, by=who, stop=stop)

    assert (handed_in.is_new, handed_in.item.number) == (True, 3)
    stop = StopShown.objects.get()
    assert (stop.item, stop.outcome, stop.reason) == (handed_in.item, "went_on", "She speaks for a group of forty")


def test_a_reason_for_one_draft_opens_nothing_for_another():
    inquiry = build.inquiry()
    who = build.contributor(inquiry)
    for number in (1, 2):
        submitted(inquiry, who, link=post(number))
    third, fourth = saved(inquiry, who, link=post(3)), saved(inquiry, who, link=post(4))
    stop = stops.go_on(stops.show("third_item", to=who, now=NOW, inquiry=inquiry, item=third), "Why", now=NOW)

    with pytest.raises(captures.OneAuthorAgain):
        captures.submit(fourth, now=NOW, by=who, stop=stop)


def test_a_reason_for_one_inquiry_opens_nothing_in_another():
    inquiry, other = build.inquiry(), build.inquiry()
    who = build.contributor(inquiry)
    inquiries.add(other, who, "contributor", now=NOW, by=None)
    for of in (inquiry, other):
        for number in (1, 2):
            submitted(of, who, link=post(number))
    third = saved(inquiry, who, link=post(3))
    stop = stops.go_on(stops.show("third_item", to=who, now=NOW, inquiry=inquiry, item=third), "Why", now=NOW)
    said = captures.Said(topic=build.topic(other), link=post(3))
    captures.change(third, said, version=third.version, now=NOW, by=who)

    with pytest.raises(captures.OneAuthorAgain):
        captures.submit(third, now=NOW, by=who, stop=stop)


def test_press_organisations_and_public_office_may_be_looked_at_often():
    inquiry = build.inquiry()
    who = build.contributor(inquiry)

    kinds = ["office", "press", "organisation", "office"]
    handed_in = [submitted(inquiry, who, link=post(n), author_kind=kind) for n, kind in enumerate(kinds)]

    assert [each.item.number for each in handed_in] == [1, 2, 3, 4]


def test_a_name_that_was_typed_counts_like_one_in_the_address_and_is_nowhere_kept():
    inquiry = build.inquiry()
    who = build.contributor(inquiry)
    for number in (1, 2):
        submitted(inquiry, who, link=post(number))
    draft = saved(inquiry, who, link="https://x.com/i/web/status/5", author="@JaneDoe")

    with pytest.raises(captures.OneAuthorAgain):
        captures.submit(draft, now=NOW, by=who)

    kept = [str(value).lower() for value in Item.objects.filter(pk=draft.pk).values().get().values()]
    assert all("janedoe" not in value for value in kept)


def test_the_same_post_of_one_author_a_third_time_is_no_third_item():
    inquiry = build.inquiry()
    for number in (1, 2):
        submitted(inquiry, build.officer(inquiry), link=post(number))

    assert submitted(inquiry, build.contributor(inquiry), link=post(2)).is_new is False


# --- two people at once -------------------------------------------------------------------------------------------


def test_two_who_change_one_item_at_once_lose_nothing():
    inquiry = build.inquiry()
    who = build.contributor(inquiry)
    item = submitted(inquiry, who).item
    said = {"topic": item.topic, "link": item.link}
    captures.change(item, captures.Said(**said, our_words="Theirs"), version=item.version, now=NOW, by=who)

    mine = captures.Said(**said, our_words="Mine")
    with pytest.raises(captures.ChangedMeanwhile):
        captures.change(item, mine, version=item.version, now=NOW, by=build.officer(inquiry))

    item.refresh_from_db()
    assert item.our_words == "Theirs"
    assert [(e.kind, e.facts.get("fields")) for e in ItemEvent.objects.all()] == [
        ("submitted", None),
        ("changed", "our_words"),
    ]


def test_a_link_that_another_item_has_is_refused_and_nothing_is_changed():
    inquiry = build.inquiry()
    who = build.contributor(inquiry)
    first, second = submitted(inquiry, who).item, submitted(inquiry, who, link="", our_words="Ours").item

    said = captures.Said(topic=second.topic, link=SAME_POST, our_words="Ours")
    with pytest.raises(captures.KnownAlready) as known:
        captures.change(second, said, version=second.version, now=NOW, by=who)

    assert known.value.item == first
    kept = Item.objects.get(pk=second.pk)
    assert (kept.link, kept.version) == ("", second.version)


def test_items_of_one_thread_are_named_before_a_draft_is_handed_in():
    inquiry = build.inquiry()
    who = build.contributor(inquiry)
    first = submitted(inquiry, who, link="https://www.reddit.com/r/essex/comments/abc12/x/").item
    draft = saved(inquiry, who, link="https://www.reddit.com/r/essex/comments/abc12/comment/def34/")

    assert captures.same_thread(draft) == [first]
    assert captures.same_thread(saved(inquiry, who, link="", our_words="Only words")) == []


def test_without_the_lock_the_database_itself_refuses_a_second_item_for_one_link():
    inquiry = build.inquiry()
    build.item(inquiry, link=POST)

    with pytest.raises(IntegrityError), transaction.atomic():
        build.item(inquiry, link=SAME_POST)
