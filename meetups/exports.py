"""Tables as files that spreadsheets open: nothing in a cell is run as a formula."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

# What makes a spreadsheet take a cell for a formula (OWASP, “CSV injection”), wide and small forms of it being the same
# to some. Some also skip blanks, quotes and signs that nobody sees.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\u2212")
_SKIPPED = re.compile("^[ \u00a0\"'`\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")


def csv_file(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The table as CSV in UTF-8 with the mark that Excel needs to see it as such."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([safe(cell) for cell in header])
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", errors="replace")


def workbook(title: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The table as a workbook for Excel (XLSX): one sheet, every cell text, the header in sight while one scrolls."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for row in (header, *rows):
        sheet.append([_text(sheet, cell) for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _text(sheet: Any, cell: object) -> WriteOnlyCell:
    """A cell that says itself that it is text, so that “=1+1” stays what somebody typed."""
    said = "" if cell is None else str(cell)
    said = ILLEGAL_CHARACTERS_RE.sub("", said).encode("utf-8", errors="replace").decode()
    made = WriteOnlyCell(sheet, said)
    made.data_type = "s"
    return made


def safe(cell: object) -> str:
    """The cell as text; an apostrophe in front of what would be a formula makes it plain text.

    Numbers are ours and not what somebody typed: one below nothing stays a number.
    """
    if isinstance(cell, int | float | Decimal):
        return str(cell)
    said = "" if cell is None else str(cell)
    plain = _SKIPPED.sub("", unicodedata.normalize("NFKC", said))
    return f"'{said}" if plain.startswith(_FORMULA) else said
