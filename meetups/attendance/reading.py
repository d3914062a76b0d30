"""From the file that an organiser uploads to the people who came."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo

from meetups.attendance.files import text_of
from meetups.attendance.merging import merged
from meetups.attendance.moments import Clock, likely_clock
from meetups.attendance.refusals import refusal
from meetups.attendance.tables import Table, table_of
from meetups.attendance.values import Attendee, Report, UnknownReport, Visit, said_day
from meetups.attendance.visits import has_come, visit_of
from meetups.timings import LONDON

MOST_ROWS = 20_000


def read_report(data: bytes, *, on: date, zone: tzinfo = LONDON) -> list[Attendee]:
    """Who is in the report of a call, in order of their names, each once.

    Reports have wall-clock times without a zone: they are taken to be in `zone`, London unless told otherwise, except
    where the report itself names UTC or an offset. `on` is the day of the meet-up in that zone; it also decides whether
    3/4 is in March or April. The order of the rows makes no difference. Raises UnknownReport, and nothing else.
    """
    return examine(data, on=on, zone=zone).attendees


def examine(data: bytes, *, on: date, zone: tzinfo = LONDON) -> Report:
    """Like `read_report`, with the kind of the report, and whether it shows who came or only who registered."""
    text = text_of(data)
    table = table_of(text)
    if table is None:
        raise refusal(text)
    if len(table.rows) > MOST_ROWS:
        raise UnknownReport(f"The file has more than {MOST_ROWS:,} rows. Download the report of this meet-up alone.")
    clock = likely_clock(_moments_in(table), on=on, zone=zone)
    visits = _visits(table, clock)
    if not visits:
        raise UnknownReport(_nobody(table))
    attendees = merged(_of_the_day(visits, table, clock))
    return Report(table.columns[0].kind, attendees, table.columns[0].shows_who_came)


def is_report(text: str) -> bool:
    """Whether these words are the table of a report, of whatever call and day."""
    return table_of(text) is not None


def _moments_in(table: Table) -> list[str]:
    cells = [row.cell(field) for row in table.rows if has_come(row) for field in ("joined", "left")]
    return [*cells, *table.starts]


def _visits(table: Table, clock: Clock) -> list[Visit]:
    found = (visit_of(row, clock) for row in table.rows if has_come(row))
    return [visit for visit in found if visit]


def _nobody(table: Table) -> str:
    if table.rows:
        return f"This is a {table.columns[0].kind}, but according to it nobody came."
    return f"This is a {table.columns[0].kind}, but there are no people in it."


def _of_the_day(visits: Sequence[Visit], table: Table, clock: Clock) -> list[Visit]:
    """Those of the day of the meet-up; the report of a series has other days too.

    Raises UnknownReport when there are none.
    """
    days = {moment.date() for visit in visits for moment in (visit.joined_at, visit.left_at) if moment}
    days = days or _days_of_summary(table, clock)
    if days and clock.on not in days:
        others = " and ".join(said_day(day) for day in sorted(days)[:2]) + (" and later" if len(days) > 2 else "")
        raise UnknownReport(f"This report is of {others}, but the meet-up was on {said_day(clock.on)}.")
    return [visit for visit in visits if _is_of(visit, clock.on)]


def _is_of(visit: Visit, day: date) -> bool:
    moments = [moment for moment in (visit.joined_at, visit.left_at) if moment]
    return not moments or min(moments, key=_utc).date() <= day <= max(moments, key=_utc).date()


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _days_of_summary(table: Table, clock: Clock) -> set[date]:
    days = set()
    for cell in table.starts:
        try:
            moment = clock.read(cell)
        except (ValueError, OverflowError):
            continue
        if moment:
            days.add(moment.date())
    return days
