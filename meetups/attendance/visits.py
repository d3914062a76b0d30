"""From a row of a report to a stay of a person."""

import re
from datetime import UTC, datetime

from meetups.attendance import shown_names
from meetups.attendance.columns import Field
from meetups.attendance.moments import Clock, seconds_long
from meetups.attendance.tables import Row
from meetups.attendance.values import UnknownReport, Visit, quoted

_ADDRESS = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+\.[^\s@<>,;\".]+")
_GUEST = re.compile(r"(.+)_([^_@]+)#ext#@.*", re.IGNORECASE)
_NO = frozenset({"no", "n", "false", "nein", "non", "0"})
_YES = frozenset({"yes", "y", "true", "ja", "oui", "1"})


def has_come(row: Row) -> bool:
    """Not who registered and stayed away, who only waited outside, or whose registration was turned down."""
    if row.cell("attended").casefold() in _NO or row.cell("waiting_room").casefold() in _YES:
        return False
    return row.columns.shows_who_came or row.cell("approval").casefold() in {"", "approved"}


def visit_of(row: Row, clock: Clock) -> Visit | None:
    """What the row says, or nothing when it names nobody."""
    name, also_called = _names(row)
    email = address(row.cell("email")) or address(row.cell("other_email")) or address(name)
    if not name and not email:
        return None
    joined, left = _moment(row, "joined", clock), _moment(row, "left", clock)
    return Visit(name or email or "", email, joined, _after(joined, left, row, clock), _seconds(row), also_called)


def _names(row: Row) -> tuple[str, tuple[str, ...]]:
    registered = shown_names.tidy(f"{row.cell('first_name')} {row.cell('last_name')}")
    shown = row.cell("name")
    if row.columns.has_original_name:
        name, original = shown_names.new_and_original(shown)
    else:
        name, original = shown_names.without_additions(shown), None
    name = name or registered
    others = {other for other in (original, registered) if other and other != name}
    return name, tuple(sorted(others))


def address(cell: str) -> str | None:
    """The e-mail address in small letters. Teams writes guests from elsewhere as name_their.domain#EXT#@ours."""
    bare = shown_names.tidy(cell).casefold()
    if guest := _GUEST.fullmatch(bare):
        bare = f"{guest[1]}@{guest[2]}"
    return bare if len(bare) <= 254 and _ADDRESS.fullmatch(bare) else None


def _moment(row: Row, field: Field, clock: Clock) -> datetime | None:
    cell = row.cell(field)
    told = Clock(clock.order, clock.on, UTC) if row.columns.is_utc else clock
    try:
        moment = told.read(cell)
    except (ValueError, OverflowError) as error:
        raise UnknownReport(f"Line {row.line}: we cannot read {quoted(cell)} as a date and time.") from error
    return moment.astimezone(clock.zone) if moment else None


def _after(joined: datetime | None, left: datetime | None, row: Row, clock: Clock) -> datetime | None:
    """Nobody leaves before they join: the report has the columns swapped or is damaged."""
    if joined and left and left.astimezone(UTC) < joined.astimezone(UTC) and not _is_night_of_change(joined, left):
        raise UnknownReport(f"Line {row.line}: somebody leaves before they join, so the file may be damaged.")
    return left


def _is_night_of_change(joined: datetime, left: datetime) -> bool:
    return joined.utcoffset() != left.utcoffset() or joined.replace(fold=1).utcoffset() != joined.utcoffset()


def _seconds(row: Row) -> int | None:
    for field, unit in (("duration", 60), ("seconds", 1)):
        cell = row.cell(field)
        try:
            if (length := seconds_long(cell, unit_seconds=unit)) is not None:
                return length
        except ValueError as error:
            raise UnknownReport(f"Line {row.line}: we cannot read {quoted(cell)} as a length of time.") from error
    return None
