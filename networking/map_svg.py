"""A picture of a map as SVG. On a page every node is a link to where it is edited; in a file it is a shape."""

import json
from collections.abc import Callable
from html import escape

from networking import map_layout
from networking.map_picture import WHITE, Dot, Line, Oval, Picture, Shape, Words, corners

FONT = "system-ui, Segoe UI, Roboto, Arial, sans-serif"


def draw(picture: Picture, *, address: Callable[[int], str] | None = None, prefix: str = "map") -> str:
    """`address` says where a node is edited."""
    width, height = round(picture.width), round(picture.height)
    role, wide = "group" if address else "img", "" if picture.layout.rings else " app-map--wide"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' role="{role}" class="app-map{wide}" font-family="{FONT}"'
        f' aria-labelledby="{prefix}-title {prefix}-desc"{_geometry(picture)}>'
    )
    parts = [
        head,
        f'<title id="{prefix}-title">{escape(picture.title)}</title>',
        f'<desc id="{prefix}-desc">{escape(picture.description)}</desc>',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *(_oval(one) for one in picture.ovals),
        *(_line(one) for one in picture.lines),
        *([_shape(picture.me)] if picture.me else []),
        *(_words(one) for one in picture.words),
        *(_dot(one, address) for one in picture.dots),
        *(_shape(one) if isinstance(one, Shape) else _words(one) for one in picture.key),
        "</svg>",
    ]
    return "\n".join(parts)


def _geometry(picture: Picture) -> str:
    """What the script needs to know to move a node."""
    x, y = picture.layout.centre
    rings = {ring.layer: [ring.inner, ring.outer] for ring in picture.layout.rings}
    if not rings:
        return ""
    return (
        f' data-x="{x:g}" data-y="{y:g}" data-stretch="{map_layout.STRETCH}" data-rings="{escape(json.dumps(rings))}"'
    )


def _oval(oval: Oval) -> str:
    (x, y), dash = oval.at, _dashes(oval.dash)
    return (
        f'<ellipse cx="{x:g}" cy="{y:g}" rx="{oval.across:g}" ry="{oval.up:g}" fill="none" stroke="{oval.stroke}"'
        f' stroke-width="1.5" stroke-opacity="0.55"{dash}/>'
    )


def _line(line: Line) -> str:
    (x1, y1), (x2, y2) = line.start, line.end
    return (
        f'<line data-ends="{line.ends[0]} {line.ends[1]}" x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}"'
        f' stroke="{line.stroke}" stroke-width="{line.width}"{_dashes(line.dash)}/>'
    )


def _shape(shape: Shape) -> str:
    drawn = f'fill="{shape.fill}" stroke="{shape.stroke}" stroke-width="{shape.width:g}"{_dashes(shape.dash)}'
    x, y = shape.at
    if shape.kind == "circle":
        return f'<circle cx="{x:g}" cy="{y:g}" r="{shape.size:g}" {drawn}/>'
    points = " ".join(f"{x:g},{y:g}" for x, y in corners(shape))
    return f'<polygon points="{points}" {drawn}/>'


def _words(words: Words) -> str:
    (x, y), bold = words.at, ' font-weight="bold"' if words.bold else ""
    halo = "none" if words.fill == WHITE else WHITE
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{words.size:g}" text-anchor="{words.anchor}" fill="{words.fill}"{bold}'
        f' stroke="{halo}" stroke-width="3" paint-order="stroke">{escape(words.text)}</text>'
    )


def _dot(dot: Dot, address: Callable[[int], str] | None) -> str:
    x, y = dot.at
    shapes = "".join(_shape(shape) for shape in dot.shapes)
    # With a blank between the lines, so that what is seen is how what is said begins.
    inside = shapes + " ".join(_words(line) for line in dot.words)
    if address is None:
        return f"<g><title>{escape(dot.said)}</title>{inside}</g>"
    # Wide enough for a finger, and where the focus is seen.
    target = f'<circle class="app-map__target" cx="{x:g}" cy="{y:g}" r="22" fill="#ffffff" fill-opacity="0"/>'
    known = f'data-node="{dot.node.id}" data-x="{x:g}" data-y="{y:g}" data-layers="{" ".join(dot.node.layers)}"'
    said, where = escape(dot.said), escape(address(dot.node.id))
    return f'<a class="app-map__node" href="{where}" {known} aria-label="{said}">{target}{inside}</a>'


def _dashes(dash: str) -> str:
    return f' stroke-dasharray="{dash}"' if dash else ""
