"""Changes to a map: the map as it is in, the map as it shall be out. Nothing here is kept; `maps.change` does that."""

from collections.abc import Iterable
from dataclasses import replace

from networking.map_parts import LAYERS, MOST_LINKS, MOST_NODES, Link, MapData, Node, key_of, linking


class NotPossible(Exception):
    """The change cannot be made; the text says why and what to do."""


class Gone(NotPossible):
    """Another window took out what this one wants to change."""

    def __init__(self) -> None:
        super().__init__("One of these names is not on the map any more. Open the page again")


class NameTaken(NotPossible):
    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” is on this map already. Use another name, or change the one that is there")


def fresh_id(data: MapData) -> int:
    """An id for a node that is not kept yet."""
    return min(-1, min(data.nodes, default=0) - 1)


def add(data: MapData, nodes: Iterable[Node], links: Iterable[Link] = ()) -> MapData:
    """With these nodes and links, too. Raises NotPossible for a name that is there, or when it becomes too many."""
    taken, kept = set(data.by_key()), dict(data.nodes)
    for node in nodes:
        if node.key in taken:
            raise NameTaken(node.name)
        taken.add(node.key)
        kept[node.id] = node
    links = list(links)
    if any(not set(link.pair) <= set(kept) for link in links):
        raise Gone
    return checked(MapData(kept, {**data.links, **{link.pair: link for link in links}}))


def checked(data: MapData) -> MapData:
    if len(data.nodes) > MOST_NODES:
        raise NotPossible(f"A map has room for {MOST_NODES:,} names. Make a second map and lay one over the other")
    if len(data.links) > MOST_LINKS:
        raise NotPossible(f"A map has room for {MOST_LINKS:,} links. Make a second map and lay one over the other")
    return data


def change(data: MapData, node: Node) -> MapData:
    if any(other.key == node.key for other in data.nodes.values() if other.id != node.id):
        raise NameTaken(node.name)
    return MapData({**data.nodes, node.id: node}, data.links)


def remove(data: MapData, node: int) -> MapData:
    """Without this node and its links."""
    nodes = {pk: one for pk, one in data.nodes.items() if pk != node}
    return MapData(nodes, {pair: link for pair, link in data.links.items() if node not in pair})


def link(data: MapData, one: int, other: int, *, strength: int, note: str = "") -> MapData:
    """Link two; a link that is there gets the new strength and note."""
    if one == other or not {one, other} <= set(data.nodes):
        raise Gone
    made = linking(one, other, strength, note)
    return checked(MapData(data.nodes, {**data.links, made.pair: made}))


def unlink(data: MapData, one: int, other: int) -> MapData:
    gone = linking(one, other).pair
    return MapData(data.nodes, {pair: each for pair, each in data.links.items() if pair != gone})


def move(data: MapData, node: int, *, angle: int | None, layer: str = "") -> MapData:
    """Show the node elsewhere on its ring; with a layer, put it into that one instead of the one it is in.

    A node in several layers stays in them: which of them to leave is a question for its page.
    """
    if node not in data.nodes:
        raise Gone
    one = data.nodes[node]
    layers = (layer,) if layer in LAYERS and len(one.layers) == 1 else one.layers
    return change(data, replace(one, angle=None if angle is None else angle % 360, layers=layers))


def named(data: MapData, name: str) -> Node | None:
    return data.by_key().get(key_of(name))
