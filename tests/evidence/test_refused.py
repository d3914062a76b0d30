"""What was refused is in the record of its inquiry, as the export for audit gives it: what was tried, never whom."""

import csv
import io
from datetime import timedelta

import pytest
import time_machine

from evidence import inquiries, sessions
from evidence.models import Inquiry, Seat, StopShown
from tests import make, reading
from tests.evidence import build

pytestmark = pytest.mark.django_db

PROFILE = "https://forum.carersuk.org/u/jane"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(build.NOW, tick=False):
        yield


@pytest.fixture
def inquiry():
    return build.inquiry()


def refused_in(inquiry):
    """What the export for audit says of stops, and that it names nobody who was looked at."""
    client = make.client(build.officer(inquiry))
    said = client.get(f"/evidence/inquiries/{inquiry.slug}/reports/audit.csv").content.decode("utf-8-sig")
    assert "jane" not in said
    rows = csv.DictReader(io.StringIO(said))
    return [(row["What"], row["By whom"]) for row in rows if row["What"].startswith("stop page")]


@pytest.mark.parametrize("chosen", [True, False])
def test_a_profile_is_in_the_record_of_the_topic_or_of_the_only_inquiry(inquiry, chosen):
    who = build.contributor(inquiry, name="Cora Contributor")
    topic = {"topic": build.topic(inquiry).pk} if chosen else {}

    make.client(who).post("/evidence/capture/", {"link": PROFILE, "then": "Hand in", **topic})

    assert refused_in(inquiry) == [("stop page: address of a profile", "Cora Contributor")]


def test_of_several_inquiries_the_one_whose_topic_was_chosen_has_it_and_without_a_topic_none(inquiry):
    other = build.inquiry()
    who = build.contributor(inquiry, name="Cora Contributor")
    inquiries.add(other, who, "contributor", now=build.NOW, by=None)

    for topic in (build.topic(other).pk, ""):
        make.client(who).post("/evidence/capture/", {"link": PROFILE, "topic": topic, "then": "Save for later"})

    assert refused_in(inquiry) == []
    assert refused_in(other) == [("stop page: address of a profile", "Cora Contributor")]
    assert list(StopShown.objects.order_by("pk").values_list("inquiry", flat=True)) == [other.pk, None]


def test_a_profile_that_a_phone_shares_or_that_a_change_brings_is_in_the_record_too(inquiry):
    who = build.contributor(inquiry, name="Cora Contributor")
    draft, item = build.draft(who, inquiry=inquiry, topic=build.topic(inquiry)), build.item(inquiry, by=who)
    own = f"/evidence/inquiries/{inquiry.slug}/items/{item.pk}/edit/"

    make.client(who).post("/evidence/share/", {"url": PROFILE})
    make.client(who).post(f"/evidence/inbox/{draft.pk}/", {"link": PROFILE, "version": "0"})
    make.client(who).post(own, {"link": PROFILE, "topic": item.topic_id, "version": "0"})

    assert refused_in(inquiry) == [("stop page: address of a profile", "Cora Contributor")] * 3


def test_a_profile_in_the_room_is_in_the_record_without_a_person(inquiry):
    session = build.session(inquiry)
    room = make.client().post(
        "/evidence/join/", {"code": session.code, "name": "Gita", "role": "resident", "used": "no"}
    )["Location"]
    build.seat(session, "Ben", "officer")
    sessions.make_pairs(session)
    topic = Seat.objects.get(name="Gita").pair.topics.first()

    make.client().post(room, {"topic": topic.pk, "link": PROFILE, "author_kind": "private", "log": "Log it"})

    assert refused_in(inquiry) == [("stop page: address of a profile", "")]


def test_a_person_as_the_topic_of_a_new_inquiry_is_in_its_record_once_it_is_there():
    who = make.organiser(name="Olu Officer")
    form = {
        "title": "Support for young carers",
        "committee": "Children and families committee",
        "purpose": "Do young carers get help?",
        "statutory_function": "Local Government Act 2000, section 9F",
        "starts_on": "2027-02-11",
        "ends_on": "2027-05-01",
        "keep_days": "90",
        "contact_email": "scrutiny@wessex.gov.uk",
    }
    long_ago = StopShown.objects.create(kind="person_topic", shown_to=who, shown_at=build.NOW - timedelta(hours=2))

    refused = make.client(who).post("/evidence/new/", {**form, "topics": "@jane"})
    make.client(who).post("/evidence/new/", {**form, "topics": "Respite"})

    assert len(reading.errors(refused)) == 1
    assert refused_in(Inquiry.objects.get()) == [("stop page: topic that is a person", "Olu Officer")]
    long_ago.refresh_from_db()
    assert long_ago.inquiry is None
