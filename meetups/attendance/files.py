"""From the bytes of a file to its text, or a sentence that says what kind of file it is instead."""

import codecs

from meetups.attendance.values import UnknownReport

SAVE_AS = "Download the report as CSV, or open it and save it as CSV, then try again."
_STARTS: list[tuple[bytes, str]] = [
    (b"PK\x03\x04", "This is an Excel workbook, a Word file or a zip file"),
    (b"PK\x05\x06", "This is an empty zip file"),
    (b"\xd0\xcf\x11\xe0", "This is an old Excel or Word file"),
    (b"%PDF", "This is a PDF"),
    (b"{\\rtf", "This is a rich text file"),
    (b"\x89PNG", "This is an image"),
    (b"\xff\xd8\xff", "This is an image"),
    (b"GIF8", "This is an image"),
    (b"RIFF", "This is an image or a sound"),
    (b"\x1f\x8b", "This is a compressed file"),
]
_TEXTS: list[tuple[str, str]] = [
    ("<", "This is a web page or another file with tags"),
    ("{", "This is JSON or program text"),
    ("webvtt", "This is the transcript or the captions of a call"),
    ("begin:vcalendar", "This is a calendar file"),
    ("begin:vcard", "This is an address card"),
]
# Control characters that no table has; NUL is dealt with before.
_NEVER = frozenset(map(chr, [*range(1, 9), *range(14, 32), 127]))


def text_of(data: bytes) -> str:
    """The text of a table, with plain line ends and without NUL. Raises UnknownReport for other kinds of file."""
    for start, what in _STARTS:
        if data.startswith(start):
            raise UnknownReport(f"{what}, not a table. {SAVE_AS}")
    text = _decoded(data).replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    if not text.strip():
        raise UnknownReport("The file is empty.")
    _refuse_other_text(text.lstrip().lower())
    return text


def _refuse_other_text(text: str) -> None:
    for start, what in _TEXTS:
        if text.startswith(start):
            raise UnknownReport(f"{what}, not an attendance report. {SAVE_AS}")
    opening = text[:4000]
    if sum(letter in _NEVER for letter in opening) > len(opening) / 50:
        raise UnknownReport(f"This is not a text file, so there is no table in it. {SAVE_AS}")


def _decoded(data: bytes) -> str:
    """Teams writes UTF-16 LE with a byte order mark, Zoom UTF-8 with or without one, Excel what Windows speaks."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    if wide := _utf16_without_mark(data[:2000]):
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _utf16_without_mark(opening: bytes) -> str | None:
    """Every second byte of English UTF-16 is NUL; a stray NUL here and there is not that."""
    half = len(opening) // 2
    if half and opening[1::2].count(0) > half * 0.8:
        return "utf-16-le"
    return "utf-16-be" if half and opening[0::2].count(0) > half * 0.8 else None
