"""What everybody sees: what it is, joining, the wall."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from outbox.models import Message
from people.models import Consent, Person
from tests import make, reading
from tests.unmentoring import build
from unmentoring import addresses, joining, learning
from unmentoring.models import Learning, Participant, Report

pytestmark = pytest.mark.django_db

JOIN, JOINED = "/unmentoring/join/", "/unmentoring/joined/"
TYPED = {
    "name": "Ada Byron",
    "email": "ada@wessex.gov.uk",
    "phone": "020 7946 0018",
    "works_at": "Wessex Fire",
    "sector": "fire",
    "line": "Engines",
    "topics": "finance, Finance, allotments",
    "ways": ["phone", "teams"],
    "times": "Mondays",
    "rhythm": "two",
    "open_to_change": "on",
    "rules": "on",
}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(build.BEFORE, tick=False):
        yield


def test_the_public_page_says_what_it_is_the_rules_and_the_next_draw():
    build.participants(2)

    words = reading.words(make.client().get("/unmentoring/"))

    assert joining.RULES.text in words
    assert "Next draw: Monday 1 March 2027, 9am" in words
    assert "So far" not in words


def test_the_public_page_counts_and_names_nobody():
    one, other = build.participants(2, organisation="Secret Office")
    build.told()
    build.month.answer(build.member_of(one), "yes", now=build.ASK)

    answer = make.client().get("/unmentoring/")

    words = reading.words(answer)
    assert "2 people take part" in words.replace("people take part 2", "2 people take part")
    for person in (one.person, other.person):
        assert person.name not in words
        assert person.email not in words


def test_a_guest_joins_and_is_written_to_before_being_in():
    answer = make.client().post(JOIN, TYPED)

    one = Participant.objects.get()
    assert (answer.status_code, answer.url) == (302, JOINED)
    assert one.state == "new"
    assert (one.phone.as_e164, one.sector, one.rhythm, one.ways) == ("+442079460018", "fire", "two", ["phone", "teams"])
    assert one.topics == ["finance", "allotments"]
    assert list(Message.objects.values_list("to_email", flat=True)) == ["ada@wessex.gov.uk"]
    assert not Consent.objects.exists()


def test_the_page_after_joining_is_the_same_whether_or_not_the_address_is_known():
    build.participant(email="ada@wessex.gov.uk", name="Somebody Else", line="Do not change me")
    stranger, known = make.client(), make.client()

    first = stranger.post(JOIN, {**TYPED, "email": "new@wessex.gov.uk"})
    second = known.post(JOIN, TYPED)

    pages = [client.get(JOINED).content.decode() for client in (stranger, known)]
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert pages[0].replace("new@wessex.gov.uk", "ada@wessex.gov.uk") == pages[1]
    assert Participant.objects.get(person__email="ada@wessex.gov.uk").line == "Do not change me"


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"phone": "12345"}, "Enter a phone number, like 020 7946 0000 or +44 20 7946 0000"),
        ({"phone": ""}, "Enter your phone number"),
        ({"name": " "}, "Enter your name"),
        ({"email": "ada@"}, "Enter an email address in the correct format, like name@council.gov.uk"),
        ({"rules": ""}, "Tick the box to accept the rules"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(wrong, error):
    answer = make.client().post(JOIN, {**TYPED, **wrong, "times": "Mondays <b>only</b>"})

    assert reading.errors(answer) == [error]
    assert "Mondays &lt;b&gt;only&lt;/b&gt;" in answer.content.decode()
    assert not Participant.objects.exists()


def test_joining_too_often_with_one_address_is_refused_and_keeps_what_was_typed(settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "unmentoring:join": [(1, 600, "key")]}
    client = make.client()
    client.post(JOIN, TYPED)

    again = client.post(JOIN, TYPED)

    assert again.status_code == 429
    assert "ada@wessex.gov.uk" in again.content.decode()


def test_somebody_signed_in_is_in_at_once_and_is_asked_for_no_address():
    person = make.person(name="Ada Byron")
    client = make.client(person)

    assert 'name="email"' not in client.get(JOIN).content.decode()
    answer = client.post(JOIN, {name: value for name, value in TYPED.items() if name != "email"})

    one = Participant.objects.get(person=person)
    assert one.state == "active"
    assert answer.url == reverse(addresses.MINE, args=[addresses.token(addresses.MINE, one)])
    assert client.get(JOIN).url == answer.url


def test_confirming_is_a_button_and_keeps_the_wording_and_version_agreed_to():
    one = build.guest()
    url = reverse(addresses.CONFIRM, args=[addresses.token(addresses.CONFIRM, one)])
    client = make.client()

    client.get(url)
    one.refresh_from_db()
    assert one.state == "new"
    client.post(url)
    again = client.post(url)

    one.refresh_from_db()
    consent = Consent.objects.get(person=one.person)
    assert one.state == "active"
    assert (consent.version, consent.wording) == (joining.RULES.version, joining.RULES.text)
    assert reading.heading(again) == "You are in already"


def test_before_confirming_one_reads_what_was_entered_because_anybody_could_have_entered_it():
    one = build.guest(name="Asha Patel", phone="020 7946 0001", line="I ask about housing")

    facts = reading.facts(make.client().get(reverse(addresses.CONFIRM, args=[addresses.token(addresses.CONFIRM, one)])))

    assert facts == {"Name": "Asha Patel", "Phone": "+44 20 7946 0001", "About you": "I ask about housing"}


def test_the_wall_shows_only_what_everybody_may_see_and_a_coordinator_looked_at():
    one = build.participant(name="Ada Byron")
    boss = build.coordinator()
    shown = learning.share(one, text="<script>alert(1)</script>", visible_to="everyone", now=build.BEFORE)
    learning.approve(shown, by=boss, now=build.BEFORE)
    learning.share(one, text="Not looked at", visible_to="everyone", now=build.BEFORE)
    learning.share(one, text="For us only", visible_to="participants", now=build.BEFORE)

    answer = make.client().get("/unmentoring/learning/")

    words = reading.words(answer)
    assert "<script>alert(1)</script>" in words
    assert "<script>alert" not in answer.content.decode()
    for hidden in ("Not looked at", "For us only", "Ada Byron"):
        assert hidden not in words


def test_participants_see_what_is_for_them_and_who_left_does_not():
    one, gone = build.participants(2)
    learning.share(one, text="For us only", visible_to="participants", now=build.BEFORE)
    learning.share(one, text="For the coordinator", visible_to="coordinator", now=build.BEFORE)
    token = addresses.token(addresses.MINE, gone)
    url = reverse("unmentoring:learning_of_others", args=[token])

    words = reading.words(make.client().get(url))
    assert "For us only" in words
    assert "For the coordinator" not in words
    Participant.objects.filter(pk=gone.pk).update(state="left", left_at=build.BEFORE, phone="")
    assert make.client().get(url).status_code == 404


def test_anybody_can_report_what_is_on_the_wall():
    one = build.participant()
    shown = learning.share(one, text="Buy my software", visible_to="everyone", now=build.BEFORE)
    learning.approve(shown, by=build.coordinator(), now=build.BEFORE)
    url = f"/unmentoring/learning/{shown.pk}/report/"

    assert reading.errors(make.client().post(url, {"text": ""})) == ["Enter what is wrong with it"]
    make.client().post(url, {"text": "An advertisement"})

    report = Report.objects.get()
    assert (report.kind, report.text, report.learning) == ("learning", "An advertisement", shown)


@pytest.mark.parametrize("state", ["waiting", "hidden"])
def test_what_is_not_shown_cannot_be_reported_or_read_by_its_number(state):
    one = build.participant()
    kept = learning.share(one, text="Secret words", visible_to="everyone", now=build.BEFORE)
    Learning.objects.filter(pk=kept.pk).update(state=state)

    assert make.client().get(f"/unmentoring/learning/{kept.pk}/report/").status_code == 404


def test_the_wall_costs_the_same_for_one_and_for_twenty():
    boss, client = build.coordinator(), make.client()
    counts = []
    for number in (1, 19):
        for n, one in enumerate(build.participants(number)):
            kept = learning.share(one, text=f"Thing {n}", visible_to="everyone", with_name=True, now=build.BEFORE)
            learning.approve(kept, by=boss, now=build.BEFORE + timedelta(minutes=n))
        counts.append(queries_of(client, "/unmentoring/learning/"))

    assert counts[0] == counts[1]


def queries_of(client, url: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_a_person_known_to_the_site_joins_as_a_guest_without_losing_their_name():
    known = Person.objects.create_user("ada@wessex.gov.uk", name="Ada Lovelace")

    make.client().post(JOIN, TYPED)

    known.refresh_from_db()
    assert known.name == "Ada Lovelace"
