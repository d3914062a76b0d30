"""Taking a map out as a file and taking files in: round trip, from elsewhere, and what is refused."""

import contextlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetups import exports
from networking import map_csv, map_edits, map_files, map_graphml, map_imports, map_parts
from networking.map_files import NotAMap
from networking.map_parts import KINDS, LAYERS, MapData, Node, in_order, linking, made_of

LIKE = Node(0, "", kind="group", layers=("online",), tie=0)
FULL = Node(1, "WI", "group", ("offline", "online"), 3, 40, ("cake", "bins"), ("Facebook",), "Melford", "Nice", 90)
SMALL = made_of([FULL, Node(2, "@ann", layers=("aspirational",), tie=0)], [linking(1, 2, 3, "Chair")])


def as_csv(data: MapData) -> bytes:
    return exports.csv_file(map_csv.HEADER, map_csv.rows(data))


def told(data: MapData) -> tuple:
    """A map without ids."""
    names = {node.id: node.name for node in data.nodes.values()}
    nodes = sorted((replace(node, id=0) for node in data.nodes.values()), key=lambda node: node.key)
    links = {frozenset((names[a], names[b])): (link.strength, link.note) for (a, b), link in data.links.items()}
    return nodes, links


def taken_in(incoming: map_files.Incoming, data: MapData | None = None, *, instead: bool = False) -> MapData:
    assert incoming.errors == []
    return map_files.merged(data or MapData(), incoming, like=LIKE, instead=instead)


words = st.text(st.characters(min_codepoint=32, exclude_categories=("C", "Z")), min_size=1, max_size=12)
names = st.lists(words, min_size=1, max_size=6, unique_by=map_parts.key_of)


@st.composite
def maps(draw) -> MapData:
    nodes = [
        Node(
            n,
            name,
            draw(st.sampled_from(KINDS)),
            in_order(draw(st.sets(st.sampled_from(LAYERS), min_size=1))),
            draw(st.integers(0, 3)),
            draw(st.none() | st.integers(0, 2_000_000_000)),
            map_parts.words_of(draw(st.lists(words.filter(lambda word: not set(word) & set(",;")), max_size=3))),
            ward=draw(words),
            note=draw(words),
            angle=draw(st.none() | st.integers(0, 359)),
        )
        for n, name in enumerate(draw(names), start=1)
    ]
    pairs = [(a.id, b.id) for a in nodes for b in nodes if a.id < b.id]
    links = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return made_of(nodes, [linking(a, b, draw(st.integers(1, 3)), draw(words)) for a, b in links])


@settings(max_examples=120, deadline=None)
@given(data=maps())
def test_what_is_taken_out_as_csv_comes_back_the_same(data):
    assert told(taken_in(map_csv.read(as_csv(data)))) == told(data)


@settings(max_examples=120, deadline=None)
@given(data=maps())
def test_what_is_taken_out_as_graphml_comes_back_the_same(data):
    assert told(taken_in(map_graphml.read(map_graphml.written(data)))) == told(data)


@settings(max_examples=60, deadline=None)
@given(data=maps())
def test_taking_in_the_own_file_changes_nothing(data):
    for incoming in (map_csv.read(as_csv(data)), map_graphml.read(map_graphml.written(data))):
        assert told(taken_in(incoming, data)) == told(taken_in(incoming, data, instead=True)) == told(data)


def test_a_spreadsheet_never_takes_a_name_for_a_formula():
    assert b"\n'=1+1," in as_csv(made_of([Node(1, "=1+1")])).replace(b"name,'=", b"\n'=").replace(b"\r", b"")


# --- Coming together ----------------------------------------------------------------------------------------------


def test_names_on_the_map_stay_and_what_the_file_says_of_them_counts():
    incoming = map_csv.read(b"name,tie,topics\nwi,1,jam\nNew one,,\n")

    after = taken_in(incoming, SMALL)

    assert told(after)[0] == [
        Node(0, "@ann", layers=("aspirational",), tie=0),
        replace(LIKE, name="New one"),
        replace(FULL, id=0, name="wi", tie=1, topics=("jam",)),
    ]
    assert after.links == SMALL.links


def test_a_file_in_the_place_of_the_map_takes_out_what_it_does_not_have():
    after = taken_in(map_csv.read(b"name\nWI\n"), SMALL, instead=True)

    assert (told(after), after.nodes[1].id) == (([replace(FULL, id=0)], {}), 1)


def test_together_they_must_fit():
    many = made_of([Node(n, f"Name {n}") for n in range(1, 1000)])

    with pytest.raises(map_edits.NotPossible, match="room for 1,000 names"):
        taken_in(map_csv.read(b"name\nA\nB\n"), many)


# --- CSV from elsewhere -------------------------------------------------------------------------------------------


def test_gephis_table_of_edges_is_a_map():
    incoming = map_csv.read(b"Source,Target,Type,Id,Label,Weight\nAnn,Ben,Undirected,0,,1.0\nBen,Cat,Directed,1,,7.5\n")

    after = taken_in(incoming)

    assert [node.name for node in after.by_name()] == ["Ann", "Ben", "Cat"]
    assert [link.strength for link in after.links.values()] == [1, 3]


def test_gephis_table_of_nodes_is_a_map():
    after = taken_in(map_csv.read(b"Id;Label;timeset\n1;Ann;\n2;;\n"))

    assert [node.name for node in after.by_name()] == ["2", "Ann"]


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("name\nZoë\n".encode("utf-8-sig"), "Zoë"),
        ("name\nZoë\n".encode("utf-16"), "Zoë"),
        ("name\nZoë\n".encode("cp1252"), "Zoë"),
        (b"Name\tKind\r\nZoe\tperson\r\n", "Zoe"),
        (b'name,note\r"Zoe","two\nlines"\r', "Zoe"),
    ],
)
def test_tables_of_many_programs_are_read(file, name):
    assert [node.name for node in taken_in(map_csv.read(file)).by_name()] == [name]


@pytest.mark.parametrize(
    ("file", "error"),
    [
        (
            "name,kind\nAnn,alien\n",
            "Line 2: “alien” is no kind. Use person, group, organisation, place, media or hashtag",
        ),
        ("name,layers\nAnn,offlin\n", "Line 2: “offlin” is no layer. Use offline, online or aspirational, or several"),
        ("name,tie\nAnn,7\n", "Line 2: how well you know them must be between 0 and 3"),
        ("name,audience\nAnn,lots\n", "Line 2: the audience must be a number, not “lots”"),
        ("name,audience\nAnn,1e400\n", "Line 2: the audience must be a number, not “1e400”"),
        ("name,audience\nAnn,nan\n", "Line 2: the audience must be a number, not “nan”"),
        ("name\nAnn\nann\n", "Line 3: “ann” is in this file twice"),
        ("name,kind\n,person\n", "Line 2: there is no name"),
        (f"name\n{'x' * 121}\n", "Line 2: the name must be 120 characters or fewer"),
        ("name,from,to\n,Ann,ann\n", "Line 2: a link needs two different names"),
        ("name,from,to\n,Ann,\n", "Line 2: there is no name"),
        ("name,topics\nAnn," + "x" * 61, "Line 2: 20 topics or platforms at most, each of 60 characters or fewer"),
    ],
)
def test_what_is_wrong_in_a_table_is_said_with_its_line(file, error):
    assert map_csv.read(file.encode()).errors == [error]


def test_a_table_full_of_errors_says_the_first_twenty():
    errors = map_csv.read(b"name,kind\n" + b"\n".join(b"N%d,x" % n for n in range(99))).errors

    assert (len(errors), errors[-1]) == (21, "There is more that is wrong; mend this first")


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (b"", "The first line must name the columns"),
        (b"Ann,Ben\nCat,Dan\n", "The first line must name the columns"),
        (b"\x00\x01\x02", "This is no text"),
        (b"name\n" + b"\n".join(b"N%d" % n for n in range(1002)), "A map has room for 1,000 names"),
        (b'name\n"' + b"x" * 200_000, "cannot be read"),
        (b"PK\x03\x04 not a table", "The first line must name the columns"),
    ],
)
def test_what_is_no_table_of_a_map_is_refused(file, why):
    with pytest.raises(NotAMap, match=why):
        map_csv.read(file)


@settings(max_examples=150, deadline=None)
@given(file=st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_any_file_is_read_or_refused(file):
    for name in ("x.csv", "x.graphml"):
        with contextlib.suppress(NotAMap):
            map_imports.read(name, file)


# --- GraphML from elsewhere ---------------------------------------------------------------------------------------

GEPHI = b"""<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key attr.name="label" attr.type="string" for="node" id="label"/>
<key attr.name="Edge Label" attr.type="string" for="edge" id="edgelabel"/>
<key attr.name="weight" attr.type="double" for="edge" id="weight"/>
<key attr.name="size" attr.type="float" for="node" id="size"/>
<key attr.name="kind" attr.type="string" for="node" id="kind"/>
<graph edgedefault="directed">
<node id="1"><data key="label">Ann</data><data key="size">10.0</data><data key="kind">0x11</data></node>
<node id="2"><data key="label">Ann</data></node>
<node id="3"/>
<edge id="0" source="1" target="2"><data key="weight">2.0</data></edge>
<edge id="1" source="2" target="1"/>
<edge id="2" source="3" target="3"/>
</graph></graphml>"""

YED = b"""<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
  <key for="node" id="d6" yfiles.type="nodegraphics"/><key for="edge" id="d9" yfiles.type="edgegraphics"/>
  <key attr.name="description" attr.type="string" for="node" id="d5"/>
  <graph edgedefault="directed" id="G">
    <node id="n0" yfiles.foldertype="group"><data key="d6"><y:ProxyAutoBoundsNode><y:Realizers active="0"><y:GroupNode>
      <y:NodeLabel alignment="center">Village <y:LabelModel/></y:NodeLabel></y:GroupNode></y:Realizers>
      </y:ProxyAutoBoundsNode></data>
      <graph edgedefault="directed" id="n0:">
        <node id="n0::n0"><data key="d6"><y:ShapeNode><y:NodeLabel>Parish &amp; Pump</y:NodeLabel></y:ShapeNode></data>
        </node>
      </graph>
    </node>
    <node id="n1"><data key="d5"/><data key="d6"><y:ShapeNode><y:NodeLabel>Zo&#235;</y:NodeLabel></y:ShapeNode></data>
    </node>
    <edge id="e0" source="n1" target="n0::n0"><data key="d9"><y:PolyLineEdge><y:EdgeLabel>edits</y:EdgeLabel>
      </y:PolyLineEdge></data></edge>
  </graph>
</graphml>"""


def test_a_file_of_gephi_is_a_map():
    incoming = map_graphml.read(GEPHI)

    after = taken_in(incoming)

    assert [(node.name, node.kind) for node in after.by_name()] == [
        ("3", "group"),
        ("Ann", "group"),
        ("Ann (2)", "group"),
    ]
    assert len(after.links) == 1
    assert incoming.notes == [
        "There are several called “Ann”: one becomes “Ann (2)”.",
        "“3” was linked with itself: left out.",
    ]


def test_a_file_of_yed_is_a_map_with_its_labels_and_groups():
    after = taken_in(map_graphml.read(YED))

    assert [node.name for node in after.by_name()] == ["Parish & Pump", "Village", "Zoë"]
    assert [link.note for link in after.links.values()] == ["edits"]


BOMB = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>
<graphml><graph><node id="&lol2;"/></graph></graphml>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE graphml SYSTEM "file:///etc/passwd"><graphml/>"""


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (BOMB, "declares a document type"),
        (OUTSIDE, "declares a document type"),
        (b"<graphml><graph>", "Line 1 is not well-formed XML"),
        (b"<gexf/>", "This is XML, but not GraphML"),
        (b"<graphml><graph/></graphml>", "There are no nodes"),
        (b"<graphml>" + b"<graph><node id='1'>" * 40, "nested too deeply"),
        (b'<?xml version="1.0" encoding="nonsense"?><graphml/>', "encoding|not well-formed"),
        (
            b"<graphml><graph>" + b"".join(b"<node id='%d'/>" % n for n in range(1003)) + b"</graph></graphml>",
            "room for",
        ),
    ],
)
def test_what_is_no_graphml_or_hides_something_is_refused(file, why):
    with pytest.raises(NotAMap, match=why):
        map_graphml.read(file)


def test_an_edge_to_nobody_and_a_wrong_value_are_said_with_their_lines():
    ours = map_graphml.written(SMALL).replace(b">group<", b">alien<").replace(b'target="n2"', b'target="n9"')

    assert [error.partition(": ")[2] for error in map_graphml.read(ours).errors] == [
        "“alien” is no kind. Use person, group, organisation, place, media or hashtag",
        "there is no node “n1”",
    ]
