"""The pages that take a map out and a file in: nothing changes before somebody says yes."""

import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from networking import map_rows, maps
from networking.models import MapImport, MapVersion
from tests import make
from tests.networking import build

pytestmark = pytest.mark.django_db

LINES = ("Ann, person, offline", "WI, group, offline, online", "Ann > WI")


def url(name, made, *further):
    return reverse(f"networking:{name}", args=[made.member.cohort.slug, made.pk, *further])


def names(made):
    return [node.name for node in map_rows.data_of(made).by_name()]


def take_in(made, content, *, name="map.csv", **said):
    data = {"file": SimpleUploadedFile(name, content), "kind": "person", "layers": ["offline"], "tie": "1", **said}
    return make.client(made.member.person).post(url("map_import", made), data)


@pytest.mark.parametrize(
    ("kind", "starts", "content_type"),
    [
        ("svg", b"<svg ", "image/svg+xml; charset=utf-8"),
        ("png", b"\x89PNG", "image/png"),
        ("csv", b"\xef\xbb\xbfwhat,name", "text/csv; charset=utf-8"),
        ("graphml", b"<?xml", "application/graphml+xml; charset=utf-8"),
    ],
)
def test_a_map_is_taken_out_as_a_file(kind, starts, content_type):
    made = build.network_map(None, *LINES, name="My ward, 2027")

    answer = make.client(made.member.person).get(url("map_export", made, kind))

    assert answer.content.startswith(starts)
    assert answer["Content-Type"] == content_type
    assert answer["Content-Disposition"] == f'attachment; filename="my-ward-2027.{kind}"'
    assert answer["Cache-Control"] == "private, no-store"


def test_there_is_no_file_of_another_kind():
    made = build.network_map()

    assert make.client(made.member.person).get(url("map_export", made, "docx")).status_code == 404


def test_a_file_changes_nothing_until_it_is_confirmed_and_then_keeps_what_was_there():
    made = build.network_map(None, *LINES)
    browser = make.client(made.member.person)

    answer = take_in(made, b"name,from,to\nDan,,\n,Dan,Ann\n")
    assert answer.url == url("map_confirm_import", made)
    page = html.unescape(browser.get(answer.url).content.decode())
    assert "New on the map: “Dan”." in page
    assert "Not on the map any more: “WI”." in page
    assert names(made) == ["Ann", "WI"]

    browser.post(answer.url, {"way": "add"})
    assert names(made) == ["Ann", "Dan", "WI"]
    assert len(map_rows.data_of(made).links) == 2
    assert list(MapVersion.objects.values_list("name", flat=True)) == ["Before the file map.csv"]
    assert not MapImport.objects.exists()


def test_a_file_in_the_place_of_the_map_can_be_taken_back():
    made = build.network_map(None, *LINES)
    before = map_rows.data_of(made)
    take_in(made, b"name\nDan\n")

    make.client(made.member.person).post(url("map_confirm_import", made), {"way": "instead"})
    assert names(made) == ["Dan"]
    maps.take_back(made, maps.last_step(made).pk, now=build.NOW)

    assert map_rows.data_of(made) == before


@pytest.mark.parametrize("way", ["nothing", "", "x"])
def test_a_no_leaves_the_map_as_it_is(way):
    made = build.network_map(None, *LINES)
    take_in(made, b"name\nDan\n")

    make.client(made.member.person).post(url("map_confirm_import", made), {"way": way})

    assert (names(made), MapImport.objects.count()) == (["Ann", "WI"], 0)


def test_what_the_map_says_comes_back_by_its_own_file():
    made, other = build.network_map(None, *LINES), build.network_map()
    file = make.client(made.member.person).get(url("map_export", made, "graphml")).content
    take_in(other, file, name="map.graphml")

    make.client(other.member.person).post(url("map_confirm_import", other), {"way": "add"})

    assert names(other) == ["Ann", "WI"]
    assert "WI, group, offline and online, I know them slightly, 1 link" in html.unescape(
        make.client(other.member.person).get(other.get_absolute_url()).content.decode()
    )


@pytest.mark.parametrize(
    ("content", "name", "error"),
    [
        (b"", "map.csv", "The file is empty"),
        (b"Ann\n", "map.csv", "The first line must name the columns"),
        (b"name,kind\nAnn,alien\nBen,ufo\n", "map.csv", "Line 3: “ufo” is no kind."),
        (b"name\n", "map.csv", "There are no names in this file"),
        (b"<!DOCTYPE x><graphml/>", "map.graphml", "Line 1 declares a document type."),
        (b"<graphml>", "map.csv", "Line 1 is not well-formed XML."),
        (b"name\n" + b"x" * 900_000, "map.csv", "The file must be smaller than 900 KB"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_with_a_reason(content, name, error):
    made = build.network_map(None, *LINES)

    page = take_in(made, content, name=name).content.decode()

    assert error in html.unescape(page)
    assert "<title>Error: " in page
    assert (names(made), MapImport.objects.count()) == (["Ann", "WI"], 0)


def test_a_file_that_would_be_too_much_is_refused_when_it_is_looked_at():
    made = build.network_map(None, *LINES)
    take_in(made, b"name\n" + b"\n".join(b"N%d" % n for n in range(999)))
    browser = make.client(made.member.person)

    assert "A map has room for 1,000 names." in browser.get(url("map_confirm_import", made)).content.decode()
    browser.post(url("map_confirm_import", made), {"way": "add"})

    assert names(made) == ["Ann", "WI"]


def test_without_a_file_there_is_nothing_to_confirm():
    made = build.network_map()

    answer = make.client(made.member.person).get(url("map_confirm_import", made))

    assert answer.url == url("map_import", made)
