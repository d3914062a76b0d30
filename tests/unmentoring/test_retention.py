"""How long things live, what somebody can take out, and what leaving means."""

from datetime import timedelta

import pytest

from meetups import retention as meetups_retention
from people import my_data
from people.models import Person
from tests import make
from tests.unmentoring import build
from unmentoring import keeping_apart, learning, month, registrations, resting, retention
from unmentoring.models import KeepApart, Learning, PairingMember, Participant

pytestmark = pytest.mark.django_db


def test_somebody_who_never_confirmed_is_forgotten_after_a_month():
    guest = build.guest(email="asha@wessex.example")

    assert retention.forget_old(build.BEFORE + timedelta(days=29)) == 0
    assert retention.forget_old(build.BEFORE + timedelta(days=31)) == 1

    person = Person.objects.get(pk=guest.person_id)
    assert (Participant.objects.count(), person.email, person.name) == (0, f"guest-{person.pk}@invalid", "")


def test_somebody_who_left_is_forgotten_later_and_the_pairs_stay():
    one, other = build.participants(2)
    build.told()
    resting.leave(one, now=build.ASK)

    retention.forget_old(build.ASK + timedelta(days=31))

    assert Person.objects.get(pk=one.person_id).email == f"guest-{one.person_id}@invalid"
    assert Person.objects.get(pk=other.person_id).email == other.person.email
    assert PairingMember.objects.count() == 2


def test_a_participant_is_not_forgotten_because_an_old_sign_up_is():
    signup = make.signup(meetup=make.meetup(), email="asha@wessex.example")
    build.participant(email="asha@wessex.example", name="Asha Patel")

    meetups_retention.forget_old_signups(make.START + timedelta(days=200))

    person = Person.objects.get(pk=signup.person_id)
    assert (person.email, person.name) == ("asha@wessex.example", "Asha Patel")


def test_whoever_was_removed_is_remembered_so_that_they_stay_out_and_then_forgotten():
    one = build.participant()
    resting.remove(one, why="A pitch.", now=build.BEFORE)

    assert retention.forget_old(build.BEFORE + timedelta(days=700)) == 0
    assert retention.forget_old(build.BEFORE + timedelta(days=731)) == 1


def test_notes_about_a_pairing_are_forgotten_after_a_year():
    one, _ = build.participants(2)
    build.told()
    month.answer(build.member_of(one), "no", why_not="other", note="They moved house", now=build.ASK)

    retention.forget_old(build.DRAW + timedelta(days=364))
    assert build.member_of(one).note == "They moved house"
    retention.forget_old(build.DRAW + timedelta(days=366))

    member = build.member_of(one)
    assert (member.note, member.answer) == ("", "no")


def test_leaving_the_site_takes_everything_that_names_them_and_keeps_the_pairs():
    one, other = build.participants(2)
    build.told()
    learning.share(one, text="Ask early", now=build.ASK)
    keeping_apart.keep_apart(one, other, by=build.coordinator(), now=build.ASK)

    my_data.leave(one.person, now=build.ASK)

    one.refresh_from_db()
    assert (one.state, str(one.phone), one.line) == ("left", "", "")
    assert (Learning.objects.count(), KeepApart.objects.count(), PairingMember.objects.count()) == (0, 0, 2)


def test_somebody_can_take_out_all_that_is_held():
    one = build.participant(phone="020 7946 0001", line="Health", topics=["Data"])
    other = build.participant()
    build.told()
    month.answer(build.member_of(one), "no", why_not="no_time", note="Half-term", now=build.ASK)
    learning.share(one, text="Ask early", now=build.ASK)
    resting.skip(one, build.APRIL, now=build.ASK)

    records = registrations.collect(one.person)

    assert [record["What"] for record in records] == ["Taking part", "Pairing", "Learning", "Month"]
    assert (records[0]["Phone"], records[0]["About me"]) == ("+442079460001", "Health")
    assert (records[1]["With"], records[1]["Met"], records[1]["Note"]) == (other.person.name, "No", "Half-term")
