"""A picture of 1200 by 630 with a title, a date and our name: values in, PNG out."""

import hashlib
import io
import unicodedata
from dataclasses import astuple, dataclass

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
MARGIN = 80
GREEN, LIGHT, WHITE = "#1d5141", "#a8d5c2", "#ffffff"
# Raised when the drawing changes, so that old pictures are drawn anew.
VERSION = 1
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "\u00a0": " "})
_TITLE_SIZES = (84, 72, 60, 50)
_TITLE_LINES = 4


@dataclass(frozen=True)
class Words:
    """What the picture says."""

    title: str
    when: str
    series: str
    site: str


def digest(words: Words) -> str:
    """The same for the same picture, and another for any other."""
    return hashlib.sha256("\0".join([str(VERSION), *astuple(words)]).encode()).hexdigest()[:24]


def png(words: Words) -> bytes:
    image = Image.new("RGB", (WIDTH, HEIGHT), GREEN)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, HEIGHT - 110, WIDTH, HEIGHT), fill="#153c30")
    draw.text((MARGIN, MARGIN - 20), _cut(drawable(words.series), 34), font=_font(34), fill=LIGHT)
    lines, size = _title(drawable(words.title))
    for number, line in enumerate(lines):
        draw.text((MARGIN, 125 + number * size * 1.15), line, font=_font(size), fill=WHITE)
    draw.text((MARGIN, 440), _cut(drawable(words.when), 38), font=_font(38), fill=WHITE)
    draw.text((MARGIN, HEIGHT - 78), drawable(words.site), font=_font(40), fill=WHITE)
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _title(title: str) -> tuple[list[str], int]:
    """In the biggest letters in which it fits; the end gives way when it fits in none."""
    for size in _TITLE_SIZES:
        lines = wrapped(title, size)
        if len(lines) * size * 1.15 <= 300:
            return lines, size
    lines = wrapped(title, size)[:_TITLE_LINES]
    return [*lines[:-1], _cut(f"{lines[-1]}...", size)], size


def wrapped(text: str, size: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _width(longer, size) > WIDTH - 2 * MARGIN:
            lines.append(word)
        else:
            lines[-1] = longer
    return [_cut(line, size) for line in lines]


def _cut(text: str, size: int) -> str:
    """On one line: letters at the end give way."""
    if _width(text, size) <= WIDTH - 2 * MARGIN:
        return text
    while text and _width(f"{text}...", size) > WIDTH - 2 * MARGIN:
        text = text[:-1]
    return f"{text.rstrip()}..."


def drawable(text: str) -> str:
    """With letters the font has: accents go where it has none, signs it lacks are left out."""
    return "".join(_drawable(letter) for letter in text.translate(_PLAIN))


def _drawable(letter: str) -> str:
    if letter.isspace() or _has(letter):
        return letter
    bare = unicodedata.normalize("NFKD", letter)[:1]
    return bare if bare.isascii() and bare.isprintable() else ""


def _has(letter: str) -> bool:
    font = _font(40)
    return bytes(font.getmask(letter)) != bytes(font.getmask("\uffff"))


def _width(text: str, size: int) -> float:
    return _font(size).getlength(text)


def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)
    return font
