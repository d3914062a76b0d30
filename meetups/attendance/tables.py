"""The rows about people in a report, whatever stands above, between and below them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from meetups.attendance.columns import Columns, columns_of, plain
from meetups.attendance.values import UnknownReport

if TYPE_CHECKING:
    from _csv import Reader as _Reader

DELIMITERS = ("\t", ",", ";")
_STARTS = frozenset(
    {
        "start time", "actual start time", "scheduled time", "scheduled start time", "meeting start time", "startzeit",
        "heure de début",
    }
)  # fmt: skip
# Teams: “3. In-Meeting Activities” repeats the people of “2. Participants”, one row for each stay.
_REPEATS = re.compile(r"([3-9])\. ?\S")


@dataclass(frozen=True)
class Row:
    """One line about one person, with the columns it stands under."""

    line: int
    cells: Sequence[str]
    columns: Columns

    def cell(self, name: str) -> str:
        return self.columns.cell(self.cells, name)  # type: ignore[arg-type]


@dataclass
class Table:
    """The people of a report, and the starts of the call that its summary names."""

    rows: list[Row] = field(default_factory=list)
    columns: list[Columns] = field(default_factory=list)
    starts: list[str] = field(default_factory=list)


def table_of(text: str) -> Table | None:
    """The table, read with whichever separator shows a heading that we know; nothing if none does."""
    for delimiter in DELIMITERS:
        table = _collected(list(lines_of(text, delimiter)))
        if table.columns:
            return table
    return None


def lines_of(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of each line. In tab-separated reports no cell runs over a line, so a stray quote costs one."""
    if delimiter == "\t":
        for number, line in enumerate(text.split("\n"), 1):
            yield number, next(_read([line], delimiter), [])
    else:
        reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter)
        yield from _numbered(reader)


def _read(lines: list[str], delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(lines, delimiter=delimiter)
    except csv.Error as error:
        raise UnknownReport("A line of the file is too long for a table.") from error


def _numbered(reader: _Reader) -> Iterator[tuple[int, list[str]]]:
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise UnknownReport(f"After line {reader.line_num} the file is not a table that we can read.") from error


def _collected(lines: list[tuple[int, list[str]]]) -> Table:
    table = Table()
    current: Columns | None = None
    above: list[str] = []
    for number, cells in lines:
        if table.columns and _is_repeat(cells):
            break
        if heading := columns_of(cells):
            current = heading
            table.columns.append(heading)
        elif current and _is_about_somebody(cells):
            table.rows.append(Row(number, cells, current))
        else:
            current = None if _is_title(cells) else current
            table.starts += _starts(cells, above)
        above = cells
    return table


def _filled(cells: Sequence[str]) -> list[str]:
    return [cell for cell in cells if cell.strip()]


def _is_about_somebody(cells: Sequence[str]) -> bool:
    return bool(_filled(cells)) and not _is_title(cells)


def _is_title(cells: Sequence[str]) -> bool:
    """“Panelist Details”, “2. Participants”: the words alone in their line."""
    filled = _filled(cells)
    return len(filled) == 1 and bool(re.fullmatch(r"\d\. .+|.+ details|other attended", plain(filled[0])))


def _is_repeat(cells: Sequence[str]) -> bool:
    return bool(cells) and bool(_REPEATS.match(cells[0].strip())) and len(_filled(cells)) == 1


def _starts(cells: Sequence[str], above: Sequence[str]) -> list[str]:
    """Cells that stand below or right of “Start time”."""
    below = [cell for heading, cell in zip(above, cells, strict=False) if plain(heading).rstrip(":") in _STARTS]
    beside = [cells[1]] if len(cells) > 1 and plain(cells[0]).rstrip(":") in _STARTS else []
    return [cell for cell in [*below, *beside] if re.search(r"\d", cell)]
