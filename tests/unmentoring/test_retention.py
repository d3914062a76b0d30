"""How long things live, what somebody can take out, and what leaving means."""

import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.apps import apps

from meetups import retention as meetups_retention
from outbox.models import Message
from people import my_data
from people.models import Person
from tests import make, reading
from tests.unmentoring import build
from unmentoring import keeping_apart, learning, month, registrations, repairs, resting, retention, rounds
from unmentoring.models import (
    KeepApart,
    Learning,
    MonthChoice,
    Pairing,
    PairingMember,
    Participant,
    Report,
    Round,
    Waiting,
)

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


def test_whoever_was_removed_is_not_forgotten_early_because_an_old_sign_up_is():
    signup = make.signup(meetup=make.meetup(), email="asha@wessex.example")
    one = build.participant(email="asha@wessex.example")
    resting.remove(one, why="A pitch.", now=make.START)

    meetups_retention.forget_old_signups(make.START + timedelta(days=200))

    assert Person.objects.get(pk=signup.person_id).email == "asha@wessex.example"


def test_an_address_that_left_and_was_typed_in_again_without_a_word_from_its_owner_has_still_left():
    one, _ = build.participants(2)
    build.told()
    resting.leave(one, now=build.ASK)
    again = build.ASK + timedelta(days=5)
    build.guest(email=one.person.email, phone="020 7946 0999", now=again)

    one.refresh_from_db()
    assert (one.state, one.left_at) == ("new", build.ASK)
    retention.forget_old(again + timedelta(days=31))

    one.refresh_from_db()
    assert (one.state, str(one.phone), one.left_at, one.pending) == ("left", "", build.ASK, {})
    assert one.person.email == f"guest-{one.person_id}@invalid"


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


# --- Every kind of record has a life ------------------------------------------------------------------------------

A_YEAR, TWO_YEARS = timedelta(days=365), timedelta(days=730)


def test_every_kind_of_record_has_a_stated_life():
    assert set(retention.lives()) == set(apps.get_app_config("unmentoring").get_models())


def test_the_privacy_page_says_how_long():
    words = reading.words(make.client().get("/privacy/"))

    for said in (
        "then they are deleted at once, and your name 30 days later.",
        "If you were removed, your name and address stay 730 days, so that you stay out.",
        "when you had no partner: 365 days.",
        "so that it can be checked: 730 days.",
        "730 days. Your name goes from it 30 days after you leave.",
        "A report 365 days after it was decided, 730 days if nobody does.",
    ):
        assert said in words


NAMES = ("UNCONFIRMED", "LEFT", "REMOVED", "NOTES", "LEARNINGS", "DRAWS", "OPEN_REPORTS")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("0", "7 7 90 90 90 90 90"),
        ("-5", "7 7 90 90 90 90 90"),
        ("100", "90 90 100 100 100 100 100"),
        ("9000", "90 90 1825 730 1825 1825 1825"),
    ],
)
def test_lives_are_settings_never_so_short_that_everything_goes_tonight_nor_without_end(said, kept):
    names = [f"UNMENTORING_{name}_DAYS" for name in NAMES]
    asked = f"from config import settings; print(*(getattr(settings, name) for name in {names}))"
    environment = {**os.environ, **dict.fromkeys(names, said)}

    answer = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True)

    assert answer.stdout.split() == kept.split()


@pytest.fixture
def other_lives(settings):
    """Each life another, so that no two are mistaken for one another."""
    for number, name in enumerate(NAMES):
        setattr(settings, f"UNMENTORING_{name}_DAYS", 41 + number)


def test_the_privacy_page_and_the_lives_say_what_the_settings_say(other_lives):
    words = reading.words(make.client().get("/privacy/"))
    lives = "; ".join(retention.lives().values())

    for said in (
        "and your name 42 days later. If you never confirm that the address is yours, 41 days.",
        "If you were removed, your name and address stay 43 days,",
        "when you had no partner: 44 days.",
        "so that it can be checked: 46 days.",
        "45 days. Your name goes from it 42 days after you leave.",
        "A report 44 days after it was decided, 47 days if nobody does.",
    ):
        assert said in words
    assert {int(number) for number in re.findall(r"(\d+) days", lives)} == {42, 43, 44, 45, 46, 47}


def test_who_was_asked_to_confirm_is_told_how_long_and_forgotten_then(other_lives):
    build.guest(email="asha@wessex.example")

    mail = Message.objects.get(kind="unmentoring/confirm")
    assert [said for said in (mail.text, mail.html) if "we forget it after 41 days." not in said] == []
    assert retention.forget_old(build.BEFORE + timedelta(days=40)) == 0
    assert retention.forget_old(build.BEFORE + timedelta(days=42)) == 1


def test_everything_is_forgotten_when_the_settings_say(other_lives):
    one, other, third = build.participants(3)
    resting.leave(one, now=build.ASK)
    resting.remove(other, why="A pitch.", now=build.ASK)
    learning.share(third, text="Ask early", now=build.ASK)
    MonthChoice.objects.create(participant=third, month=build.APRIL, taking_part=False, said_at=build.ASK)

    def left_after(days: int) -> tuple[int, ...]:
        retention.forget_old(build.ASK + timedelta(days=days))
        named = [Person.objects.filter(pk=who.person_id).exclude(email__endswith="@invalid") for who in (one, other)]
        return tuple(found.count() for found in (*named, MonthChoice.objects, Learning.objects))

    a_week = (build.APRIL - build.ASK.date()).days
    assert [left_after(days) for days in (41, 43, 44, 46, 44 + a_week, 45 + a_week)] == [
        (1, 1, 1, 1),
        (0, 1, 1, 1),
        (0, 0, 1, 1),
        (0, 0, 1, 0),
        (0, 0, 1, 0),
        (0, 0, 0, 0),
    ]


def test_a_draw_and_an_open_report_go_when_the_settings_say(other_lives):
    one, other = build.participants(2)
    build.told()
    learning.report_pitch(build.member_of(one), other, "Printers", now=build.DRAW)

    def left_after(days: int) -> tuple[int, bool]:
        retention.forget_old(build.DRAW + timedelta(days=days))
        return Report.objects.count(), Round.objects.get().record.facts != {}

    assert [left_after(days) for days in (45, 47, 48)] == [(1, True), (1, False), (0, False)]
    client = make.client(build.coordinator())
    words = reading.words(client.get("/unmentoring/coordinate/rounds/2027/3/verify/"))
    assert "is deleted after 46 days. It cannot be drawn again." in words


def test_what_people_learned_lives_for_two_years():
    one, other = build.participants(2)
    learning.share(one, text="Ask early", now=build.ASK)
    learning.share(other, text="Ask late", now=build.ASK + timedelta(days=10))

    retention.forget_old(build.ASK + TWO_YEARS - timedelta(days=1))
    assert Learning.objects.count() == 2
    retention.forget_old(build.ASK + TWO_YEARS + timedelta(days=1))

    assert [one.text for one in Learning.objects.all()] == ["Ask late"]


def test_what_was_taken_down_lives_for_one_year_after_that():
    one = learning.share(build.participant(), text="It names a resident", now=build.BEFORE)
    learning.take_down(one, by=make.person(), now=build.ASK)

    retention.forget_old(build.ASK + A_YEAR - timedelta(days=1))
    assert Learning.objects.count() == 1
    retention.forget_old(build.ASK + A_YEAR + timedelta(days=1))
    assert Learning.objects.count() == 0


def test_the_name_goes_from_what_somebody_learned_a_month_after_they_left():
    one = build.participant(name="Asha Patel")
    one.person.last_login = build.ASK  # they have an account here, so the site goes on knowing their name
    one.person.save()
    said = learning.share(one, text="Ask early", with_name=True, now=build.ASK)
    resting.leave(one, now=build.ASK)

    retention.forget_old(build.ASK + timedelta(days=29))
    said.refresh_from_db()
    assert said.said_by == "Asha Patel"
    retention.forget_old(build.ASK + timedelta(days=31))

    said.refresh_from_db()
    assert said.said_by == ""


def test_a_decided_report_lives_for_a_year_and_its_strike_stays():
    one, other = build.participants(2)
    build.told()
    report = learning.report_pitch(build.member_of(one), other, "Printers", now=build.ASK)
    learning.uphold(report, by=build.coordinator(), now=build.ASK)

    retention.forget_old(build.ASK + A_YEAR - timedelta(days=1))
    assert Report.objects.count() == 1
    retention.forget_old(build.ASK + A_YEAR + timedelta(days=1))

    other.refresh_from_db()
    assert (Report.objects.count(), other.strikes) == (0, 1)


def test_a_report_that_nobody_decided_lives_for_two_years():
    one, other = build.participants(2)
    build.told()
    learning.report_pitch(build.member_of(one), other, "Printers", now=build.ASK)

    retention.forget_old(build.ASK + TWO_YEARS - timedelta(days=1))
    assert Report.objects.count() == 1
    retention.forget_old(build.ASK + TWO_YEARS + timedelta(days=1))
    assert Report.objects.count() == 0


def test_choices_waits_and_words_about_a_month_live_for_a_year():
    one, two, three = build.participants(3, rhythm="monthly")
    rounds.reroll(rounds.preview(build.MARCH, now=build.BEFORE), why="Why not", now=build.BEFORE, by=make.person())
    build.told()
    resting.skip(one, build.APRIL, now=build.ASK)
    repairs.drop_out(build.member_of(two), now=build.ASK)
    repairs.drop_out(build.member_of(three), now=build.ASK)
    assert Waiting.objects.exists()

    def left() -> list[int]:
        ended = Pairing.objects.exclude(ended_because="")
        rolled = Round.objects.exclude(rerolls=[])
        return [len(found.all()) for found in (MonthChoice.objects, Waiting.objects, ended, rolled)]

    retention.forget_old(build.DRAW + A_YEAR - timedelta(days=1))
    assert all(left())
    retention.forget_old(build.DRAW + A_YEAR + timedelta(days=40))

    assert left() == [0, 0, 0, 0]
    assert Pairing.objects.count() == 2


def test_what_a_draw_was_given_lives_for_two_years_and_checking_it_then_says_so():
    build.participants(4)
    round_ = build.told()

    retention.forget_old(build.DRAW + TWO_YEARS - timedelta(days=1))
    assert rounds.verify(Round.objects.get()).is_right
    retention.forget_old(build.DRAW + TWO_YEARS + timedelta(days=1))

    kept = Round.objects.get()
    checked = rounds.verify(kept)
    assert (kept.facts, kept.groups, checked.digest) == ({}, round_.groups, round_.digest)
    assert (checked.is_right, checked.is_too_late) == (False, True)
    with time_machine.travel(build.DRAW + TWO_YEARS):
        words = reading.words(make.client(build.coordinator()).get("/unmentoring/coordinate/rounds/2027/3/verify/"))
    assert "It cannot be drawn again." in words


def test_a_preview_that_was_never_published_lives_for_a_year():
    build.participants(4)
    rounds.preview(build.MARCH, now=build.BEFORE)

    retention.forget_old(build.DRAW + A_YEAR - timedelta(days=1))
    assert Round.objects.count() == 1
    retention.forget_old(build.DRAW + A_YEAR + timedelta(days=1))
    assert Round.objects.count() == 0


def test_people_are_kept_apart_also_while_one_is_away_and_until_one_is_forgotten():
    one, other = build.participants(2)
    keeping_apart.keep_apart(one, other, by=build.coordinator(), now=build.BEFORE)
    resting.leave(one, now=build.ASK)

    retention.forget_old(build.ASK + timedelta(days=29))
    assert KeepApart.objects.count() == 1
    retention.forget_old(build.ASK + timedelta(days=31))
    assert KeepApart.objects.count() == 0


def test_a_month_is_past_by_the_day_in_london():
    one = build.participant()
    MonthChoice.objects.create(participant=one, month=date(2027, 7, 1), taking_part=False, said_at=build.BEFORE)
    midnight = datetime(2027, 7, 1, 23, tzinfo=UTC)  # the second of July begins in London

    for minutes, left in ((-1, 1), (1, 0)):
        retention.forget_old(midnight + A_YEAR + timedelta(minutes=minutes))
        assert MonthChoice.objects.count() == left
