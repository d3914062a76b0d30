"""The chart of networking.charts as a PNG, for documents that take no SVG."""

from collections.abc import Sequence
from io import BytesIO
from textwrap import wrap

from PIL import Image, ImageDraw, ImageFont

from networking.charts import HIGH, LETTERS, LOW, ROW, TOP, WIDTH, Dumbbell, x_of

SCALE = 2  # dots per unit, so that it prints sharp
_INK, _GREEN, _PALE, _LINE = "#0b0c0c", "#1d5141", "#8fb8a8", "#cecece"


def dumbbells(rows: Sequence[Dumbbell]) -> bytes:
    """A line for each question: a ring before, a disc after, a band for where the mean after may lie."""
    height = TOP + ROW * len(rows) + 20
    image = Image.new("RGB", (WIDTH * SCALE, height * SCALE), "white")
    pen = ImageDraw.Draw(image)
    font = ImageFont.load_default(15 * SCALE)
    for point in range(LOW, HIGH + 1):
        x = x_of(point)
        pen.line(_scaled(x, TOP - 14, x, height - 12), fill=_LINE, width=SCALE)
        pen.text((x * SCALE, (TOP - 34) * SCALE), str(point), fill=_INK, font=font, anchor="ma")
    for number, row in enumerate(rows):
        _row(pen, row, TOP + ROW * number + ROW / 2, font)
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _row(pen: ImageDraw.ImageDraw, row: Dumbbell, y: float, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> None:
    for number, line in enumerate(wrap(row.label, LETTERS)[:3]):
        pen.text((0, (y - 18 + 18 * number) * SCALE), line, fill=_INK, font=font)
    if row.low is not None and row.high is not None:
        band = _scaled(x_of(max(LOW, row.low)), y - 6, x_of(min(HIGH, row.high)), y + 6)
        pen.rounded_rectangle(band, radius=6 * SCALE, fill=_PALE)
    pen.line(_scaled(x_of(row.before), y, x_of(row.after), y), fill=_INK, width=2 * SCALE)
    for value, fill in ((row.before, "white"), (row.after, _GREEN)):
        x = x_of(value)
        pen.ellipse(_scaled(x - 8, y - 8, x + 8, y + 8), fill=fill, outline=_INK, width=2 * SCALE)


def _scaled(*numbers: float) -> list[float]:
    return [number * SCALE for number in numbers]
