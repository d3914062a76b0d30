"""What the homes of a cohort are made of. Each subject gives functions that return these; `homes` lists them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

# Urgency: 0 now, 1 today, 3 this week, 5 when there is time.
NOW, TODAY, THIS_WEEK, SOME_TIME = 0, 1, 3, 5


@dataclass(frozen=True)
class Need:
    """Something that waits for one person: a sentence, where it is dealt with, what the link says."""

    line: str
    url: str
    action: str
    urgency: int = SOME_TIME

    @property
    def is_urgent(self) -> bool:
        return self.urgency <= TODAY


@dataclass(frozen=True)
class Coming:
    """Something that comes by itself: when, what, and where to read more (may be empty)."""

    at: datetime
    line: str
    url: str = ""
    is_whole_day: bool = False  # no time is agreed


@dataclass(frozen=True)
class Door:
    """A page of one's own in the cohort: the sheet, the map; `line` says in a few words what is behind it."""

    label: str
    url: str
    line: str = ""


@dataclass(frozen=True)
class Figure:
    """A number with its meaning: “3 of 12 councillors”, “have had no meeting in 21 days”."""

    number: str
    meaning: str


@dataclass(frozen=True)
class Line:
    """What a column of the lead's table says about one councillor. `attention` above 0 brings the row to the top."""

    text: str
    attention: int = 0
    url: str = ""  # where to read more


def in_order(needs: Iterable[Need]) -> list[Need]:
    """The most urgent first; of equal ones, as they came."""
    return sorted(needs, key=lambda need: need.urgency)
