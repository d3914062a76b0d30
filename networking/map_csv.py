"""A map as CSV, and CSV as a map: ours, and tables of nodes or of links from elsewhere."""

import csv
import io
from collections.abc import Iterator, Mapping

from meetups import exports
from networking.map_files import FIELDS, Incoming, NotAMap, Wrong, name_of, plain, strength_of, value_of
from networking.map_parts import LONGEST_NOTE, MapData, Node, key_of

HEADER = ("what", *FIELDS, "from", "to", "strength")
NAME, LINK = "name", "link"
# What others call our columns. Their “type” says whether a link has a direction, not what a node is.
_CALLED = {
    "label": "name",
    "title": "name",
    "layer": "layers",
    "source": "from",
    "target": "to",
    "weight": "strength",
    "followers": "audience",
    "notes": "note",
    "tags": "topics",
    "platform": "platforms",
}


def rows(data: MapData) -> Iterator[list[object]]:
    """A row for each name, then one for each link."""
    for node in data.by_name():
        yield [NAME, *(_cell(node, name) for name in FIELDS), "", "", ""]
    for link in data.links.values():
        said = {"note": link.note}
        names = [data.nodes[link.one].name, data.nodes[link.other].name]
        yield [LINK, *(said.get(name, "") for name in FIELDS), *names, link.strength]


def _cell(node: Node, name: str) -> object:
    value = getattr(node, name)
    return "; ".join(value) if isinstance(value, tuple) else "" if value is None else value


def read(file: bytes) -> Incoming:
    """Raises NotAMap when nothing in it can be understood; what is wrong in a line is said with its number."""
    text = _decoded(file)
    reader = csv.DictReader(io.StringIO(text), delimiter=_delimiter(text), restkey="", restval="")
    try:
        return _read(reader)
    except csv.Error:
        raise NotAMap(f"Line {reader.line_num} cannot be read: is it a CSV file?") from None


def _read(reader: "csv.DictReader[str]") -> Incoming:
    columns = {name: _CALLED.get(plain(name).casefold(), plain(name).casefold()) for name in reader.fieldnames or []}
    is_table_of_links = {"from", "to"} <= set(columns.values())
    if not is_table_of_links and not {"name", "id"} & set(columns.values()):
        raise NotAMap("The first line must name the columns: at least “name”, or “from” and “to”")
    incoming, ids = Incoming(), dict[str, str]()
    for row in reader:
        cells = {columns[name]: _unescaped(cell) for name, cell in row.items() if name and isinstance(cell, str)}
        _take(incoming, ids, reader.line_num, cells)
        incoming.check_size()
    _name_ends(incoming, ids)
    return incoming


def _decoded(file: bytes) -> str:
    encodings = ["utf-16"] if file.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = file.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise NotAMap("This is no text. Save the table as CSV (UTF-8) and try again")


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max((",", ";", "\t"), key=first.count)


def _unescaped(cell: str) -> str:
    """Without the apostrophe that keeps spreadsheets from taking a name for a formula."""
    return cell[1:] if cell.startswith("'") and exports.safe(cell[1:]) == cell else cell


def _take(incoming: Incoming, ids: dict[str, str], line: int, cells: Mapping[str, str]) -> None:
    if not any(cell.strip() for cell in cells.values()):
        return
    try:
        if cells.get("from", "").strip() or cells.get("to", "").strip():
            _take_link(incoming, cells)
        else:
            _take_node(incoming, ids, cells)
    except Wrong as error:
        incoming.wrong(line, error)


def _take_node(incoming: Incoming, ids: dict[str, str], cells: Mapping[str, str]) -> None:
    name = name_of(cells.get("name", "").strip() or cells.get("id", ""))
    if key_of(name) in incoming.nodes:
        raise Wrong(f"“{name}” is in this file twice")
    said = {column: value_of(column, cells[column]) for column in FIELDS if cells.get(column, "").strip()}
    incoming.nodes[key_of(name)] = {**said, "name": name}
    if cells.get("id", "").strip():
        ids[plain(cells["id"])] = name


def _take_link(incoming: Incoming, cells: Mapping[str, str]) -> None:
    one, other = name_of(cells.get("from", "")), name_of(cells.get("to", ""))
    if key_of(one) == key_of(other):
        raise Wrong("a link needs two different names")
    strength, note = strength_of(cells.get("strength", "")), plain(cells.get("note", ""))[:LONGEST_NOTE]
    incoming.links.append({"one": one, "other": other, "strength": strength, "note": note})


def _name_ends(incoming: Incoming, ids: Mapping[str, str]) -> None:
    """Links by the ids of the file; names that only links have come to the map, too."""
    added = 0
    for link in incoming.links:
        for end in ("one", "other"):
            link[end] = ids.get(link[end], link[end])
            if key_of(link[end]) not in incoming.nodes:
                incoming.nodes[key_of(link[end])] = {"name": link[end]}
                added += 1
    if added and added < len(incoming.nodes):
        incoming.notes.append(f"{added} of the names are in links only.")
    incoming.check_size()
