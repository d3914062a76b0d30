"""Skipping, pausing, coming back, leaving: one click each, and whoever is left behind is looked after."""

from datetime import date, timedelta

import pytest

from outbox.models import Message
from tests.unmentoring import build
from unmentoring import resting, rounds
from unmentoring.models import Participant, Waiting

pytestmark = pytest.mark.django_db
State = Participant.State
Rhythm = Participant.Rhythm


def in_draw(month: date) -> list[Participant]:
    return list(Participant.objects.eligible(month).order_by("pk"))


def kinds(participant: Participant) -> list[str]:
    mine = Message.objects.filter(to_email=participant.person.email).order_by("pk")
    return [kind.removeprefix("unmentoring/") for kind in mine.values_list("kind", flat=True)]


def test_a_skipped_month_is_one_month():
    participant = build.participant()

    resting.skip(participant, build.MARCH, now=build.BEFORE)

    assert (in_draw(build.MARCH), in_draw(build.APRIL)) == ([], [participant])


def test_every_two_months_means_not_after_a_month_with_a_partner():
    one, other = build.participant(rhythm=Rhythm.EVERY_TWO_MONTHS), build.participant()
    build.drawn()

    assert in_draw(build.APRIL) == [other]
    assert in_draw(build.MAY) == [one, other]


def test_whoever_wants_to_be_asked_is_in_only_when_they_say_yes():
    participant = build.participant(rhythm=Rhythm.ASK)

    assert in_draw(build.MARCH) == []

    resting.take_part(participant, build.MARCH, now=build.BEFORE)

    assert (in_draw(build.MARCH), in_draw(build.APRIL)) == ([participant], [])


def test_a_pause_until_a_month_ends_by_itself():
    participant = build.participant()

    resting.pause(participant, until=date(2027, 4, 17), now=build.BEFORE)

    assert (in_draw(build.MARCH), in_draw(build.APRIL)) == ([], [participant])


def test_whoever_is_back_after_a_pause_is_introduced_like_everybody():
    back, other = build.participants(2)
    resting.pause(back, until=build.MARCH, now=build.BEFORE)

    build.told()

    back.refresh_from_db()
    assert (back.state, back.paused_until, back.why) == (State.ACTIVE, None, "You are back after your pause.")
    assert kinds(back)[-1] == kinds(other)[-1] == "introduction"


def test_pausing_twice_writes_one_mail():
    participant = build.participant()

    resting.pause(participant, now=build.BEFORE)
    resting.pause(participant, now=build.BEFORE + timedelta(minutes=5))

    assert kinds(participant) == ["confirm", "joined", "paused"]


def test_one_click_brings_somebody_back():
    participant = build.participant()
    resting.pause(participant, now=build.BEFORE)

    resting.come_back(participant, now=build.BEFORE)

    assert in_draw(build.MARCH) == [participant]


def test_coming_back_in_the_first_half_of_a_month_finds_a_partner_for_it():
    late = build.participant()
    resting.pause(late, now=build.BEFORE)
    build.participants(2)
    round_ = build.told()

    resting.come_back(late, now=build.DRAW + timedelta(days=3))

    assert [len(group) for group in build.groups(round_)] == [3]


def test_a_pause_after_the_introduction_leaves_the_partner_theirs():
    one, other = build.participants(2)
    build.told()

    resting.pause(one, now=build.DRAW + timedelta(days=2))

    assert build.partners_of(other) == [one]


def test_skipping_a_month_that_was_drawn_finds_the_partner_somebody_else():
    people = build.participants(4)
    round_ = build.told()
    leaver = people[0]
    partner = build.partners_of(leaver)[0]

    resting.skip(leaver, build.MARCH, now=build.DRAW + timedelta(days=2))

    assert build.groups(round_) == [sorted(p.pk for p in people[1:])]
    assert len(build.partners_of(partner)) == 2


def test_leaving_forgets_the_number_and_the_words_at_once():
    participant = build.participant(line="Health scrutiny", topics=["Housing"], times="Mornings", ways=["phone"])

    resting.leave(participant, now=build.BEFORE)

    gone = Participant.objects.get()
    kept = (gone.state, str(gone.phone), gone.line, gone.topics, gone.times, gone.ways)
    assert kept == (State.LEFT, "", "", [], "", [])
    assert in_draw(build.MARCH) == []
    assert kinds(participant)[-1] == "left"


def test_leaving_twice_is_leaving_once():
    participant = build.participant()

    resting.leave(participant, now=build.BEFORE)
    resting.leave(participant, now=build.BEFORE + timedelta(days=1))

    assert kinds(participant) == ["confirm", "joined", "left"]


def test_whoever_leaves_a_pair_leaves_a_partner_who_is_told_why_they_wait():
    one, other = build.participants(2)
    build.told()

    resting.leave(one, now=build.DRAW + timedelta(days=2))

    waiting = Waiting.objects.get()
    assert waiting.participant == other
    assert waiting.why.startswith(f"{one.person.get_short_name()} cannot take part this month.")


def test_unsubscribing_in_the_mail_program_pauses_and_forgets_whoever_is_not_in_yet():
    active, new = build.participant(), build.guest()

    resting.stop(active, now=build.BEFORE)
    resting.stop(new, now=build.BEFORE)

    states = Participant.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [State.PAUSED, State.LEFT]


def test_skip_is_about_the_month_that_was_drawn_but_not_told_yet():
    one, _ = build.participants(2)
    build.drawn()

    assert resting.month_to_skip(one, build.DRAW) == build.MARCH
    build.month.queue_due(build.DRAW)
    assert resting.month_to_skip(one, build.DRAW) == build.APRIL == rounds.next_month(build.DRAW)


def test_one_can_skip_the_month_that_runs_until_they_met_and_the_next():
    one, other = build.participants(2)
    build.told()
    assert resting.months_to_skip(one, build.NUDGE) == [build.MARCH, build.APRIL]

    build.month.answer(build.member_of(one), "yes", now=build.NUDGE)
    resting.skip(other, build.MARCH, now=build.NUDGE)

    assert resting.months_to_skip(one, build.NUDGE) == [build.APRIL]
    assert build.partners_of(one) == [other]
