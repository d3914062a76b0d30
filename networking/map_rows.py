"""Maps between rows and values: read a map in two queries, write what is different between two."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from networking.map_parts import (
    ASPIRATIONAL,
    LAYERS,
    OFFLINE,
    ONLINE,
    Link,
    MapData,
    Node,
    linking,
    made_of,
    node_as_json,
    node_from_json,
)
from networking.models import MapLink, MapNode, NetworkMap

BATCH = 500
FIELDS = ("name", "key", "kind", *LAYERS, "tie", "audience", "topics", "platforms", "ward", "note", "angle")


def data_of(network_map: NetworkMap) -> MapData:
    """The whole map. Two queries."""
    nodes = [node_of(row) for row in MapNode.objects.filter(network_map=network_map).order_by("pk")]
    links = MapLink.objects.filter(network_map=network_map).order_by("pk")
    return made_of(nodes, [Link(row.one_id, row.other_id, row.strength, row.note) for row in links])


def node_of(row: MapNode) -> Node:
    said = {OFFLINE: row.offline, ONLINE: row.online, ASPIRATIONAL: row.aspirational}
    return Node(
        id=row.pk,
        name=row.name,
        kind=row.kind,
        layers=tuple(layer for layer in LAYERS if said[layer]),
        tie=row.tie,
        audience=row.audience,
        topics=tuple(row.topics),
        platforms=tuple(row.platforms),
        ward=row.ward,
        note=row.note,
        angle=row.angle,
    )


def row_of(node: Node, network_map: NetworkMap) -> MapNode:
    """Nodes that are not kept yet get a new key, those that come back keep theirs."""
    layers = {layer: node.is_in(layer) for layer in LAYERS}
    return MapNode(
        pk=node.id if node.id > 0 else None,
        network_map=network_map,
        name=node.name,
        key=node.key,
        kind=node.kind,
        tie=node.tie,
        audience=node.audience,
        topics=list(node.topics),
        platforms=list(node.platforms),
        ward=node.ward,
        note=node.note,
        angle=node.angle,
        **layers,
    )


def write(network_map: NetworkMap, before: MapData, after: MapData) -> MapData:
    """Make the rows say what `after` says; return it with the ids that new nodes got."""
    gone = [pk for pk in before.nodes if pk not in after.nodes]
    network_map.nodes.filter(pk__in=gone).delete()
    kept = [node for pk, node in after.nodes.items() if before.nodes.get(pk, node) != node]
    MapNode.objects.bulk_update([row_of(node, network_map) for node in kept], FIELDS, batch_size=BATCH)
    ids = _create(network_map, [node for pk, node in after.nodes.items() if pk not in before.nodes])
    nodes = [replace(node, id=ids.get(node.id, node.id)) for node in after.nodes.values()]
    links = [_with_ids(link, ids) for link in after.links.values()]
    _write_links(network_map, before, links)
    return made_of(nodes, links)


def _create(network_map: NetworkMap, nodes: list[Node]) -> dict[int, int]:
    """The ids that these nodes have now, by those they had."""
    rows = MapNode.objects.bulk_create([row_of(node, network_map) for node in nodes], batch_size=BATCH)
    return {node.id: row.pk for node, row in zip(nodes, rows, strict=True)}


def _with_ids(link: Link, ids: Mapping[int, int]) -> Link:
    return linking(ids.get(link.one, link.one), ids.get(link.other, link.other), link.strength, link.note)


def _write_links(network_map: NetworkMap, before: MapData, links: Iterable[Link]) -> None:
    wanted = {link.pair: link for link in links}
    rows = {(row.one_id, row.other_id): row for row in MapLink.objects.filter(network_map=network_map)}
    network_map.links.filter(pk__in=[row.pk for pair, row in rows.items() if pair not in wanted]).delete()
    changed = [link for pair, link in wanted.items() if pair in rows and before.links.get(pair) != link]
    for link in changed:
        rows[link.pair].strength, rows[link.pair].note = link.strength, link.note
    MapLink.objects.bulk_update([rows[link.pair] for link in changed], ("strength", "note"), batch_size=BATCH)
    new = [link for pair, link in wanted.items() if pair not in rows]
    made = [
        MapLink(network_map=network_map, one_id=link.one, other_id=link.other, strength=link.strength, note=link.note)
        for link in new
    ]
    MapLink.objects.bulk_create(made, batch_size=BATCH)


# --- Taking back --------------------------------------------------------------------------------------------------

Before = dict[str, list[Any]]


def touched(before: MapData, after: MapData) -> Before:
    """What has to be said to get from `after` back to `before`: only what is different."""
    nodes = [
        [pk, node_as_json(before.nodes[pk]) if pk in before.nodes else None]
        for pk in sorted({*before.nodes, *after.nodes})
        if before.nodes.get(pk) != after.nodes.get(pk)
    ]
    links = []
    for pair in sorted({*before.links, *after.links}):
        was = before.links.get(pair)
        if was != after.links.get(pair):
            links.append([*pair, [was.strength, was.note] if was else None])
    return {"nodes": nodes, "links": links}


def taken_back(data: MapData, before: Before) -> MapData:
    nodes, links = dict(data.nodes), dict(data.links)
    for pk, node in before["nodes"]:
        if node is None:
            nodes.pop(pk, None)
        else:
            nodes[pk] = node_from_json(node)
    for one, other, was in before["links"]:
        if was is None:
            links.pop((one, other), None)
        else:
            links[one, other] = Link(one, other, *was)
    return MapData(nodes, {pair: link for pair, link in links.items() if set(pair) <= set(nodes)})
