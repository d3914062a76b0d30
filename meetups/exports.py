"""Tables as files that spreadsheets open: nothing in a cell is run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

# What makes a spreadsheet take a cell for a formula (OWASP, “CSV injection”).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The table as CSV in UTF-8 with the mark that Excel needs to see it as such."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([safe(cell) for cell in header])
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", errors="replace")


def safe(cell: object) -> str:
    """The cell as text; an apostrophe in front of what would be a formula makes it plain text."""
    said = "" if cell is None else str(cell)
    return f"'{said}" if said.startswith(_FORMULA) else said
