"""Documents that a committee opens: read back by another program than the one that wrote them."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import docx as reader
import pytest
from PIL import Image

from documents import checking, docx

MADE = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


def png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (20, 10), "white").save(out, "PNG")
    return out.getvalue()


def written(*blocks: docx.Block) -> bytes:
    return docx.write("What we heard", blocks, author="Scrutineers", made_at=MADE)


def test_a_document_with_everything_in_it_has_no_faults():
    data = written(
        docx.Heading("Purpose"),
        docx.Paragraph("Young carers told us that buses stop at six.", number="1."),
        docx.Bullets(["One", "Two"]),
        docx.Heading("In numbers", 2),
        docx.Table("Items by month", ["Month", "Items"], [["May 2026", "4"]]),
        docx.Picture(png(), "Four items in May, two in June"),
    )

    assert checking.faults(data) == []


def test_the_words_come_back_in_their_order_and_styles():
    read = reader.Document(BytesIO(written(docx.Heading("Purpose"), docx.Paragraph("Buses.", number="1."))))

    assert [(p.style.name, p.text) for p in read.paragraphs] == [
        ("Title", "What we heard"),
        ("Heading 1", "Purpose"),
        ("Normal", "1.  Buses."),
    ]
    assert (read.core_properties.title, read.core_properties.language) == ("What we heard", "en-GB")


def test_a_table_comes_back_cell_by_cell_under_its_caption():
    read = reader.Document(BytesIO(written(docx.Table("Items by month", ["Month", "Items"], [["May", "4"]]))))

    assert [[cell.text for cell in row.cells] for row in read.tables[0].rows] == [["Month", "Items"], ["May", "4"]]
    assert read.paragraphs[1].text == "Items by month"


@pytest.mark.parametrize("text", ["nul \x00 byte", "bell \x07", "emoji 🚌", "العربية", "<b>&amp;", "\ud7ff\ufffe"])
def test_strange_characters_never_break_the_file(text):
    assert checking.faults(written(docx.Heading("Purpose"), docx.Paragraph(text))) == []


def test_a_heading_that_skips_a_level_is_refused():
    with pytest.raises(ValueError, match="skips a level"):
        written(docx.Heading("Purpose"), docx.Heading("Detail", 3))


def test_a_picture_without_words_is_refused():
    with pytest.raises(ValueError, match="needs words"):
        written(docx.Picture(png(), " "))


# --- The checker, on files that are not right ---------------------------------------------------------------------


def changed(data: bytes, name: str, old: str, new: str) -> bytes:
    """The same file with one piece of its XML replaced."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.namelist():
            content = before.read(entry)
            if entry == name:
                assert old in content.decode()
                content = content.decode().replace(old, new).encode()
            after.writestr(entry, content)
    return out.getvalue()


WHOLE = (
    docx.Heading("Purpose"),
    docx.Heading("Detail", 2),
    docx.Table("Items", ["A", "B"], [["1", "2"]]),
    docx.Picture(png(), "Four items"),
)


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("docProps/core.xml", "What we heard", " ", "The document has no title in its properties."),
        ("word/styles.xml", 'w:val="en-GB"', 'w:val="en-US"', "The language is “en-US”, not en-GB."),
        ("word/document.xml", 'w:val="Heading1"', 'w:val="Normal"', "The heading “Detail” skips a level."),
        ("word/document.xml", 'w:val="Heading2"', 'w:val="Heading3"', "The heading “Detail” skips a level."),
        ("word/document.xml", "Detail", " ", "A heading is empty."),
        ("word/document.xml", '<w:tblHeader w:val="true"/>', "", "Table 1 has no header row."),
        ("word/document.xml", 'descr="Four items"', "", "Picture 1 has no words for those who do not see it."),
    ],
)
def test_the_checker_names_what_is_missing(name, old, new, fault):
    assert checking.faults(changed(written(*WHOLE), name, old, new)) == [fault]


def test_a_document_without_headings_is_named():
    assert checking.faults(written(docx.Paragraph("Words"))) == ["The document has no headings."]


@pytest.mark.parametrize("data", [b"", b"PK", b"<html>", written()[:500]])
def test_what_is_no_document_is_said_to_be_none(data):
    assert checking.faults(data) == ["This is not a Word document."]
