"""Draws a picture anew: out come the pixels that went in and nothing else: no EXIF, no text, no other file."""

import hashlib
import io
import struct
from dataclasses import dataclass

from PIL import Image, ImageOps

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 30_000_000  # a phone's photograph has 12 million; this many take 120 MB while they are drawn
LONGEST_SIDE = 12_000  # a screenshot of a whole thread is tall and narrow
FORMATS = ("PNG", "JPEG", "WEBP")

TOO_LARGE = f"is larger than {MOST_BYTES // 1024 // 1024} MB. Crop it, or take a smaller one"
TOO_MANY_PIXELS = "has too many pixels. Crop it, or take a smaller one"
NOT_A_PICTURE = "is not a PNG, JPEG or WebP picture that we can read"


class BadPicture(Exception):
    """Why it is refused, to follow the name of the file."""


# Whatever a broken or crafted file, or what a camera wrote about it, makes the decoders do.
_BROKEN = (
    *(OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, MemoryError),
    *(struct.error, AttributeError, ArithmeticError),
)


@dataclass(frozen=True)
class Picture:
    """`sha256` is of `data`, which is what is kept."""

    data: bytes
    format: str
    width: int
    height: int
    sha256: str


def redrawn(data: bytes) -> Picture:
    """The picture, upright, in its own format. Of moving ones the first frame. Raises BadPicture."""
    if len(data) > MOST_BYTES:
        raise BadPicture(TOO_LARGE)
    try:
        return _redrawn(data)
    except Image.DecompressionBombError as error:
        raise BadPicture(TOO_MANY_PIXELS) from error
    except _BROKEN as error:
        raise BadPicture(NOT_A_PICTURE) from error


def _redrawn(data: bytes) -> Picture:
    with Image.open(io.BytesIO(data), formats=FORMATS) as source:
        kind = str(source.format)
        if source.width * source.height > MOST_PIXELS or max(source.size) > LONGEST_SIDE:
            raise BadPicture(TOO_MANY_PIXELS)
        source.load()
        upright = ImageOps.exif_transpose(source)
    see_through = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
    pixels = upright.convert("RGBA" if see_through and kind != "JPEG" else "RGB")
    # A new canvas: metadata and whatever stands behind the picture stay with the old one.
    canvas = Image.new(pixels.mode, pixels.size)
    canvas.paste(pixels)
    written = io.BytesIO()
    canvas.save(written, kind, **_options(kind))
    kept = written.getvalue()
    return Picture(kept, kind, canvas.width, canvas.height, hashlib.sha256(kept).hexdigest())


def _options(kind: str) -> dict[str, int | bool]:
    return {"optimize": False} if kind == "PNG" else {"quality": 85}
