"""Maps laid over each other, and maps that a cohort shares."""

import html
import re

import pytest
from django.urls import reverse

from networking import map_edits, map_overlay, maps, shared_maps
from networking.map_parts import Node, linking, made_of
from networking.models import Member, SharedMap
from tests import make
from tests.networking import build

pytestmark = pytest.mark.django_db


def url(name, member, *further):
    return reverse(f"networking:{name}", args=[member.cohort.slug, *further])


def text_of(answer) -> str:
    return html.unescape(answer.content.decode())


def shared(member, name="Ward"):
    return shared_maps.start(member.cohort, name, by=member.person, now=build.NOW)


# --- Laid over each other -----------------------------------------------------------------------------------------


def test_names_that_look_the_same_are_one_with_the_layers_topics_and_links_of_both():
    one = made_of([Node(1, "WI", "group", ("offline",), 1, topics=("jam",)), Node(2, "Ann")], [linking(1, 2)])
    other = made_of([Node(8, "wi", "person", ("online",), 3, topics=("Jam", "bins")), Node(9, "Ben")], [linking(8, 9)])

    laid = map_overlay.lay([("Ward", one), ("Bus", other)])

    assert laid.data.nodes[1] == Node(1, "WI", "group", ("offline", "online"), 3, topics=("jam", "bins"))
    assert [node.name for node in laid.data.by_name()] == ["Ann", "Ben", "WI"]
    assert set(laid.data.links) == {(1, 2), (1, 9)}
    assert map_overlay.tell(laid, ["Ward", "Bus"]) == [
        "On both maps: “WI”.",
        "Only on “Ward” (1 name): “Ann”.",
        "Only on “Bus” (1 name): “Ben”.",
    ]


def test_maps_with_nothing_in_common_say_so():
    maps_ = [(title, made_of([Node(n, title)])) for n, title in enumerate("ABC", start=1)]

    assert map_overlay.tell(map_overlay.lay(maps_), "ABC")[0] == "Nobody is on all 3 maps."


def test_own_and_shared_maps_are_laid_over_each_other_on_a_page():
    one = build.councillor()
    ward = build.network_map(one, "Ann", "WI, group", name="My ward")
    bus = build.network_map(one, "WI, online", name="Bus")
    colleague = build.network_map(build.councillor(one.cohort), "Ann", "Secret Sam")
    board = shared(one)
    shared_maps.show(board, colleague.member, [build.node_on(colleague, "Ann").id], now=build.NOW)
    browser = make.client(one.person)

    page = text_of(browser.get(url("map_overlay", one), {"map": [f"m{ward.pk}", f"m{bus.pk}"]}))
    assert "On both maps: “WI”." in page
    assert "WI (both)" in page

    page = text_of(browser.get(url("map_overlay", one), {"map": [f"m{ward.pk}", f"s{board.pk}"]}))
    assert "On both maps: “Ann”." in page
    assert "Secret Sam" not in page


@pytest.mark.parametrize("chosen", [["m0"], ["x"], []])
def test_one_map_cannot_be_laid_over_itself(chosen):
    made = build.network_map(None, "Ann")
    build.network_map(made.member, "Ben")

    answer = make.client(made.member.person).get(url("map_overlay", made.member), {"map": chosen or f"m{made.pk}"})

    assert answer.status_code == 200
    assert "<title>Error: " in text_of(answer)


def test_the_map_of_somebody_else_cannot_be_laid_over_ones_own():
    made, elsewhere = build.network_map(None, "Ann"), build.network_map(None, "Secret Sam")

    answer = make.client(made.member.person).get(
        url("map_overlay", made.member), {"map": [f"m{made.pk}", f"m{elsewhere.pk}"]}
    )

    assert "Secret Sam" not in text_of(answer)


# --- Shared -------------------------------------------------------------------------------------------------------


def test_a_shared_map_is_begun_and_names_chosen_from_ones_own():
    made = build.network_map(None, "WI, group", "Club, group")
    one, browser = made.member, make.client(made.member.person)
    wi = build.node_on(made, "WI")

    browser.post(url("shared_maps", one), {"name": "Melford"})
    board = SharedMap.objects.get()
    browser.post(url("choose_shared", one, board.pk), {"nodes": [wi.id]})

    page = text_of(make.client(build.councillor(one.cohort).person).get(url("shared_map", one, board.pk)))
    assert "WI" in page
    assert "Club" not in page
    assert re.search(rf"<td[^>]*>{one}</td>", page)


def test_colleagues_see_names_and_never_notes_ties_links_or_numbers():
    made = build.network_map()
    full = Node(-1, "WI", "group", ("online",), 3, 4711, ("jam",), ("Facebook",), "Melford", "Gossip", 90)
    maps.change(made, lambda data: map_edits.add(data, [full, Node(-2, "B")], [linking(-1, -2)]), "x", now=build.NOW)
    board = shared(made.member)
    shared_maps.show(board, made.member, [node.pk for node in made.nodes.all()], now=build.NOW)

    [(who, data)] = shared_maps.seen(board)

    wi = data.by_name()[1]
    assert who == str(made.member)
    assert wi == Node(wi.id, "WI", "group", ("online",), 0, topics=("jam",), ward="Melford")
    assert not data.links
    page = text_of(
        make.client(build.councillor(made.member.cohort).person).get(url("shared_map", made.member, board.pk))
    )
    assert not {"Gossip", "4711", "Facebook"} & set(re.findall(r"\w+", page))


def test_people_are_shown_only_when_that_is_confirmed():
    made = build.network_map(None, "Ann, person")
    ann, board, browser = build.node_on(made, "Ann"), shared(made.member), make.client(made.member.person)

    page = text_of(browser.post(url("choose_shared", made.member, board.pk), {"nodes": [ann.id]}))
    assert "Confirm this, or leave the people out" in page
    assert not board.shared.exists()

    browser.post(url("choose_shared", made.member, board.pk), {"nodes": [ann.id], "agreed": "on"})
    assert board.shared.count() == 1


def test_what_is_not_chosen_any_more_is_gone_and_what_others_show_stays():
    mine = build.network_map(None, "WI, group")
    theirs = build.network_map(build.councillor(mine.member.cohort), "Club, group")
    board = shared(mine.member)
    for made in (mine, theirs):
        shared_maps.show(board, made.member, [made.nodes.get().pk], now=build.NOW)

    make.client(mine.member.person).post(url("choose_shared", mine.member, board.pk), {})

    assert [who for who, _ in shared_maps.seen(board)] == [str(theirs.member)]


def test_nobody_can_show_a_name_of_somebody_else():
    mine, theirs = build.network_map(None, "WI, group"), build.network_map(None, "Secret Sam, group")
    board = shared(mine.member)

    shared_maps.show(board, mine.member, [theirs.nodes.get().pk], now=build.NOW)

    assert shared_maps.seen(board) == []


def test_what_somebody_who_left_showed_is_seen_by_nobody():
    made = build.network_map(None, "WI, group")
    board = shared(made.member)
    shared_maps.show(board, made.member, [made.nodes.get().pk], now=build.NOW)

    Member.objects.filter(pk=made.member_id).update(state="left", left_at=build.NOW)

    assert shared_maps.seen(board) == []


def test_two_shared_maps_of_a_cohort_have_two_names():
    one = build.councillor()
    shared(one, "Melford")

    page = text_of(make.client(one.person).post(url("shared_maps", one), {"name": "Melford"}))

    assert "There is a shared map called “Melford” already." in page
    assert SharedMap.objects.count() == 1


def test_only_who_began_a_shared_map_deletes_it():
    made = build.network_map(None, "WI, group")
    board = shared(made.member)
    shared_maps.show(board, made.member, [made.nodes.get().pk], now=build.NOW)
    colleague = build.councillor(made.member.cohort)
    where = url("delete_shared", made.member, board.pk)

    assert make.client(colleague.person).post(where).status_code == 404
    browser = make.client(made.member.person)
    assert browser.get(where).status_code == 200
    browser.post(where)
    assert not SharedMap.objects.exists()
    assert made.nodes.count() == 1


@pytest.mark.parametrize("role", ["mentor", "lead", "expert"])
def test_shared_maps_are_for_councillors_of_the_cohort(role):
    made = build.network_map(None, "WI, group")
    board = shared(made.member)
    others = [build.member(role, made.member.cohort), build.councillor()]
    pages = [
        url("shared_maps", made.member),
        *(url(name, made.member, board.pk) for name in ("shared_map", "choose_shared", "delete_shared")),
    ]

    found = [make.client(one.person).get(page).status_code for one in others for page in pages]

    assert found == [404] * 8


def test_every_page_opens_empty_and_full():
    made = build.network_map(None, "WI, group")
    board, idle = shared(made.member), build.councillor(made.member.cohort)
    for one in (made.member, idle):
        browser = make.client(one.person)
        pages = [url(name, one) for name in ("map_overlay", "shared_maps")]
        pages += [url(name, one, board.pk) for name in ("shared_map", "choose_shared")]

        assert [browser.get(page).status_code for page in pages] == [200] * 4
