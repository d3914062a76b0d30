"""A picture of a map as PNG, for documents that take no SVG."""

from io import BytesIO
from math import hypot

from PIL import Image, ImageDraw, ImageFont

from networking.map_layout import Place
from networking.map_picture import MANY_LINKS, Line, Oval, Picture, Shape, Words, corners

MOST_DOTS = 3500  # of either side


def draw(picture: Picture) -> bytes:
    scale = min(2.0, MOST_DOTS / max(picture.width, picture.height))
    image = Image.new("RGB", (round(picture.width * scale), round(picture.height * scale)), "white")
    pen = _Pen(ImageDraw.Draw(image), scale)
    for oval in picture.ovals:
        pen.oval(oval)
    for line in picture.lines:
        pen.line(line, is_one_of_many=len(picture.lines) > MANY_LINKS)
    for shape in [picture.me] if picture.me else []:
        pen.shape(shape)
    for words in picture.words:
        pen.words(words)
    for dot in picture.dots:
        for shape in reversed(dot.shapes):
            pen.shape(shape)
        for words in dot.words:
            pen.words(words)
    for mark in picture.key:
        pen.mark(mark)
    out = BytesIO()
    image.save(out, "PNG", compress_level=3)  # more takes seconds
    return out.getvalue()


class _Pen:
    """Draws shapes of the picture, scaled."""

    def __init__(self, on: ImageDraw.ImageDraw, scale: float) -> None:
        self.on, self.scale = on, scale
        self.fonts: dict[float, ImageFont.FreeTypeFont | ImageFont.ImageFont] = {}

    def at(self, place: Place) -> Place:
        return place[0] * self.scale, place[1] * self.scale

    def wide(self, width: float) -> int:
        return max(1, round(width * self.scale))

    def mark(self, mark: Shape | Words) -> None:
        if isinstance(mark, Shape):
            self.shape(mark)
        else:
            self.words(mark)

    def oval(self, oval: Oval) -> None:
        x, y = self.at(oval.at)
        across, up = oval.across * self.scale, oval.up * self.scale
        self.on.ellipse((x - across, y - up, x + across, y + up), outline="#a3c2b5", width=self.wide(1.5))

    def shape(self, shape: Shape) -> None:
        (x, y), half = self.at(shape.at), shape.size * self.scale
        fill = None if shape.fill == "none" else shape.fill
        if shape.kind == "circle":
            box = (x - half, y - half, x + half, y + half)
            self.on.ellipse(box, fill=fill, outline=shape.stroke, width=self.wide(shape.width))
            return
        points = [self.at(corner) for corner in corners(shape)]
        self.on.polygon(points, fill=fill, outline=shape.stroke, width=self.wide(shape.width))

    def words(self, words: Words) -> None:
        font = self.fonts.get(words.size)
        if font is None:
            font = self.fonts[words.size] = ImageFont.load_default(words.size * self.scale)
        anchor = {"middle": "ms", "start": "ls"}[words.anchor]
        self.on.text(self.at(words.at), words.text, fill=words.fill, font=font, anchor=anchor)

    def line(self, line: Line, *, is_one_of_many: bool) -> None:
        """Thousands of lines are a haze, in which dashes cost seconds and are not seen."""
        start, end = self.at(line.start), self.at(line.end)
        if is_one_of_many:
            self.on.line((start, end), fill=line.stroke, width=1)
            return
        for part in _dashes(start, end, [float(each) * self.scale for each in line.dash.split()]):
            self.on.line(part, fill=line.stroke, width=self.wide(line.width))


def _dashes(start: Place, end: Place, dash: list[float]) -> list[tuple[Place, Place]]:
    """The pieces of a line in this style."""
    if not dash:
        return [(start, end)]
    length = hypot(end[0] - start[0], end[1] - start[1])
    if not length:
        return []
    across, up = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    found, gone = [], 0.0
    while gone < length:
        stop = min(gone + dash[0], length)
        found.append(
            ((start[0] + across * gone, start[1] + up * gone), (start[0] + across * stop, start[1] + up * stop))
        )
        gone += sum(dash)
    return found
