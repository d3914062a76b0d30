"""What a file is when it is no report of who came, in a sentence for the organiser."""

import re
from collections.abc import Sequence

from meetups.attendance.columns import plain
from meetups.attendance.tables import DELIMITERS, lines_of
from meetups.attendance.values import UnknownReport, quoted

WANTED = (
    "We can read the participants report or the webinar report of Zoom, the attendance report of Teams and the "
    "attendance report of Google Meet, each as CSV."
)
_CHAT = re.compile(
    r"^(\d{1,2}:\d\d(:\d\d)?\s+From .+ to .+|\d\d:\d\d:\d\d\t[^\t:]+:\t"
    r"|\[.*\d{1,2}:\d\d.*\] \S|\d\d:\d\d:\d\d\.\d{3},)",
    re.MULTILINE,
)


def refusal(text: str) -> UnknownReport:
    """The most telling sentence about a text in which no row heads a list of people with their times."""
    if _CHAT.search(text[:20_000]):
        return UnknownReport(f"This is the chat of a call, not the list of who came. {WANTED}")
    headings = _headings(text)
    known = {plain(heading) for heading in headings}
    if {"topic", "meeting id"} & known and "participants" in known:
        return UnknownReport(
            "This is Zoom's list of calls, without the people in them. Select the number of participants beside the "
            "call, then “Export”."
        )
    if {"pre-assign room name"} & known:
        return UnknownReport(f"This is a list of breakout rooms, not of who came. {WANTED}")
    if {"email", "email address", "user email", "e-mail"} & known and {"name", "full name", "first name"} & known:
        return UnknownReport(
            f"This is a list of people who signed up: it has names and addresses, but not when they joined. {WANTED}"
        )
    return UnknownReport(_unknown(headings))


def _unknown(headings: Sequence[str]) -> str:
    if len(headings) < 2:
        return f"This is a text without columns, not a report. {WANTED}"
    named = ", ".join(quoted(heading) for heading in headings[:8])
    more = f" and {len(headings) - 8} more" if len(headings) > 8 else ""
    return f"We do not know a report with the columns {named}{more}. {WANTED}"


def _headings(text: str) -> list[str]:
    """The cells of the first line that is split the most."""
    best: list[str] = []
    for delimiter in DELIMITERS:
        first = next((filled for _, cells in lines_of(text, delimiter) if (filled := _filled(cells))), [])
        best = first if len(first) > len(best) else best
    return best


def _filled(cells: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in cells if cell.strip()]
