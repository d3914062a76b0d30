"""Is this .docx one that everybody can use? Reads the finished file's XML, not the program that wrote it."""

import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_HEADING = re.compile(r"^Heading\s?([1-9])$")

LANGUAGE = "en-GB"


def faults(data: bytes) -> list[str]:
    """What is wrong, in words for whoever can mend it; empty when nothing is."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            body = _parse(archive, "word/document.xml")
            styles = _parse(archive, "word/styles.xml")
            properties = _parse(archive, "docProps/core.xml")
    except (KeyError, zipfile.BadZipFile, ElementTree.ParseError):
        return ["This is not a Word document."]
    return [
        *_title(properties),
        *_language(styles),
        *_headings(body),
        *_tables(body),
        *_pictures(body),
    ]


def _parse(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    # Only files that this site has just written come here, so entities from elsewhere cannot.
    return ElementTree.fromstring(archive.read(name))  # noqa: S314 -- see the line above


def _title(properties: ElementTree.Element) -> list[str]:
    title = properties.findtext(f"{_DC}title", "")
    return [] if title.strip() else ["The document has no title in its properties."]


def _language(styles: ElementTree.Element) -> list[str]:
    found = styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}lang")
    language = found.get(f"{_W}val", "") if found is not None else ""
    return [] if language == LANGUAGE else [f"The language is “{language or 'not set'}”, not {LANGUAGE}."]


def _headings(body: ElementTree.Element) -> list[str]:
    wrong, before = [], 0
    for paragraph in body.iter(f"{_W}p"):
        level = _level(paragraph)
        if not level:
            continue
        text = "".join(piece.text or "" for piece in paragraph.iter(f"{_W}t"))
        if not text.strip():
            wrong.append("A heading is empty.")
        if level > before + 1:
            wrong.append(f"The heading “{text}” skips a level.")
        before = level
    return wrong if before else [*wrong, "The document has no headings."]


def _level(paragraph: ElementTree.Element) -> int:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    found = _HEADING.match(style.get(f"{_W}val", "")) if style is not None else None
    return int(found[1]) if found else 0


def _tables(body: ElementTree.Element) -> list[str]:
    return [
        f"Table {number} has no header row."
        for number, table in enumerate(body.iter(f"{_W}tbl"), start=1)
        if table.find(f"{_W}tr/{_W}trPr/{_W}tblHeader") is None
    ]


def _pictures(body: ElementTree.Element) -> list[str]:
    return [
        f"Picture {number} has no words for those who do not see it."
        for number, picture in enumerate(body.iter(f"{_WP}docPr"), start=1)
        if not picture.get("descr", "").strip()
    ]
