"""The picture of a map as shapes: what SVG and PNG both draw. Layers differ by shape, line style and word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import wrap

from networking import map_layout
from networking.map_layout import Layout, Place
from networking.map_parts import ASPIRATIONAL, LAYERS, OFFLINE, ONLINE, TIES, Link, MapData, Node

RINGS, REGIONS = "rings", "regions"
INK, GREEN, BLUE, PALE, GREY, WHITE = "#0b0c0c", "#1d5141", "#1d4f91", "#eef4f1", "#6f777b", "#ffffff"
SOLID, DASHED, DOTTED = "", "8 5", "2 4"
STYLES = {OFFLINE: SOLID, ONLINE: DASHED, ASPIRATIONAL: DOTTED}
FILLS = {OFFLINE: GREEN, ONLINE: BLUE, ASPIRATIONAL: WHITE}
STROKES = {OFFLINE: GREEN, ONLINE: BLUE, ASPIRATIONAL: INK}
SHAPES = {OFFLINE: "circle", ONLINE: "square", ASPIRATIONAL: "diamond"}
LETTERS, LINES = 17, 2  # of a name in the picture; the whole name is in the table
SIZE = 10.0
KEY_HEIGHT = 40.0
MANY_LINKS, PALE_GREY = 300, "#b1b4b6"  # so many lines hide the names unless they are pale


@dataclass(frozen=True)
class Shape:
    """A circle, square or diamond of this half width around a point; `dash` is its line style."""

    kind: str
    at: Place
    size: float
    stroke: str = INK
    fill: str = WHITE
    dash: str = SOLID
    width: float = 2.0


@dataclass(frozen=True)
class Oval:
    at: Place
    across: float
    up: float
    dash: str
    stroke: str


@dataclass(frozen=True)
class Line:
    start: Place
    end: Place
    dash: str
    width: float
    stroke: str
    ends: tuple[int, int]


@dataclass(frozen=True)
class Words:
    at: Place
    text: str
    size: float = 14.0
    bold: bool = False
    anchor: str = "middle"
    fill: str = INK


@dataclass(frozen=True)
class Dot:
    """A node: its shapes, its name in lines, and what is said of it."""

    node: Node
    at: Place
    shapes: tuple[Shape, ...]
    words: tuple[Words, ...]
    said: str


@dataclass(frozen=True)
class Picture:
    layout: Layout
    title: str
    description: str
    ovals: list[Oval] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    key: list[Shape | Words] = field(default_factory=list)
    me: Shape | None = None

    @property
    def width(self) -> float:
        return self.layout.width

    @property
    def height(self) -> float:
        return self.layout.height + KEY_HEIGHT


def picture(
    data: MapData, *, title: str, how: str = RINGS, marks: Mapping[int, str] | None = None, middle: str = "Me"
) -> Picture:
    """`marks` says a word after a node's name, such as which of two maps it is from; `middle` who is in the middle."""
    layout = (map_layout.regions if how == REGIONS else map_layout.rings)(data.nodes.values())
    many = {pk: len(others) for pk, others in data.neighbours().items()}
    made = Picture(
        layout,
        title,
        describe(data),
        ovals=_ovals(layout),
        lines=[*(_tie(node, layout) for node in data.nodes.values() if node.is_known and layout.rings)]
        + [_link(link, data, layout) for link in data.links.values()],
        dots=[
            _dot(node, layout.places[node.id], many[node.id], (marks or {}).get(node.id, "")) for node in data.by_name()
        ],
        words=_captions(layout, data),
        key=_key(layout),
        me=Shape("circle", layout.centre, 22, INK, INK) if layout.rings else None,
    )
    if made.me:
        made.words.append(Words((made.me.at[0], made.me.at[1] + 5), middle, 15, bold=True, fill=WHITE))
    return made


def describe(data: MapData) -> str:
    """What the picture shows, in two sentences."""
    counts = [f"{len(data.in_layer(layer))} {layer}" for layer in LAYERS]
    several = sum(len(node.layers) > 1 for node in data.nodes.values())
    many = f"{len(data.nodes)} name{'' if len(data.nodes) == 1 else 's'}"
    return (
        f"{many}: {', '.join(counts)}; {several} in more than one layer. "
        f"{len(data.links)} link{'' if len(data.links) == 1 else 's'} between them. The table says the same."
    )


def said_of(node: Node, links: int) -> str:
    """A node in words, for the ear."""
    topics = f", about {', '.join(node.topics)}" if node.topics else ""
    many = "no links" if not links else f"{links} link{'' if links == 1 else 's'}"
    return f"{node.name}, {node.kind}, {' and '.join(node.layers)}, I know them {TIES[node.tie]}, {many}{topics}"


def _ovals(layout: Layout) -> list[Oval]:
    stretch = map_layout.STRETCH
    bands = [
        Oval(layout.centre, track * stretch, track, STYLES[ring.layer], STROKES[ring.layer])
        for ring in layout.rings
        for track in ring.tracks[:1]
    ]
    circles = [
        Oval(layout.at(*one.centre), one.radius * stretch, one.radius, STYLES[one.layer], STROKES[one.layer])
        for one in layout.regions
    ]
    return bands + circles


def _captions(layout: Layout, data: MapData) -> list[Words]:
    """The word for each layer, with how many are in it."""
    found = []
    for ring in layout.rings:
        found.append(_caption(layout.at(0, 6 - ring.tracks[0]), ring.layer, data))
    for region in layout.regions:
        up = -1 if region.layer != ASPIRATIONAL else 1
        found.append(
            _caption(layout.at(region.centre[0], region.centre[1] + up * (region.radius + 16)), region.layer, data)
        )
    return found


def _caption(at: Place, layer: str, data: MapData) -> Words:
    return Words(at, f"{layer.capitalize()}: {len(data.in_layer(layer))}", 16, bold=True, fill=STROKES[layer])


def _tie(node: Node, layout: Layout) -> Line:
    width = (0, 0.8, 1.6, 3)[node.tie]
    return Line(layout.centre, layout.places[node.id], STYLES[node.layers[0]], width, "#a3b8af", (0, node.id))


def _link(link: Link, data: MapData, layout: Layout) -> Line:
    """Drawn in the style of the less near of its two ends."""
    farthest = max((data.nodes[pk].layers[0] for pk in link.pair), key=LAYERS.index)
    width = (0, 0.8, 1.4, 2.4)[link.strength]
    stroke = GREY if len(data.links) <= MANY_LINKS else PALE_GREY
    return Line(layout.places[link.one], layout.places[link.other], STYLES[farthest], width, stroke, link.pair)


def _dot(node: Node, at: Place, links: int, mark: str) -> Dot:
    """One shape inside the other for each layer the node is in."""
    shapes = [
        Shape(
            SHAPES[layer],
            at,
            SIZE + 5 * place + (2 if layer == ASPIRATIONAL else 0),
            STROKES[layer],
            FILLS[layer] if not place else "none",
            STYLES[layer] if place or layer == ASPIRATIONAL else SOLID,
        )
        for place, layer in enumerate(node.layers)
    ]
    low = at[1] + SIZE + 5 * len(node.layers) + 9
    words = tuple(
        Words((at[0], round(low + 14 * number, 1)), line) for number, line in enumerate(short(node.name, mark))
    )
    return Dot(node, at, tuple(shapes), words, said_of(node, links) + (f", {mark}" if mark else ""))


def short(name: str, mark: str = "") -> list[str]:
    """The name in lines that fit below a dot."""
    lines = wrap(f"{name} ({mark})" if mark else name, LETTERS, break_long_words=True)
    if len(lines) <= LINES:
        return lines
    return [*lines[: LINES - 1], f"{lines[LINES - 1][: LETTERS - 1]}…"]


def _key(layout: Layout) -> list[Shape | Words]:
    """What the shapes mean."""
    y, x = layout.height + KEY_HEIGHT / 2, 24.0
    found: list[Shape | Words] = []
    for layer in LAYERS:
        found.append(Shape(SHAPES[layer], (x, y), SIZE, STROKES[layer], FILLS[layer], _dash(layer)))
        found.append(Words((x + 18, y + 5), layer, 15, anchor="start"))
        x += 140
    found.append(Words((x, y + 5), "One shape around another: in both layers", 15, anchor="start"))
    return found


def _dash(layer: str) -> str:
    return DOTTED if layer == ASPIRATIONAL else SOLID


def corners(shape: Shape) -> Sequence[Place]:
    """Of a square or a diamond."""
    (x, y), half = shape.at, shape.size
    if shape.kind == "square":
        return [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]
    return [(x, y - half * 1.25), (x + half * 1.25, y), (x, y + half * 1.25), (x - half * 1.25, y)]
