"""Whether a pair keeps its rhythm, from the day on which its next support meeting is expected. Days in, words out."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DUE_DAYS = 3  # so long before the expected day a meeting is due
SILENT_DAYS = 3  # so long after the nudge, whoever has not answered is silent
_SATURDAY = 5


class State(StrEnum):
    ON_TRACK = "on track"
    DUE = "due"
    LATE = "late"
    SILENT = "silent"


@dataclass(frozen=True)
class Facts:
    """What is known of a pair. `planned_on` is a day they agreed on, `fine_until` what a lead said."""

    began_on: date
    rhythm_days: int
    last_met_on: date | None = None
    planned_on: date | None = None
    fine_until: date | None = None


def expected_on(facts: Facts) -> date:
    """The last day on which nothing is missing: the agreed one, or a rhythm after the last; not before a lead's."""
    by_rhythm = (facts.last_met_on or facts.began_on) + timedelta(days=facts.rhythm_days)
    natural = facts.planned_on or by_rhythm
    return max(natural, facts.fine_until) if facts.fine_until else natural


def nudge_on(expected: date) -> date:
    """The first working day after the expected one."""
    day = expected + timedelta(days=1)
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= _SATURDAY else day


def silent_on(expected: date, nudged_on: date | None = None) -> date:
    """From when on silence is a lead's concern: three days after the nudge, also when that one left late."""
    return (nudged_on or nudge_on(expected)) + timedelta(days=SILENT_DAYS)


def state(expected: date, today: date, *, nudged_on: date | None = None) -> State:
    """What this day says; `nudged_on` is when this very silence was asked about."""
    if today <= expected:
        return State.DUE if today >= expected - timedelta(days=DUE_DAYS) else State.ON_TRACK
    return State.SILENT if today >= silent_on(expected, nudged_on) else State.LATE


def is_time_to_nudge(expected: date, today: date) -> bool:
    """From the first working day after the expected one on: a window, so that no day off the air loses a nudge.

    Never on a weekend, also when the site was off on the day itself.
    """
    return today >= nudge_on(expected) and today.weekday() < _SATURDAY
