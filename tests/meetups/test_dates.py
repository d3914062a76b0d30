from datetime import UTC, datetime, timedelta

import pytest

from meetups import dates

START = datetime(2027, 2, 24, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [
        (0, 0, "midnight"),
        (0, 5, "12:05am"),
        (9, 30, "9:30am"),
        (10, 0, "10am"),
        (12, 0, "12 noon"),
        (12, 30, "12:30pm"),
        (17, 0, "5pm"),
    ],
)
def test_a_time_of_day_is_said_as_people_say_it(hour, minute, said):
    assert dates.clock(START.replace(hour=hour, minute=minute)) == said


def test_a_meetup_has_its_day_once():
    assert dates.span(START, START + timedelta(hours=2)) == "Wednesday 24 February 2027, 10am to 12 noon"


def test_a_meetup_over_two_days_has_both():
    said = dates.span(START, START + timedelta(hours=27))

    assert said == "Wednesday 24 February 2027, 10am to Thursday 25 February 2027, 1pm"


def test_times_are_londons_also_in_summer():
    assert dates.moment(datetime(2027, 7, 7, 23, 30, tzinfo=UTC)) == "Thursday 8 July 2027, 12:30am"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(45, "45 minutes"), (60, "1 hour"), (61, "1 hour 1 minute"), (120, "2 hours"), (150, "2 hours 30 minutes")],
)
def test_a_length_is_in_hours_and_minutes(minutes, said):
    assert dates.length(START, START + timedelta(minutes=minutes)) == said
