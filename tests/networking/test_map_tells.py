"""What a map tells, in sentences with names."""

import itertools
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from networking import map_changes, map_edits, map_graph, map_lines, map_tells
from networking.map_parts import LAYERS, ME, MapData, Node, in_order, linking, made_of

LIKE = Node(0, "", kind="person", layers=("offline",), tie=0)


def a_map(*lines: str, known: str = "") -> MapData:
    """Nodes as typed, in the order of their ids; those in `known` I know well."""
    read = map_lines.read("\n".join(lines), MapData(), like=LIKE)
    assert not read.errors
    nodes = [replace(node, tie=2) if node.name in known.split() else node for node in read.nodes]
    return map_edits.add(MapData(), nodes, read.links)


def said(data: MapData, title: str, **further) -> list[str]:
    return next(section.lines for section in map_tells.tell(data, **further) if section.title == title)


def test_names_in_both_layers_are_told_and_those_in_one_only():
    data = a_map("Ann, offline, online", "Ben, offline", "Cat, online")

    assert said(data, "Where the layers overlap") == [
        "You meet “Ann” offline and online: your layers overlap in 1 name.",
        "Only offline you meet “Ben”.",
        "Only online you see “Cat”.",
    ]


def test_layers_without_overlap_are_told():
    data = a_map("Ben, offline", "Cat, online")

    assert said(data, "Where the layers overlap")[-1] == (
        "Nobody is in both layers: what you hear in the one never reaches the other."
    )


def test_groups_that_meet_offline_and_are_online_are_told_and_through_what():
    data = a_map("WI, group, offline, online", "Scouts, group", "Scouts' page, media, online", "Scouts > Scouts' page")

    assert said(data, "Talk to them where they are") == [
        "“Scouts” is offline, and can be reached online through “Scouts' page”.",
        "“WI” is online, too: talk to them where they are, between meetings.",
    ]


def test_whom_i_would_lose_with_somebody_is_told_with_their_names():
    data = a_map("Ann", "Ben", "Cat", "Dan", "Ann > Ben", "Ann > Cat > Dan", known="Ann")

    assert said(data, "Whom you cannot afford to lose") == [
        "If you lose “Ann”, 3 names drop off your map: “Ben”, “Cat” and “Dan”.",
        "If you lose “Cat”, 1 name drops off your map: “Dan”.",
    ]


def test_nobody_drops_off_whom_i_know_or_reach_another_way():
    data = a_map("Ann", "Ben", "Cat", "Ann > Ben", "Ann > Cat", "Ben > Cat", known="Ann Ben")

    assert said(data, "Whom you cannot afford to lose") == []


def test_a_bridge_between_others_is_told_with_two_of_them():
    data = a_map("Ann", "Ben", "Cat", "Ben > Ann > Cat", known="Ann Ben Cat")

    assert said(data, "Who holds it together") == [
        "Apart from you, only “Ann” connects “Ben” and “Cat” and who is around them."
    ]


def test_many_ways_through_somebody_are_told_when_there_are_others():
    data = a_map("Ann", "Ben", "Cat", "Dan", "Ann > Ben > Cat > Dan > Ann")

    assert said(data, "Who holds it together")[0] == (
        "Many ways between others lead through “Ann”, such as between “Ben” and “Dan”."
    )


def test_who_can_introduce_me_is_told_the_one_i_know_best_first():
    data = a_map(
        "Ann", "Ben", "Editor, aspirational", "Ann > Editor", "Ben > Editor", "Mayor, aspirational", known="Ann Ben"
    )
    ann = map_edits.named(data, "Ann")
    data = map_edits.change(data, replace(ann, tie=1))

    assert said(data, "Whom you would like to reach, and how") == [
        "“Ben” can introduce you to “Editor”, and so can “Ann”.",
        "Nobody on your map knows “Mayor”. Who could?",
    ]


def test_a_longer_way_is_told_step_by_step():
    data = a_map("Ann", "Ben", "Editor, aspirational", "Ann > Ben > Editor", known="Ann")

    assert said(data, "Whom you would like to reach, and how") == ["You get to “Editor” in 2 steps: “Ann”, then “Ben”."]


def test_topics_and_wards_with_nobody_or_one_are_told():
    data = a_map("Ann, housing", "Ben, buses", "Cat, buses")
    data = map_edits.change(data, replace(map_edits.named(data, "Ann"), ward="Melford"))

    lines = said(
        data, "Topics and wards with nobody", topics=["Housing", "Buses", "Bins"], wards=["melford", "Lavenham"]
    )

    assert lines == [
        "Nobody on your map has to do with Bins.",
        "Nobody on your map is from Lavenham.",
        "About Housing you would hear from “Ann” only.",
    ]


def test_gaps_are_told():
    data = a_map("Ann", "WI, group", "Ben", known="Ann Ben")

    assert said(data, "Gaps") == [
        "Nobody is in the online or the aspirational layer.",
        "There is no organisation and no place and no media and no hashtag on the map.",
        "No way leads from you to “WI”. Who knows them?",
        "You reach “WI” only where they meet: no page of theirs is on the map.",
    ]


def test_an_empty_map_says_what_is_missing_in_every_section():
    assert all(section.lines or section.nothing for section in map_tells.tell(MapData()))


# --- Against a slow and simple way to count -----------------------------------------------------------------------


@st.composite
def maps(draw) -> MapData:
    count = draw(st.integers(1, 8))
    ties = draw(st.lists(st.integers(0, 3), min_size=count, max_size=count))
    layers = draw(st.lists(st.sets(st.sampled_from(LAYERS), min_size=1), min_size=count, max_size=count))
    pairs = [(a, b) for a in range(1, count + 1) for b in range(a + 1, count + 1)]
    links = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    nodes = [Node(n + 1, f"N{n}", layers=in_order(layers[n]), tie=ties[n]) for n in range(count)]
    return made_of(nodes, [linking(a, b) for a, b in links])


def reached(data: MapData, without: int = -1) -> set[int]:
    """Everybody I can get to, walking."""
    near, seen, ways = data.neighbours(), {without}, [node.id for node in data.nodes.values() if node.is_known]
    while ways:
        one = ways.pop()
        if one not in seen:
            seen.add(one)
            ways += near[one]
    return seen - {without}


@settings(max_examples=150, deadline=None)
@given(data=maps())
def test_whom_i_lose_with_somebody_is_who_cannot_be_reached_without_them(data):
    expected = {pk: reached(data) - reached(data, pk) - {pk} for pk in data.nodes}

    found = {node.id: {one.id for one in gone} for node, gone in map_graph.dropping_off(data)}

    had = {pk for pk, node in data.nodes.items() if not node.is_only_aspirational}
    assert found == {pk: gone for pk, gone in expected.items() if gone and pk in had}


@settings(max_examples=150, deadline=None)
@given(data=maps())
def test_every_way_to_somebody_can_be_walked(data):
    routes, lost = map_graph.routes(data)

    for route in routes:
        way = [node.id for node in (*route.through, route.goal)]
        assert data.nodes[way[0]].is_known
        assert all(linking(a, b).pair in data.links for a, b in itertools.pairwise(way))
    assert {node.id for node in lost} == {
        node.id for node in data.in_layer("aspirational") if not node.is_known and node.id not in reached(data)
    }


@settings(max_examples=100, deadline=None)
@given(data=maps())
def test_every_map_can_be_told(data):
    sections = map_tells.tell(data, topics=["bins"], wards=["Melford"])

    assert all(line.endswith((".", "?")) for section in sections for line in section.lines)
    assert ME not in data.nodes


# --- What changed -------------------------------------------------------------------------------------------------


def test_what_changed_is_told_with_names():
    before = a_map("Ann", "Ben, aspirational", "Cat", "Ann > Cat")
    ids = {node.name: node.id for node in before.nodes.values()}
    after = map_edits.remove(before, ids["Cat"])
    after = map_edits.change(after, replace(before.nodes[ids["Ben"]], layers=("offline",), tie=2))
    after = map_edits.change(after, replace(before.nodes[ids["Ann"]], name="Anne"))
    after = map_edits.add(after, [Node(-9, "Dan")], [linking(-9, ids["Ann"])])

    assert map_changes.changes(before, after) == [
        "New on the map: “Dan”.",
        "Not on the map any more: “Cat”.",
        "“Ann” is called “Anne” now.",
        "You have reached “Ben”: offline now, aspirational before.",
        "You know “Ben” better than before: well enough to ring them, it was not myself, or only through others.",
        "1 link more, such as between “Anne” and “Dan”.",
    ]


@settings(max_examples=60, deadline=None)
@given(data=maps())
def test_nothing_changed_between_a_map_and_itself(data):
    assert map_changes.changes(data, data) == []
