"""When sign-up closes and joining details go, on a London clock."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetups import timings
from meetups.timings import LONDON


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("starts_at", "closes_at", "details_at"),
    [
        (london(2027, 2, 24, 10), london(2027, 2, 23, 17), london(2027, 2, 23, 18)),
        (london(2027, 3, 28, 10), london(2027, 3, 27, 17), london(2027, 3, 27, 18)),  # the clocks go forward
        (london(2027, 10, 31, 10), london(2027, 10, 30, 17), london(2027, 10, 30, 18)),  # the clocks go back
        (london(2027, 7, 1, 0, 30), london(2027, 6, 30, 17), london(2027, 6, 30, 18)),  # still the day before in UTC
    ],
)
def test_sign_up_closes_at_5pm_and_details_go_at_6pm_the_day_before(
    starts_at: datetime, closes_at: datetime, details_at: datetime
) -> None:
    in_utc = starts_at.astimezone(UTC)

    assert timings.default_closing(in_utc) == closes_at
    assert timings.default_details(in_utc) == details_at


@pytest.mark.parametrize(
    ("moment", "old", "new", "expected"),
    [
        # The same clock time of the day before.
        (london(2027, 2, 23, 17), london(2027, 2, 24, 10), london(2027, 3, 3, 14), london(2027, 3, 2, 17)),
        # Also when the clocks change in between.
        (london(2027, 3, 23, 18), london(2027, 3, 24, 10), london(2027, 3, 31, 10), london(2027, 3, 30, 18)),
        (london(2027, 10, 27, 18), london(2027, 10, 28, 10), london(2027, 11, 4, 10), london(2027, 11, 3, 18)),
        # Close to the start the hours before count, not the time of day.
        (london(2027, 2, 24, 8), london(2027, 2, 24, 10), london(2027, 3, 3, 14), london(2027, 3, 3, 12)),
        # Also from the morning to the evening of one day, which may now start before that time of day.
        (london(2027, 2, 24, 7), london(2027, 2, 24, 20), london(2027, 3, 3, 6), london(2027, 3, 2, 17)),
        # At the start stays at the start.
        (london(2027, 2, 24, 10), london(2027, 2, 24, 10), london(2027, 3, 31, 11), london(2027, 3, 31, 11)),
    ],
)
def test_what_is_set_before_the_start_moves_along(
    moment: datetime, old: datetime, new: datetime, expected: datetime
) -> None:
    shifted = timings.shifted(moment.astimezone(UTC), old_start=old.astimezone(UTC), new_start=new.astimezone(UTC))

    assert shifted.astimezone(LONDON).replace(tzinfo=None) == expected.replace(tzinfo=None)


STARTS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@given(old=STARTS, new=STARTS, before=st.timedeltas(timedelta(0), timedelta(days=20)))
def test_what_lies_before_the_old_start_lies_before_the_new_one(
    old: datetime, new: datetime, before: timedelta
) -> None:
    shifted = timings.shifted(old - before, old_start=old, new_start=new)

    assert shifted <= new


@given(start=STARTS, before=st.timedeltas(timedelta(0), timedelta(days=20)))
def test_moving_to_the_same_time_moves_nothing(start: datetime, before: timedelta) -> None:
    moment = start - before

    shifted = timings.shifted(moment, old_start=start, new_start=start)

    # In the hour that comes twice a clock time may mean either.
    assert abs(shifted - moment) in {timedelta(0), timedelta(hours=1)}


def test_a_clock_time_that_does_not_exist_or_comes_twice_is_refused() -> None:
    assert timings.on_london_clock(date(2027, 7, 1), time(10)) == datetime(2027, 7, 1, 9, tzinfo=UTC)
    with pytest.raises(timings.NoSuchTime):
        timings.on_london_clock(date(2027, 3, 28), time(1, 30))
    with pytest.raises(timings.TwiceThatNight):
        timings.on_london_clock(date(2027, 10, 31), time(1, 30))
