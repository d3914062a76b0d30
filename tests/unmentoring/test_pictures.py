"""The network picture: solid, dashed and dotted, the same in words, and everybody stays where they are."""

import xml.etree.ElementTree as ElementTree
from itertools import combinations
from math import dist

import pytest

from unmentoring import pictures
from unmentoring.pictures import Dot, Line

DOTS = [Dot(1, "Asha"), Dot(2, "Bo"), Dot(3, "Cy"), Dot(4, "Di")]
LINES = [Line(1, 2, "met", "March 2027"), Line(3, 4, "not_met", "March 2027"), Line(1, 3, "unknown", "April 2027")]
SVG = "{http://www.w3.org/2000/svg}"


def drawn(**options: object) -> ElementTree.Element:
    return ElementTree.fromstring(pictures.draw(DOTS, LINES, title="Who met", **options))


def test_each_outcome_has_its_own_stroke_so_that_colour_never_says_it_alone():
    strokes = {
        line.get("class", "").rpartition("--")[2]: (line.get("stroke"), line.get("stroke-dasharray"))
        for line in drawn().iter(f"{SVG}line")
    }

    assert strokes == {"met": ("#1d5141", None), "not_met": ("#d4351c", "12 6"), "unknown": ("#6f777b", "2 6")}


def test_the_picture_is_an_image_with_a_title_and_a_description():
    svg = drawn()

    assert (svg.get("role"), svg.get("aria-labelledby")) == ("img", "network-title network-desc")
    assert svg.findtext(f"{SVG}title") == "Who met"
    assert svg.findtext(f"{SVG}desc") == (
        "4 people. 1 line: met, 1 line: did not meet, 1 line: not known whether they met."
        " The table below says the same."
    )


def test_names_are_there_only_when_asked_for():
    assert "Asha" not in ElementTree.tostring(drawn(), encoding="unicode")
    assert [text.text for text in drawn(show_names=True).iter(f"{SVG}text")] == ["Asha", "Bo", "Cy", "Di"]


def test_the_table_says_what_the_picture_says():
    assert pictures.rows(DOTS, LINES) == [
        pictures.Row("Asha", "Bo", "March 2027", "met"),
        pictures.Row("Cy", "Di", "March 2027", "did not meet"),
        pictures.Row("Asha", "Cy", "April 2027", "not known whether they met"),
    ]


def test_names_cannot_become_markup_and_nothing_in_it_needs_an_inline_style():
    svg = pictures.draw([Dot(1, "<script>x</script>")], [], title='"><script>', show_names=True)

    assert "<script" not in svg
    assert "style" not in svg


@pytest.mark.parametrize("people", [1, 2, 30, 400])
def test_the_same_people_and_lines_are_placed_the_same_every_time_and_inside_the_picture(people):
    lines = [Line(n, n + 1, "met") for n in range(1, people)]

    places = pictures.layout(range(1, people + 1), lines)

    assert places == pictures.layout(reversed(range(1, people + 1)), list(reversed(lines)))
    assert all(0 <= x <= pictures.SIZE and 0 <= y <= pictures.SIZE for x, y in places.values())


def test_thirty_people_do_not_lie_on_each_other():
    lines = [Line(a, b, "met") for a, b in combinations(range(30), 2) if (a + b) % 7 == 0]

    places = list(pictures.layout(range(30), lines).values())

    assert min(dist(a, b) for a, b in combinations(places, 2)) > 18  # two radii


def test_names_stand_where_they_cover_no_other_name_or_dot():
    dots = [pictures.Dot(n, f"Person {n} Longname") for n in range(4)]
    where = {0: (400, 400), 1: (440, 400), 2: (770, 100), 3: (770, 130)}

    labels = pictures.label_places(dots, where)

    boxes = [label.box for label in labels.values()]
    assert not any(pictures._overlap(one, other) for n, one in enumerate(boxes) for other in boxes[:n])
    assert all(label.is_inside for label in labels.values())
    assert [labels[n].anchor for n in range(4)] == ["end", "start", "end", "end"]


def test_nobody_is_an_empty_picture():
    svg = ElementTree.fromstring(pictures.draw([], [], title="Nobody yet"))

    assert list(svg.iter(f"{SVG}circle")) == []
