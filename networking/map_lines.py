"""Typing a map line by line: “Parish magazine, media, offline, housing” is a node, “Ann > Parish magazine” a link."""

import csv
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from networking import map_edits
from networking.map_parts import (
    ASPIRATIONAL,
    HASHTAG,
    KINDS,
    LAYERS,
    LONGEST_NAME,
    LONGEST_WORD,
    MOST_WORDS,
    NOT_MYSELF,
    Link,
    MapData,
    Node,
    in_order,
    key_of,
    linking,
    words_of,
)

ARROW = ">"
MOST_LINES = 300


@dataclass(frozen=True)
class Read:
    """What the lines add, or what is wrong with them: sentences that name the line."""

    nodes: list[Node]
    links: list[Link]
    errors: list[str]


def read(typed: str, data: MapData, *, like: Node) -> Read:
    """`like` says what lines that say nothing else are: its kind, layers and tie."""
    lines = [(number, line.strip()) for number, line in enumerate(typed.splitlines(), start=1) if line.strip()]
    if len(lines) > MOST_LINES:
        return Read([], [], [f"Type {MOST_LINES} lines or fewer at a time: these are {len(lines)}"])
    reading = _Reading(data, like)
    for number, line in lines:
        reading.take_node(number, line)
    for number, line in lines:
        reading.take_link(number, line)
    return Read(list(reading.added.values()), reading.links, [said for _, said in sorted(reading.errors)])


class _Reading:
    """One text while it is read: nodes first, so that a link may name what a later line adds."""

    def __init__(self, data: MapData, like: Node) -> None:
        self.known, self.like = data.by_key(), like
        self.next_id = map_edits.fresh_id(data)
        self.added: dict[str, Node] = {}
        self.links: list[Link] = []
        self.errors: list[tuple[int, str]] = []

    def wrong(self, number: int, why: str) -> None:
        self.errors.append((number, f"Line {number}: {why}"))

    def take_node(self, number: int, line: str) -> None:
        if is_link(line):
            return
        node = replace(described(line, self.like), id=self.next_id)
        why = self._what_is_wrong(node)
        if why:
            self.wrong(number, why)
            return
        self.added[node.key] = node
        self.next_id -= 1

    def _what_is_wrong(self, node: Node) -> str:
        if not node.name:
            return "type the name first"
        if len(node.name) > LONGEST_NAME:
            return f"the name must be {LONGEST_NAME} characters or fewer"
        if node.key in self.known:
            return f"“{node.name}” is on this map already"
        if node.key in self.added:
            return f"“{node.name}” is in two lines"
        if len(node.topics) > MOST_WORDS or any(len(topic) > LONGEST_WORD for topic in node.topics):
            return f"{MOST_WORDS} topics at most, each of {LONGEST_WORD} characters or fewer"
        return ""

    def take_link(self, number: int, line: str) -> None:
        if not is_link(line):
            return
        names = [part.strip() for part in line.split(ARROW)]
        ends = [self.known.get(key_of(name)) or self.added.get(key_of(name)) for name in names]
        missing = [name for name, end in zip(names, ends, strict=True) if end is None]
        if missing:
            self.wrong(number, f"“{missing[0]}” is not on this map. Add it in a line of its own")
        found = [end for end in ends if end]
        if any(a.id == b.id for a, b in itertools.pairwise(found)):
            self.wrong(number, "a link needs two different names")
        elif not missing:
            self.links += [linking(a.id, b.id) for a, b in itertools.pairwise(found)]


def is_link(line: str) -> bool:
    return ARROW in line


def described(line: str, like: Node) -> Node:
    """The name first; then, in any order, what it is, its layers and its topics."""
    name, *parts = _cells(line)
    kinds = [part.casefold() for part in parts if part.casefold() in KINDS]
    layers = in_order(part.casefold() for part in parts)
    topics = words_of(part for part in parts if part.casefold() not in (*KINDS, *LAYERS))
    kind = kinds[0] if kinds else HASHTAG if name.startswith("#") else like.kind
    tie = NOT_MYSELF if layers == (ASPIRATIONAL,) else like.tie
    return replace(like, name=name, kind=kind, layers=layers or like.layers, topics=topics or like.topics, tie=tie)


def _cells(line: str) -> Iterator[str]:
    """Split at commas; a name with a comma stands in double quotes."""
    try:
        cells = next(csv.reader([line], skipinitialspace=True))
    except (csv.Error, StopIteration):
        cells = line.split(",")
    return iter([" ".join(cell.split()) for cell in cells])
