"""What somebody wants to hear about: by link, by one click, and never by a GET."""

import pytest
from django.test import Client
from django.urls import reverse

from meetups import addresses
from people import links, preferences
from people.models import Person, Preference
from tests import make

pytestmark = pytest.mark.django_db
NOW = make.NOW


def unsubscribe(person: Person, topic: str = "reminders") -> str:
    return reverse("people:unsubscribe", args=[topic, links.make("people:preferences", person.pk)])


def test_without_a_choice_the_default_of_the_topic_holds() -> None:
    person = make.person()

    assert preferences.wants(person, "reminders") is True
    assert preferences.choices(person)["reminders"] is True
    assert Preference.objects.count() == 0


def test_the_last_choice_holds_and_is_kept_once() -> None:
    person, other = make.person(), make.person()

    for wanted in (False, True, False):
        preferences.choose(person, "reminders", wanted, now=NOW)

    assert preferences.wants(person, "reminders") is False
    assert preferences.wants(other, "reminders") is True
    assert [(row.person, row.wanted, row.changed_at) for row in Preference.objects.all()] == [(person, False, NOW)]


def test_a_topic_nobody_registered_cannot_be_chosen() -> None:
    with pytest.raises(KeyError):
        preferences.choose(make.person(), "everything", False, now=NOW)


def test_one_click_in_the_mail_program_stops_the_topic(client: Client) -> None:
    person = make.person()
    strict = Client(enforce_csrf_checks=True)  # a mail program has no token of ours

    answer = strict.post(unsubscribe(person), {"List-Unsubscribe": "One-Click"})

    assert (answer.status_code, answer.content) == (200, b"You will not get these messages any more.\n")
    assert preferences.wants(person, "reminders") is False


def test_a_get_never_unsubscribes() -> None:
    person = make.person()

    assert Client().get(unsubscribe(person)).status_code == 405
    assert preferences.wants(person, "reminders") is True


@pytest.mark.parametrize("topic", ["everything", "reminders-2"])
def test_an_unknown_topic_is_not_found(topic: str) -> None:
    assert Client().post(unsubscribe(make.person(), topic)).status_code == 404
    assert Preference.objects.count() == 0


def test_a_link_for_something_else_stops_nothing() -> None:
    signup = make.signup(meetup=make.meetup())
    address = reverse("people:unsubscribe", args=["reminders", addresses.booking_token(signup)])

    assert Client().post(address).status_code == 404
    assert preferences.wants(signup.person, "reminders") is True


def test_the_address_in_the_mail_is_the_one_that_works() -> None:
    person = make.person()

    Client().post(addresses.unsubscribe(person, "reminders").removeprefix("http://localhost:8000"))

    assert preferences.wants(person, "reminders") is False
