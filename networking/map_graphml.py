"""A map as GraphML, and GraphML as a map: ours, Gephi's, yEd's.

Read by expat, piece by piece: a document type, and with it every entity, is refused before anything is expanded.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from networking.map_files import FIELDS, Incoming, NotAMap, Wrong, name_of, plain, strength_of, value_of
from networking.map_parts import LONGEST_NAME, LONGEST_NOTE, MapData, Node, key_of

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_TYPES = {"tie": "int", "audience": "int", "angle": "int", "strength": "int"}
DEEPEST = 60
LONGEST_TEXT = 5000
# What others call what we keep; labels of yEd stand in elements of their own.
_CALLED = {"label": "name", "layer": "layers", "weight": "strength", "followers": "audience", "notes": "note"}
_LABELS = {"NodeLabel": "label", "EdgeLabel": "note"}


# --- Out ----------------------------------------------------------------------------------------------------------


def written(data: MapData) -> bytes:
    root = ElementTree.Element("graphml", {"xmlns": NAMESPACE})
    for name in ("label", *FIELDS):
        _key(root, f"n_{name}", "node", name)
    for name in ("strength", "note"):
        _key(root, f"e_{name}", "edge", name)
    graph = ElementTree.SubElement(root, "graph", {"id": "map", "edgedefault": "undirected"})
    for node in data.by_name():
        _write_node(graph, node)
    for link in data.links.values():
        edge = ElementTree.SubElement(graph, "edge", {"source": f"n{link.one}", "target": f"n{link.other}"})
        _data(edge, "e_strength", str(link.strength))
        _data(edge, "e_note", link.note)
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _key(root: ElementTree.Element, key: str, of: str, name: str) -> None:
    kind = _TYPES.get(name, "string")
    ElementTree.SubElement(root, "key", {"id": key, "for": of, "attr.name": name, "attr.type": kind})


def _write_node(graph: ElementTree.Element, node: Node) -> None:
    element = ElementTree.SubElement(graph, "node", {"id": f"n{node.id}"})
    _data(element, "n_label", node.name)
    for name in FIELDS:
        value = getattr(node, name)
        _data(
            element, f"n_{name}", "; ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
        )


def _data(element: ElementTree.Element, key: str, text: str) -> None:
    if text:
        ElementTree.SubElement(element, "data", {"key": key}).text = plain(text)


# --- In -----------------------------------------------------------------------------------------------------------


@dataclass
class _Part:
    """A node or an edge while it is read."""

    line: int
    attributes: Mapping[str, str]
    said: dict[str, str] = field(default_factory=dict)


class _Reader:
    """Takes what expat hands over."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.buffer_text = True
        self.keys: dict[str, str] = {}
        self.open: list[_Part] = []
        self.nodes: list[_Part] = []
        self.edges: list[_Part] = []
        self.path: list[str] = []
        self.into = ""  # under which name the text that comes is kept

    def read(self, file: bytes) -> None:
        try:
            self.parser.Parse(file, True)
        except expat.ExpatError as error:
            raise NotAMap(f"Line {error.lineno} is not well-formed XML. Export the file again") from None
        except (LookupError, ValueError):
            raise NotAMap("The file has an encoding that cannot be read. Save it as UTF-8") from None

    def _refuse(self, *said: Any) -> None:
        raise NotAMap(
            f"Line {self.parser.CurrentLineNumber} declares a document type. Such files can hide what they load: "
            "export it without"
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if not self.path and name != "graphml":
            raise NotAMap("This is XML, but not GraphML")
        self.path.append(name)
        if len(self.path) > DEEPEST:
            raise NotAMap("The file is nested too deeply to be a map")
        if name == "key":
            self.keys[attributes.get("id", "")] = attributes.get("attr.name", "").casefold()
        elif name in ("node", "edge"):
            self.open.append(_Part(self.parser.CurrentLineNumber, attributes))
            (self.nodes if name == "node" else self.edges).append(self.open[-1])
        elif name == "data":
            self.into = self.keys.get(attributes.get("key", ""), "")
        elif name in _LABELS:
            self.into = _LABELS[name]

    def _end(self, tag: str) -> None:
        name = self.path.pop()
        if name in ("node", "edge"):
            self.open.pop()
        if name == "data" or name in _LABELS:
            self.into = ""

    def _text(self, text: str) -> None:
        if self.into and self.open and (self.path[-1] == "data" or self.path[-1] in _LABELS):
            said = self.open[-1].said
            said[self.into] = (said.get(self.into, "") + text)[:LONGEST_TEXT]


def read(file: bytes) -> Incoming:
    """Raises NotAMap for what is no GraphML; what is wrong about one node is said with its line."""
    reader = _Reader()
    reader.read(file)
    if not reader.nodes:
        raise NotAMap("There are no nodes in this file")
    incoming, names = Incoming(), dict[str, str]()
    for part in reader.nodes:
        _take(incoming, part, lambda part: _take_node(incoming, names, part))
    for part in reader.edges:
        _take(incoming, part, lambda part: _take_edge(incoming, names, part))
    return incoming


def _take(incoming: Incoming, part: _Part, take: Any) -> None:
    incoming.check_size()
    try:
        take(part)
    except Wrong as error:
        incoming.wrong(part.line, error)


def _take_node(incoming: Incoming, names: dict[str, str], part: _Part) -> None:
    said = {_CALLED.get(name, name): text for name, text in part.said.items() if text.strip()}
    ours = "layers" in said  # others have columns of the same name that mean something else
    name = _free(incoming, name_of(said.get("name", "") or part.attributes.get("id", "")))
    wanted = FIELDS if ours else ("topics", "audience", "note")
    values = {field: _value(field, said[field], ours=ours) for field in wanted if field in said}
    kept = {field: value for field, value in values.items() if value is not None}
    incoming.nodes[key_of(name)] = {**kept, "name": name}
    names[part.attributes.get("id", "")] = name


def _value(name: str, text: str, *, ours: bool) -> Any:
    """Of a file from elsewhere what does not fit is left out; in one of ours it is wrong."""
    try:
        return value_of(name, text)
    except Wrong:
        if ours:
            raise
        return None


def _free(incoming: Incoming, name: str) -> str:
    """Elsewhere two nodes may have one label: the second becomes “name (2)”."""
    if key_of(name) not in incoming.nodes:
        return name
    for number in range(2, len(incoming.nodes) + 3):
        other = f"{name[: LONGEST_NAME - 7]} ({number})"
        if key_of(other) not in incoming.nodes:
            incoming.notes.append(f"There are several called “{name}”: one becomes “{other}”.")
            return other
    raise Wrong(f"too many are called “{name}”")


def _take_edge(incoming: Incoming, names: Mapping[str, str], part: _Part) -> None:
    ends = [part.attributes.get(end, "") for end in ("source", "target")]
    missing = [end for end in ends if end not in names]
    if missing:
        raise Wrong(f"there is no node “{missing[0][:40]}”")
    one, other = (names[end] for end in ends)
    said = {_CALLED.get(name, name): text for name, text in part.said.items()}
    if one == other:
        incoming.notes.append(f"“{one}” was linked with itself: left out.")
        return
    note = plain(said.get("note", ""))[:LONGEST_NOTE]
    incoming.links.append({"one": one, "other": other, "strength": strength_of(said.get("strength", "")), "note": note})
