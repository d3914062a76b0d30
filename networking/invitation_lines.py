"""Reading a list of people to invite, pasted or from a CSV file, line by line."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

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
_NAMED = re.compile(r"^(?P<name>[^<>]*)<(?P<email>[^<>]+)>$")
_UNSEEN = re.compile("[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")


class NotAList(ValueError):
    """Nothing of it can be read; the message says why and what it should look like."""


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
    address, a council and a place. A file needs its headings.
    """
    rows = _rows(_UNSEEN.sub("", text).replace("\x00", ""))
    if not rows:
        raise NotAList("There is nobody on the list. Paste a line for each person, or choose a file")
    if len(rows) > MOST + 1:
        raise NotAList(f"The list has {len(rows):,} lines. Invite {MOST:,} people or fewer at a time")
    columns, not_read = _headings(rows[0][1])
    if "email" in columns.values():
        found = [_by_heading(number, cells, columns, role) for number, cells in rows[1:]]
    elif is_file or _looks_like_headings(rows[0][1]):
        raise NotAList(_wrong_columns(rows[0][1]))
    else:
        found, not_read = [_as_typed(number, cells, role) for number, cells in rows], []
    if not found:
        raise NotAList("There is nobody below the headings")
    return _sorted_out(found, not_read)


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Lines with something in them, by their number."""
    delimiter = _delimiter(text)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        numbered = [(reader.line_num, [" ".join(cell.split()) for cell in cells]) for cells in reader]
    except csv.Error as error:
        raise NotAList("The list cannot be read: a quotation mark is opened and never closed") from error
    return [(number, cells) for number, cells in numbered if any(cells)]


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


def _by_heading(number: int, cells: Sequence[str], columns: dict[int, str], role: str) -> Line | Problem:
    said = {meaning: cells[at] for at, meaning in columns.items() if at < len(cells)}
    return _line(number, ", ".join(cell for cell in cells if cell), said, role)


def _as_typed(number: int, cells: Sequence[str], role: str) -> Line | Problem:
    whole = ", ".join(cell for cell in cells if cell)
    if named := _NAMED.match(whole):
        return _line(number, whole, {"name": named["name"].strip(' "'), "email": named["email"]}, role)
    at = next((n for n, cell in enumerate(cells) if "@" in cell), None)
    if at is None:
        return Problem(number, whole, "There is no email address in this line")
    others = [cell for n, cell in enumerate(cells) if n != at and cell]
    said = dict(zip(("name", "council", "where"), others, strict=False))
    return _line(number, whole, {**said, "email": cells[at]}, role)


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
