"""What changed between two versions of a map, in sentences with names."""

from networking.map_parts import ASPIRATIONAL, TIES, MapData, Node
from networking.map_tells import many, named

MANY = 12


def changes(before: MapData, after: MapData) -> list[str]:
    """Who is new and gone, who moved between layers, whom I know better, links. Nodes are the same by id or name."""
    pairs = _pairs(before, after)
    lines = [
        *_new_and_gone(before, after, pairs),
        *(line for old, new in pairs for line in _of_one(old, new)),
        *_links(before, after, pairs),
    ]
    return lines if len(lines) <= MANY else [*lines[:MANY], f"And {many(len(lines) - MANY, 'more change')}."]


def _pairs(before: MapData, after: MapData) -> list[tuple[Node, Node]]:
    by_key = before.by_key()
    found = [(before.nodes.get(node.id) or by_key.get(node.key), node) for node in after.by_name()]
    return [(old, new) for old, new in found if old]


def _new_and_gone(before: MapData, after: MapData, pairs: list[tuple[Node, Node]]) -> list[str]:
    stayed_before, stayed_after = {old.id for old, _ in pairs}, {new.id for _, new in pairs}
    new = [node for node in after.by_name() if node.id not in stayed_after]
    gone = [node for node in before.by_name() if node.id not in stayed_before]
    lines = []
    if new:
        lines.append(f"New on the map: {named(new)}.")
    if gone:
        lines.append(f"Not on the map any more: {named(gone)}.")
    return lines


def _of_one(old: Node, new: Node) -> list[str]:
    lines = []
    if old.name != new.name:
        lines.append(f"“{old.name}” is called “{new.name}” now.")
    if old.layers != new.layers:
        lines.append(_layers(old, new))
    if old.tie != new.tie:
        better = "better" if new.tie > old.tie else "less well"
        lines.append(f"You know “{new.name}” {better} than before: {TIES[new.tie]}, it was {TIES[old.tie]}.")
    return lines


def _layers(old: Node, new: Node) -> str:
    if old.is_in(ASPIRATIONAL) and not new.is_in(ASPIRATIONAL):
        return f"You have reached “{new.name}”: {' and '.join(new.layers)} now, aspirational before."
    return f"“{new.name}” is {' and '.join(new.layers)} now, {' and '.join(old.layers)} before."


def _links(before: MapData, after: MapData, pairs: list[tuple[Node, Node]]) -> list[str]:
    now = {old.id: new.id for old, new in pairs}
    was = {frozenset((now[one], now[other])) for one, other in before.links if one in now and other in now}
    new = [link for link in after.links if frozenset(link) not in was]
    gone = [one for one in was if (min(one), max(one)) not in after.links]
    lines = []
    if new:
        lines.append(f"{many(len(new), 'link')} more, such as between {_both(after, *new[0])}.")
    if gone:
        lines.append(f"{many(len(gone), 'link')} less, such as between {_both(after, *min(map(sorted, gone)))}.")
    return lines


def _both(data: MapData, one: int, other: int) -> str:
    return named(sorted((data.nodes[one], data.nodes[other]), key=lambda node: node.key))
