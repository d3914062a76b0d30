"""What the homes of a cohort collect. A subject hooks in by adding its function to one of these lists.

Whoever leads without being in the cohort (an organiser) is given as a Member without a key, in the role of lead: a
function for leads asks `member.cohort`, not for rows of the member.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from networking import (
    citizen_home,
    cohort_home,
    journal_home,
    map_home,
    match_needs,
    pool_home,
    progress,
    readiness_home,
    sheet_home,
    support_home,
    surveys,
    workshop_home,
)
from networking.models import Cohort, Member
from networking.needs import Coming, Door, Figure, Line, Need, in_order

# What waits for this member, whatever their role: an empty list when nothing does.
NEEDS: list[Callable[[Member, datetime], list[Need]]] = [
    cohort_home.needs_of,
    support_home.needs_of,
    pool_home.needs_of,
    progress.needs_of,
    match_needs.needs_of,
    sheet_home.needs_of,
    map_home.needs_of,
    readiness_home.needs_of,
    surveys.needs_of,
    workshop_home.needs_of,
    journal_home.needs_of,
]
# What comes by itself: workshops, meetings.
COMING: list[Callable[[Member, datetime], list[Coming]]] = [workshop_home.coming_for, support_home.coming_for]
# Pages of this member's own, or of the lead's: sheet, map, match, readiness …
DOORS: list[Callable[[Member], list[Door]]] = [
    cohort_home.doors_of,
    support_home.doors_of,
    pool_home.doors_of,
    match_needs.doors_of,
    sheet_home.doors_of,
    map_home.doors_of,
    citizen_home.doors_of,
    readiness_home.doors_of,
    workshop_home.doors_of,
    journal_home.doors_of,
    surveys.doors_of,
]
# For leads: a few numbers with their meaning.
FIGURES: list[Callable[[Cohort, datetime], list[Figure]]] = [support_home.figures_of]


@dataclass(frozen=True)
class Column:
    """A column of the cohort at a glance: a line per councillor, in a number of queries that does not grow."""

    name: str
    lines_for: Callable[[Cohort, datetime], dict[int, Line]]
    mentors_see_it: bool = True


COLUMNS: list[Column] = [
    Column("This sprint's tasks", progress.lines_for),
    Column("Support meetings", support_home.lines_for),
    Column("Open questions", pool_home.lines_for, mentors_see_it=False),
    Column("Planning sheet", sheet_home.lines_for),
    Column("Network map", map_home.lines_for),
    Column("Ready for the next sprint", readiness_home.lines_for, mentors_see_it=False),
    Column("Workshops", workshop_home.lines_for),
]
# For mentors first of all.
HELP = Column("Wants help with", cohort_home.help_lines)


def needs_of(member: Member, now: datetime) -> list[Need]:
    return in_order(need for function in NEEDS for need in function(member, now))


def coming_for(member: Member, now: datetime) -> list[Coming]:
    return sorted((one for function in COMING for one in function(member, now)), key=lambda one: one.at)


def doors_of(member: Member) -> list[Door]:
    return [door for function in DOORS for door in function(member)]


def figures_of(cohort: Cohort, now: datetime) -> list[Figure]:
    return [figure for function in FIGURES for figure in function(cohort, now)]


# --- The cohort at a glance ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """What a column says about somebody."""

    column: str
    line: Line


@dataclass(frozen=True)
class Row:
    """A councillor in the lead's or the mentor's table."""

    member: Member
    cells: list[Cell]

    @property
    def attention(self) -> int:
        return sum(cell.line.attention for cell in self.cells)


NOTHING = Line("–")


def at_a_glance(cohort: Cohort, now: datetime) -> list[Row]:
    """Every councillor of the cohort, who needs attention first; then by name."""
    councillors = list(cohort.members.joined().councillors().with_people())
    rows = _rows(councillors, COLUMNS, cohort, now)
    return sorted(rows, key=lambda row: (-row.attention, str(row.member).casefold(), row.member.pk))


def supported_by(mentor: Member, now: datetime) -> list[Row]:
    """The councillors this mentor supports now, with what mentors may see."""
    pairs = mentor.pairs_as_mentor.current().with_people().order_by("councillor__person__name", "pk")
    columns = [HELP, *(column for column in COLUMNS if column.mentors_see_it)]
    return _rows([pair.councillor for pair in pairs], columns, mentor.cohort, now)


def _rows(members: list[Member], columns: list[Column], cohort: Cohort, now: datetime) -> list[Row]:
    if not members:
        return []
    lines = [(column.name, column.lines_for(cohort, now)) for column in columns]
    return [Row(member, [Cell(name, by.get(member.pk, NOTHING)) for name, by in lines]) for member in members]


def table(rows: list[Row]) -> tuple[list[str], list[list[str]]]:
    """Header and rows for a spreadsheet."""
    header = ["Councillor", "Council", "Where", *(column.name for column in COLUMNS), "Needs attention"]
    return header, [_told(row) for row in rows]


def _told(row: Row) -> list[str]:
    who = [str(row.member), row.member.person.works_at, row.member.area]
    return [*who, *(cell.line.text for cell in row.cells), "yes" if row.attention else ""]
