"""A legal hold: nothing of the inquiry goes, by whatever way, until it is lifted."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evidence import captures, inquiries, pictures, retention, screenshots
from evidence.models import Item, ItemEvent
from tests import make, reading
from tests.evidence import build
from tests.evidence.test_pictures import made

pytestmark = pytest.mark.django_db

LATE = build.NOW + timedelta(days=30, seconds=1)  # for a draft that nobody came back to


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(build.NOW, tick=False):
        yield


@pytest.fixture
def inquiry():
    return build.inquiry()


def held(inquiry):
    inquiries.hold(inquiry, because="FOI 2027/12", now=build.NOW, by=build.officer(inquiry))
    return inquiry


def shot_of(item):
    return screenshots.add(item, pictures.redrawn(made()), now=build.NOW, by=item.saved_by, alt_text="A post")


def draft_of(inquiry, who):
    return build.draft(who, inquiry=inquiry, topic=build.topic(inquiry))


def test_an_officer_takes_no_screenshot_out_under_a_hold_and_reads_why(inquiry, django_capture_on_commit_callbacks):
    item = build.item(inquiry)
    shot = shot_of(item)
    client = make.client(build.officer(inquiry))
    own = f"/evidence/inquiries/{inquiry.slug}/items/{item.pk}/"
    address = f"{own}screenshots/{shot.ref}/remove/"
    why = "There is a legal hold: FOI 2027/12. Nothing of the inquiry is removed until the hold is lifted."
    before = client.get(address).content.decode()
    held(inquiry)

    asked = client.get(address)
    with django_capture_on_commit_callbacks(execute=True):
        refused = client.post(address)

    assert why in reading.words(asked)
    assert ("Remove it</button>" in before, "Remove it</button>" in asked.content.decode()) == (True, False)
    assert refused["Location"] == own
    assert why in reading.words(client.get(own))
    assert default_storage.exists(shot.file.name)
    assert not ItemEvent.objects.filter(kind="screenshot_removed").exists()
    inquiries.lift_hold(inquiry, now=build.NOW, by=build.officer(inquiry))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address)
    assert not default_storage.exists(shot.file.name)
    assert ItemEvent.objects.filter(kind="screenshot_removed").count() == 1


def test_a_screenshot_is_taken_out_with_the_row_of_the_inquiry_locked(inquiry):
    shot = shot_of(build.item(inquiry))

    with CaptureQueriesContext(connection) as asked:
        screenshots.take_out(shot, now=build.NOW, by=build.officer(inquiry))

    first = next(query["sql"] for query in asked if 'FROM "evidence_inquiry"' in query["sql"])
    assert "FOR UPDATE" in first or connection.vendor == "sqlite"


def test_drafts_for_a_held_inquiry_stay_and_go_when_the_hold_is_lifted(inquiry):
    who = build.contributor(inquiry)
    others = [build.draft(who), draft_of(build.inquiry(), who)]
    draft = draft_of(held(inquiry), who)

    assert retention.forget_drafts(LATE) == len(others)
    assert list(Item.objects.drafts_of(who)) == [draft]
    inquiries.lift_hold(inquiry, now=build.NOW, by=build.officer(inquiry))
    assert retention.forget_drafts(LATE) == 1


@pytest.mark.parametrize("happens", ["owner saves", "officer holds"])
def test_what_happens_to_a_draft_while_old_ones_are_removed_counts_and_its_pictures_stay(inquiry, happens):
    who = build.contributor(inquiry)
    draft = draft_of(inquiry, who)
    shot = shot_of(draft)
    asked: list[str] = []

    def meanwhile(execute, sql, params, many, context):
        """After old drafts were listed, before the next thing that is asked of the database."""
        asked.append(sql)
        if len(asked) == 2 and happens == "owner saves":
            said = captures.Said(topic=build.topic(inquiry), our_words="I am still at it")
            captures.change(draft, said, version=draft.version, now=LATE, by=who)
        elif len(asked) == 2:
            held(inquiry)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(meanwhile):
        assert retention.forget_drafts(LATE) == 0

    assert list(draft.screenshots.all()) == [shot]
    assert Item.objects.get().our_words == ("I am still at it" if happens == "owner saves" else "")


def test_a_draft_is_removed_with_its_row_locked(inquiry):
    draft_of(inquiry, build.contributor(inquiry))

    with CaptureQueriesContext(connection) as asked:
        assert retention.forget_drafts(LATE) == 1

    of_rows = [query["sql"] for query in asked if 'FROM "evidence_item"' in query["sql"]]
    assert "FOR UPDATE" in of_rows[1] or connection.vendor == "sqlite"
