"""Dates, times and lengths as reports write them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Literal

Order = Literal["day first", "month first"]
ORDERS: tuple[Order, ...] = ("day first", "month first")
_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_NOTHING = frozenset({"", "-", "--", "n/a", "na", "none", "null"})
_NUMBERS = re.compile(r"(\d{1,4})([/.\-])(\d{1,2})\2(\d{1,4})(?!\d)", re.ASCII)
_DAY_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3})[a-z]*\.?,? (\d{4})", re.ASCII)
_MONTH_NAMED = re.compile(r"([a-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.ASCII)
_TIME = re.compile(
    r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\.\d+)?\s*([ap])?\.?(?:m\b\.?)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?$", re.ASCII
)
_LENGTH = re.compile(
    r"(?:(\d{1,4})\s*(?:h|hr|hrs|hour|hours|std|stunde|stunden|heure|heures)\b\.?,?\s*)?"
    r"(?:(\d{1,5})\s*(?:m|min|mins|minute|minutes|minuten)\b\.?,?\s*)?"
    r"(?:(\d{1,6})\s*(?:s|sec|secs|sek|second|seconds|sekunden|seconde|secondes)\b\.?)?",
    re.ASCII,
)


@dataclass(frozen=True)
class Clock:
    """How this report tells the time."""

    order: Order
    on: date
    zone: tzinfo

    def read(self, cell: str) -> datetime | None:
        """The moment, aware, in the zone of the report; nothing for an empty cell.

        A time without a day is on the day of the meet-up. Raises ValueError when it is no moment.
        """
        words = _tidy(cell)
        if words in _NOTHING:
            return None
        day, rest = _day(words, self.order)
        at, stated = _time(rest)
        said_in = stated or self.zone
        return datetime.combine(day or self.on, at, tzinfo=said_in).astimezone(self.zone)


def _tidy(cell: str) -> str:
    """Teams puts narrow no-break spaces before AM and marks of direction around dates."""
    words = re.sub(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", cell)
    return " ".join(words.casefold().split())


def _day(words: str, order: Order) -> tuple[date | None, str]:
    for pattern, read in ((_NUMBERS, _numbered), (_DAY_NAMED, _day_named), (_MONTH_NAMED, _month_named)):
        if found := pattern.match(words):
            return read(found, order), words[found.end() :].lstrip(" ,tà")
    return None, words


def _numbered(found: re.Match[str], order: Order) -> date:
    first, mark, second, third = found[1], found[2], found[3], found[4]
    if len(first) == 4:
        return _sane(int(first), int(second), int(third))
    day, month = (first, second) if order == "day first" or mark == "." else (second, first)
    if len(third) not in {2, 4}:
        raise ValueError(third)
    return _sane(int(third) + (2000 if len(third) == 2 else 0), int(month), int(day))


def _day_named(found: re.Match[str], _order: Order) -> date:
    return _sane(int(found[3]), _month(found[2]), int(found[1]))


def _month_named(found: re.Match[str], _order: Order) -> date:
    return _sane(int(found[3]), _month(found[1]), int(found[2]))


def _month(name: str) -> int:
    if name not in _MONTHS:
        raise ValueError(name)
    return _MONTHS[name]


def _sane(year: int, month: int, day: int) -> date:
    if not 2000 <= year < 2100:
        raise ValueError(year)
    return date(year, month, day)


def _time(words: str) -> tuple[time, tzinfo | None]:
    if not (found := _TIME.match(words)):
        raise ValueError(words)
    hour, half = int(found[1]), found[4]
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(words)
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, int(found[2]), int(found[3] or 0)), _offset(found[5])


def _offset(words: str | None) -> tzinfo | None:
    if not words:
        return None
    if words in {"z", "utc", "gmt"}:
        return UTC
    hours, minutes = int(words[1:3]), int(words[-2:])
    return timezone(timedelta(hours=hours, minutes=minutes) * (-1 if words[0] == "-" else 1))


def likely_clock(cells: Iterable[str], *, on: date, zone: tzinfo) -> Clock:
    """Day first or month first: whichever reads every cell and has most of them on the day of the meet-up.

    When neither has any, what is written with AM and PM is taken for American.
    """
    written = [cell for cell in cells if _tidy(cell) not in _NOTHING]
    is_american = any(re.search(r"\d\s*[ap]\.?m", _tidy(cell)) for cell in written)
    preferred = ORDERS[::-1] if is_american else ORDERS
    clocks = [Clock(order, on, zone) for order in preferred]
    return max(clocks, key=lambda clock: _fit(clock, written))


def _fit(clock: Clock, cells: list[str]) -> tuple[int, int]:
    moments = [_or_nothing(clock, cell) for cell in cells]
    readable = sum(moment is not None for moment in moments)
    return readable, sum(moment is not None and moment.date() == clock.on for moment in moments)


def _or_nothing(clock: Clock, cell: str) -> datetime | None:
    try:
        return clock.read(cell)
    except (ValueError, OverflowError):
        return None


def seconds_long(cell: str, *, unit_seconds: int = 60) -> int | None:
    """How long, in seconds; a bare number counts in `unit_seconds`. Raises ValueError when it is no length."""
    words = _tidy(cell).replace("(s)", "")
    if words in _NOTHING:
        return None
    if re.fullmatch(r"\d{1,7}([.,]\d{1,3})?", words, re.ASCII):
        return round(float(words.replace(",", ".")) * unit_seconds)
    if found := re.fullmatch(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{2})", words, re.ASCII):
        return int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3])
    if found := _LENGTH.fullmatch(words):
        return int(found[1] or 0) * 3600 + int(found[2] or 0) * 60 + int(found[3] or 0)
    raise ValueError(cell)
