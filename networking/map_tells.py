"""What a map tells, in sentences with names: no bare numbers, nothing that has to be worked out by the reader."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from networking import map_graph
from networking.map_parts import (
    ASPIRATIONAL,
    GROUP,
    HASHTAG,
    KINDS,
    LAYERS,
    MEDIA,
    OFFLINE,
    ONLINE,
    ORGANISATION,
    PLACE,
    MapData,
    Node,
    key_of,
)

MEETING = (GROUP, ORGANISATION, PLACE, MEDIA)
FEW = 5  # names in a sentence
MANY = 10  # sentences under one heading


@dataclass(frozen=True)
class Section:
    """Sentences under a heading; `hint` says what one could do, `nothing` what it means when there are none."""

    title: str
    lines: list[str]
    hint: str = ""
    nothing: str = ""


def tell(data: MapData, *, topics: Sequence[str] = (), wards: Sequence[str] = ()) -> list[Section]:
    """Everything that can be said of a map as it is now."""
    return [
        _overlap(data),
        _where_they_are(data),
        _losses(data),
        _bridges(data),
        _reachable(data),
        _nobody(data, topics, wards),
        _gaps(data),
    ]


def named(nodes: Iterable[Node], most: int = FEW) -> str:
    """Names at the end of a sentence: “Ann”, “Ben” and 4 more."""
    some = [f"“{node.name}”" for node in nodes]
    if len(some) > most + 1:
        return f"{', '.join(some[:most])} and {len(some) - most} more"
    return " and ".join([", ".join(some[:-1]), some[-1]]) if len(some) > 1 else "".join(some)


def many(number: int, one: str, several: str = "") -> str:
    return f"{number} {one if number == 1 else several or one + 's'}"


def _some(lines: list[str]) -> list[str]:
    if len(lines) <= MANY:
        return lines
    return [*lines[:MANY], f"There are {len(lines) - MANY} more like that."]


def _overlap(data: MapData) -> Section:
    both = [node for node in data.by_name() if node.is_in(OFFLINE) and node.is_in(ONLINE)]
    offline = [node for node in data.in_layer(OFFLINE) if not node.is_in(ONLINE)]
    online = [node for node in data.in_layer(ONLINE) if not node.is_in(OFFLINE)]
    lines = []
    if both:
        lines.append(f"You meet {named(both)} offline and online: your layers overlap in {many(len(both), 'name')}.")
    if offline:
        lines.append(f"Only offline you meet {named(offline)}.")
    if online:
        lines.append(f"Only online you see {named(online)}.")
    if (offline or online) and not both:
        lines.append("Nobody is in both layers: what you hear in the one never reaches the other.")
    return Section("Where the layers overlap", lines, nothing="There is nobody in the offline or online layer yet.")


def _where_they_are(data: MapData) -> Section:
    neighbours = data.neighbours()
    lines = []
    for node in data.in_layer(OFFLINE):
        if node.kind not in MEETING:
            continue
        pages = [data.nodes[pk] for pk in neighbours[node.id] if _is_page(data.nodes[pk])]
        if node.is_in(ONLINE):
            lines.append(f"“{node.name}” is online, too{_on(node)}: talk to them where they are, between meetings.")
        elif pages:
            lines.append(f"“{node.name}” is offline, and can be reached online through {named(pages)}.")
    return Section(
        "Talk to them where they are",
        _some(lines),
        hint="A group that you meet once a month can be asked on any other day.",
        nothing="None of the groups you meet offline has an online presence on this map. Do they have a page?",
    )


def _is_page(node: Node) -> bool:
    return node.is_in(ONLINE) and node.kind in (MEDIA, HASHTAG)


def _on(node: Node) -> str:
    return f" ({', '.join(node.platforms)})" if node.platforms else ""


def _losses(data: MapData) -> Section:
    lines = [
        f"If you lose “{node.name}”, {many(len(gone), 'name')} {'drops' if len(gone) == 1 else 'drop'} off your map: "
        f"{named(gone)}."
        for node, gone in map_graph.dropping_off(data)
    ]
    return Section(
        "Whom you cannot afford to lose",
        _some(lines),
        hint="Ask to be introduced, so that you know them yourself.",
        nothing="Nobody hangs on one single contact of yours.",
    )


def _bridges(data: MapData) -> Section:
    lines = []
    for bridge in map_graph.bridges(data):
        pair = named([bridge.one, bridge.other])
        if bridge.only:
            lines.append(f"Apart from you, only “{bridge.node.name}” connects {pair} and who is around them.")
        else:
            lines.append(f"Many ways between others lead through “{bridge.node.name}”, such as between {pair}.")
    return Section(
        "Who holds it together",
        lines,
        hint="Bridges hear things first and are asked often. Thank them, and do not wear them out.",
        nothing="No links are drawn between others yet, so nobody can be seen to hold them together.",
    )


def _reachable(data: MapData) -> Section:
    found, lost = map_graph.routes(data)
    lines = [_route(route) for route in found]
    lines += [f"Nobody on your map knows “{goal.name}”. Who could?" for goal in lost]
    met = [node for node in data.in_layer(ASPIRATIONAL) if node.is_known and node.is_only_aspirational]
    if met:
        lines.append(f"You know {named(met)} already: move them to the layer where you meet.")
    return Section(
        "Whom you would like to reach, and how",
        _some(lines),
        nothing="There is nobody in the aspirational layer yet. Whom would you like to reach?",
    )


def _route(route: map_graph.Route) -> str:
    first, *others = route.introducers or (None,)
    if first and not others:
        return f"“{first.name}” can introduce you to “{route.goal.name}”."
    if first:
        return f"“{first.name}” can introduce you to “{route.goal.name}”, and so can {named(others, 3)}."
    return f"You get to “{route.goal.name}” in {many(len(route.through), 'step')}: {_steps(route.through)}."


def _steps(through: Sequence[Node]) -> str:
    return ", then ".join(f"“{node.name}”" for node in through)


def _nobody(data: MapData, topics: Sequence[str], wards: Sequence[str]) -> Section:
    known = {key_of(topic) for node in data.nodes.values() for topic in node.topics}
    places = {key_of(node.ward) for node in data.nodes.values() if node.ward}
    places |= {node.key for node in data.nodes.values() if node.kind == PLACE}
    lines = [f"Nobody on your map has to do with {topic}." for topic in topics if key_of(topic) not in known]
    lines += [f"Nobody on your map is from {ward}." for ward in wards if key_of(ward) not in places]
    lines += [_only_one(data, topic) for topic in topics if len(_about(data, topic)) == 1]
    asked = (
        "every topic and ward you named has somebody" if topics or wards else "name topics and wards in the settings"
    )
    return Section("Topics and wards with nobody", _some(lines), nothing=f"{asked[0].upper()}{asked[1:]}.")


def _about(data: MapData, topic: str) -> list[Node]:
    return [node for node in data.by_name() if key_of(topic) in {key_of(each) for each in node.topics}]


def _only_one(data: MapData, topic: str) -> str:
    return f"About {topic} you would hear from {named(_about(data, topic))} only."


def _gaps(data: MapData) -> Section:
    lines = []
    missing = [layer for layer in LAYERS if not data.in_layer(layer)]
    if data.nodes and missing:
        lines.append(f"Nobody is in the {' or the '.join(missing)} layer.")
    kinds = [kind for kind in KINDS if not any(node.kind == kind for node in data.nodes.values())]
    if data.nodes and kinds:
        lines.append(f"There is no {' and no '.join(kinds)} on the map.")
    islands = map_graph.islands(data)
    if islands:
        lines.append(f"No way leads from you to {named(islands)}. Who knows them?")
    quiet = [node for node in data.in_layer(OFFLINE) if node.kind in (GROUP, ORGANISATION) and not node.is_in(ONLINE)]
    quiet = [node for node in quiet if not any(_is_page(data.nodes[pk]) for pk in data.neighbours()[node.id])]
    if quiet:
        lines.append(f"You reach {named(quiet)} only where they meet: no page of theirs is on the map.")
    return Section("Gaps", lines, nothing="Nothing is missing that this map could show.")
