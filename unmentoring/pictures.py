"""The network as a picture: people as dots, pairings as lines. Values in, SVG out; colour never says anything alone.

Met is a solid line, not met a red one with long dashes, not known a grey one with dots; a table says the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, pi, sin, sqrt

import networkx

MET, NOT_MET, UNKNOWN = "met", "not_met", "unknown"
WORDS = {MET: "met", NOT_MET: "did not meet", UNKNOWN: "not known whether they met"}
# Drawn in this order, so that what needs attention lies on top.
_STROKES = {
    UNKNOWN: ("#6f777b", "2 6", 2),
    MET: ("#1d5141", "", 2.5),
    NOT_MET: ("#d4351c", "12 6", 3),
}
SIZE, MARGIN = 800, 60
# Above this springs take too long and look like wool: everybody sits in rings.
SPRINGS_AT_MOST = 250

# A dot, the room to its name, and about how wide a letter is.
RADIUS, GAP, LETTER = 9, 13, 9.0
_SIDES = ("right", "left", "below", "above")

Place = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Dot:
    """A person; `label` is a name for the coordinator, a number for everybody else."""

    id: int
    label: str


@dataclass(frozen=True)
class Line:
    """Two people of one pairing, and what is known: MET, NOT_MET or UNKNOWN. `when` names the round."""

    one: int
    other: int
    outcome: str
    when: str = ""


@dataclass(frozen=True)
class Label:
    """Where a name stands, and the room it takes: left, top, right, bottom."""

    x: float
    y: float
    anchor: str
    box: Box

    @property
    def is_inside(self) -> bool:
        return self.box[0] >= 0 and self.box[1] >= 0 and self.box[2] <= SIZE and self.box[3] <= SIZE


@dataclass(frozen=True)
class Row:
    """A line of the table that says what the picture says."""

    one: str
    other: str
    when: str
    outcome: str


def draw(
    dots: Sequence[Dot],
    lines: Sequence[Line],
    *,
    title: str,
    places: Mapping[int, Place] | None = None,
    show_names: bool = False,
    prefix: str = "network",
) -> str:
    """An SVG. Pass the `places` of all rounds together, so that people stay where they are from round to round."""
    where = places or layout([dot.id for dot in dots], lines)
    shown = {dot.id for dot in dots}
    drawn = [line for line in lines if {line.one, line.other} <= shown]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" role="img" class="app-network"'
        f' aria-labelledby="{prefix}-title {prefix}-desc">'
    )
    parts = [
        head,
        f'<title id="{prefix}-title">{escape(title)}</title>',
        f'<desc id="{prefix}-desc">{escape(describe(dots, drawn))}</desc>',
    ]
    for outcome in _STROKES:
        parts += [_line(line, where) for line in drawn if line.outcome == outcome]
    named = label_places(dots, where) if show_names else {}
    parts += [_dot(dot, where[dot.id], named.get(dot.id)) for dot in dots]
    return "\n".join([*parts, "</svg>"])


def describe(dots: Sequence[Dot], lines: Sequence[Line]) -> str:
    """What the picture shows, in a sentence or two."""
    counts = {outcome: sum(line.outcome == outcome for line in lines) for outcome in WORDS}
    said = ", ".join(f"{_many(number, 'line')}: {WORDS[outcome]}" for outcome, number in counts.items())
    return f"{len(dots)} {'person' if len(dots) == 1 else 'people'}. {said}. The table below says the same."


def rows(dots: Sequence[Dot], lines: Sequence[Line]) -> list[Row]:
    """The same as a table, one row per line."""
    labels = {dot.id: dot.label for dot in dots}
    known = [line for line in lines if line.one in labels and line.other in labels]
    return [Row(labels[line.one], labels[line.other], line.when, WORDS[line.outcome]) for line in known]


def layout(people: Sequence[int], lines: Sequence[Line]) -> dict[int, Place]:
    """A place for everybody, the same every time for the same people and lines."""
    ids = sorted(set(people))
    if not ids:
        return {}
    if len(ids) > SPRINGS_AT_MOST:
        return _rings(ids)
    graph = networkx.Graph()
    graph.add_nodes_from(ids)
    graph.add_edges_from(sorted((line.one, line.other) for line in lines if {line.one, line.other} <= set(ids)))
    start = {person: (x / SIZE, y / SIZE) for person, (x, y) in _rings(ids).items()}
    springs = networkx.spring_layout(graph, pos=start, seed=1, iterations=60, k=1.6 / sqrt(max(len(ids), 1)))
    return _fitted({person: (float(x), float(y)) for person, (x, y) in springs.items()})


def _rings(ids: Sequence[int]) -> dict[int, Place]:
    """Everybody on a spiral of even density (Vogel 1979, doi:10.1016/0025-5564(79)90080-4)."""
    golden, radius = pi * (3 - sqrt(5)), SIZE / 2 - MARGIN
    return {
        person: (
            SIZE / 2 + radius * sqrt((n + 0.5) / len(ids)) * cos(n * golden),
            SIZE / 2 + radius * sqrt((n + 0.5) / len(ids)) * sin(n * golden),
        )
        for n, person in enumerate(ids)
    }


def _fitted(places: Mapping[int, Place]) -> dict[int, Place]:
    xs, ys = [x for x, _ in places.values()], [y for _, y in places.values()]
    width = max(max(xs) - min(xs), max(ys) - min(ys)) or 1.0
    scale, left, top = (SIZE - 2 * MARGIN) / width, (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return {
        person: (round(SIZE / 2 + (x - left) * scale, 1), round(SIZE / 2 + (y - top) * scale, 1))
        for person, (x, y) in places.items()
    }


def _line(line: Line, where: Mapping[int, Place]) -> str:
    (x1, y1), (x2, y2) = where[line.one], where[line.other]
    colour, dashes, width = _STROKES[line.outcome]
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<line class="app-network__line app-network__line--{line.outcome}" x1="{x1:.1f}" y1="{y1:.1f}"'
        f' x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{width}"{dashed}/>'
    )


def label_places(dots: Sequence[Dot], where: Mapping[int, Place]) -> dict[int, Label]:
    """Beside each dot, on the first side where its name lies on no other dot or name and inside the picture."""
    taken = [(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS) for x, y in (where[dot.id] for dot in dots)]
    found: dict[int, Label] = {}
    for dot in dots:
        choices = [_label(dot, where[dot.id], side) for side in _SIDES]
        free = [choice for choice in choices if not any(_overlap(choice.box, other) for other in taken)]
        found[dot.id] = next((choice for choice in free if choice.is_inside), choices[0])
        taken.append(found[dot.id].box)
    return found


def _label(dot: Dot, place: Place, side: str) -> Label:
    (x, y), width = place, len(dot.label) * LETTER
    anchor = {"right": "start", "left": "end"}.get(side, "middle")
    across = {"right": GAP, "left": -GAP}.get(side, 0)
    down = {"above": -GAP - 2, "below": GAP + 12}.get(side, 5)
    left = x + across - {"start": 0.0, "end": width, "middle": width / 2}[anchor]
    return Label(x + across, y + down, anchor, (left, y + down - 13, left + width, y + down + 4))


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _dot(dot: Dot, place: Place, label: Label | None) -> str:
    x, y = place
    circle = (
        f'<circle class="app-network__dot" cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS}" fill="#1d5141" stroke="#ffffff"'
        ' stroke-width="2"/>'
    )
    if not label:
        return circle
    words = (
        f'<text class="app-network__name" x="{label.x:.1f}" y="{label.y:.1f}" font-size="16"'
        f' text-anchor="{label.anchor}">{escape(dot.label)}</text>'
    )
    return f"<g><title>{escape(dot.label)}</title>{circle}{words}</g>"


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
