"""Meet-ups as calendar files: what everybody may have, and what only the holder of a place gets."""

from datetime import UTC, datetime
from typing import Any

import pytest
import vobject

from meetups import calendars, letters, publishing, signups
from meetups.models import Meetup, SignUp
from outbox.models import Message
from tests import make

pytestmark = pytest.mark.django_db


def event(text: str) -> Any:
    return vobject.readOne(text).vevent


def test_the_file_for_everybody_says_where_to_sign_up_and_never_how_to_join() -> None:
    secrets = {"join_url": "https://video.example.org/j/raw", "passcode": "secret-pass", "dial_in": "020 7946 0123"}
    meetup = make.both_meetup(slug="network-7", **secrets)
    make.signup(meetup=meetup, name="Asha Patel", email="asha@wessex.gov.uk")

    text = calendars.for_public(meetup).replace("\r\n ", "")

    made = event(text)
    assert made.summary.value == "Scrutiny and social media"
    assert made.location.value == "Online and Committee Room 1, County Hall, Market Road, Chelmsford CM1 1QH"
    assert made.url.value == "http://localhost:8000/meetups/network-7/"
    assert made.dtstart.value == datetime(2027, 2, 24, 10, 0, tzinfo=UTC)
    for secret in ("video.example", "secret-pass", "7946", "/join/", "/booking/", "Asha", "wessex", "METHOD"):
        assert secret not in text


def test_mail_public_file_and_own_file_name_the_same_entry() -> None:
    signup = make.signup(meetup=make.meetup())

    uids = {
        event(text).uid.value
        for text in (calendars.for_public(signup.meetup), calendars.for_signup(signup), Message.objects.get().calendar)
    }

    assert uids == {f"{signup.meetup.uid}@localhost"}


def test_the_own_file_has_the_personal_link_and_no_raw_one() -> None:
    signup = make.signup(meetup=make.meetup(passcode="secret-pass"))

    text = calendars.for_signup(signup)

    assert event(text).url.value.startswith("http://localhost:8000/join/")
    assert event(text).location.value == "Online"
    assert "Your booking: http://localhost:8000/booking/" in event(text).description.value
    assert "METHOD" not in text
    assert "video.example" not in text.replace("\r\n ", "")
    assert "secret-pass" not in text.replace("\r\n ", "")


def test_the_own_file_of_somebody_in_the_room_leads_there() -> None:
    signup = make.signup(meetup=make.both_meetup(), way="room")

    made = event(calendars.for_signup(signup))

    assert made.location.value == "Committee Room 1, County Hall, Market Road, Chelmsford CM1 1QH"
    assert "How to find the room: http://localhost:8000/join/" in made.description.value


def test_a_file_does_not_change_while_nothing_changes() -> None:
    meetup = make.meetup()

    assert calendars.for_public(meetup) == calendars.for_public(Meetup.objects.get())


def test_the_sequence_never_falls_below_what_somebody_may_have_taken_from_the_page() -> None:
    meetup = make.meetup()
    Meetup.objects.update(schedule_version=4)  # moved three times before they signed up
    meetup.refresh_from_db()

    signup = make.signup(meetup=meetup)

    assert event(calendars.for_public(meetup)).sequence.value == "3"
    assert event(Message.objects.get().calendar).sequence.value == "3"
    signups.cancel(signup, now=make.NOW)
    assert event(Message.objects.order_by("pk")[1].calendar).sequence.value == "4"


@pytest.mark.parametrize("changed", ["title", "summary"])
def test_new_words_raise_the_sequence_of_every_file_and_write_to_nobody(changed: str) -> None:
    meetup = make.meetup()
    signup = make.signup(meetup=meetup)
    SignUp.objects.filter(pk=signup.pk).update(calendar_sequence=5)
    elsewhere = make.signup(meetup=make.meetup())
    meetup.refresh_from_db()

    def sequences() -> list[str]:
        own = SignUp.objects.for_letters().get(pk=signup.pk)
        made = (calendars.for_public(own.meetup), calendars.for_signup(own), calendars.own_feed([own]))
        return [event(text).sequence.value for text in made]

    assert sequences() == ["0", "5", "5"]
    setattr(meetup, changed, "Other words")
    for _ in range(2):  # saved again, nothing has changed
        publishing.save_changes(meetup, now=make.NOW)

    assert sequences() == ["1", "6", "6"]
    assert Meetup.objects.get(pk=meetup.pk).schedule_version == 1
    assert letters.queue_due(make.NOW) == 0
    assert SignUp.objects.get(pk=elsewhere.pk).calendar_sequence == 0
    signups.cancel(SignUp.objects.get(pk=signup.pk), now=make.NOW)
    assert event(Message.objects.order_by("-pk")[0].calendar).sequence.value == "7"


def test_new_words_of_a_draft_are_in_no_calendar_yet() -> None:
    draft = make.meetup(state="draft")

    draft.title = "Other words"
    publishing.save_changes(draft, now=make.NOW)

    assert Meetup.objects.get().words_version == 0


def test_what_is_cancelled_says_so_in_every_file() -> None:
    meetup = make.meetup()
    signup = make.signup(meetup=meetup)
    other = signups.cancel(make.signup(meetup=meetup), now=make.NOW)

    assert event(calendars.for_signup(other)).status.value == "CANCELLED"
    assert event(calendars.for_signup(signup)).status.value == "CONFIRMED"
    Meetup.objects.update(state="cancelled", cancelled_at=make.NOW)
    meetup.refresh_from_db()
    assert event(calendars.for_public(meetup)).status.value == "CANCELLED"
    assert event(calendars.for_signup(SignUp.objects.for_letters().get(pk=signup.pk))).status.value == "CANCELLED"
