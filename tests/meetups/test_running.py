"""The clock of a meet-up while it runs."""

from datetime import UTC, datetime, timedelta

import pytest

from meetups import running

START = datetime(2027, 2, 24, 10, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


STEPS = [
    running.Step(1, 11, "Welcome", "Think", "alone", at(0), at(10)),
    running.Step(1, 12, "Welcome", "Talk", "pairs", at(10), at(15)),
    running.Step(2, None, "Close", "", "", at(20), at(30)),
]


def reading(step: int, began: float, now: float, **more) -> tuple[str, str]:
    read = running.read(STEPS, running.Position(step, at(began), **more), at(now))
    return read.left_words, read.late_words


@pytest.mark.parametrize(
    ("step", "began", "now", "said"),
    [
        (0, 0, 0, ("10:00", "On time")),
        (0, 0, 4.5, ("5:30", "On time")),
        (0, 3, 5, ("8:00", "3 minutes behind")),
        (0, -2, 0, ("8:00", "2 minutes ahead")),
        (0, 0, 12, ("2:00 over", "2 minutes behind")),
        (1, 11, 13, ("3:00", "1 minute behind")),
        (2, 15, 16, ("9:00", "5 minutes ahead")),
        (0, 0.4, 1, ("9:24", "On time")),
    ],
)
def test_what_is_left_and_whether_we_are_late(step, began, now, said):
    assert reading(step, began, now) == said


def test_while_paused_nothing_counts_down_and_every_minute_makes_us_later():
    assert reading(0, 0, 4, paused_at=at(4)) == ("6:00", "On time")
    assert reading(0, 0, 7, paused_at=at(4)) == ("6:00", "3 minutes behind")


def test_going_on_after_a_pause_gives_the_step_what_was_left_of_it():
    paused = running.Position(0, at(0), paused_at=at(4))

    position = running.resumed(paused, at(7))

    read = running.read(STEPS, position, at(7))
    assert (position.paused_at, read.left_words, read.late_words) == (None, "6:00", "3 minutes behind")


def test_after_the_end_the_clock_stands_still():
    assert reading(2, 20, 90, ended_at=at(28)) == ("2:00", "2 minutes ahead")


@pytest.mark.parametrize(("now", "step"), [(-60, 0), (0, 0), (10, 1), (17, 1), (25, 2), (99, 2)])
def test_the_step_planned_for_now(now, step):
    assert running.planned_for(STEPS, at(now)) == step


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(20, "On time"), (-60, "1 minute ahead"), (119 * 60, "119 minutes behind"), (-3 * 3600, "3 hours ahead"),
     (-28370 * 60, "19 days ahead")],
)  # fmt: skip
def test_how_late_it_is_is_said_in_a_unit_one_can_picture(seconds: int, words: str) -> None:
    assert running.late_words(seconds) == words
