"""Taking one's data out, and leaving."""

import json
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse

from meetups.models import Answer, SignUp
from outbox import queue
from outbox.models import Message
from people import my_data, preferences
from people.models import Person
from tests import make

pytestmark = pytest.mark.django_db
NOW = make.NOW


def somebody(**fields: Any) -> Person:
    """With a role, a choice, and a sign-up where they said much."""
    person = make.organiser(name="Asha Patel", email="asha@wessex.gov.uk", last_login=NOW, **fields)
    preferences.choose(person, "reminders", False, now=NOW)
    meetup = make.meetup(places_online=1)
    question = meetup.questions.create(position=0, label="Would you like to be a fish?")
    said = {"name": "Asha P", "access_needs": "A hearing loop", "answers": {question.pk: "Yes, gladly"}}
    make.signup(meetup=meetup, email=person.email, **said)
    EmailAddress.objects.create(user=person, email=person.email, verified=True)
    return person


def test_everything_said_is_in_what_one_takes_out() -> None:
    words = json.dumps(my_data.collect(somebody()), cls=DjangoJSONEncoder)

    for said in ("Asha Patel", "asha@wessex.gov.uk", "Asha P", "A hearing loop", "Yes, gladly", "organiser"):
        assert said in words


def test_the_emails_written_to_them_are_in_it_without_sign_in_codes() -> None:
    person = somebody()
    words = queue.Words("739104 is your code", "739104", "739104")
    queue.queue_secret(key="people.code:1", to=person.email.upper(), kind="account/login_code", words=words)

    rows = my_data.collect(person)["Emails we wrote to you"]

    assert [(row["Subject"], row["State"]) for row in rows] == [
        ("You have a place: Scrutiny and social media, Wednesday 24 February 2027", "waiting to be sent"),
        ("(a message for signing in)", "waiting to be sent"),
    ]


def test_nothing_of_others_is_in_it() -> None:
    person = somebody()
    make.signup(meetup=SignUp.objects.get().meetup, name="Bob Other", email="bob@other.gov.uk", access_needs="Ramp")

    words = json.dumps(my_data.collect(person), cls=DjangoJSONEncoder)

    for others in ("Bob Other", "bob@other.gov.uk", "Ramp"):
        assert others not in words


def test_the_file_is_json_with_a_name_and_nobody_else_gets_it() -> None:
    person = somebody()

    answer = make.client(person).get(reverse("people:take_out"))

    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert json.loads(answer.content).keys() == my_data.collect(person).keys()
    assert make.client().get(reverse("people:take_out")).status_code == 302


def test_leaving_gives_back_places_and_forgets_who_it_was() -> None:
    person = somebody()
    signup = SignUp.objects.get()
    waiting = make.signup(meetup=signup.meetup)

    my_data.leave(person, now=NOW + timedelta(hours=1))

    person.refresh_from_db()
    assert (person.name, person.organisation, person.council, person.is_active) == ("", "", None, False)
    assert (person.email, person.left_at) == (f"left-{person.pk}@invalid", NOW + timedelta(hours=1))
    assert [*person.grants.all(), *person.preferences.all(), *person.consents.all()] == []
    assert EmailAddress.objects.filter(user=person).count() == 0
    assert Authenticator.objects.filter(user=person).count() == 0
    signup.refresh_from_db()
    waiting.refresh_from_db()
    assert (signup.name, signup.access_needs, signup.state) == ("", "", "cancelled")
    assert Answer.objects.count() == 0
    assert waiting.is_confirmed  # the place went to the next in line


def test_leaving_keeps_what_is_only_counted() -> None:
    person = somebody()
    SignUp.objects.update(came_at=make.START)
    after = make.START + timedelta(days=1)

    my_data.leave(person, now=after)

    signup = SignUp.objects.get()
    assert (signup.name, signup.state, signup.came_at) == ("", "confirmed", make.START)


def test_the_address_that_left_can_come_again_as_somebody_new() -> None:
    person = somebody()
    my_data.leave(person, now=NOW)

    again = make.signup(meetup=make.meetup(), email="asha@wessex.gov.uk", name="Asha Again")

    assert again.person_id != person.pk


def test_nobody_is_named_in_the_events_that_others_can_read_after_they_left() -> None:
    person = somebody()
    waiting = make.signup(meetup=SignUp.objects.get().meetup)

    my_data.leave(person, now=NOW)

    assert [event.sentence for event in waiting.events.all() if "Asha" in event.sentence] == []


def test_the_last_letter_about_a_place_given_back_still_reaches_them() -> None:
    person = somebody()

    my_data.leave(person, now=NOW)

    last = Message.objects.filter(kind="meetups/cancelled").get()
    assert last.to_email == "asha@wessex.gov.uk"


def test_the_outbox_forgets_words_and_address_of_who_left() -> None:
    person = somebody()
    Message.objects.update(state="sent", sent_at=NOW)
    other = make.signup(meetup=make.meetup())

    my_data.leave(person, now=NOW)

    forgotten = Message.objects.get(state="sent")
    assert (forgotten.to_email, forgotten.subject, forgotten.text, forgotten.html, forgotten.calendar) == (
        f"left-{person.pk}@invalid",
        "",
        "",
        "",
        "",
    )
    assert Message.objects.get(to_email=other.person.email).text != ""
