"""Whether a pair keeps its rhythm: days in, a word out."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from networking import rhythm
from networking.rhythm import Facts, State

days = st.dates(date(2026, 1, 1), date(2030, 12, 31))
# Wednesday 10 February 2027.
BEGAN = date(2027, 2, 10)


def facts(**said) -> Facts:
    return Facts(**{"began_on": BEGAN, "rhythm_days": 14, **said})


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, date(2027, 2, 24)),
        ({"last_met_on": date(2027, 2, 20)}, date(2027, 3, 6)),
        ({"last_met_on": date(2027, 2, 20), "planned_on": date(2027, 3, 1)}, date(2027, 3, 1)),
        ({"planned_on": date(2027, 4, 1)}, date(2027, 4, 1)),
        ({"fine_until": date(2027, 3, 31)}, date(2027, 3, 31)),
        ({"planned_on": date(2027, 4, 1), "fine_until": date(2027, 3, 31)}, date(2027, 4, 1)),
        ({"rhythm_days": 7}, date(2027, 2, 17)),
    ],
)
def test_the_next_meeting_is_expected_when_agreed_or_a_rhythm_after_the_last(said, expected):
    assert rhythm.expected_on(facts(**said)) == expected


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2027, 2, 20), State.ON_TRACK),
        (date(2027, 2, 21), State.DUE),
        (date(2027, 2, 24), State.DUE),
        (date(2027, 2, 25), State.LATE),
        (date(2027, 2, 27), State.LATE),
        (date(2027, 2, 28), State.SILENT),
    ],
)
def test_a_pair_is_on_track_then_due_then_late_then_silent(day, state):
    assert rhythm.state(date(2027, 2, 24), day) == state


def test_a_nudge_that_left_late_gives_three_days_all_the_same():
    expected, nudged_on = date(2027, 2, 24), date(2027, 3, 8)

    assert rhythm.state(expected, date(2027, 3, 10), nudged_on=nudged_on) == State.LATE
    assert rhythm.state(expected, date(2027, 3, 11), nudged_on=nudged_on) == State.SILENT


@given(expected=days)
def test_a_nudge_leaves_on_the_first_working_day_after(expected):
    nudge = rhythm.nudge_on(expected)
    between = [expected + timedelta(days=n) for n in range(1, (nudge - expected).days)]

    assert nudge.weekday() < 5
    assert all(day.weekday() >= 5 for day in between)
    assert rhythm.is_time_to_nudge(expected, nudge)
    assert not any(rhythm.is_time_to_nudge(expected, day) for day in [expected, *between])


@given(expected=days, ahead=st.integers(-60, 60))
def test_the_states_follow_one_another_and_none_comes_back(expected, ahead):
    order = [State.ON_TRACK, State.DUE, State.LATE, State.SILENT]
    today = expected + timedelta(days=ahead)

    now, next_day = rhythm.state(expected, today), rhythm.state(expected, today + timedelta(days=1))

    assert order.index(now) <= order.index(next_day) <= order.index(now) + 1
    assert (now in {State.LATE, State.SILENT}) == (today > expected)
