"""Measures of a map, by networkx. I am in the graph as ME, tied to whom I know; lengths count steps, not strengths."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

import networkx

from networking.map_parts import ME, MapData, Node, linking

# Above this the shortest ways are counted from a sample of names, the same ones every time (Brandes & Pich 2007).
EXACT_NODES, SAMPLE = 150, 100
FEW = 30  # neighbours that are looked at for an example


@dataclass(frozen=True)
class Bridge:
    """A node that others reach each other through, and two of them: `only` when there is no other way but me."""

    node: Node
    one: Node
    other: Node
    only: bool


@dataclass(frozen=True)
class Route:
    """How to get to somebody I do not know: the names on the way, and all who know them and whom I know."""

    goal: Node
    through: tuple[Node, ...]
    introducers: tuple[Node, ...]


def graph(data: MapData, *, with_me: bool = True) -> networkx.Graph:
    made = networkx.Graph()
    made.add_nodes_from(sorted(data.nodes))
    made.add_edges_from(sorted(data.links))
    if with_me:
        made.add_node(ME)
        made.add_edges_from((ME, node.id) for node in data.by_name() if node.is_known)
    return made


def dropping_off(data: MapData) -> list[tuple[Node, list[Node]]]:
    """Whom I would lose with somebody: those I reach only through them. The greatest loss first.

    A node that every way from me to another passes dominates it (Lengauer & Tarjan 1979).
    """
    above = networkx.immediate_dominators(graph(data).to_directed(), ME)
    lost: dict[int, set[int]] = {}
    for pk in data.nodes:
        for gate in _gates(pk, above):
            if data.nodes[gate].is_only_aspirational:
                continue  # nobody can lose whom they do not have yet
            lost.setdefault(gate, set()).add(pk)
    order = {node.id: place for place, node in enumerate(data.by_name())}
    found = [(data.nodes[gate], _nodes(data, gone, order)) for gate, gone in lost.items()]
    return sorted(found, key=lambda each: (-len(each[1]), order[each[0].id]))


def _gates(pk: int, above: dict[int, int | None]) -> Iterator[int]:
    """Everybody on every way from me to this node."""
    gate = above.get(pk)
    while gate is not None and gate != ME:
        yield gate
        gate = above.get(gate)


def _nodes(data: MapData, ids: Iterable[int], order: dict[int, int]) -> list[Node]:
    return [data.nodes[pk] for pk in sorted(ids, key=order.__getitem__)]


def bridges(data: MapData, most: int = 3) -> list[Bridge]:
    """Through whom most of the shortest ways between others lead, if I am not there to connect them."""
    others = graph(data, with_me=False)
    sample = min(SAMPLE, len(others)) if len(others) > EXACT_NODES else None
    share = networkx.betweenness_centrality(others, k=sample, seed=1)
    order = {node.id: place for place, node in enumerate(data.by_name())}
    best = sorted((pk for pk in data.nodes if share[pk] > 0), key=lambda pk: (-round(share[pk], 6), order[pk]))
    cuts = set(networkx.articulation_points(others))
    found = (_bridge(data, others, pk, cuts) for pk in best[:most])
    return [bridge for bridge in found if bridge]


def _bridge(data: MapData, others: networkx.Graph, pk: int, cuts: set[int]) -> Bridge | None:
    """With an example: two neighbours who have no other way, or who at least do not know each other."""
    near = data.neighbours()[pk][:FEW]
    part = _parts_without(others, pk) if pk in cuts else {}
    pairs = list(combinations(near, 2))
    apart = [pair for pair in pairs if part and part[pair[0]] != part[pair[1]]]
    strangers = apart or [pair for pair in pairs if linking(*pair).pair not in data.links]
    if not strangers:
        return None
    one, other = strangers[0]
    return Bridge(data.nodes[pk], data.nodes[one], data.nodes[other], only=bool(apart))


def _parts_without(others: networkx.Graph, pk: int) -> dict[int, int]:
    """Which part each node would be in."""
    left = others.subgraph(each for each in others if each != pk)
    parts = networkx.connected_components(left)
    return {each: number for number, part in enumerate(parts) for each in part}


def routes(data: MapData) -> tuple[list[Route], list[Node]]:
    """To everybody I would like to reach and do not know: how, the nearest first; and to whom there is no way."""
    ways = networkx.single_source_shortest_path(graph(data), ME)
    goals = [node for node in data.in_layer("aspirational") if not node.is_known]
    found = [_route(data, goal, ways[goal.id]) for goal in goals if goal.id in ways]
    return sorted(found, key=lambda route: len(route.through)), [goal for goal in goals if goal.id not in ways]


def _route(data: MapData, goal: Node, way: list[int]) -> Route:
    near = [data.nodes[pk] for pk in data.neighbours()[goal.id]]
    known = sorted((node for node in near if node.is_known), key=lambda node: _introduces(data, node, goal))
    return Route(goal, tuple(data.nodes[pk] for pk in way[1:-1]), tuple(known))


def _introduces(data: MapData, node: Node, goal: Node) -> tuple[int, int, str]:
    """Who can introduce me best: whom I know well, and who knows them well."""
    return -node.tie, -data.links[linking(node.id, goal.id).pair].strength, node.key


def islands(data: MapData) -> list[Node]:
    """Names that no way leads to from me, and that are not merely wished for."""
    ways = networkx.node_connected_component(graph(data), ME)
    return [node for node in data.by_name() if node.id not in ways and not node.is_only_aspirational]
