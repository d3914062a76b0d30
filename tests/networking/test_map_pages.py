"""The pages of network maps: everything the picture shows can be done with plain forms."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from networking import map_edits, map_parts, map_rows, maps
from networking.map_parts import Node, linking
from networking.models import NetworkMap
from tests import make
from tests.networking import build

pytestmark = pytest.mark.django_db

LINES = ("Ann, person, offline", "WI, group, offline, online", "Editor, person, aspirational", "Ann > WI")


def url(name, made, *further):
    return reverse(f"networking:{name}", args=[made.member.cohort.slug, made.pk, *further])


def names(made):
    return [node.name for node in map_rows.data_of(made).by_name()]


def page_of(made):
    return make.client(made.member.person).get(made.get_absolute_url()).content.decode()


def typed(**said):
    return {"kind": "person", "layers": ["offline"], "tie": "1", **said}


# --- The map ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["local", "issue", "campaign"])
def test_a_map_begins_with_a_name_and_asks_the_questions_of_its_kind(way):
    one = build.councillor()
    browser = make.client(one.person)
    begin = reverse("networking:new_map", args=[one.cohort.slug, way])
    assert browser.get(begin).status_code == 200

    browser.post(begin, {"name": "Mine", "about": "Buses", "topics": "bins, housing", "mentor_may_read": "on"})

    made = NetworkMap.objects.get()
    assert (made.way, made.name, made.topics, made.mentor_may_read) == (way, "Mine", ["bins", "housing"], True)
    assert "Questions that help" in page_of(made)


def test_a_map_begins_with_the_topics_of_the_planning_sheet_and_the_councillors_area():
    one = build.councillor(area="Long Melford")
    build.sheet(one, "topics", topics="Buses\nBins")

    page = make.client(one.person).get(reverse("networking:new_map", args=[one.cohort.slug, "local"])).content.decode()

    assert 'value="Buses, Bins"' in page
    assert 'value="Long Melford"' in page


def test_two_maps_of_one_councillor_have_two_names():
    made = build.network_map(name="Mine")

    page = make.client(made.member.person).post(
        reverse("networking:new_map", args=[made.member.cohort.slug, "issue"]), {"name": "Mine"}
    )

    assert "You have a map called “Mine” already." in page.content.decode()
    assert NetworkMap.objects.count() == 1


def test_every_page_opens_empty_and_full():
    made, full = build.network_map(), build.network_map(None, *LINES)
    for one in (made, full):
        browser = make.client(one.member.person)
        pages = [url(name, one) for name in PAGES] + [reverse("networking:maps", args=[one.member.cohort.slug])]
        pages += [f"{one.get_absolute_url()}?picture=regions", f"{one.get_absolute_url()}?q=wi&layer=online&kind=group"]
        if one.nodes.exists():
            pages += [url(name, one, one.nodes.first().pk) for name in ("map_node", "map_remove_node")]

        assert {page: browser.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


PAGES = [
    "map",
    "map_settings",
    "delete_map",
    "map_versions",
    "map_new_node",
    "map_compare",
    "map_tells",
    "map_reach",
]


READ_ONLY = ["map", "map_tells", "map_reach", "map_compare"]


def test_pages_need_the_same_number_of_queries_for_few_and_many():
    few, many = build.network_map(None, *LINES), build.network_map()
    nodes = [Node(-n, f"Name {n}") for n in range(1, 61)]
    maps.change(many, lambda data: map_edits.add(data, nodes, [linking(-1, -2), linking(-2, -3)]), "x", now=build.NOW)
    counts = []
    for made in (few, many):
        browser = make.client(made.member.person)
        browser.get(made.get_absolute_url())
        with CaptureQueriesContext(
            connection,
        ) as queries:
            browser.get(made.get_absolute_url())
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_picture_and_the_table_say_the_same():
    page = page_of(build.network_map(None, *LINES))

    assert re.findall(r'aria-label="(Ann,[^"]*)"', page) == ["Ann, person, offline, I know them slightly, 1 link"]
    assert len(re.findall(r'class="app-map__node"', page)) == 3
    assert re.search(r">Ann</a>.*?<td[^>]*>person</td><td[^>]*>offline</td><td[^>]*>slightly</td>", page)


def test_no_name_can_bring_markup_into_the_picture():
    made = build.network_map()
    evil = '<script>alert("1")</script>'
    maps.change(made, lambda data: map_edits.add(data, [Node(-1, evil, topics=(evil,))]), "x", now=build.NOW)

    page = page_of(made)

    assert "<script>alert" not in page
    assert "style=" not in page


def test_lines_are_added_together():
    made = build.network_map()

    answer = make.client(made.member.person).post(
        made.get_absolute_url(), typed(lines="Ann\nWI, group, online\nAnn > WI"), follow=True
    )

    assert names(made) == ["Ann", "WI"]
    assert "2 names and 1 link added to the map." in answer.content.decode()


def test_one_wrong_line_saves_nothing_and_keeps_what_was_typed():
    made = build.network_map(None, "WI")

    page = make.client(made.member.person).post(made.get_absolute_url(), typed(lines="Ann\nWI")).content.decode()

    assert names(made) == ["WI"]
    assert "Line 2: “WI” is on this map already" in page
    assert "<title>Error: " in page
    assert re.search(r"<textarea[^>]*>\s*Ann\s+WI</textarea>", page)


def test_a_question_says_what_the_answers_to_it_are():
    made = build.network_map()

    page = make.client(made.member.person).get(made.get_absolute_url(), {"prompt": "quiet"}).content.decode()

    assert "Who never comes to a meeting, and who speaks for them?" in page
    assert re.search(r'value="aspirational"[^>]*checked', page)
    assert re.search(r'<option value="group" selected>', page)


def test_the_table_is_searched_and_filtered():
    made = build.network_map(None, *LINES)

    page = make.client(made.member.person).get(made.get_absolute_url(), {"layer": "online"}).content.decode()

    assert re.findall(r'<tr class="govuk-table__row" id="node-\d+">.*?>([^<]+)</a>', page) == ["WI"]


def test_settings_are_changed():
    made = build.network_map()

    make.client(made.member.person).post(
        url("map_settings", made), {"name": "Ward", "topics": "bins", "wards": "Melford", "mentor_may_read": "on"}
    )

    made.refresh_from_db()
    assert (made.name, made.topics, made.wards, made.mentor_may_read) == ("Ward", ["bins"], ["Melford"], True)


def test_a_map_is_deleted_after_a_question():
    made = build.network_map(None, *LINES)
    browser = make.client(made.member.person)

    assert (
        "3 names with links, notes and all versions are lost" in browser.get(url("delete_map", made)).content.decode()
    )
    assert NetworkMap.objects.exists()
    browser.post(url("delete_map", made))
    assert not NetworkMap.objects.exists()


# --- Nodes --------------------------------------------------------------------------------------------------------


def test_a_node_is_added_with_all_about_it():
    made = build.network_map()

    make.client(made.member.person).post(
        url("map_new_node", made),
        typed(
            name="WI", kind="group", layers=["online", "offline"], tie="3", audience="1,200", topics="cake, bins",
            platforms="Facebook", ward="Melford", note="Thursdays", angle="90",
        ),
    )  # fmt: skip

    [node] = map_rows.data_of(made).nodes.values()
    layers, more = ("offline", "online"), (3, 1200, ("cake", "bins"), ("Facebook",), "Melford", "Thursdays", 90)
    assert node == Node(node.id, "WI", "group", layers, *more)


def test_a_node_is_changed_and_the_change_taken_back_by_its_button():
    made = build.network_map(None, "Ann")
    node = build.node_on(made, "Ann")
    browser = make.client(made.member.person)
    said = typed(name="Anne", tie="3", seen=map_parts.digest(node))

    browser.post(url("map_node", made, node.id), said)
    assert names(made) == ["Anne"]
    browser.post(url("map_take_back", made), {"step": maps.last_step(made).pk})
    assert names(made) == ["Ann"]


def test_two_windows_that_change_one_node_notice_each_other():
    made = build.network_map(None, "Ann")
    node = build.node_on(made, "Ann")
    browser = make.client(made.member.person)
    seen = map_parts.digest(node)
    browser.post(url("map_node", made, node.id), typed(name="Anne", seen=seen))

    page = browser.post(url("map_node", made, node.id), typed(name="Annie", seen=seen)).content.decode()

    assert names(made) == ["Anne"]
    assert "This was changed in another window: it is now “Anne”" in page
    assert 'value="Annie"' in page
    again = re.search(r'name="seen" value="(\w+)"', page)
    browser.post(url("map_node", made, node.id), typed(name="Annie", seen=again[1]))
    assert names(made) == ["Annie"]


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"name": ""}, "Enter a name"),
        ({"name": "WI"}, "“WI” is on this map already"),
        ({"layers": []}, "Select at least one layer"),
        ({"audience": "many"}, "Enter the number of people in digits, such as 1200"),
        ({"audience": "-1"}, "Enter 0 or more"),
        ({"audience": "9" * 12}, "Enter a number of people there can be"),
        ({"topics": "x" * 61}, "Each must be 60 characters or fewer"),
        ({"topics": ",".join(str(n) for n in range(21))}, "Enter 20 or fewer"),
        ({"tie": "9"}, "Select"),
        ({"angle": "400"}, "Select"),
    ],
)
def test_what_is_wrong_with_a_node_is_said_next_to_the_field(said, error):
    made = build.network_map(None, "Ann", "WI")
    node = build.node_on(made, "Ann")
    before = map_rows.data_of(made)

    page = make.client(made.member.person).post(
        url("map_node", made, node.id), typed(**{"name": "Ann", "seen": map_parts.digest(node), **said})
    )

    assert page.status_code == 200
    assert error in page.content.decode()
    assert map_rows.data_of(made) == before


def test_a_node_is_linked_and_the_link_taken_out_by_buttons():
    made = build.network_map(None, "Ann", "WI")
    ann, wi = build.node_on(made, "Ann"), build.node_on(made, "WI")
    browser = make.client(made.member.person)

    browser.post(url("map_link_node", made, ann.id), {"other": wi.id, "strength": "3", "link_note": "Chair"})
    assert list(map_rows.data_of(made).links.values()) == [linking(ann.id, wi.id, 3, "Chair")]
    assert "Chair" in browser.get(url("map_node", made, wi.id)).content.decode()

    browser.post(url("map_unlink_node", made, wi.id), {"other": ann.id})
    assert not map_rows.data_of(made).links


@pytest.mark.parametrize("other", ["", "x", "0", "99999999999999999999999"])
def test_a_link_with_nobody_is_refused(other):
    made = build.network_map(None, "Ann", "WI")
    ann = build.node_on(made, "Ann")
    browser = make.client(made.member.person)

    page = browser.post(url("map_link_node", made, ann.id), {"other": other, "strength": "2"})

    assert page.status_code == 200
    assert "<title>Error: " in page.content.decode()
    assert browser.post(url("map_unlink_node", made, ann.id), {"other": other}).status_code == 302


def test_a_node_is_taken_out_after_a_question_and_comes_back_with_its_links():
    made = build.network_map(None, *LINES)
    before = map_rows.data_of(made)
    wi, browser = build.node_on(made, "WI"), make.client(made.member.person)

    assert "The links with Ann go, too." in browser.get(url("map_remove_node", made, wi.id)).content.decode()
    browser.post(url("map_remove_node", made, wi.id))
    assert names(made) == ["Ann", "Editor"]
    browser.post(url("map_take_back", made), {"step": maps.last_step(made).pk})
    assert map_rows.data_of(made) == before


def test_a_name_that_another_window_took_out_meanwhile_is_said_and_nothing_breaks(monkeypatch):
    made = build.network_map(None, *LINES)
    ann, wi, browser = build.node_on(made, "Ann"), build.node_on(made, "WI"), make.client(made.member.person)
    stale = map_rows.data_of(made)
    maps.change(made, lambda data: map_edits.remove(data, ann.id), "x", now=build.NOW)
    now = map_rows.data_of(made)
    reads = iter([stale, now] * 3)
    monkeypatch.setattr(map_rows, "data_of", lambda found: next(reads))

    linked = browser.post(url("map_link_node", made, wi.id), {"other": ann.id, "strength": "2"})
    moved = browser.post(url("map_move_node", made, ann.id), {"angle": "5"})
    typed_in = browser.post(made.get_absolute_url(), typed(lines="Dan\nDan > Ann"))

    words = "One of these names is not on the map any more. Open the page again"
    assert words in linked.content.decode()
    assert (moved.status_code, moved.json()) == (422, {"words": f"{words}."})
    assert words in typed_in.content.decode()


@pytest.mark.parametrize("step", ["", "x", "0", "9" * 30, "9" * 5000])
def test_a_step_that_is_not_the_last_is_not_taken_back(step):
    made = build.network_map(None, "Ann")

    answer = make.client(made.member.person).post(url("map_take_back", made), {"step": step}, follow=True)

    assert "Nothing was taken back" in answer.content.decode()
    assert names(made) == ["Ann"]


def test_the_script_moves_a_node_and_gets_the_new_picture():
    made = build.network_map(None, "Ann")
    ann = build.node_on(made, "Ann")

    answer = make.client(made.member.person).post(
        url("map_move_node", made, ann.id), {"angle": "365", "layer": "online"}
    )

    moved = build.node_on(made, "Ann")
    assert (moved.angle, moved.layers, answer.json()["words"]) == (5, ("online",), "Ann is online now.")
    assert answer.json()["picture"].startswith("<svg")


@pytest.mark.parametrize(
    "said", [{}, {"angle": "x"}, {"angle": "--5"}, {"angle": "9" * 30}, {"angle": "5", "layer": "nowhere"}]
)
def test_a_move_to_nowhere_is_refused(said):
    made = build.network_map(None, "Ann")

    answer = make.client(made.member.person).post(url("map_move_node", made, build.node_on(made, "Ann").id), said)

    assert (answer.status_code, build.node_on(made, "Ann").angle) == (422, None)


# --- What it tells, versions ---------------------------------------------------------------------------------------


def test_a_map_tells_what_it_shows_and_what_changed_since_the_last_version():
    made = build.network_map(None, *LINES, topics=("bins",))
    maps.keep_version(made, "Before", now=build.NOW)
    maps.change(made, lambda data: map_edits.add(data, [Node(-1, "Dan")]), "x", now=build.NOW)

    page = html.unescape(make.client(made.member.person).get(url("map_tells", made)).content.decode())

    assert "Nobody on your map has to do with bins." in page
    assert "Nobody on your map knows “Editor”. Who could?" in page
    assert "Since Before (kept on Wednesday 10 February 2027):" in page
    assert "New on the map: “Dan”." in page


def test_two_versions_are_compared_and_one_is_deleted_after_a_question():
    made = build.network_map(None, "Ann")
    version = maps.keep_version(made, "Before", now=build.NOW)
    maps.change(made, lambda data: map_edits.add(data, [Node(-1, "Dan")]), "x", now=build.NOW)
    browser = make.client(made.member.person)

    compared = browser.get(url("map_compare", made), {"before": version.pk, "after": "now"}).content.decode()
    assert "New on the map: “Dan”." in html.unescape(compared)
    assert browser.get(url("map_compare", made), {"before": "x"}).status_code == 200
    assert browser.get(url("delete_map_version", made, version.pk)).status_code == 200
    browser.post(url("delete_map_version", made, version.pk))
    assert not made.versions.exists()


def test_the_reach_explorer_answers_with_its_assumptions():
    made = build.network_map()
    ann = Node(-1, "Ann", layers=("online",), audience=900, platforms=("Facebook",))
    maps.change(made, lambda data: map_edits.add(data, [ann]), "x", now=build.NOW)

    page = make.client(made.member.person).get(
        url("map_reach", made), {"platform": "Facebook", "followers": "200", "seeing": "50", "likes": "5"}
    )

    text = html.unescape(page.content.decode())
    assert "In one step about 100 people could see it. New among them: “Ann”." in text
    assert "If “Ann” passes it on, about 420 people more could see it." in text
    assert "Of every 100 people in an audience 50 see a post." in text
    assert "5 likes among about 100 people" in text


@pytest.mark.parametrize(
    "said", [{"start": "x"}, {"start": "77"}, {"platform": "Nowhere"}, {"likes": "-1"}, {"followers": "m"}]
)
def test_what_cannot_be_explored_is_said_next_to_the_field(said):
    made = build.network_map(None, *LINES)

    page = make.client(made.member.person).get(url("map_reach", made), said)

    assert page.status_code == 200
    assert "<title>Error: " in page.content.decode()


def test_who_is_not_on_the_platform_cannot_post_there():
    made = build.network_map()
    nodes = [
        Node(-1, "Ann", layers=("online",), audience=900, platforms=("Facebook", "X")),
        Node(-2, "Ben", layers=("online",), platforms=("YouTube",)),
        Node(-3, "Cat", layers=("online",)),
    ]
    maps.change(made, lambda data: map_edits.add(data, nodes), "x", now=build.NOW)
    browser = make.client(made.member.person)

    def said(name: str, platform: str) -> str:
        page = browser.get(url("map_reach", made), {"start": build.node_on(made, name).id, "platform": platform})
        error = re.search(r'id="id_start_error"[^>]*>.*?</span> (.*?)</p>', page.content.decode(), re.DOTALL)
        return error[1] if error else "explored"

    assert said("Ben", "X") == "Ben is on YouTube. Select somebody who is on X, or another platform"
    assert said("Cat", "X") == "Cat has no platforms on your map. Select somebody who is on X, or another platform"
    assert [said("Ann", "X"), said("Ben", "YouTube"), said("Cat", "")] == ["explored"] * 3


# --- Others -------------------------------------------------------------------------------------------------------


def test_a_mentor_who_may_sees_the_map_and_changes_nothing():
    pair = build.pair()
    made = build.network_map(pair.councillor, *LINES, mentor_may_read=True)
    browser = make.client(pair.mentor.person)

    page = browser.get(made.get_absolute_url()).content.decode()

    assert "Editor" in page
    assert "Add to the map" not in page
    assert f"{made.get_absolute_url()}nodes/" not in page
    assert browser.post(made.get_absolute_url(), typed(lines="Ben")).status_code == 404
    assert browser.get(url("map_settings", made)).status_code == 404


@pytest.mark.parametrize("role", ["councillor", "mentor", "lead", "expert"])
def test_others_of_the_cohort_do_not_find_the_map(role):
    made = build.network_map(None, *LINES, mentor_may_read=True)
    other = build.member(role, made.member.cohort)
    node = made.nodes.first().pk
    browser = make.client(other.person)

    pages = [url(name, made) for name in PAGES if name not in READ_ONLY] + [
        url("map_node", made, node),
        url("map_remove_node", made, node),
    ]
    found = {page: (browser.get(page).status_code, browser.post(page, {}).status_code) for page in pages}

    assert found == dict.fromkeys(pages, (404, 404))
    assert [browser.get(url(name, made)).status_code for name in READ_ONLY] == [404] * len(READ_ONLY)
