import re
from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.urls import reverse

from meetups import addresses, publishing, signups
from meetups.models import Answer, Meetup, SignUp, SignUpEvent
from outbox.models import Message
from people import links
from tests import make, reading

pytestmark = pytest.mark.django_db

PAGES = ["booking", "change_answers", "change_way", "cancel_booking", "booking_calendar"]
POSTS = ["sign_up_again", "send_again"]
LATER = make.START - timedelta(minutes=5)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as clock:
        yield clock


def url(signup: SignUp, name: str = "booking") -> str:
    return reverse(f"meetups:{name}", args=[addresses.booking_token(signup)])


def see(signup: SignUp, name: str = "booking"):
    return make.client().get(url(signup, name))


def everything() -> list[object]:
    """All rows that a visit could change."""
    tables = (SignUp, Answer, SignUpEvent, Message, Meetup)
    return [list(table.objects.order_by("pk").values()) for table in tables]


# --- Who may see it


@pytest.mark.parametrize("name", [*PAGES, *POSTS])
def test_only_the_link_itself_opens_a_booking(name):
    signup, other = make.signup(meetup=make.meetup()), make.signup(meetup=make.meetup())
    token = addresses.booking_token(signup)
    old = links.make(addresses.BOOKING, signup.pk, signup.link_version + 1)
    wrong = {
        "forged": token[:-1] + ("a" if token[-1] != "a" else "b"),
        "swapped row": token.replace(f"{signup.pk}.", f"{other.pk}.", 1),
        "for joining": addresses.join(signup).rstrip("/").rpartition("/")[2],
        "for another purpose": links.make("people:preferences", signup.person_id),
        "made void": old,
        "of a row that is not there": links.make(addresses.BOOKING, 999999),
        "signed with another key": signing.TimestampSigner(key="x" * 50, salt=addresses.BOOKING, sep="~").sign("1.0"),
        "nonsense": "🐟~~..",
    }

    for kind, bad in wrong.items():
        answer = make.client().generic("POST" if name in POSTS else "GET", reverse(f"meetups:{name}", args=[bad]))
        assert (kind, answer.status_code) == (kind, 404)


@pytest.mark.parametrize("name", ["booking", "change_answers", "change_way", "cancel_booking"])
def test_the_pages_are_kept_by_nobody_and_their_address_goes_to_no_other_site(name):
    answer = see(make.signup(meetup=make.both_meetup(), way="online"), name)

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "same-origin"
    assert '<meta name="robots" content="noindex, nofollow">' in answer.content.decode()


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("state", SignUp.State.values)
def test_looking_changes_nothing(method, state, clock):
    meetup = make.both_meetup(places_online=1)
    signup = make.signup(meetup=meetup, way="online")
    if state == SignUp.State.WAITING:
        signup = make.signup(meetup=meetup, way="online")
    if state == SignUp.State.CANCELLED:
        signup = signups.cancel(signup, now=make.NOW)
    before = everything()

    for moment in (make.NOW, LATER, make.START + timedelta(hours=3)):
        clock.move_to(moment)
        for name in PAGES:
            assert getattr(make.client(), method)(url(signup, name)).status_code in {200, 302}
        for name in POSTS:
            assert getattr(make.client(), method)(url(signup, name)).status_code == 405

    assert everything() == before


# --- What it says


def test_a_place_is_shown_with_what_was_said():
    meetup = make.meetup()
    question = meetup.questions.create(position=1, label="Would you like to be a fish?")
    signup = make.signup(
        meetup=meetup,
        name="Ann",
        email="ann@x.gov.uk",
        role="officer",
        access_needs="Captions",
        answers={question.pk: "Yes"},
    )

    answer = see(signup)

    assert reading.heading(answer) == "Scrutiny and social media"
    assert "You have a place" in reading.words(answer)
    assert "Your joining details come by email on Tuesday 23 February 2027, 6pm." in reading.words(answer)
    assert reading.facts(answer) == {
        "When": "Wednesday 24 February 2027, 10am to 12 noon (2 hours)",
        "How you take part": "Online, by video call",
        "Name": "Ann",
        "Email address": "ann@x.gov.uk",
        "Council or organisation": "Wessex Council",
        "Role": "Officer",
        "What helps you take part": "Captions",
        "Would you like to be a fish?": "Yes",
    }


def test_before_joining_details_are_out_there_is_no_way_into_the_call(clock):
    meetup = make.meetup(passcode="Sesame99", dial_in="0330 111 2222")
    signup = make.signup(meetup=meetup)

    early = see(signup).content.decode()
    clock.move_to(meetup.details_at)
    released = see(signup)

    assert [word for word in ("Sesame99", "0330 111 2222", "/join/") if word in early] == []
    facts = reading.facts(released)
    assert (facts["Passcode"], facts["By telephone"]) == ("Sesame99", "0330 111 2222")
    assert re.findall(r'href="http://localhost:8000(/join/[^"]+)"', released.content.decode()) != []
    assert "10am to 10:30am Topic 1" in reading.words(released)
    assert "video.example.org" not in released.content.decode()


@pytest.mark.parametrize("state", ["waiting", "cancelled"])
def test_without_a_place_there_is_no_way_into_the_call(state, clock):
    meetup = make.meetup(places_online=1, passcode="Sesame99")
    first = make.signup(meetup=meetup)
    signup = make.signup(meetup=meetup) if state == "waiting" else signups.cancel(first, now=make.NOW)
    clock.move_to(LATER)

    page = see(signup).content.decode()

    assert [word for word in ("Sesame99", "/join/", "video.example.org") if word in page] == []


def test_for_the_room_it_shows_the_way(clock):
    meetup = make.room_meetup(map_url="https://map.example/x", access_notes="Step-free from Market Road")
    signup = make.signup(meetup=meetup, way="room")
    clock.move_to(LATER)

    facts = reading.facts(see(signup))

    assert facts["How you take part"] == "In the room"
    assert facts["Room"] == "Committee Room 1 County Hall, Market Road, Chelmsford CM1 1QH Map of Committee Room 1"
    assert facts["Getting in and around"] == "Step-free from Market Road"


def test_whoever_waits_reads_why_and_where_they_are_in_line():
    meetup = make.meetup(places_online=1)
    make.signup(meetup=meetup)
    signup, _ = make.signup(meetup=meetup), make.signup(meetup=meetup)
    last = make.signup(meetup=meetup)

    assert "You are number 1 on the waiting list." in reading.words(see(signup))
    said = reading.words(see(last))
    assert "You are number 3 on the waiting list." in said
    assert "The only place was taken when you signed up on Wednesday 10 February 2027 at 10am." in said


def test_whoever_was_promoted_reads_why():
    meetup = make.meetup(places_online=1)
    first, second = make.signup(meetup=meetup, name="Quitting Quinn"), make.signup(meetup=meetup)

    signups.cancel(first, now=make.NOW)

    said = reading.words(see(second))
    assert (
        "You have a place A place became free on Wednesday 10 February 2027 at 10am and you were first in line." in said
    )
    assert "Quitting Quinn" not in said


def test_a_cancelled_meetup_says_so_with_the_words_of_the_host():
    meetup = make.meetup(hosts=[host := make.person()])
    signup = make.signup(meetup=meetup)
    publishing.cancel(meetup, note="The speaker is ill.", now=make.NOW, by=host)

    said = reading.words(see(signup))

    assert "The hosts have cancelled this meet-up. You need to do nothing. The speaker is ill." in said
    assert [name for name in ("Cancel my place", "Change my answers", "Send me the email again") if name in said] == []


def test_a_past_meetup_is_over(clock):
    signup = make.signup(meetup=make.meetup())
    signups.count_in(signup, now=LATER)
    clock.move_to(make.START + timedelta(hours=2))

    said = reading.words(see(signup))

    assert "This meet-up is over. Thank you for coming." in said
    assert "Cancel my place" not in said
