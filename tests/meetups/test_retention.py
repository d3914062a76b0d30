"""How long sign-up details live."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from meetups import retention
from meetups.models import Answer, Meetup, SignUp, SignUpEvent
from outbox.models import Message
from people.models import Person
from tests import make

pytestmark = pytest.mark.django_db
LONG_AFTER = make.START + timedelta(hours=2, days=settings.SIGNUPS_KEEP_DAYS, minutes=1)


def full_signup(meetup: Meetup, **fields: Any) -> SignUp:
    """With everything that must not stay for ever."""
    question = meetup.questions.create(position=0, label="Would you like to be a fish?")
    said = {"access_needs": "A hearing loop", "answers": {question.pk: "Yes"}}
    return make.signup(meetup=meetup, **{**said, **fields})


def test_some_weeks_after_the_meet_up_only_what_is_counted_is_left() -> None:
    signup = full_signup(make.meetup(), name="Asha Patel", email="asha@wessex.gov.uk", organisation="Wessex")

    assert retention.forget_old_signups(LONG_AFTER) > 0

    signup = SignUp.objects.get()
    assert (signup.name, signup.access_needs, signup.state, signup.organisation) == ("", "", "confirmed", "Wessex")
    assert (Answer.objects.count(), SignUpEvent.objects.count()) == (0, 0)
    person = Person.objects.get(pk=signup.person_id)
    assert (person.name, person.email, person.is_active) == ("", f"guest-{person.pk}@invalid", False)


def test_the_outbox_forgets_the_address_with_the_guest() -> None:
    full_signup(make.meetup(), email="asha@wessex.gov.uk")
    Message.objects.update(state="sent", sent_at=make.NOW)

    retention.forget_old_signups(LONG_AFTER)

    person = Person.objects.get(email__startswith="guest-")
    assert list(Message.objects.values_list("to_email", "text")) == [(person.email, "")]


def test_until_then_nothing_is_touched() -> None:
    full_signup(make.meetup(), name="Asha Patel")

    assert retention.forget_old_signups(LONG_AFTER - timedelta(minutes=2)) == 0

    assert SignUp.objects.get().name == "Asha Patel"
    assert (Answer.objects.count(), SignUpEvent.objects.count()) == (1, 1)


def test_doing_it_twice_is_doing_it_once() -> None:
    full_signup(make.meetup())
    retention.forget_old_signups(LONG_AFTER)

    assert retention.forget_old_signups(LONG_AFTER) == 0


def test_who_signs_in_here_keeps_their_own_name_but_not_their_needs_and_answers() -> None:
    person = make.person(email="asha@wessex.gov.uk", last_login=make.NOW)
    signup = full_signup(make.meetup(), name="Asha Patel", email=person.email)

    retention.forget_old_signups(LONG_AFTER)

    signup.refresh_from_db()
    person.refresh_from_db()
    assert (signup.name, signup.access_needs) == ("Asha Patel", "")
    assert (person.email, person.is_active) == ("asha@wessex.gov.uk", True)
    assert Answer.objects.count() == 0


def test_who_comes_again_later_stays_known_until_then() -> None:
    full_signup(make.meetup(), email="asha@wessex.gov.uk")
    make.signup(meetup=make.meetup(starts_at=make.START + timedelta(days=60)), email="asha@wessex.gov.uk")

    retention.forget_old_signups(LONG_AFTER)

    assert Person.objects.known_as("asha@wessex.gov.uk") is not None
    assert [signup.name != "" for signup in SignUp.objects.order_by("pk")] == [False, True]


@pytest.mark.parametrize("what", ["role", "hosting"])
def test_organisers_and_hosts_who_were_guests_stay_people(what: str) -> None:
    meetup = make.meetup()
    signup = full_signup(meetup, email="holly@a.gov.uk")
    if what == "role":
        signup.person.grants.create(role="organiser")
    else:
        make.meetup(hosts=[signup.person])

    retention.forget_old_signups(LONG_AFTER)

    assert Person.objects.known_as("holly@a.gov.uk") is not None


def test_forgetting_a_person_keeps_the_count_and_nothing_that_names_them() -> None:
    meetup = make.meetup()
    signup = full_signup(meetup, name="Asha Patel", organisation="One-person company")
    other = full_signup(meetup, name="Bob")

    retention.forget_person(signup.person, make.NOW)

    signup.refresh_from_db()
    other.refresh_from_db()
    assert (signup.name, signup.access_needs, signup.organisation, signup.state) == ("", "", "", "confirmed")
    assert other.name == "Bob"
    assert [answer.signup for answer in Answer.objects.all()] == [other]
    assert {event.signup for event in SignUpEvent.objects.all()} == {other}
