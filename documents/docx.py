"""A Word document that people with screen readers can use, and that a committee can edit.

Plain python-docx writes American English, no title, tables without header rows and pictures without words. PSBAR 2018
asks for all of these; `documents.checking` reads a finished file and names what is missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

LANGUAGE = "en-GB"
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Heading:
    """`level` 1 is directly below the title; levels are not skipped."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; with `number` as “1.” in front, for reports whose statements are cited."""

    text: str
    number: str = ""


@dataclass(frozen=True)
class Bullets:
    items: Sequence[str]


@dataclass(frozen=True)
class Table:
    """The caption says what the table shows; the first row is its header, the first column too."""

    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Picture:
    """A PNG with the words for those who do not see it."""

    png: bytes
    alt: str
    width_cm: float = 16.0


Block = Heading | Paragraph | Bullets | Table | Picture


def write(title: str, blocks: Sequence[Block], *, author: str, made_at: datetime, subject: str = "") -> bytes:
    """The bytes of the .docx. Characters that XML has no place for are left out.

    Raises ValueError for a picture without words or a heading level that is skipped: such a file must not leave.
    """
    document = docx.Document()
    _set_up(document, title=title, author=author, made_at=made_at, subject=subject)
    document.add_paragraph(_clean(title), style="Title")
    level = 0
    for block in blocks:
        if isinstance(block, Heading):
            if block.level > level + 1:
                raise ValueError(f"The heading “{block.text}” skips a level")
            level = block.level
        _add(document, block)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: Any, *, title: str, author: str, made_at: datetime, subject: str) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.subject = _clean(title), _clean(author), _clean(subject)
    properties.language, properties.comments = LANGUAGE, ""
    properties.created = properties.modified = made_at.replace(tzinfo=None)
    _speak_british(document)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)


def _speak_british(document: Any) -> None:
    """The language of the whole text, in the defaults that every style inherits."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    run = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = run.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        run.append(language)
    language.set(qn("w:val"), LANGUAGE)


def _add(document: Any, block: Block) -> None:
    match block:
        case Heading(text, level):
            document.add_heading(_clean(text), level=level)
        case Paragraph(text, number):
            document.add_paragraph(_clean(f"{number}  {text}" if number else text))
        case Bullets(items):
            for item in items:
                document.add_paragraph(_clean(item), style="List Bullet")
        case Table():
            _add_table(document, block)
        case Picture():
            _add_picture(document, block)


def _add_table(document: Any, table: Table) -> None:
    document.add_paragraph(_clean(table.caption), style="Caption")
    grid = document.add_table(rows=0, cols=len(table.header), style="Table Grid")
    for number, row in enumerate([table.header, *table.rows]):
        cells = grid.add_row().cells
        for place, text in enumerate(row):
            cells[place].text = ""
            run = cells[place].paragraphs[0].add_run(_clean(text))
            run.bold = number == 0 or place == 0
    _repeat_header(grid.rows[0])
    _describe(grid, table.caption)
    document.add_paragraph()


def _repeat_header(row: Any) -> None:
    """Mark the row as header: read out before each cell, and printed again on the next page."""
    properties = row._tr.get_or_add_trPr()
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    properties.append(header)


def _describe(grid: Any, caption: str) -> None:
    properties = grid._tbl.tblPr
    description = OxmlElement("w:tblDescription")
    description.set(qn("w:val"), _clean(caption))
    properties.append(description)


def _add_picture(document: Any, picture: Picture) -> None:
    if not picture.alt.strip():
        raise ValueError("A picture needs words for those who do not see it")
    shape = document.add_picture(BytesIO(picture.png), width=Cm(picture.width_cm))
    properties = shape._inline.docPr
    properties.set("descr", _clean(picture.alt))


def _clean(text: str) -> str:
    """Without the control characters that XML 1.0 forbids."""
    return "".join(
        letter for letter in str(text) if letter in "\t\n" or (letter >= " " and letter not in "\ufffe\uffff")
    )
