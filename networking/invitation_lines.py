"""Reading a list of people to invite, pasted or from a CSV file, line by line."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass

from networking import mailboxes
from networking.mailboxes import Mailbox

MOST = 5000
LONGEST = {"name": 150, "council": 150, "where": 100}
ROLES = {
    "councillor": "councillor",
    "member": "councillor",
    "mentor": "mentor",
    "officer": "mentor",
    "support officer": "mentor",
    "expert": "expert",
    "lead": "lead",
}
# A cell in quotation marks may have line breaks; one that goes on for longer was never meant to.
LINES_OF_A_ROW = 30
UNCLOSED = "A quotation mark is opened in this line and never closed"
UNCLEAR = "Several addresses, and it is not clear whose they are. Put each person on a line of their own"
# What people call the columns.
COLUMNS = {
    "email": "email",
    "e-mail": "email",
    "email address": "email",
    "e-mail address": "email",
    "address": "email",
    "mail": "email",
    "name": "name",
    "full name": "name",
    "role": "role",
    "as": "role",
    "council": "council",
    "organisation": "council",
    "where": "where",
    "area": "where",
    "town": "where",
    "district": "where",
    "town or district": "where",
}
_ADDRESS = re.compile(r"[^@\s\"<>()\[\],;:]+@[^@\s\"<>()\[\],;:]+\.[^@\s\"<>()\[\],;:.]{2,}")
_UNSEEN = re.compile("[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")


class NotAList(ValueError):
    """Nothing of it can be read; the message says why and what it should look like."""


@dataclass(frozen=True)
class Row:
    """What stands in line `number`, and in those after it that belong to it: in cells, and as it was typed."""

    number: int
    cells: list[str]
    text: str


@dataclass(frozen=True)
class Line:
    """Somebody to invite, from line `number` of what was given."""

    number: int
    email: str
    name: str = ""
    role: str = ""
    council: str = ""
    where: str = ""


@dataclass(frozen=True)
class Problem:
    """A line that is left out, and why."""

    number: int
    line: str
    why: str


@dataclass(frozen=True)
class Reading:
    """Who can be invited, what is left out, and columns that are not read."""

    lines: list[Line]
    problems: list[Problem]
    not_read: list[str]


def decode(data: bytes) -> str:
    """The text of a file from Excel or elsewhere. Raises NotAList for what is no text."""
    if b"\x00" in data[:2000] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotAList("This is not a CSV file. In Excel choose “Save as”, then “CSV UTF-8”")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read(text: str, *, role: str, is_file: bool = False) -> Reading:
    """Everybody on the list; who has no role of their own gets `role`. Raises NotAList.

    With a line of headings the columns go by name, in any order. Without one a line is an address, or a name, an
    address, a council and a place, or several addresses as a mail program copies them. A file needs its headings.
    """
    rows = _rows(_UNSEEN.sub("", text).replace("\x00", ""))
    if not rows:
        raise NotAList("There is nobody on the list. Paste a line for each person, or choose a file")
    if len(rows) > MOST + 1:
        raise NotAList(f"The list has {len(rows):,} lines. Invite {MOST:,} people or fewer at a time")
    found, not_read = _found(rows, role, is_file=is_file)
    if not found:
        raise NotAList("There is nobody below the headings")
    if len(found) > MOST:
        raise NotAList(f"The list has {len(found):,} people. Invite {MOST:,} people or fewer at a time")
    return _sorted_out(found, not_read)


def _found(rows: Sequence[Row | Problem], role: str, *, is_file: bool) -> tuple[list[Line | Problem], list[str]]:
    """Who is in the rows, and the columns that are not read."""
    first = rows[0]
    if isinstance(first, Problem) and is_file:
        raise NotAList(f"The headings in line {first.number} cannot be read. {first.why}")
    headings = first.cells if isinstance(first, Row) else []
    columns, not_read = _headings(headings)
    if "email" in columns.values():
        return [one if isinstance(one, Problem) else _by_heading(one, columns, role) for one in rows[1:]], not_read
    if is_file or _looks_like_headings(headings):
        raise NotAList(_wrong_columns(headings))
    each = ([one] if isinstance(one, Problem) else _as_typed(one, role) for one in rows)
    return [one for found in each for one in found], []


def _rows(text: str) -> list[Row | Problem]:
    """What has something in it, by the line where it begins. A quotation mark that nothing closes costs one line."""
    lines, delimiter = re.split(r"\r\n|\r|\n", text), _delimiter(text)
    rows: list[Row | Problem] = []
    at = 0
    while at < len(lines):
        taken = _taken(lines[at : at + LINES_OF_A_ROW], delimiter)
        if taken:
            rows.append(Row(at + 1, _cells(taken, delimiter), "\n".join(taken)))
        else:
            rows.append(Problem(at + 1, " ".join(lines[at].split())[:200], UNCLOSED))
        at += len(taken) or 1
    return [one for one in rows if isinstance(one, Problem) or any(one.cells)]


def _taken(lines: Sequence[str], delimiter: str) -> Sequence[str]:
    """The lines of the first row: several when a cell in quotation marks has a line break. None when it never ends.

    A mark that is closed only by the opening one of a later row leaves something behind the cell, which `strict` tells.
    """
    if '"' not in lines[0]:
        return lines[:1]
    try:
        _, number = _first_row([*lines, ""], delimiter)
        if number > len(lines):
            return []
        if number > 1:
            _first_row(lines[:number], delimiter, strict=True)
    except csv.Error:
        return []
    return lines[:number]


def _first_row(lines: Sequence[str], delimiter: str, *, strict: bool = False) -> tuple[list[str], int]:
    """The first row in these lines, and how many of them it takes. Raises csv.Error."""
    typed = (f"{line}\n" for line in lines)
    reader = csv.reader(typed, delimiter=delimiter, skipinitialspace=True, strict=strict)
    return next(reader), reader.line_num


def _cells(lines: Sequence[str], delimiter: str) -> list[str]:
    has_quotes = '"' in lines[0]
    row = _first_row(lines, delimiter)[0] if has_quotes else None
    return [" ".join(cell.split()) for cell in row or lines[0].split(delimiter)]


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=lambda mark: (first.count(mark), mark == ","))


def _headings(cells: Sequence[str]) -> tuple[dict[int, str], list[str]]:
    """Which column is what, and those nobody reads. The first of two with the same meaning counts."""
    columns: dict[int, str] = {}
    for at, cell in enumerate(cells):
        meaning = COLUMNS.get(cell.casefold())
        if meaning and meaning not in columns.values():
            columns[at] = meaning
    return columns, [cell for at, cell in enumerate(cells) if cell and at not in columns]


def _looks_like_headings(cells: Sequence[str]) -> bool:
    return any(cell.casefold() in COLUMNS for cell in cells) and not any("@" in cell for cell in cells)


def _wrong_columns(cells: Sequence[str]) -> str:
    seen = ", ".join(f"“{cell[:40]}”" for cell in cells[:8] if cell)
    return (
        f"The first line must name the columns, and one of them must be “email”. It says {seen}. "
        "Other columns that are read are name, role, council and where"
    )


def _shown(cells: Sequence[str]) -> str:
    return ", ".join(cell for cell in cells if cell)


def _by_heading(row: Row, columns: dict[int, str], role: str) -> Line | Problem:
    said = {meaning: row.cells[at] for at, meaning in columns.items() if at < len(row.cells)}
    return _line(row.number, _shown(row.cells), said, role)


def _as_typed(row: Row, role: str) -> list[Line | Problem]:
    """One person, or everybody of a line with several addresses."""
    text = mailboxes.without_label(row.text)
    people = mailboxes.in_line(text)
    if not people:
        return [Problem(row.number, _shown(row.cells)[:200], "There is no email address in this line")]
    if len({one.email.casefold() for one in people}) == 1:
        return [_alone(row, text, role)]
    if any(one.is_unclear for one in people):
        return [Problem(row.number, _shown(row.cells)[:200], UNCLEAR)]
    first: dict[str, Mailbox] = {}
    for one in people:
        known = first.setdefault(one.email.casefold(), one)
        first[one.email.casefold()] = known if known.name else one
    return [_line(row.number, one.email, {"email": one.email, "name": one.name}, role) for one in first.values()]


def _alone(row: Row, text: str, role: str) -> Line | Problem:
    """A name, an address, a council and a place; or `Name <address>`."""
    cells = [*row.cells]
    if len(cells) == 1:  # not written as the first line is
        lines, delimiter = text.split("\n"), _delimiter(text)
        if not _taken(lines, delimiter):
            return Problem(row.number, _shown(cells)[:200], UNCLOSED)
        cells = _cells(lines, delimiter)
    cells[0] = mailboxes.without_label(cells[0])
    whole = _shown(cells)
    at = next(n for n, cell in enumerate(cells) if "@" in cell)
    if named := mailboxes.named(whole):
        cells, at = [*named], 1
    elif named := mailboxes.named(cells[at]):
        cells, at = [*cells[:at], *named, *cells[at + 1 :]], at + 1
    others = [cell for n, cell in enumerate(cells) if n != at and cell]
    said = dict(zip(("name", "council", "where"), others, strict=False))
    return _line(row.number, whole, {**said, "email": cells[at]}, role)


def _line(number: int, whole: str, said: dict[str, str], role: str) -> Line | Problem:
    email, wanted = said.get("email", "").strip(), said.get("role", "").casefold()
    if not email:
        return Problem(number, whole, "There is no email address in this line")
    if not _ADDRESS.fullmatch(email) or len(email) > 254 or not email.isascii():
        return Problem(number, whole, f"“{email[:80]}” is not an email address")
    if wanted and wanted not in ROLES:
        return Problem(number, whole, f"“{wanted[:40]}” is not a role. Use councillor, mentor, expert or lead")
    for name, most in LONGEST.items():
        if len(said.get(name, "")) > most:
            return Problem(number, whole[:200], f"The {name} must be {most} characters or fewer")
    others = {name: said.get(name, "") for name in LONGEST}
    return Line(number, email, role=ROLES.get(wanted, role), **others)


def _sorted_out(found: Sequence[Line | Problem], not_read: list[str]) -> Reading:
    """Each person once per role: the first line counts."""
    first: dict[tuple[str, str], Line] = {}
    problems = [one for one in found if isinstance(one, Problem)]
    for line in (one for one in found if isinstance(one, Line)):
        known = first.setdefault((line.email.casefold(), line.role), line)
        if known is not line:
            problems.append(Problem(line.number, line.email, f"The same as line {known.number}"))
    return Reading(list(first.values()), sorted(problems, key=lambda one: one.number), not_read)
