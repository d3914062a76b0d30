"""What goes when: two clocks, the shorter life of what is sensitive, legal hold, tombstones, drafts left alone."""

import os
import subprocess
import sys
from datetime import datetime, time, timedelta

import pytest
from django.core.files.storage import default_storage

from evidence import history, inquiries, pictures, retention, screenshots
from evidence.models import Inquiry, Item, ItemEvent, Override, Tombstone
from meetups.timings import LONDON
from tests.evidence import build
from tests.evidence.test_pictures import made

pytestmark = pytest.mark.django_db


def morning(day) -> datetime:
    return datetime.combine(day, time(6), tzinfo=LONDON)


@pytest.fixture
def inquiry() -> Inquiry:
    return build.inquiry(state=Inquiry.State.REPORTED)


def left(inquiry) -> list[int]:
    return list(Item.objects.of(inquiry).order_by("number").values_list("number", flat=True))


def test_what_was_only_seen_goes_the_day_after_the_date_everybody_was_told(inquiry):
    item = build.accepted(inquiry)
    digest = history.digest(item)

    assert retention.sweep(morning(inquiry.seen_kept_until)) == 0
    now = morning(inquiry.seen_kept_until + timedelta(days=1))
    assert retention.sweep(now) == 1
    assert retention.sweep(now) == 0

    assert not Item.objects.exists()
    stone = Tombstone.objects.get()
    assert (stone.item_ref, stone.number, stone.digest, stone.purged_at) == (item.ref, 1, digest, now)
    assert stone.reason == "Only seen: 90 days after the report are over"
    assert [event.kind for event in ItemEvent.objects.all()] == ["submitted", "purged"]
    assert all(event.seal == history.seal_of(event) for event in ItemEvent.objects.all())
    inquiry.refresh_from_db()
    assert inquiry.author_key == ""


def test_what_is_sensitive_goes_earlier(inquiry):
    build.accepted(inquiry)
    build.accepted(inquiry, categories=["health"])

    assert retention.sweep(morning(inquiry.sensitive_kept_until)) == 0
    assert retention.sweep(morning(inquiry.sensitive_kept_until + timedelta(days=1))) == 1

    assert left(inquiry) == [1]


def test_what_the_report_relies_on_stays_without_what_leads_to_a_person_until_four_years_after_the_meeting(
    inquiry, django_capture_on_commit_callbacks
):
    item = build.accepted(inquiry, reliance="relied", author_code="a" * 64, title="Jane’s page")
    shot = screenshots.add(item, pictures.redrawn(made()), now=build.NOW, by=item.saved_by, alt_text="A post")

    with django_capture_on_commit_callbacks(execute=True):
        gone = retention.sweep(morning(inquiry.seen_kept_until + timedelta(days=1)))

    item.refresh_from_db()
    kept = (item.link, item.canonical_url, item.hard_key, item.exact_words, item.author_code, item.title)
    assert (gone, kept) == (0, ("",) * 6)
    assert item.our_words.startswith("A parent had not heard of respite care")
    assert [sighting.link for sighting in item.sightings.all()] == [""]
    assert not default_storage.exists(shot.file.name)
    assert ItemEvent.objects.order_by("number").last().facts["digest"] == history.digest(item)
    retention.sweep(morning(inquiry.relied_on_kept_until))
    assert left(inquiry) == [1]
    assert retention.sweep(morning(inquiry.relied_on_kept_until + timedelta(days=1))) == 1


def test_of_an_organisation_link_and_words_stay_in_the_background_papers(inquiry):
    item = build.accepted(inquiry, reliance="relied", author_kind="organisation", author_code="a" * 64)

    retention.sweep(morning(inquiry.seen_kept_until + timedelta(days=1)))

    kept = Item.objects.get()
    assert (kept.link, kept.exact_words, kept.author_code) == (item.link, item.exact_words, "")


@pytest.mark.parametrize("kind", ["organisation", "press", "office"])
def test_what_is_sensitive_is_redacted_whoever_published_it(inquiry, kind, django_capture_on_commit_callbacks):
    item = build.accepted(inquiry, reliance="relied", author_kind=kind, categories=["health"], title="A family’s story")
    shot = screenshots.add(item, pictures.redrawn(made()), now=build.NOW, by=item.saved_by, alt_text="A post")

    with django_capture_on_commit_callbacks(execute=True):
        retention.sweep(morning(inquiry.sensitive_kept_until + timedelta(days=1)))

    item.refresh_from_db()
    assert (item.link, item.canonical_url, item.exact_words, item.title) == ("",) * 4
    assert [sighting.link for sighting in item.sightings.all()] == [""]
    assert item.our_words.startswith("A parent had not heard of respite care")
    assert not default_storage.exists(shot.file.name)


@pytest.mark.parametrize(("said", "kept"), [("0", 7), ("-5", 7), ("14", 14), ("9000", None)])
def test_lives_are_never_so_short_that_everything_goes_tonight_nor_without_end(said, kept):
    names = ("EVIDENCE_KEEP_DAYS", "EVIDENCE_SENSITIVE_KEEP_DAYS", "EVIDENCE_DRAFT_KEEP_DAYS")
    asked = f"from config import settings; print(*(getattr(settings, name) for name in {names}))"
    environment = {**os.environ, **dict.fromkeys(names, said)}

    answer = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True)

    assert answer.stdout.split() == ([str(kept)] * 3 if kept else ["365", "90", "90"])


def test_what_an_officer_keeps_longer_with_a_reason_stays_redacted(inquiry):
    item = build.accepted(inquiry)
    Override.objects.create(
        inquiry=inquiry, item=item, kind="keep", reason="Asked for", by=build.officer(inquiry), at=build.NOW
    )

    assert retention.sweep(morning(inquiry.seen_kept_until + timedelta(days=1))) == 0
    assert Item.objects.get().exact_words == ""


def test_under_a_legal_hold_nothing_goes_and_afterwards_the_clocks_count_again(inquiry):
    build.accepted(inquiry)
    late = morning(inquiry.relied_on_kept_until + timedelta(days=1))
    inquiries.hold(inquiry, because="FOI 2027/12", now=build.NOW, by=build.officer(inquiry))

    assert retention.sweep(late) == 0
    inquiries.lift_hold(inquiry, now=late, by=build.officer(inquiry))
    assert retention.sweep(late) == 1


def test_without_a_report_the_planned_end_counts(inquiry):
    listening = build.inquiry()
    build.item(listening)

    assert listening.is_open  # nothing lives for ever because nobody closed the inquiry
    assert listening.clock_starts_on == listening.ends_on
    assert retention.sweep(morning(listening.ends_on + timedelta(days=91))) == 1


@pytest.mark.parametrize("reopened", [False, True])
def test_what_is_handed_in_late_lives_as_long_as_the_rest_also_unreviewed_and_in_an_inquiry_opened_again(reopened):
    listening = build.inquiry()
    if reopened:
        inquiries.report(listening, on=listening.ends_on, now=build.NOW, by=build.officer(listening))
        inquiries.close(listening, now=build.NOW)
        inquiries.open_(listening, now=build.NOW)
    last_day = listening.ends_on + timedelta(days=200)
    build.item(listening)
    late = [
        build.item(listening),
        build.item(listening, categories=["health"]),
        build.accepted(listening, reliance="relied", categories=["health"]),
    ]
    Item.objects.filter(pk__in=[item.pk for item in late]).update(submitted_at=morning(last_day))

    assert retention.sweep(morning(last_day)) == 1
    assert (left(listening), redacted(listening)) == ([2, 3, 4], [])
    assert retention.sweep(morning(last_day + timedelta(days=30))) == 0
    assert retention.sweep(morning(last_day + timedelta(days=31))) == 1
    assert (left(listening), redacted(listening)) == ([2, 4], [4])
    assert retention.sweep(morning(last_day + timedelta(days=90))) == 0
    assert retention.sweep(morning(last_day + timedelta(days=91))) == 1
    assert left(listening) == [4]


def redacted(inquiry) -> list[int]:
    return list(Item.objects.of(inquiry).exclude(redacted_at=None).values_list("number", flat=True))


def test_what_is_handed_in_years_after_the_meeting_is_a_background_paper_for_four_years_from_then(inquiry):
    build.accepted(inquiry, reliance="relied")
    late = build.accepted(inquiry, reliance="relied")
    handed_in_on = inquiry.relied_on_kept_until
    Item.objects.filter(pk=late.pk).update(submitted_at=morning(handed_in_on))

    assert retention.sweep(morning(handed_in_on + timedelta(days=1))) == 1
    assert left(inquiry) == [2]
    assert retention.sweep(morning(handed_in_on.replace(year=handed_in_on.year + 4))) == 0
    assert retention.sweep(morning(handed_in_on.replace(year=handed_in_on.year + 4) + timedelta(days=1))) == 1


def test_an_open_inquiry_keeps_its_key_and_one_that_is_opened_again_has_one():
    """Without a key nobody is stopped at the third item by one author."""
    listening = build.inquiry()
    key = listening.author_key
    build.item(listening)
    late = morning(listening.ends_on + timedelta(days=91))

    assert retention.sweep(late) == 1
    listening.refresh_from_db()
    assert listening.author_key == key
    inquiries.close(listening, now=late)
    retention.sweep(late)
    listening.refresh_from_db()
    assert listening.author_key == ""
    inquiries.open_(listening, now=late)
    listening.refresh_from_db()
    assert len(listening.author_key) == 64
    assert listening.author_key != key


def test_drafts_left_alone_go_without_a_trace(inquiry, django_capture_on_commit_callbacks):
    who = build.contributor(inquiry)
    draft = build.draft(who)
    shot = screenshots.add(draft, pictures.redrawn(made()), now=build.NOW, by=who)

    retention.sweep(build.NOW + timedelta(days=30))
    assert Item.objects.count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        retention.sweep(build.NOW + timedelta(days=30, seconds=1))

    assert (Item.objects.count(), Tombstone.objects.count()) == (0, 0)
    assert not default_storage.exists(shot.file.name)


def test_numbers_of_items_that_went_are_not_given_again(inquiry):
    build.accepted(inquiry)
    retention.sweep(morning(inquiry.seen_kept_until + timedelta(days=1)))
    inquiry.refresh_from_db()

    assert build.item(inquiry).number == 2


def test_a_search_that_was_stopped_and_an_override_outlive_the_item(inquiry):
    item = build.accepted(inquiry)
    Override.objects.create(inquiry=inquiry, item=item, kind="quote", reason="Agreed", by=None, at=build.NOW)

    retention.sweep(morning(inquiry.seen_kept_until + timedelta(days=1)))

    assert [(each.item, each.reason) for each in Override.objects.all()] == [(None, "Agreed")]
