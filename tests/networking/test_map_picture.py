"""The picture of a map: where names stand, and that layers can be told apart without colour."""

import io
import random
import re
from xml.etree import ElementTree

import pytest
from PIL import Image

from networking import map_layout, map_picture, map_png, map_svg
from networking.map_parts import KINDS, LAYERS, MapData, Node, in_order, linking, made_of

SVG = "{http://www.w3.org/2000/svg}"


def sample(nodes: int, links: int = 0, *, seed: int = 1) -> MapData:
    rng = random.Random(seed)
    made = [
        Node(
            n, f"Name {n}", rng.choice(KINDS), in_order(rng.sample(LAYERS, rng.choice([1, 1, 2, 3]))), rng.randint(0, 3)
        )
        for n in range(1, nodes + 1)
    ]
    pairs = {tuple(sorted(rng.sample(range(1, nodes + 1), 2))) for _ in range(links)}
    return made_of(made, [linking(*pair) for pair in pairs])


def drawn(data: MapData, how: str = "rings", **further) -> ElementTree.Element:
    return ElementTree.fromstring(map_svg.draw(map_picture.picture(data, title="My map", how=how), **further))


@pytest.mark.parametrize("how", ["rings", "regions"])
@pytest.mark.parametrize("nodes", [1, 7, 40, 300])
def test_no_two_names_stand_in_one_place_and_all_are_inside(how, nodes):
    layout = getattr(map_layout, how)(sample(nodes).nodes.values())

    places = list(layout.places.values())
    assert len(places) == nodes
    for n, (x, y) in enumerate(places):
        assert 40 <= x <= layout.width - 40
        assert 20 <= y <= layout.height - 20
        for a, b in places[n + 1 :]:
            assert abs(x - a) > 30 or abs(y - b) > 30


def test_a_new_name_moves_nobody():
    few, more = sample(20), sample(21)

    before, after = (map_layout.rings(data.nodes.values()).places for data in (few, more))

    assert {pk: after[pk] for pk in before} == before


def test_every_name_is_on_the_ring_of_its_nearest_layer():
    data = made_of(
        [Node(1, "A"), Node(2, "B", layers=("online", "aspirational")), Node(3, "C", layers=("aspirational",))]
    )

    layout = map_layout.rings(data.nodes.values())

    away = {
        pk: round(((x - layout.centre[0]) / map_layout.STRETCH) ** 2 + (y - layout.centre[1]) ** 2)
        for pk, (x, y) in layout.places.items()
    }
    assert away == {n: pytest.approx(ring.tracks[0] ** 2, rel=0.01) for n, ring in enumerate(layout.rings, start=1)}


def test_a_name_that_was_moved_is_where_it_was_put():
    layout = map_layout.rings([Node(1, "A", angle=90), Node(2, "B", angle=270)])

    assert layout.angles == {1: pytest.approx(90, abs=30), 2: pytest.approx(270, abs=30)}


def test_in_regions_every_name_is_in_the_circles_of_its_layers_and_in_no_other():
    data = sample(60)

    layout = map_layout.regions(data.nodes.values())

    for pk, place in layout.places.items():
        x, y = (place[0] - layout.centre[0]) / map_layout.STRETCH, place[1] - layout.centre[1]
        inside = [
            region.layer
            for region in layout.regions
            if (x - region.centre[0]) ** 2 + (y - region.centre[1]) ** 2 < region.radius**2
        ]
        assert in_order(inside) == data.nodes[pk].layers


def test_layers_differ_by_shape_line_style_and_word():
    shapes, styles = map_picture.SHAPES, map_picture.STYLES

    assert len(set(shapes.values())) == len(set(styles.values())) == len(LAYERS)
    words = [text.text for text in drawn(sample(5)).iter(f"{SVG}text")]
    assert [word for word in words if ":" in word][:3] == [
        f"{layer.capitalize()}: {len(sample(5).in_layer(layer))}" for layer in LAYERS
    ]
    assert {"offline", "online", "aspirational"} <= set(words)


def test_the_picture_has_a_title_and_says_in_words_what_it_shows():
    picture = drawn(made_of([Node(1, "A"), Node(2, "B", layers=("offline", "online"))], [linking(1, 2)]))

    assert picture.find(f"{SVG}title").text == "My map"
    assert picture.find(f"{SVG}desc").text == (
        "2 names: 2 offline, 1 online, 0 aspirational; 1 in more than one layer. "
        "1 link between them. The table says the same."
    )
    assert picture.get("role") == "img"


def test_on_a_page_every_name_is_a_link_that_says_who_it_is():
    picture = drawn(made_of([Node(7, "A & <B>")]), address=lambda pk: f"/nodes/{pk}/?a&b")

    [link] = picture.iter(f"{SVG}a")
    assert (link.get("href"), link.get("aria-label")) == (
        "/nodes/7/?a&b",
        "A & <B>, person, offline, I know them slightly, no links",
    )
    assert picture.get("role") == "group"


def test_a_long_name_is_shortened_in_the_picture_and_whole_in_its_title():
    name = "The Friends of Long Melford Country Park and Pond"
    said = [text.text for text in drawn(made_of([Node(1, name)])).iter(f"{SVG}text")]

    assert "The Friends of" in said
    assert next(word for word in said if word.endswith("…")) == "Long Melford…"


def test_the_picture_has_no_inline_styles_and_no_scripts():
    text = map_svg.draw(map_picture.picture(sample(20, 10), title="x"), address=str)

    assert not re.search(r"\bstyle=|<script|\bon\w+=", text)


@pytest.mark.parametrize("how", ["rings", "regions"])
def test_the_picture_is_a_png_of_the_same_shape(how):
    picture = map_picture.picture(sample(5, 4), title="x", how=how)

    image = Image.open(io.BytesIO(map_png.draw(picture)))

    assert image.size == (round(picture.width * 2), round(picture.height * 2))
    assert len(image.getcolors(100_000)) > 10
