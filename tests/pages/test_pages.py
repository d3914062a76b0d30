import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetups.models import Meetup
from tests import make, reading

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(make.NOW, tick=False):
        yield


def titles(answer) -> list[str]:
    return [card.meetup.title for card in answer.context["coming"]]


def test_home_says_what_this_is_and_what_to_do():
    answer = make.client().get("/")

    said = reading.words(answer)
    assert "is where officers and councillors who do scrutiny in UK local government meet" in said
    assert "No meet-up is planned at the moment." in said
    assert "Meet-ups Find the next meet-up and sign up in under a minute." in said


def test_home_shows_the_next_three_meetups_and_no_others():
    for weeks in (5, 1, 3, 2):
        make.meetup(title=f"In {weeks} weeks", starts_at=make.NOW + timedelta(weeks=weeks))
    make.meetup(title="Draft", state=Meetup.State.DRAFT, starts_at=make.NOW + timedelta(days=1))
    make.meetup(title="Cancelled", state=Meetup.State.CANCELLED, starts_at=make.NOW + timedelta(days=2))
    make.meetup(title="Past", starts_at=make.NOW - timedelta(days=1))

    assert titles(make.client().get("/")) == ["In 1 weeks", "In 2 weeks", "In 3 weeks"]


def test_home_needs_two_queries_for_strangers(django_assert_num_queries):
    for weeks in range(1, 4):
        make.signup(meetup=make.meetup(starts_at=make.NOW + timedelta(weeks=weeks)))

    with django_assert_num_queries(2):  # meet-ups, quotes
        make.client().get("/")


def test_my_things_asks_strangers_to_sign_in():
    assert make.client().get("/my-things/")["Location"].startswith("/account/sign-in/")


def test_my_things_without_anything_says_how_to_get_something():
    person = make.person(name="Ann", organisation="Wessex Council")

    answer = make.client(person).get("/my-things/")

    assert "You are not signed up for a meet-up." in reading.words(answer)
    assert reading.facts(answer) == {
        "Name": "Ann",
        "Council or organisation": "Wessex Council",
        "Email address": person.email,
    }


def test_my_things_shows_my_places_and_nobody_elses():
    mine, other = make.meetup(title="My meet-up"), make.meetup(title="Somebody else's")
    signup = make.signup(meetup=mine)
    make.signup(meetup=other)

    answer = make.client(signup.person).get("/my-things/")

    said = reading.words(answer)
    assert "My meet-up" in said
    assert "Somebody else's" not in said
    (link,) = set(re.findall(r'href="(/booking/[^"]+)"', answer.content.decode()))
    assert reading.heading(make.client().get(link)) == "My meet-up"


def test_my_things_needs_as_many_queries_for_30_places_as_for_1():
    person = make.person()
    client = make.client(person)
    needed = []
    for places in (1, 30):
        while person.signups.count() < places:
            make.signup(meetup=make.meetup(hosts=[person]), email=person.email)
        with CaptureQueriesContext(connection) as counted:
            client.get("/my-things/")
        needed.append(len(counted))

    assert needed[0] == needed[1]


def test_my_things_leads_to_everything_about_me():
    page = make.client(make.person()).get("/my-things/").content.decode()

    for address in ("/me/", "/me/preferences/", "/me/data/", "/me/leave/", "/account/email/", "/account/second-step/"):
        assert f'href="{address}"' in page


def test_the_privacy_page_says_how_long_things_are_kept(settings):
    settings.SIGNUPS_KEEP_DAYS, settings.OUTBOX_KEEP_TEXT_DAYS = 41, 42

    said = reading.words(make.client().get("/privacy/"))

    assert "41 days after the meet-up" in said
    assert (
        "The text of emails we sent you Why To see whether they arrived and what they said. How long 42 days." in said
    )
    assert "hello@localhost" in said


def test_the_accessibility_statement_says_what_to_do_when_something_does_not_work():
    said = reading.words(make.client().get("/accessibility/"))

    assert "Write to hello@localhost and say which page it was" in said
    assert "We do not claim that it meets every criterion." in said


@pytest.mark.parametrize("address", ["/", "/privacy/", "/accessibility/"])
def test_public_pages_are_light_and_answered_with_not_modified(address):
    first = make.client().get(address)

    assert len(first.content) < (40_000 if address == "/privacy/" else 25_000)  # before compression
    assert make.client().get(address, headers={"if-none-match": first["ETag"]}).status_code == 304


def test_a_demonstration_says_so_and_where_to_find_mail_and_codes(settings):
    settings.DEMO, settings.MAIL_SINK_URL = True, "http://localhost:8025/"

    page = make.client().get(reverse("account_login")).content.decode()

    assert "The people and councils here are made up and no email leaves this site." in page
    assert 'href="http://localhost:8025/accounts"' in page
