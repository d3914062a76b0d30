"""Noticing that a support meeting did not come: one nudge, never two for one silence, then the lead."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetups.timings import LONDON
from networking import cohorts, parting, silences, support_home, support_meetings, support_reading
from networking.models import Cohort, Member, Pair, Silence, SilenceAnswer
from networking.support_meetings import Said, When
from outbox.models import Message
from people import preferences
from tests import make, reading
from tests.networking import build

pytestmark = pytest.mark.django_db
NOW = build.NOW
# build.pair() was introduced on 3 February, a Wednesday; with 14 days the first meeting is expected by 17 February.
EXPECTED = date(2027, 2, 17)


def at(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=LONDON).astimezone(UTC)


def after(days: int, hour: int = 10) -> datetime:
    return at(EXPECTED + timedelta(days=days), hour)


def nudges() -> list[str]:
    return list(Message.objects.filter(kind="networking/nudge").order_by("pk").values_list("to_email", flat=True))


@pytest.fixture
def pair() -> Pair:
    return build.pair()


def both(pair: Pair) -> list[str]:
    return [pair.councillor.person.email, pair.mentor.person.email]


# --- The nudge ----------------------------------------------------------------------------------------------------


def test_both_are_asked_on_the_morning_after_and_never_again(pair):
    asked = [silences.queue_due(after(days)) for days in (0, 1, 1, 2, 9, 60)]

    assert asked == [0, 1, 0, 0, 0, 0]
    assert nudges() == both(pair)


def test_nobody_is_asked_in_the_night_or_on_a_weekend(pair):
    support_meetings.change_rhythm(pair, 16, now=NOW)  # expected on Friday 19 February
    friday = date(2027, 2, 19)

    asked = [
        silences.queue_due(at(friday + timedelta(days=ahead), hour))
        for ahead, hour in [(0, 12), (1, 12), (2, 12), (3, 8), (3, 21), (3, 9)]
    ]

    assert asked == [0, 0, 0, 0, 0, 1]


def test_a_site_that_was_off_asks_when_it_is_back(pair):
    assert silences.queue_due(after(12)) == 1
    standing = support_reading.of_one(pair, after(14))
    assert not standing.is_silent
    assert support_reading.of_one(pair, after(15)).is_silent


def test_the_database_refuses_a_second_silence_for_one_day(pair):
    build.silence(pair, EXPECTED)

    for expected_on in (EXPECTED, EXPECTED + timedelta(days=1)):
        with pytest.raises(IntegrityError), transaction.atomic():
            build.silence(pair, expected_on)


def test_logging_ends_the_silence_and_undoing_it_asks_nobody_again(pair):
    silences.queue_due(after(1))
    meeting = build.meeting(pair, EXPECTED, now=after(1))
    ended = Silence.objects.filter(ended_at=None).count()

    support_meetings.remove(meeting, now=after(2))
    silences.queue_due(after(2))

    assert ended == 0
    assert Silence.objects.filter(ended_at=None).count() == 1
    assert nudges() == both(pair)


def test_a_new_day_that_passes_is_a_new_silence(pair):
    silences.queue_due(after(1))
    build.agreed(pair, EXPECTED + timedelta(days=5), now=after(1))

    asked = [silences.queue_due(after(days)) for days in (2, 5, 6, 7)]

    assert asked == [0, 0, 1, 0]
    assert nudges() == both(pair) * 2


@pytest.mark.parametrize("field", ["ended", "finished", "left"])
def test_pairs_that_are_over_are_not_watched(pair, field):
    if field == "ended":
        parting.end(pair, why="", now=NOW)
    elif field == "finished":
        type(pair.cohort).objects.update(state="finished", finished_at=NOW)
    else:
        type(pair.mentor).objects.filter(pk=pair.mentor_id).update(state="left")

    assert silences.queue_due(after(3)) == 0


def test_a_pair_that_met_while_the_cohort_is_prepared_is_watched_once_it_has_begun(pair):
    Cohort.objects.update(state="preparing")
    lead = build.lead(pair.cohort)
    page = reverse("networking:support", args=[pair.cohort.slug])

    def seen() -> tuple[int, int, int]:
        member = Member.objects.with_people().get(pk=pair.councillor_id)
        needs = [need for need in support_home.needs_of(lead, after(20)) if pair.councillor.person.name in need.line]
        return silences.queue_due(after(6)), len(needs), len(support_home.doors_of(member))

    before, words = seen(), reading.words(make.client(lead.person).get(page))
    cohorts.begin(pair.cohort)

    assert before == (0, 0, 1)
    assert "Once the cohort has begun, you see here who meets and who does not." in words
    lead.cohort.refresh_from_db()
    assert seen() == (1, 1, 1)


def test_whoever_stopped_nudges_gets_none_and_the_silence_is_noticed_all_the_same(pair):
    preferences.choose(pair.mentor.person, "networking-support", False, now=NOW)

    silences.queue_due(after(1))

    assert nudges() == [pair.councillor.person.email]
    assert Message.objects.get(kind="networking/nudge").unsubscribe_url
    assert support_reading.of_one(pair, after(4)).needs_lead


def test_a_pair_of_fifty_is_found_in_as_many_queries_as_a_pair_of_one(pair, django_assert_max_num_queries):
    for _ in range(4):
        build.pair(build.councillor(pair.cohort))

    with django_assert_max_num_queries(8):
        assert len(support_reading.of(silences.watched(), after(9))) == 5


# --- Answers ------------------------------------------------------------------------------------------------------


def test_each_says_why_and_the_last_word_of_each_counts(pair):
    silences.queue_due(after(1))
    for member, why_not in ((pair.councillor, "no_time"), (pair.mentor, "no_fit"), (pair.councillor, "away")):
        silences.say_not_met(pair, member, why_not=why_not, note="", now=after(1))

    said = SilenceAnswer.objects.order_by("pk").values_list("member", "why_not")
    assert list(said) == [(pair.councillor_id, "away"), (pair.mentor_id, "no_fit")]


def test_an_answer_to_nothing_is_refused(pair):
    with pytest.raises(silences.NothingOpen):
        silences.say_not_met(pair, pair.mentor, why_not="away", note="", now=NOW)


# --- The lead -----------------------------------------------------------------------------------------------------


def lead_reads(pair: Pair, now: datetime) -> list[str]:
    lead = build.member("lead", pair.cohort)
    return [need.line for need in support_home.needs_of(lead, now)]


def test_three_days_after_the_nudge_the_lead_is_told_with_the_reason(pair):
    councillor, mentor = pair.councillor.person, pair.mentor.person
    silences.queue_due(after(1))

    assert lead_reads(pair, after(3)) == []
    who = f"{councillor.name} and {mentor.name} were introduced on Wednesday 3 February 2027 and have not met."
    assert lead_reads(Pair.objects.get(), after(4)) == [f"{who} Both were asked; nobody has answered."]
    silences.say_not_met(pair, pair.mentor, why_not="no_time", note="", now=after(4))
    again = support_home.silence_line(support_reading.of_one(pair, after(4)))
    assert again == f"{who} {mentor.get_short_name()}: “We found no time”."


@pytest.mark.parametrize(("why_not", "at_once"), [("no_reply", True), ("no_fit", True), ("no_time", False)])
def test_what_a_lead_can_help_with_is_listed_at_once(pair, why_not, at_once):
    silences.queue_due(after(1))
    silences.say_not_met(pair, pair.mentor, why_not=why_not, note="", now=after(1))

    assert support_reading.of_one(pair, after(1)).needs_lead == at_once


def test_known_and_fine_until_a_day_asks_nobody_before_and_once_after(pair):
    silences.queue_due(after(1))
    silences.call_fine(pair, until=EXPECTED + timedelta(days=30), why="On leave", now=after(5), by=make.person())

    assert not support_reading.of_one(pair, after(6)).is_late
    asked = [silences.queue_due(after(days)) for days in (6, 20, 30, 31, 34)]
    # The day said is a Friday: the two are asked on Monday or, when nothing ran then, on Tuesday.
    assert sum(asked) == 1
    assert nudges() == both(pair) * 2


def test_saying_it_again_replaces_it_and_lifting_it_watches_again(pair):
    by = make.person()
    for ahead in (10, 20):
        silences.call_fine(pair, until=EXPECTED + timedelta(days=ahead), why="", now=NOW, by=by)
    assert support_reading.of_one(pair, NOW).expected_on == EXPECTED + timedelta(days=20)

    silences.lift_fine(pair, now=NOW)

    assert support_reading.of_one(pair, NOW).expected_on == EXPECTED


# --- Any calendar -------------------------------------------------------------------------------------------------

happenings = st.lists(
    st.tuples(
        st.integers(0, 18),
        st.sampled_from(["met", "moved", "off", "not met", "fine", "lift", "undo", "rhythm"]),
        st.integers(1, 25),
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=happenings, hours=st.lists(st.integers(0, 23), min_size=1, max_size=3))
def test_whatever_happens_nobody_is_asked_twice_about_one_silence_and_none_is_missed(events, hours):
    """Sweeps run twice at some hours of every day, and at ten; in between the two do what people do."""
    with transaction.atomic():
        pair = build.pair()
        todo: dict[int, list] = {}
        day = 0
        for gap, what, number in events:
            day += gap
            todo.setdefault(day, []).append((what, number))
        for ahead in range(day + 8):
            today = NOW.date() + timedelta(days=ahead)
            for what, number in todo.get(ahead, []):
                _do(pair, what, number, at(today, 7))
            for hour in (*hours, 10):
                silences.queue_due(at(today, hour)), silences.queue_due(at(today, hour))
            _check_day(pair, today)
        transaction.set_rollback(True)


def _do(pair: Pair, what: str, number: int, now: datetime) -> None:
    today = now.astimezone(LONDON).date()
    if what == "met":
        on = max(today - timedelta(days=number % 5), NOW.date() - timedelta(days=7))
        if not pair.meetings.filter(removed_at=None, met_on=on).exists():
            support_meetings.log(pair, Said(on, "phone"), by=pair.mentor, now=now)
    elif what == "moved":
        support_meetings.agree(pair, When(today + timedelta(days=number)), by=pair.mentor, now=now)
    elif what == "off":
        support_meetings.agree(pair, None, by=pair.mentor, now=now)
    elif what == "not met" and pair.silences.filter(ended_at=None).exists():
        silences.say_not_met(pair, pair.mentor, why_not="away", note="", now=now)
    elif what == "fine":
        silences.call_fine(pair, until=today + timedelta(days=number), why="", now=now, by=pair.mentor.person)
    elif what == "lift":
        silences.lift_fine(pair, now=now)
    elif what == "undo" and (last := pair.meetings.filter(removed_at=None).first()):
        support_meetings.remove(last, now=now)
    elif what == "rhythm":
        support_meetings.change_rhythm(pair, number, now=now)


def _check_day(pair: Pair, today: date) -> None:
    told = Message.objects.filter(kind="networking/nudge")
    assert told.count() == 2 * pair.silences.count()
    for silence in pair.silences.all():
        nudged = silence.nudged_at.astimezone(LONDON)
        assert nudged.weekday() < 5
        assert silences.FROM <= nudged.time() < silences.TO
        assert nudged.date() > silence.expected_on
    standing = support_reading.of_one(pair, at(today, 12))
    if standing.is_late and today.weekday() < 5:
        assert standing.silence is not None
    if not standing.is_late:
        assert standing.silence is None
