"""Typing a map line by line."""

import pytest

from networking import map_lines
from networking.map_parts import MapData, Node, linking, made_of

LIKE = Node(0, "", kind="group", layers=("offline",), tie=1)


def read(typed: str, data: MapData | None = None) -> map_lines.Read:
    return map_lines.read(typed, data or MapData(), like=LIKE)


def test_a_name_alone_is_like_the_others():
    assert read("WI").nodes == [Node(-1, "WI", kind="group", layers=("offline",), tie=1)]


def test_after_the_name_come_kind_layers_and_topics_in_any_order():
    [node] = read("Parish magazine, housing, online, Media, offline, bins").nodes

    assert (node.name, node.kind, node.layers, node.topics) == (
        *("Parish magazine", "media"),
        ("offline", "online"),
        ("housing", "bins"),
    )


def test_a_name_that_is_hoped_for_is_not_known_yet():
    [node] = read("The editor, person, aspirational").nodes

    assert (node.layers, node.tie) == (("aspirational",), 0)


def test_a_hashtag_is_one_without_saying():
    assert read("#OurTown").nodes[0].kind == "hashtag"


def test_a_name_with_a_comma_stands_in_quotes():
    assert read('"Smith, Ann", person').nodes[0].name == "Smith, Ann"


def test_an_arrow_links_names_of_the_map_and_of_later_lines():
    data = made_of([Node(7, "Ann")])

    assert read("ann > WI\nWI", data).links == [linking(-1, 7)]


def test_several_arrows_link_a_chain():
    assert read("A > B > C\nA\nB\nC").links == [linking(-1, -2), linking(-2, -3)]


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        (", person", "Line 1: type the name first"),
        ("Ann", "Line 1: “Ann” is on this map already"),
        ("ANN ", "Line 1: “ANN” is on this map already"),
        ("WI\n\nwi", "Line 3: “wi” is in two lines"),
        ("x" * 121, "Line 1: the name must be 120 characters or fewer"),
        ("Ann > Ben", "Line 1: “Ben” is not on this map. Add it in a line of its own"),
        ("Ann > Ann", "Line 1: a link needs two different names"),
        ("Ann >", "Line 1: “” is not on this map. Add it in a line of its own"),
        ("WI, " + "x" * 61, "Line 1: 20 topics at most, each of 60 characters or fewer"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(typed, error):
    assert read(typed, made_of([Node(7, "Ann")])).errors == [error]


def test_too_many_lines_are_refused_before_they_are_read():
    assert read("\n".join(f"Name {n}" for n in range(301))).errors == [
        "Type 300 lines or fewer at a time: these are 301"
    ]
