"""How long sign-up details live."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

from meetups import following, retention, topics
from meetups.models import (
    Answer,
    AttendanceImport,
    BreakoutPlan,
    Feedback,
    Follower,
    KeepApart,
    LearnedAlias,
    Meetup,
    Notice,
    Poll,
    Presence,
    SignUp,
    SignUpEvent,
    Topic,
    Vote,
)
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


def test_what_somebody_calls_themselves_in_calls_goes_with_their_last_sign_up() -> None:
    meetup, later = make.meetup(), make.meetup(starts_at=make.START + timedelta(days=60))
    comes_again, came_once = (full_signup(meetup, email=f"{name}@wessex.gov.uk") for name in ("asha", "rob"))
    make.signup(meetup=later, email="asha@wessex.gov.uk")
    report = AttendanceImport.objects.create(
        meetup=meetup, kind="Zoom", file_name="who.csv", read_at=make.NOW, attendees=[], state="confirmed",
        confirmed_at=make.NOW,
    )  # fmt: skip
    for signup in (comes_again, came_once):
        signup.person.aliases.create(shown=signup.person.email, learned_from=report, learned_at=make.NOW)

    retention.forget_old_signups(LONG_AFTER)
    assert list(LearnedAlias.objects.values_list("shown", flat=True)) == ["asha@wessex.gov.uk"]

    retention.forget_old_signups(LONG_AFTER + timedelta(days=60))
    assert not LearnedAlias.objects.exists()


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


# Rows that stay and say nothing about whom: what is counted, and that one letter of a kind was written.
STAY_NAMELESS = {"SignUp", "Notice", "CountedIn"}
# Of people who run things here or have chosen to stay: they end with that, not with a date.
OF_WHO_STAYS = {"CalendarFeed", "Announcement", "AttendanceImport", "Meetup", "News", "Notes", "NotesVersion", "Poll"}


def everything_of(signup: SignUp, other: SignUp) -> None:
    """A row of every table that points to a guest or their sign-up, or holds their words."""
    meetup, person, at = signup.meetup, signup.person, make.START
    room = BreakoutPlan.objects.create(meetup=meetup, seed="one").rounds.create(number=1, size=3)
    room.members.create(room=room.rooms.create(number=1, name="Oak"), signup=signup)
    report = meetup.attendance_imports.create(
        kind="report", file_name="x.csv", read_at=at, attendees=[{"name": "Asha"}]
    )
    report.counted.create(signup=signup, came_at=at)
    LearnedAlias.objects.create(shown="Ash", person=person, learned_from=report, learned_at=at)
    Presence.objects.create(signup=signup, is_here=True, at=at)
    KeepApart.objects.create(meetup=meetup, one=signup, other=other)
    Feedback.objects.create(meetup=meetup, signup=signup, liked="The rooms", given_at=at, changed_at=at)
    Follower.objects.create(series=meetup.series, person=person, asked_at=at)
    topic = topics.propose(meetup.series, "Buses", by=person, now=at)
    candidate = Poll.objects.create(meetup=meetup, opened_at=at).candidates.create(topic=topic)
    Vote.objects.create(poll=candidate.poll, candidate=candidate, person=person, at=at)
    Notice.objects.note(signup, Notice.DETAILS, at)


def tables_about_people() -> set[str]:
    """Every table of meet-ups that points to a person or a sign-up."""
    return {
        model.__name__
        for model in apps.get_app_config("meetups").get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model in {Person, SignUp}
    } - {"Series"}


def rows_of(signup: SignUp) -> set[str]:
    """The tables that have a row which leads to them."""
    found = set()
    for model in apps.get_app_config("meetups").get_models():
        for field in model._meta.concrete_fields:
            target = {Person: signup.person_id, SignUp: signup.pk}.get(field.related_model)
            if target and model._default_manager.filter(**{field.name: target}).exists():
                found.add(model.__name__)
    return found


def test_every_table_that_points_to_a_guest_is_forgotten_in_time() -> None:
    meetup = make.meetup()
    signup, other = full_signup(meetup, name="Asha"), make.signup(meetup=meetup)
    everything_of(signup, other)
    assert rows_of(signup) == tables_about_people() - OF_WHO_STAYS  # a new table has to be named and purged here

    retention.forget_old_signups(LONG_AFTER)
    following.forget_old(LONG_AFTER)

    assert rows_of(signup) == STAY_NAMELESS
    assert (SignUp.objects.get(pk=signup.pk).name, AttendanceImport.objects.get().attendees) == ("", [])
    assert Topic.objects.by_backing().get().backers == 1
