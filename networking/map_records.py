"""What network maps hold about somebody, for whoever takes out their data."""

from typing import Any

from networking import map_parts
from networking.map_parts import MapData, Node
from networking.map_rows import data_of
from networking.models import MapVersion, NetworkMap, SharedMap
from people.models import Person

Records = list[dict[str, Any]]


def collect(person: Person) -> Records:
    """Their maps with every name, link and version, and the shared maps they began."""
    mine = NetworkMap.objects.with_owners().filter(member__person=person)
    return [record for one in mine for record in (*_map(one), *_versions(one))] + _begun(person)


def _map(network_map: NetworkMap) -> Records:
    about = {
        "What": "Network map",
        "Map": network_map.name,
        "Cohort": network_map.member.cohort.name,
        "About": network_map.about,
        "Topics": ", ".join(network_map.topics),
        "Wards": ", ".join(network_map.wards),
        "My mentor may see it": network_map.mentor_may_read,
        "Last changed": network_map.changed_at,
    }
    return [about, *_names(network_map.name, data_of(network_map))]


def _versions(network_map: NetworkMap) -> Records:
    return [
        record
        for one in MapVersion.objects.filter(network_map=network_map)
        for record in _names(f"{network_map.name}, version “{one.name}”", map_parts.from_json(one.data))
    ]


def _names(where: str, data: MapData) -> Records:
    neighbours = data.neighbours()
    return [
        {"Map": where, **_said(node), "Linked with": ", ".join(data.nodes[pk].name for pk in neighbours[node.id])}
        for node in data.by_name()
    ]


def _said(node: Node) -> dict[str, Any]:
    return {
        "Name": node.name,
        "Kind": node.kind,
        "Layers": ", ".join(node.layers),
        "I know them": map_parts.TIES[node.tie],
        "Reaches": node.audience,
        "Topics": ", ".join(node.topics),
        "Platforms": ", ".join(node.platforms),
        "Ward": node.ward,
        "Note": node.note,
    }


def _begun(person: Person) -> Records:
    return [{"What": "Shared map begun", "Map": one.name, "At": one.started_at} for one in _shared(person)]


def _shared(person: Person) -> list[SharedMap]:
    return list(SharedMap.objects.filter(started_by=person))
