"""What a network map is made of: nodes in layers, ties to me, links. Values only, so that everything can be tested."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

OFFLINE, ONLINE, ASPIRATIONAL = "offline", "online", "aspirational"
LAYERS = (OFFLINE, ONLINE, ASPIRATIONAL)
LAYER_WORDS = {
    OFFLINE: "Offline: I meet them in person",
    ONLINE: "Online: I see or reach them there",
    ASPIRATIONAL: "Aspirational: I would like to reach them",
}
PERSON, GROUP, ORGANISATION, PLACE, MEDIA, HASHTAG = KINDS = (
    "person",
    "group",
    "organisation",
    "place",
    "media",
    "hashtag",
)
NOT_MYSELF, SLIGHTLY, WELL, CLOSELY = range(4)
TIES = {
    NOT_MYSELF: "not myself, or only through others",
    SLIGHTLY: "slightly",
    WELL: "well enough to ring them",
    CLOSELY: "closely",
}
STRENGTHS = {1: "weak", 2: "ordinary", 3: "strong"}
MOST_NODES, MOST_LINKS = 1000, 5000
LONGEST_NAME, LONGEST_NOTE, LONGEST_WORD, MOST_WORDS = 120, 1000, 60, 20
LARGEST_AUDIENCE = 2_000_000_000
ME = 0  # where a node's id is expected, this is the councillor

Pair = tuple[int, int]


@dataclass(frozen=True)
class Node:
    """Somebody or something; `tie` is how well I know them, `angle` where the picture shows it when it was moved."""

    id: int
    name: str
    kind: str = PERSON
    layers: tuple[str, ...] = (OFFLINE,)
    tie: int = SLIGHTLY
    audience: int | None = None
    topics: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    ward: str = ""
    note: str = ""
    angle: int | None = None

    @property
    def key(self) -> str:
        return key_of(self.name)

    @property
    def is_known(self) -> bool:
        """Whether I know them myself."""
        return self.tie > NOT_MYSELF

    @property
    def is_only_aspirational(self) -> bool:
        return self.layers == (ASPIRATIONAL,)

    def is_in(self, layer: str) -> bool:
        return layer in self.layers


@dataclass(frozen=True)
class Link:
    """Two nodes that have to do with each other; the smaller id first."""

    one: int
    other: int
    strength: int = 2
    note: str = ""

    @property
    def pair(self) -> Pair:
        return self.one, self.other


@dataclass(frozen=True)
class MapData:
    """A whole map. Ids below zero are nodes that are not kept yet."""

    nodes: Mapping[int, Node] = field(default_factory=dict)
    links: Mapping[Pair, Link] = field(default_factory=dict)

    def by_key(self) -> dict[str, Node]:
        return {node.key: node for node in self.nodes.values()}

    def by_name(self) -> list[Node]:
        return sorted(self.nodes.values(), key=lambda node: (node.key, node.id))

    def in_layer(self, layer: str) -> list[Node]:
        return [node for node in self.by_name() if node.is_in(layer)]

    def neighbours(self) -> dict[int, list[int]]:
        """Of each node, in the order of names."""
        order = {node.id: place for place, node in enumerate(self.by_name())}
        found: dict[int, list[int]] = {node: [] for node in self.nodes}
        for one, other in self.links:
            found[one].append(other)
            found[other].append(one)
        return {node: sorted(others, key=order.__getitem__) for node, others in found.items()}


def made_of(nodes: Iterable[Node], links: Iterable[Link] = ()) -> MapData:
    return MapData({node.id: node for node in nodes}, {link.pair: link for link in links})


def linking(one: int, other: int, strength: int = 2, note: str = "") -> Link:
    return Link(min(one, other), max(one, other), strength, note)


def key_of(name: str) -> str:
    """Names that look the same are the same."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())[: 2 * LONGEST_NAME]


def in_order(layers: Iterable[str]) -> tuple[str, ...]:
    said = set(layers)
    return tuple(layer for layer in LAYERS if layer in said)


def words_of(typed: str | Iterable[str]) -> tuple[str, ...]:
    """Topics or platforms, each once, in the order they were typed."""
    parts = typed.replace(";", ",").replace("\n", ",").split(",") if isinstance(typed, str) else typed
    tidy = (" ".join(part.split()) for part in parts)
    return tuple({key_of(part): part for part in reversed(list(tidy)) if part}.values())[::-1]


def digest(node: Node) -> str:
    """Changes when anything about the node does: what a window saw before it sends."""
    said = json.dumps(asdict(replace(node, angle=None)), sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


# --- As kept in versions and steps --------------------------------------------------------------------------------


def node_as_json(node: Node) -> dict[str, Any]:
    return asdict(node)


def node_from_json(said: Mapping[str, Any]) -> Node:
    listed = {name: tuple(said[name]) for name in ("layers", "topics", "platforms")}
    return Node(**{**said, **listed})


def as_json(data: MapData) -> dict[str, Any]:
    return {
        "nodes": [node_as_json(node) for node in data.nodes.values()],
        "links": [asdict(link) for link in data.links.values()],
    }


def from_json(said: Mapping[str, Any]) -> MapData:
    return made_of([node_from_json(one) for one in said["nodes"]], [Link(**one) for one in said["links"]])
