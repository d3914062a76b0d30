"""What a file says about a map, whatever its format, and how it comes together with the map that is there."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from networking import map_edits
from networking.map_parts import (
    KINDS,
    LARGEST_AUDIENCE,
    LAYERS,
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_WORD,
    MOST_LINKS,
    MOST_NODES,
    MOST_WORDS,
    STRENGTHS,
    TIES,
    MapData,
    Node,
    in_order,
    key_of,
    linking,
    words_of,
)

MOST_ERRORS = 20
LONGEST_FILE = 900_000  # bytes; the site takes no request of more than a megabyte
FIELDS = ("name", "kind", "layers", "tie", "audience", "topics", "platforms", "ward", "note", "angle")


class Wrong(Exception):
    """Something in a file cannot be taken; the text says what and what is expected."""


class NotAMap(Exception):
    """The file as a whole cannot be read; the text says why and what to do."""


@dataclass
class Incoming:
    """Names with what is said of each, links by name, and what is wrong or was left out, with its line."""

    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)  # by the key of the name
    links: list[dict[str, Any]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {"nodes": self.nodes, "links": self.links, "notes": self.notes}

    def wrong(self, line: int, why: object) -> None:
        if len(self.errors) == MOST_ERRORS:
            self.errors.append("There is more that is wrong; mend this first")
        elif len(self.errors) < MOST_ERRORS:
            self.errors.append(f"Line {line}: {why}")

    def check_size(self) -> None:
        """Raises when a map has no room for it, before more of it is read."""
        if len(self.nodes) > MOST_NODES or len(self.links) > MOST_LINKS:
            raise NotAMap(f"A map has room for {MOST_NODES:,} names and {MOST_LINKS:,} links. This file has more")


def from_json(said: Mapping[str, Any]) -> Incoming:
    return Incoming(said["nodes"], said["links"], [], said["notes"])


# --- One value ----------------------------------------------------------------------------------------------------


def plain(text: str) -> str:
    """Words without what nobody sees: control characters, line ends, blanks in a row."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def name_of(text: str) -> str:
    name = plain(text)
    if not name:
        raise Wrong("there is no name")
    if len(name) > LONGEST_NAME:
        raise Wrong(f"the name must be {LONGEST_NAME} characters or fewer")
    return name


def value_of(name: str, text: str) -> Any:
    """What a cell says, as it is kept: lists for layers, topics and platforms. Raises Wrong."""
    readers = {
        "name": name_of,
        "kind": _kind,
        "layers": _layers,
        "tie": _tie,
        "audience": _audience,
        "topics": _words,
        "platforms": _words,
        "ward": lambda said: plain(said)[:100],
        "note": lambda said: plain(said)[:LONGEST_NOTE],
        "angle": _angle,
    }
    return readers[name](text)


def _kind(text: str) -> str:
    kind = plain(text).casefold()
    if kind not in KINDS:
        raise Wrong(f"“{plain(text)[:40]}” is no kind. Use {', '.join(KINDS[:-1])} or {KINDS[-1]}")
    return kind


def _layers(text: str) -> list[str]:
    said = [word.casefold() for word in words_of(plain(text))]
    unknown = [word for word in said if word not in LAYERS]
    if unknown or not said:
        raise Wrong(f"“{(unknown or [''])[0][:40]}” is no layer. Use offline, online or aspirational, or several")
    return list(in_order(said))


def _tie(text: str) -> int:
    said = plain(text)
    by_words = {words: tie for tie, words in TIES.items()}
    if said in by_words:
        return by_words[said]
    return _number(said, "how well you know them", max(TIES))


def _audience(text: str) -> int:
    return _number(plain(text).replace(",", "").replace(" ", ""), "the audience", LARGEST_AUDIENCE)


def _angle(text: str) -> int:
    return _number(plain(text), "the angle", 359)


def _number(said: str, what: str, most: int) -> int:
    try:
        number = round(float(said))
    except (ValueError, OverflowError):
        raise Wrong(f"{what} must be a number, not “{said[:40]}”") from None
    if not 0 <= number <= most:
        raise Wrong(f"{what} must be between 0 and {most:,}")
    return number


def _words(text: str) -> list[str]:
    said = words_of(plain(text))
    if len(said) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in said):
        raise Wrong(f"{MOST_WORDS} topics or platforms at most, each of {LONGEST_WORD} characters or fewer")
    return list(said)


def strength_of(text: str) -> int:
    """Ours, or the weight of a link from elsewhere: 1 to 3."""
    said = plain(text)
    if not said:
        return 2
    return max(min(STRENGTHS), min(max(STRENGTHS), _number(said, "the strength", 1_000_000_000)))


# --- Together with the map ----------------------------------------------------------------------------------------


def merged(data: MapData, incoming: Incoming, *, like: Node, instead: bool) -> MapData:
    """The map with the file: by name, what the file says counts. With `instead`, names it does not have go.

    `like` says what names are of which the file says nothing more.
    """
    known, fresh = data.by_key(), map_edits.fresh_id(data)
    nodes: dict[int, Node] = {} if instead else dict(data.nodes)
    ids: dict[str, int] = {} if instead else {key: node.id for key, node in known.items()}
    for number, (key, said) in enumerate(incoming.nodes.items()):
        node = known.get(key) or replace(like, id=fresh - number, name=said["name"])
        nodes[node.id] = replace(node, **{name: _kept(value) for name, value in said.items()})
        ids[key] = node.id
    found = [
        linking(ids[key_of(link["one"])], ids[key_of(link["other"])], link["strength"], link["note"])
        for link in incoming.links
        if key_of(link["one"]) in ids and key_of(link["other"]) in ids
    ]
    before = {} if instead else data.links
    return map_edits.checked(MapData(nodes, {**before, **{link.pair: link for link in found}}))


def _kept(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
