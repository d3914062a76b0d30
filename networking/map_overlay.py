"""Maps laid over each other: names that look the same are one, and every name says on which maps it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from networking.map_parts import MapData, Node, in_order, linking, made_of, words_of
from networking.map_tells import many, named

FEW = 12


@dataclass(frozen=True)
class Overlay:
    """Everything together, and for each node the titles of the maps it is on."""

    data: MapData
    on: dict[int, list[str]]

    def on_all(self, maps: int) -> list[Node]:
        return [node for node in self.data.by_name() if len(self.on[node.id]) == maps]

    def only_on(self, title: str) -> list[Node]:
        return [node for node in self.data.by_name() if self.on[node.id] == [title]]


def lay(maps: Sequence[tuple[str, MapData]]) -> Overlay:
    """The first map's ids stay, so that the picture of it does not change much."""
    nodes: dict[str, Node] = {}
    on: dict[str, list[str]] = {}
    ids: dict[int, int] = {}
    for title, data in maps:
        for node in data.nodes.values():
            nodes[node.key] = _together(nodes[node.key], node) if node.key in nodes else node
            if title not in on.setdefault(node.key, []):
                on[node.key].append(title)
            ids[node.id] = nodes[node.key].id
    links = [
        linking(ids[one], ids[other], link.strength) for _, data in maps for (one, other), link in data.links.items()
    ]
    return Overlay(made_of(nodes.values(), links), {nodes[key].id: titles for key, titles in on.items()})


def _together(one: Node, other: Node) -> Node:
    """The first one's name and kind, the layers and topics of both, the closer tie."""
    return replace(
        one,
        layers=in_order((*one.layers, *other.layers)),
        tie=max(one.tie, other.tie),
        topics=words_of((*one.topics, *other.topics)),
        ward=one.ward or other.ward,
    )


def tell(overlay: Overlay, titles: Sequence[str]) -> list[str]:
    """What the maps have in common and what only one of them has, in sentences."""
    both = overlay.on_all(len(titles))
    where = "both maps" if len(titles) == 2 else f"all {len(titles)} maps"
    lines = [f"On {where}: {named(both, FEW)}." if both else f"Nobody is on {where}."]
    for title in titles:
        only = overlay.only_on(title)
        if only:
            lines.append(f"Only on “{title}” ({many(len(only), 'name')}): {named(only, FEW)}.")
    return lines
