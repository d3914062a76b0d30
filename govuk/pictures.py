"""Draws an uploaded picture anew: out come the pixels and nothing else: no EXIF, no text, no other file."""

import hashlib
import io
import struct
from dataclasses import dataclass

from PIL import Image, ImageOps

MEGABYTE = 1024 * 1024
FORMATS = ("PNG", "JPEG", "WEBP")

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
class Limits:
    """What is taken, and into which width and height larger ones are shrunk (None: they stay as large as they are)."""

    most_bytes: int
    most_pixels: int
    longest_side: int
    shrunk_to: tuple[int, int] | None = None

    @property
    def too_large(self) -> str:
        return f"is larger than {self.most_bytes // MEGABYTE} MB. Crop it, or take a smaller one"


@dataclass(frozen=True)
class Picture:
    """`sha256` is of `data`, which is what is kept."""

    data: bytes
    format: str
    width: int
    height: int
    sha256: str


def redrawn(data: bytes, limits: Limits) -> Picture:
    """The picture, upright, in its own format. Of moving ones the first frame. Raises BadPicture."""
    if len(data) > limits.most_bytes:
        raise BadPicture(limits.too_large)
    try:
        return _redrawn(data, limits)
    except Image.DecompressionBombError as error:
        raise BadPicture(TOO_MANY_PIXELS) from error
    except _BROKEN as error:
        raise BadPicture(NOT_A_PICTURE) from error


def _redrawn(data: bytes, limits: Limits) -> Picture:
    with Image.open(io.BytesIO(data), formats=FORMATS) as source:
        kind = str(source.format)
        if source.width * source.height > limits.most_pixels or max(source.size) > limits.longest_side:
            raise BadPicture(TOO_MANY_PIXELS)
        source.load()
        upright = ImageOps.exif_transpose(source)
    see_through = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
    pixels = upright.convert("RGBA" if see_through and kind != "JPEG" else "RGB")
    if limits.shrunk_to:
        pixels.thumbnail(limits.shrunk_to)
    # A new canvas: metadata and whatever stands behind the picture stay with the old one.
    canvas = Image.new(pixels.mode, pixels.size)
    canvas.paste(pixels)
    written = io.BytesIO()
    canvas.save(written, kind, **_options(kind))
    kept = written.getvalue()
    return Picture(kept, kind, canvas.width, canvas.height, hashlib.sha256(kept).hexdigest())


def _options(kind: str) -> dict[str, int | bool]:
    return {"optimize": False} if kind == "PNG" else {"quality": 85}
