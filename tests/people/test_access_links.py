"""Links that carry a right: for one purpose, revocable, and where said expiring."""

from datetime import timedelta

import pytest
import time_machine
from django.test import override_settings

from meetups import addresses
from meetups.models import SignUp
from people import links
from people.models import Person
from tests import make

PURPOSE = "meetups:booking"
PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~"


def test_a_link_says_what_it_was_made_for() -> None:
    assert links.read(PURPOSE, links.make(PURPOSE, 41, 3)) == links.Claim(41, 3)
    assert links.read(PURPOSE, links.make(PURPOSE, 41)) == links.Claim(41, 0)


def test_a_token_is_safe_in_an_address() -> None:
    assert set(links.make(PURPOSE, 41, 3)) <= set(PLAIN)


def test_a_link_for_one_purpose_opens_nothing_else() -> None:
    token = links.make("meetups:join", 41)

    for purpose in ("meetups:booking", "people:preferences", "", "meetups:join "):
        with pytest.raises(links.BadLink):
            links.read(purpose, token)


def test_no_part_of_a_link_can_be_changed() -> None:
    token = links.make(PURPOSE, 41, 3)

    for at, letter in enumerate(token):
        other = "B" if letter != "B" else "C"
        with pytest.raises(links.BadLink):
            links.read(PURPOSE, token[:at] + other + token[at + 1 :])


@pytest.mark.parametrize("token", ["", "~", "~~", "41", "41.0", "41.0~~", "x" * 10_000, "41.0~é", "\x00", "41.0\n~a~b"])
def test_nonsense_is_a_bad_link_and_nothing_worse(token: str) -> None:
    with pytest.raises(links.BadLink):
        links.read(PURPOSE, token)


@pytest.mark.parametrize("value", ["41", "41.0.0", "x.0", "41.", "", "41.0 or 1"])
def test_a_signature_of_ours_on_other_words_is_no_link(value: str) -> None:
    from django.core import signing

    token = signing.TimestampSigner(salt=PURPOSE, sep="~").sign(value)

    with pytest.raises(links.BadLink):
        links.read(PURPOSE, token)


def test_a_link_expires_where_said_and_only_there() -> None:
    with time_machine.travel(make.NOW, tick=False) as clock:
        token = links.make(PURPOSE, 41)
        clock.shift(timedelta(days=30))
        assert links.read(PURPOSE, token, max_age=timedelta(days=30)) == links.Claim(41, 0)

        clock.shift(timedelta(seconds=2))

        with pytest.raises(links.BadLink):
            links.read(PURPOSE, token, max_age=timedelta(days=30))
        assert links.read(PURPOSE, token) == links.Claim(41, 0)


def test_a_new_key_of_the_site_makes_links_void_unless_the_old_one_is_kept() -> None:
    token = links.make(PURPOSE, 41)

    with override_settings(SECRET_KEY="another"), pytest.raises(links.BadLink):
        links.read(PURPOSE, token)
    with override_settings(
        SECRET_KEY="another", SECRET_KEY_FALLBACKS=["only-for-a-site-on-this-machine-that-nobody-else-can-reach"]
    ):
        assert links.read(PURPOSE, token) == links.Claim(41, 0)


# --- Links to a sign-up -------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_booking_link_finds_its_sign_up_and_no_other_link_does() -> None:
    signup = make.signup(meetup=make.meetup())
    join_token = addresses.join(signup).rstrip("/").rpartition("/")[2]

    assert addresses.signup_of(addresses.booking_token(signup), addresses.BOOKING) == signup
    assert addresses.signup_of(join_token, addresses.JOIN) == signup
    with pytest.raises(addresses.NoSuchBooking):
        addresses.signup_of(join_token, addresses.BOOKING)
    with pytest.raises(addresses.NoSuchBooking):
        addresses.signup_of(addresses.booking_token(signup), addresses.JOIN)


@pytest.mark.django_db
def test_raising_the_version_makes_every_earlier_link_void() -> None:
    signup = make.signup(meetup=make.meetup())
    token = addresses.booking_token(signup)

    SignUp.objects.update(link_version=1)

    with pytest.raises(addresses.NoSuchBooking):
        addresses.signup_of(token, addresses.BOOKING)
    assert addresses.signup_of(addresses.booking_token(SignUp.objects.get()), addresses.BOOKING) == signup


@pytest.mark.django_db
def test_a_link_to_a_sign_up_that_is_gone_leads_nowhere() -> None:
    signup = make.signup(meetup=make.meetup())
    token = addresses.booking_token(signup)
    SignUp.objects.all().delete()

    with pytest.raises(addresses.NoSuchBooking):
        addresses.signup_of(token, addresses.BOOKING)


@pytest.mark.django_db
def test_a_preferences_link_does_not_open_a_booking_of_the_same_number() -> None:
    signup = make.signup(meetup=make.meetup())
    person = Person.objects.get(pk=signup.person_id)
    token = addresses.preferences(person).rstrip("/").rpartition("/")[2]

    with pytest.raises(addresses.NoSuchBooking):
        addresses.signup_of(token, addresses.BOOKING)
