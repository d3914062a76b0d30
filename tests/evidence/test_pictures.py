"""Pictures from phones and from people who mean no good: what is kept is drawn anew, or refused in a sentence."""

import hashlib
import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from evidence import pictures


def made(kind="PNG", size=(40, 30), mode="RGB", color="green", **options) -> bytes:
    data = io.BytesIO()
    Image.new(mode, size, color).save(data, kind, **options)
    return data.getvalue()


def with_place() -> bytes:
    """A photograph that says where it was taken, turned on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Phone maker"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (51.0, 43.0, 0.0)
    return made("JPEG", exif=exif)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_drawn_anew_and_its_digest_is_of_what_is_kept(kind):
    kept = pictures.redrawn(made(kind))

    assert (kept.format, kept.width, kept.height) == (kind, 40, 30)
    assert kept.sha256 == hashlib.sha256(kept.data).hexdigest()
    assert Image.open(io.BytesIO(kept.data)).format == kind


def test_place_and_maker_do_not_stay_and_it_stands_upright():
    given = with_place()
    assert Image.open(io.BytesIO(given)).getexif().get_ifd(0x8825)

    kept = pictures.redrawn(given)

    again = Image.open(io.BytesIO(kept.data))
    assert (dict(again.getexif()), again.size, "exif" in again.info) == ({}, (30, 40), False)
    assert b"Phone maker" not in kept.data


def test_text_in_a_picture_and_a_file_behind_it_do_not_stay():
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "Jane Doe")
    archive = b"PK\x03\x04<script>alert(1)</script>"

    for given in (made(pnginfo=text) + archive, made("JPEG", comment=b"Jane Doe") + archive):
        kept = pictures.redrawn(given)
        assert not any(words in kept.data for words in (b"Jane", b"PK\x03\x04", b"script"))


def test_see_through_and_indexed_pictures_keep_their_look():
    see_through = Image.open(io.BytesIO(pictures.redrawn(made(mode="RGBA", color=(0, 128, 0, 0))).data))
    indexed = Image.open(io.BytesIO(pictures.redrawn(made(mode="P", color=0)).data))

    assert (see_through.mode, see_through.getpixel((0, 0))[3]) == ("RGBA", 0)
    assert indexed.mode == "RGB"


def test_of_a_moving_picture_the_first_frame_stays():
    data = io.BytesIO()
    frames = [Image.new("RGB", (9, 9), color) for color in ("red", "blue")]
    frames[0].save(data, "WEBP", save_all=True, append_images=frames[1:], lossless=True)

    kept = Image.open(io.BytesIO(pictures.redrawn(data.getvalue()).data))

    assert getattr(kept, "n_frames", 1) == 1
    assert kept.getpixel((0, 0))[0] > 200


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_that_says(width: int, height: int, *more: bytes) -> bytes:
    """A small file that claims to be a large picture."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + pixels + chunk(b"IEND", b"")


TEXT_BOMB = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"x" * 70_000_000, 9))

# Says that it lies on its side, and gives its maker as a fraction: turning it writes both again.
TURNED_BY_A_FRACTION = b"Exif\0\0II*\0" + struct.pack("<IHHHIIHHIII", 8, 2, 0x112, 3, 1, 6, 0x10F, 5, 1, 0, 0)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (png_that_says(6000, 6000), pictures.TOO_MANY_PIXELS),
        (png_that_says(60_000, 60_000), pictures.TOO_MANY_PIXELS),
        (png_that_says(1, 20_000), pictures.TOO_MANY_PIXELS),
        (png_that_says(40, 40, TEXT_BOMB), pictures.NOT_A_PICTURE),
        (made()[:60], pictures.NOT_A_PICTURE),
        (made("JPEG")[:200], pictures.NOT_A_PICTURE),
        (made("GIF"), pictures.NOT_A_PICTURE),
        (made("BMP"), pictures.NOT_A_PICTURE),
        (made("TIFF"), pictures.NOT_A_PICTURE),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", pictures.NOT_A_PICTURE),
        (b"%PDF-1.7", pictures.NOT_A_PICTURE),
        (b"", pictures.NOT_A_PICTURE),
        (b"\0" * (pictures.MOST_BYTES + 1), pictures.TOO_LARGE),
        (made("WEBP", exif=b"Exif\0\0II*\0\0"), pictures.NOT_A_PICTURE),
        (made("JPEG", exif=TURNED_BY_A_FRACTION), pictures.NOT_A_PICTURE),
    ],
)
def test_what_is_no_picture_or_a_bomb_is_refused_in_a_sentence(given, why):
    with pytest.raises(pictures.BadPicture) as refused:
        pictures.redrawn(given)

    assert str(refused.value) == why
