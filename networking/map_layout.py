"""Where the nodes of a map go: rings around me, or regions that overlap. Numbers in, places out.

Distances are counted in a space in which every label takes a square; the picture stretches it sideways, because
names are wider than high. Nodes choose their place in the order in which they came to the map, so that a new one
moves nobody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from math import cos, hypot, pi, radians, sin

from networking.map_parts import ASPIRATIONAL, LAYERS, OFFLINE, ONLINE, Node

STRETCH = 1.75
ACROSS, UP = 70.0, 64.0  # between two labels on one track, and between two tracks
FIRST, BETWEEN = 92.0, 78.0  # radius of the innermost track, and what is between two layers
MARGIN = 58.0
FULL = 0.8  # a layer gets another track when more of its places than this are taken
GOLDEN = 360 * 0.3819660112501051  # turning by it each time spreads any number evenly (Vogel 1979)

Place = tuple[float, float]


@dataclass(frozen=True)
class Ring:
    """A layer's band around me, in the unstretched space."""

    layer: str
    tracks: tuple[float, ...]

    @property
    def inner(self) -> float:
        return self.tracks[0] - BETWEEN / 2

    @property
    def outer(self) -> float:
        return self.tracks[-1] + BETWEEN / 2


@dataclass(frozen=True)
class Region:
    """A layer as a circle of the picture in which regions overlap."""

    layer: str
    centre: Place
    radius: float


@dataclass(frozen=True)
class Layout:
    """The size of the picture, where I am, and where every node is, in the picture's own units."""

    width: float
    height: float
    centre: Place
    places: dict[int, Place]
    angles: dict[int, float]
    rings: tuple[Ring, ...] = ()
    regions: tuple[Region, ...] = ()

    def at(self, x: float, y: float) -> Place:
        """A point of the unstretched space around me."""
        return round(self.centre[0] + x * STRETCH, 1), round(self.centre[1] + y, 1)


@dataclass(frozen=True, order=True)
class _Slot:
    radius: float
    angle: float


# --- Rings --------------------------------------------------------------------------------------------------------


def rings(nodes: Iterable[Node]) -> Layout:
    """Me in the middle, one ring per layer; a node in several layers is in the nearest of them."""
    by_layer: dict[str, list[Node]] = {layer: [] for layer in LAYERS}
    for node in sorted(nodes, key=lambda node: (node.angle is None, node.id)):
        by_layer[node.layers[0]].append(node)
    made, radius = [], FIRST
    for layer in LAYERS:
        ring = Ring(layer, _tracks(radius, len(by_layer[layer])))
        made.append(ring)
        radius = ring.tracks[-1] + BETWEEN
    slots = {pk: slot for ring in made for pk, slot in _choose(by_layer[ring.layer], _slots(ring)).items()}
    return _laid_out(made, slots)


def _tracks(radius: float, nodes: int) -> tuple[float, ...]:
    found: list[float] = []
    for number in count():
        found.append(radius + number * UP)
        if nodes <= FULL * (sum(_many(track) for track in found) - 1):
            return tuple(found)
    raise AssertionError


def _many(track: float) -> int:
    return int(2 * pi * track / ACROSS)


def _slots(ring: Ring) -> list[_Slot]:
    """Every second track is turned by half a place, so that labels stand in the gaps of those before.

    The place at the top of the first track is left to the name of the layer.
    """
    return [
        _Slot(track, (number + (place % 2) / 2) * 360 / _many(track))
        for place, track in enumerate(ring.tracks)
        for number in range(0 if place else 1, _many(track))
    ]


def _choose(nodes: Sequence[Node], slots: list[_Slot]) -> dict[int, _Slot]:
    """The free place nearest to the angle each node wants."""
    free, chosen = list(slots), {}
    for node in nodes:
        wanted = node.angle if node.angle is not None else node.id * GOLDEN % 360
        best = min(_by_distance(slot, wanted) for slot in free)[-1]
        free.remove(best)
        chosen[node.id] = best
    return chosen


def _by_distance(slot: _Slot, wanted: float) -> tuple[float, float, _Slot]:
    return round(_apart(slot.angle, wanted), 3), slot.radius, slot


def _apart(one: float, other: float) -> float:
    """Degrees between two directions."""
    turned = abs(one - other) % 360
    return min(turned, 360 - turned)


def _laid_out(made: list[Ring], slots: dict[int, _Slot]) -> Layout:
    reach = made[-1].tracks[-1] + MARGIN
    layout = Layout(2 * reach * STRETCH, 2 * reach, (reach * STRETCH, reach), {}, {}, rings=tuple(made))
    for pk, slot in slots.items():
        turned = radians(slot.angle)
        layout.places[pk] = layout.at(slot.radius * sin(turned), -slot.radius * cos(turned))
        layout.angles[pk] = slot.angle
    return layout


# --- Regions ------------------------------------------------------------------------------------------------------

_CENTRES = {OFFLINE: (-1.0, -0.58), ONLINE: (1.0, -0.58), ASPIRATIONAL: (0.0, 1.0)}
_APART = (0.5, 0.42, 0.6, 0.35)  # how far apart the circles may be, in radii: whichever needs the least room
SMALLEST, STEP, EDGE = 180.0, 20.0, 27.0


def regions(nodes: Iterable[Node]) -> Layout:
    """Three circles that overlap, each node where the layers it is in overlap."""
    by_layers: dict[tuple[str, ...], list[Node]] = {}
    for node in sorted(nodes, key=lambda node: node.id):
        by_layers.setdefault(node.layers, []).append(node)
    for steps in count():
        for apart in _APART:
            circles = _circles(SMALLEST + steps * STEP, apart)
            room = _room(circles)
            if all(len(some) <= len(room.get(layers, ())) for layers, some in by_layers.items()):
                return _in_regions(circles, room, by_layers)
    raise AssertionError


def _circles(radius: float, apart: float) -> list[Region]:
    far = radius * apart
    return [Region(layer, (x * far, y * far), radius) for layer, (x, y) in _CENTRES.items()]


def _room(circles: list[Region]) -> dict[tuple[str, ...], list[Place]]:
    """The places of a grid by the layers they are in, those nearest to the middle of each first."""
    far = int(2 * circles[0].radius // UP) + 1
    found: dict[tuple[str, ...], list[Place]] = {}
    for x in range(-far, far + 1):
        for y in range(-far, far + 1):
            inside = _layers_at((x * ACROSS, y * UP), circles)
            if inside:
                found.setdefault(inside, []).append((x * ACROSS, y * UP))
    return {layers: _from_the_middle(places) for layers, places in found.items()}


def _layers_at(place: Place, circles: list[Region]) -> tuple[str, ...]:
    """Where a label would stand clear of every line; nothing when it would touch one."""
    away = {circle.layer: hypot(place[0] - circle.centre[0], place[1] - circle.centre[1]) for circle in circles}
    if any(abs(away[circle.layer] - circle.radius) < EDGE for circle in circles):
        return ()
    return tuple(circle.layer for circle in circles if away[circle.layer] < circle.radius)


def _from_the_middle(places: list[Place]) -> list[Place]:
    x, y = (sum(each) / len(places) for each in zip(*places, strict=True))
    return sorted(places, key=lambda place: (round(hypot(place[0] - x, place[1] - y), 3), place))


def _in_regions(
    circles: list[Region],
    room: dict[tuple[str, ...], list[Place]],
    by_layers: dict[tuple[str, ...], list[Node]],
) -> Layout:
    radius = circles[0].radius
    wide = circles[1].centre[0] + radius + MARGIN / 2
    up, down = radius - circles[0].centre[1] + MARGIN, circles[2].centre[1] + radius + MARGIN
    layout = Layout(2 * wide * STRETCH, up + down, (wide * STRETCH, up), {}, {}, regions=tuple(circles))
    for layers, some in by_layers.items():
        for node, place in zip(some, room[layers], strict=False):
            layout.places[node.id] = layout.at(*place)
    return layout
