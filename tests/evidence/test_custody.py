"""The chain of what happened to items: nobody changes, removes or swaps anything without being found out."""

import hashlib
from datetime import datetime, time, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evidence import captures, custody, history, inquiries, registrations, retention, reviewing
from evidence.models import Item, ItemEvent, Screenshot, Sighting, Tombstone
from meetups.timings import LONDON
from tests import make, reading
from tests.evidence import build

pytestmark = pytest.mark.django_db


def with_a_file(item):
    """A screenshot whose file is there, added with its event."""
    picture = Screenshot(item=item, format="PNG", width=1, height=1, bytes=3, added_at=build.NOW, alt_text="A post")
    picture.sha256 = hashlib.sha256(b"PNG").hexdigest()
    picture.file.save("any.png", ContentFile(b"PNG"), save=True)
    history.record(item, "screenshot", now=build.NOW)
    return picture


@pytest.fixture
def inquiry():
    """Two items, one of them accepted, with a screenshot."""
    made = build.inquiry()
    first = build.item(made)
    build.item(made)
    reviewing.accept(first, relied_on=True, version=0, now=build.NOW, by=build.officer(made))
    with_a_file(first)
    made.refresh_from_db()
    return made


def find_again(item):
    """Somebody else hands the same link in."""
    who = build.contributor(item.inquiry)
    words = {"exact_words": "We have waited as long as they have", "our_words": "It is not one family"}
    draft = build.draft(who, link=item.link, inquiry=item.inquiry, topic=item.topic, **words)
    assert not captures.submit(draft, now=build.NOW, by=who).is_new


def faults(inquiry):
    inquiry.refresh_from_db()
    return custody.verify(inquiry).faults


def test_nothing_is_wrong_with_what_nobody_touched(inquiry, capsys):
    assert custody.verify(inquiry) == custody.Checked(events=4, items=2, files=1, faults=[])

    call_command("verify_evidence", inquiry.slug)

    assert f"{inquiry.slug}: intact (4 events, 2 items, 1 files)" in capsys.readouterr().out


@pytest.mark.parametrize(
    "change",
    [{"facts": {"to": "set_aside"}}, {"kind": "purged"}, {"happened_at": make.NOW.replace(year=2020)}, {"by": None}],
)
def test_an_event_that_was_changed_is_found(inquiry, change):
    ItemEvent.objects.filter(inquiry=inquiry, number=1).update(**change)

    assert "Event 1 was changed." in faults(inquiry)


def test_an_event_that_is_missing_is_found_in_the_middle_and_at_the_end(inquiry):
    ItemEvent.objects.filter(inquiry=inquiry, number=2).delete()
    assert faults(inquiry)[0] == "Event 2 is missing."

    ItemEvent.objects.filter(inquiry=inquiry, number=4).delete()
    assert "The chain ends with event 3; it should end with event 4, sealed as kept." in faults(inquiry)


def test_an_event_that_was_made_anew_with_its_own_seal_is_found(inquiry):
    event = ItemEvent.objects.get(inquiry=inquiry, number=1)
    event.happened_at = make.NOW.replace(year=2020)
    event.seal = history.seal_of(event)
    event.save()

    assert faults(inquiry) == ["Event 2 does not follow the one before it."]


def test_an_item_whose_words_were_changed_past_the_history_is_found(inquiry):
    Item.objects.filter(number=1).update(our_words="Everybody is content")

    assert faults(inquiry) == ["Item 1 is not what it was after event 4."]


@pytest.mark.parametrize(
    "change", [{"is_sensitive": True}, {"saved_by": None}, {"soft_key": "web:x"}, {"platform": "x"}, {"minutes": 600}]
)
def test_an_item_that_was_made_to_be_seen_or_found_by_others_is_found(inquiry, change):
    Item.objects.filter(number=1).update(**change)

    assert faults(inquiry) == ["Item 1 is not what it was after event 4."]


def test_an_item_that_was_given_another_number_is_found(inquiry):
    Item.objects.filter(number=1).update(number=7)

    assert faults(inquiry) == ["Item 7 is not what it was after event 4."]


@pytest.mark.parametrize(
    "change",
    [
        {"exact_words": "Nobody complained"},
        {"our_words": "Others are content"},
        {"link": "https://example.org/other"},
        {"seen_at": make.NOW.replace(year=2020)},
        {"person": None},
        {"minutes": 600},
    ],
)
def test_what_another_finder_wrote_and_was_changed_is_found(inquiry, change):
    find_again(Item.objects.get(number=1))
    assert faults(inquiry) == []

    Sighting.objects.filter(our_words="It is not one family").update(**change)

    assert faults(inquiry) == ["Item 1 is not what it was after event 5."]


def test_what_another_finder_wrote_and_was_removed_is_found(inquiry):
    find_again(Item.objects.get(number=1))

    Sighting.objects.filter(our_words="It is not one family").delete()

    assert faults(inquiry) == ["Item 1 is not what it was after event 5."]


def test_a_screenshot_that_is_said_to_show_something_else_is_found(inquiry):
    Screenshot.objects.update(alt_text="A post with praise")

    assert faults(inquiry) == ["Item 1 is not what it was after event 4."]


def test_events_from_before_these_were_part_of_the_digest_hold_as_they_were_sealed():
    inquiry = build.inquiry()
    item = build.item(inquiry)
    event = ItemEvent.objects.get()
    event.facts = {"digest": history.digest(item, version=1)}
    event.seal = inquiry.history_head = history.seal_of(event)
    event.save()
    inquiry.save()
    assert faults(inquiry) == []

    Item.objects.update(minutes=600)
    assert faults(inquiry) == []
    Item.objects.update(our_words="Everybody is content")
    assert faults(inquiry) == ["Item 1 is not what it was after event 1."]
    item.refresh_from_db()
    history.record(item, "changed", now=build.NOW)
    assert faults(inquiry) == []
    Item.objects.update(minutes=5)
    assert faults(inquiry) == ["Item 1 is not what it was after event 2."]


def test_what_the_site_itself_changes_is_in_the_history_so_that_all_stays_intact(inquiry):
    first, second = Item.objects.order_by("number")
    find_again(second)
    finder, officer = second.sightings.last().person, build.officer(inquiry)
    plan = build.plan(about_children=True)

    inquiries.change(inquiry, plan, version=inquiry.version, now=build.NOW, by=officer)
    assert faults(inquiry) == []
    registrations.forget(finder, now=build.NOW)
    assert faults(inquiry) == []
    assert [sighting.person for sighting in second.sightings.all()] == [officer, None]
    registrations.forget(officer, now=build.NOW)
    assert faults(inquiry) == []
    assert list(Item.objects.values_list("saved_by", flat=True)) == [None, None]
    changed = ItemEvent.objects.filter(kind="changed").order_by("number")
    assert [(event.item_ref, event.by, event.facts["fields"]) for event in changed] == [
        (first.ref, officer, "is_sensitive"),
        (second.ref, officer, "is_sensitive"),
        (second.ref, None, "saved_by"),
        (first.ref, None, "saved_by"),
        (second.ref, None, "saved_by"),
    ]


def test_what_was_removed_or_redacted_at_the_end_of_its_life_is_intact_and_its_tombstone_is_checked(inquiry):
    find_again(Item.objects.get(number=1))
    inquiries.report(inquiry, on=build.TODAY, now=build.NOW, by=build.officer(inquiry))
    over = datetime.combine(inquiry.seen_kept_until + timedelta(days=1), time(6), tzinfo=LONDON)

    assert retention.sweep(over) == 1
    assert faults(inquiry) == []
    assert not Sighting.objects.exclude(exact_words="").exists()
    Tombstone.objects.update(reason="Asked for")
    assert faults(inquiry) == ["The tombstone of Item 2 is not what the history says."]


def test_a_tombstone_that_was_made_up_explains_nothing(inquiry):
    item = Item.objects.get(number=2)
    said = {"inquiry": inquiry, "number": 2, "saved_at": build.NOW, "purged_at": build.NOW, "reason": "Only seen"}
    Tombstone.objects.create(item_ref=item.ref, digest=history.digest(item), **said)
    item.delete()

    assert faults(inquiry) == ["The tombstone of Item 2 is not what the history says."]


def test_however_many_items_there_are_it_asks_the_database_as_often(inquiry):
    with CaptureQueriesContext(connection) as two:
        custody.verify(inquiry)
    find_again(build.item(inquiry))
    with_a_file(build.item(inquiry))
    with CaptureQueriesContext(connection) as four:
        custody.verify(inquiry)

    assert len(two) == len(four)


def test_hiding_all_items_asks_the_database_as_often_however_many_there_are():
    asked = []
    for items in (1, 3):
        inquiry = build.inquiry()
        for _ in range(items):
            build.item(inquiry)
        who, plan = build.officer(inquiry), build.plan(about_children=True)
        with CaptureQueriesContext(connection) as queries:
            inquiries.change(inquiry, plan, version=0, now=build.NOW, by=who)
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_an_event_seals_the_item_as_it_is_by_then_whatever_somebody_had_loaded_before(inquiry):
    loaded = Item.objects.prefetch_related("sightings").get(number=2)
    find_again(Item.objects.get(number=2))

    history.record(loaded, "revealed", now=build.NOW, by=build.officer(inquiry))

    assert faults(inquiry) == []


def test_an_item_that_disappeared_without_a_tombstone_is_found(inquiry):
    Item.objects.filter(number=2).delete()

    assert faults(inquiry) == ["The item of event 2 is gone, and nothing says why."]


def test_a_file_that_was_swapped_or_lost_is_found(inquiry):
    picture = Screenshot.objects.get()
    with picture.file.storage.open(picture.file.name, "wb") as file:
        file.write(b"JPG")
    assert faults(inquiry) == ["The file of screenshot 1 of Item 1 is not the one that was added."]

    picture.file.storage.delete(picture.file.name)
    assert faults(inquiry) == ["The file of screenshot 1 of Item 1 is missing."]


def test_the_command_fails_and_says_where(inquiry):
    Item.objects.filter(number=1).update(our_words="Everybody is content")

    with pytest.raises(CommandError) as failed:
        call_command("verify_evidence")
    assert str(failed.value) == f"{inquiry.slug}: Item 1 is not what it was after event 4."
    with pytest.raises(CommandError, match="no inquiry called nothing-like-it"):
        call_command("verify_evidence", "nothing-like-it")


def test_the_custody_sheet_says_what_happened_and_shows_no_exact_words(inquiry):
    item = Item.objects.get(number=1)
    client = make.client(build.officer(inquiry))
    url = f"/evidence/inquiries/{inquiry.slug}/items/{item.pk}/custody/"

    said = reading.words(client.get(url))

    assert "what is held is what the history says" in said
    assert all(event.seal in said for event in ItemEvent.objects.filter(item_ref=item.ref))
    assert item.exact_words not in said
    Item.objects.filter(pk=item.pk).update(our_words="Everybody is content")
    assert "Item 1 is not what it was" in reading.words(client.get(url))
