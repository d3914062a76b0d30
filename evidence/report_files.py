"""A report as it was kept, in the formats it leaves in: blocks for the page, .docx, CSV and JSON."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from documents import docx
from documents.docx import Block, Bullets, Heading, Paragraph, Table
from meetups import exports

Content = Mapping[str, Any]

_KINDS: dict[str, type[Any]] = {"heading": Heading, "paragraph": Paragraph, "bullets": Bullets, "table": Table}
_COLUMNS = {
    "number": "Item",
    "topic": "Topic",
    "our_words": "In our words",
    "quoted": "In their own words",
    "described_as": "Where",
    "month": "When",
    "platform": "Platform",
    "said_by": "Said by",
    "usefulness": "Usefulness",
    "tone": "Tone",
    "themes": "Themes",
}


def kept(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Blocks as JSON keeps them."""
    return [{"kind": type(block).__name__.lower(), **asdict(block)} for block in blocks]


def blocks(content: Content) -> list[Block]:
    return [_block(dict(row)) for row in content["blocks"]]


def _block(row: dict[str, Any]) -> Block:
    made: Block = _KINDS[row.pop("kind")](**row)
    return made


def digest(content: Content) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def as_docx(content: Content, *, author: str, made_at: datetime) -> bytes:
    return docx.write(
        content["title"], blocks(content), author=author, made_at=made_at, subject=content.get("subject", "")
    )


def as_csv(content: Content) -> bytes:
    """The items the report rests on, in our words."""
    rows = ([row.get(name, "") for name in _COLUMNS] for row in content["items"])
    return exports.csv_file(list(_COLUMNS.values()), rows)


def as_json(content: Content) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def texts(content: Content) -> Iterator[tuple[str, str]]:
    """Every piece of text that leaves, with where it stands: to look for what must not be there."""
    yield "The title", content["title"]
    for block in blocks(content):
        match block:
            case Heading(text):
                yield f"The heading “{text}”", text
            case Paragraph(text, number):
                yield f"Paragraph {number.rstrip('.')}" if number else "A paragraph", text
            case Bullets(items):
                for item in items:
                    yield f"The line “{item[:40]}…”", item
            case Table(caption, _, rows):
                for row in rows:
                    yield f"The table “{caption}”", " ".join(row)
    for row in content["items"]:
        yield f"Item {row['number']}", " ".join(str(row.get(name, "")) for name in _COLUMNS if name != "number")
