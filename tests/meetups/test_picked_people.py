"""A message to some people only: they are ticked in the list, previewed, and written to once."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from meetups import announcing, guest_list, letters, signups
from meetups.models import Announcement, Meetup, SignUp
from outbox.models import Message
from people.models import Person
from tests import make, reading
from tests.meetups import counting

pytestmark = pytest.mark.django_db

BEFORE = make.NOW - timedelta(days=1)
WORDS = {"to": "picked", "subject": "Your question", "body": "Could you open with it?"}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def olive() -> Person:
    return make.organiser(email="olive@council.gov.uk", name="Organising Olive")


def with_people(*names: str, **fields) -> tuple[Meetup, dict[str, SignUp]]:
    meetup = make.meetup(**fields)
    return meetup, {name: add(meetup, name) for name in names}


def add(meetup: Meetup, name: str, **fields) -> SignUp:
    return make.signup(meetup=meetup, name=name, email=f"{name.lower()}@x.gov.uk", now=BEFORE, **fields)


def address(name: str, meetup: Meetup) -> str:
    return reverse(f"meetups:{name}", args=[meetup.slug])


def see(who: Person, meetup: Meetup, **query):
    return make.client(who).get(address("people", meetup), query)


def ticked(answer) -> set[str]:
    """The names with a tick on the page; what is ticked elsewhere by number."""
    page = answer.content.decode()
    numbers = re.findall(r'name="pick" value="(\d+)"(?: checked| form="people-list")', page)
    return {SignUp.objects.get(pk=number).name for number in numbers}


def write(who: Person, meetup: Meetup, picked: list[SignUp], **more):
    said = {"nonce": str(uuid4()), "pick": [one.pk for one in picked], **WORDS, **more}
    return make.client(who).post(address("write", meetup), said)


def written() -> list[str]:
    letters.queue_due(make.NOW)
    return sorted(Message.objects.filter(kind="meetups/announced").values_list("to_email", flat=True))


# --- Ticking


def test_people_who_are_there_can_be_ticked_and_nobody_else(olive):
    meetup, people = with_people("Ann", "Bob", "Cyd")
    signups.cancel(people["Bob"], now=make.NOW)
    SignUp.objects.filter(pk=people["Cyd"].pk).update(name="")

    page = see(olive, meetup).content.decode()

    assert re.findall(r'type="checkbox" form="people-list" id="pick-(\d+)"', page) == [str(people["Ann"].pk)]
    assert "Tick Ann" in page


def test_ticks_stay_while_one_searches_and_sorts(olive):
    meetup, people = with_people("Ann", "Bob", "Cyd")
    pick = [people["Ann"].pk, people["Bob"].pk]

    found = see(olive, meetup, pick=pick, q="bob", sort="name")

    assert [one.name for one in found.context["page"]] == ["Bob"]
    assert ticked(found) == {"Ann", "Bob"}
    assert "2 ticked when this page was made, 1 of them not on it." in reading.words(found)
    assert ticked(see(olive, meetup, pick=pick, q="nobody")) == {"Ann", "Bob"}


def test_ticks_stay_on_the_other_pages_of_a_long_list(olive):
    meetup = make.meetup()
    people = [add(meetup, f"Person {n:02}") for n in range(51)]

    second = see(olive, meetup, pick=[people[0].pk, people[50].pk], page=2)

    assert ticked(second) == {"Person 00", "Person 50"}
    assert 'form="people-list" name="page" value="1"' in second.content.decode()


def test_all_who_are_found_are_ticked_at_once_with_those_ticked_before(olive):
    meetup, people = with_people("Ann", "Bob", "Bobby", "Cyd", places_online=1)
    signups.cancel(people["Bobby"], now=make.NOW)

    answer = see(olive, meetup, pick=people["Ann"].pk, q="bob", all=1)

    assert "Tick the one found" in reading.words(answer)
    assert ticked(answer) == {"Ann", "Bob"}


def test_all_ticks_are_taken_away_at_once(olive):
    meetup, people = with_people("Ann", "Bob")

    assert ticked(see(olive, meetup, pick=people["Ann"].pk, none=1)) == set()


@pytest.mark.parametrize("odd", ["x", "-1", "9" * 40, "٣", "", "1 or 1=1"])
def test_nonsense_ticks_nobody(olive, odd):
    meetup, _ = with_people("Ann")

    assert ticked(see(olive, meetup, pick=odd)) == set()
    assert make.client(olive).get(address("write", meetup), {"pick": odd}).status_code == 200


def test_people_of_another_meet_up_cannot_be_ticked_nor_written_to(olive):
    meetup, _ = with_people("Ann")
    _, others = with_people("Eve")

    assert ticked(see(olive, meetup, pick=others["Eve"].pk)) == set()
    answer = write(olive, meetup, [others["Eve"]], send="1")

    assert reading.errors(answer) == ["Nobody would get it. Choose somebody else, or wait until there are sign-ups"]
    assert not Announcement.objects.exists()


def test_more_than_an_address_can_hold_are_not_ticked_and_the_page_says_so(olive, monkeypatch):
    monkeypatch.setattr(guest_list, "MOST_PICKED", 2)
    meetup, _ = with_people("Ann", "Bob", "Cyd")

    answer = see(olive, meetup, all=1)

    assert ticked(answer) == {"Ann", "Bob"}
    assert "So many cannot be ticked at once: only the first 2 are." in reading.words(answer)


# --- Writing to them


def test_who_was_ticked_is_chosen_when_one_begins_to_write(olive):
    meetup, people = with_people("Ann", "Bob", "Cyd")

    answer = make.client(olive).get(address("write", meetup), {"pick": [people["Ann"].pk, people["Cyd"].pk]})

    assert "People ticked in the list Ann and Cyd" in reading.words(answer)
    assert answer.context["form"]["to"].value() == "picked"


def test_of_many_the_first_are_named(olive):
    meetup = make.meetup()
    people = [add(meetup, f"P{n:02}") for n in range(10)]

    answer = make.client(olive).get(address("write", meetup), {"pick": [one.pk for one in people]})

    assert "P00, P01, P02, P03, P04, P05, P06, P07 and 2 more" in reading.words(answer)


def test_without_a_tick_there_is_no_such_choice_and_a_word_says_why(olive):
    meetup, _ = with_people("Ann")

    answer = make.client(olive).get(address("write", meetup), {"ticked": "1"})

    assert "You ticked nobody. Tick people in the list , or choose a group." in reading.words(answer)
    assert "People ticked in the list" not in reading.words(answer)
    assert reading.errors(write(olive, meetup, [])) == ["Select who gets it"]


def test_only_those_ticked_get_it_whether_they_have_a_place_or_wait(olive):
    meetup, people = with_people("Ann", "Bob", "Cyd", places_online=2)
    both = [people["Ann"], people["Cyd"]]

    preview = write(olive, meetup, both)
    answer = write(olive, meetup, both, send="1")

    assert "To People ticked in the list: 2 people" in reading.words(preview)
    assert "Who gets it Ann Cyd Send to 2 people" in reading.words(preview)
    assert answer.url == address("write", meetup)
    assert written() == ["ann@x.gov.uk", "cyd@x.gov.uk"]
    said = reading.words(make.client(olive).get(address("write", meetup)))
    assert "People ticked in the list. Went out to 2 people. Ticked: Ann, Cyd. Written by Organising Olive." in said


def test_the_preview_keeps_who_was_ticked(olive):
    meetup, people = with_people("Ann", "Bob")

    page = write(olive, meetup, [people["Ann"], people["Bob"]]).content.decode()

    assert [f'name="pick" value="{one.pk}"' in page for one in people.values()] == [True, True]


def test_the_preview_shows_nobodys_own_link(olive):
    meetup, people = with_people("Ann")

    page = write(olive, meetup, [people["Ann"]]).content.decode()

    assert "/booking/" not in page


def test_who_cancelled_since_is_named_and_gets_nothing(olive):
    meetup, people = with_people("Ann", "Bob")
    both = list(people.values())
    signups.cancel(people["Bob"], now=make.NOW)

    preview = write(olive, meetup, both)
    write(olive, meetup, both, send="1")

    assert "Not to Bob: cancelled since you ticked them." in reading.words(preview)
    assert written() == ["ann@x.gov.uk"]


def test_who_cancels_after_it_was_sent_and_before_it_went_out_gets_nothing(olive):
    meetup, people = with_people("Ann", "Bob")
    write(olive, meetup, list(people.values()), send="1")

    signups.cancel(people["Bob"], now=make.NOW)

    assert written() == ["ann@x.gov.uk"]


def test_groups_do_not_keep_who_was_ticked(olive):
    meetup, people = with_people("Ann", "Bob")

    write(olive, meetup, [people["Ann"]], send="1", to="confirmed")

    assert Announcement.objects.get().picked == []
    assert written() == ["ann@x.gov.uk", "bob@x.gov.uk"]


# --- Once, whatever happens


def test_a_double_click_is_one_message(olive):
    meetup, people = with_people("Ann")
    nonce = str(uuid4())

    answers = [write(olive, meetup, [people["Ann"]], send="1", nonce=nonce) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Announcement.objects.count() == 1
    assert written() == ["ann@x.gov.uk"]


def test_other_people_with_the_same_form_are_not_lost(olive):
    meetup, people = with_people("Ann", "Bob")
    nonce = str(uuid4())

    for one in people.values():
        write(olive, meetup, [one], send="1", nonce=nonce)

    assert written() == ["ann@x.gov.uk", "bob@x.gov.uk"]


def test_two_hosts_who_send_the_same_words_reach_each_person_once(olive):
    meetup, people = with_people("Ann", "Bob", "Cyd")
    another = make.organiser(name="Other Otto")
    write(olive, meetup, [people["Ann"], people["Bob"]], send="1")

    preview = write(another, meetup, [], to="everyone")
    write(another, meetup, [], to="everyone", send="1")
    refused = write(another, meetup, [people["Bob"]], send="1")

    assert "2 more have got exactly these words from the hosts already, and do not get them again." in (
        reading.words(preview)
    )
    assert "Who gets it Cyd Send to 1 person" in reading.words(preview)
    assert reading.errors(refused) == [
        "Everybody you chose has got exactly these words from the hosts within the last day"
    ]
    assert written() == ["ann@x.gov.uk", "bob@x.gov.uk", "cyd@x.gov.uk"]


def test_two_hosts_who_press_at_the_same_moment_reach_each_person_once(olive):
    meetup, people = with_people("Ann")
    told = {"meetup": meetup, "to": "picked", "picked": [people["Ann"].pk], "written_at": make.NOW}
    announcing.announce(Announcement(subject="A", body="B", **told), nonce=uuid4())

    with pytest.raises(announcing.EverybodyHasIt):
        announcing.announce(Announcement(subject="A", body="B", **told), nonce=uuid4())

    assert written() == ["ann@x.gov.uk"]


def test_who_moved_up_between_two_messages_with_the_same_words_gets_one(olive):
    meetup, people = with_people("Ann", "Bob", places_online=1)
    write(olive, meetup, [], to="waiting", send="1")
    letters.queue_due(make.NOW)
    signups.cancel(people["Ann"], now=make.NOW)

    refused = write(olive, meetup, [], to="confirmed", send="1")

    assert "exactly these words" in reading.errors(refused)[0]
    assert written() == ["bob@x.gov.uk"]


def test_the_same_words_can_be_sent_again_after_a_day(olive):
    meetup, people = with_people("Ann")
    write(olive, meetup, [people["Ann"]], send="1")
    written()

    with time_machine.travel(make.NOW + timedelta(hours=25), tick=False):
        answer = write(olive, meetup, [people["Ann"]], send="1")

    assert answer.status_code == 302
    assert written() == ["ann@x.gov.uk", "ann@x.gov.uk"]


def test_nobody_is_written_to_once_their_name_is_removed(olive):
    meetup, people = with_people("Ann", "Bob")
    SignUp.objects.filter(pk=people["Bob"].pk).update(name="")

    write(olive, meetup, [], to="everyone", send="1")

    assert written() == ["ann@x.gov.uk"]


def test_one_person_can_be_written_to_from_their_page(olive):
    meetup, people = with_people("Ann")

    page = make.client(olive).get(reverse("meetups:one_signup", args=[meetup.slug, people["Ann"].pk]))

    assert f'href="{address("write", meetup)}?pick={people["Ann"].pk}"' in page.content.decode()


def test_script_in_a_name_is_only_text(olive):
    script = "<script>alert(1)</script>"
    meetup = make.meetup()
    one = make.signup(meetup=meetup, name=script, now=BEFORE)
    client = make.client(olive)

    pages = [
        see(olive, meetup, pick=one.pk),
        client.get(address("write", meetup), {"pick": one.pk}),
        write(olive, meetup, [one]),
    ]

    assert [script in page.content.decode() for page in pages] == [False] * 3


def test_the_list_and_the_form_ask_the_database_as_often_for_thirty_as_for_one(olive):
    few, many = make.meetup(), make.meetup()
    add(few, "Ann")
    for n in range(30):
        add(many, f"Person {n}")
    client = make.client(olive)

    for name in ("people", "write"):
        asked = [
            counting.queries(client, f"{address(name, one)}?{'&'.join(f'pick={row.pk}' for row in one.signups.all())}")
            for one in (few, many)
        ]
        assert asked[0] == asked[1]
