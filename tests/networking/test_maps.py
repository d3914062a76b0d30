"""Keeping network maps: changing, taking back, versions, who may read, how long."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from networking import map_edits, map_home, map_records, map_rows, maps
from networking.map_parts import MapData, Node, linking
from networking.models import MapNode, MapVersion, Member, NetworkMap, SharedMap
from networking.needs import Door, Line
from people import my_data
from tests import make
from tests.networking import build

pytestmark = pytest.mark.django_db

LINES = ("Ann, person, offline", "WI, group, offline, online", "Editor, person, aspirational", "Ann > WI > Editor")


def names(on: NetworkMap) -> list[str]:
    return [node.name for node in map_rows.data_of(on).by_name()]


def change(on: NetworkMap, edit, *, now=build.NOW) -> MapData:
    return maps.change(on, edit, "Changed", now=now)


def test_what_was_typed_is_on_the_map_with_its_links():
    made = build.network_map(None, *LINES)

    data = map_rows.data_of(made)

    assert [(node.name, node.kind, node.layers) for node in data.by_name()] == [
        ("Ann", "person", ("offline",)),
        ("Editor", "person", ("aspirational",)),
        ("WI", "group", ("offline", "online")),
    ]
    ann, editor, wi = data.by_name()
    assert set(data.links) == {linking(ann.id, wi.id).pair, linking(wi.id, editor.id).pair}


def test_what_is_read_back_is_what_was_written():
    made = build.network_map()
    full = Node(-1, "WI", "group", ("offline", "online"), 3, 40, ("cake", "bins"), ("Facebook",), "Melford", "Nice", 90)

    kept = change(made, lambda data: map_edits.add(data, [full]))

    [node] = map_rows.data_of(made).nodes.values()
    assert node == replace(full, id=node.id)
    assert kept == map_rows.data_of(made)


@pytest.mark.parametrize(
    "edit",
    [
        lambda data: map_edits.remove(data, data.by_name()[0].id),
        lambda data: map_edits.change(data, replace(data.by_name()[0], name="Anne", topics=("bins",))),
        lambda data: map_edits.add(data, [Node(-1, "New")], [linking(-1, data.by_name()[0].id)]),
        lambda data: map_edits.unlink(data, data.by_name()[0].id, data.by_name()[2].id),
        lambda data: map_edits.link(data, data.by_name()[0].id, data.by_name()[2].id, strength=3, note="Sisters"),
        lambda data: map_edits.move(data, data.by_name()[1].id, angle=370, layer="online"),
    ],
)
def test_every_change_can_be_taken_back_once(edit):
    made = build.network_map(None, *LINES)
    before = map_rows.data_of(made)
    change(made, edit)
    assert map_rows.data_of(made) != before
    step = maps.last_step(made)

    assert maps.take_back(made, step.pk, now=build.NOW).words == "Changed"

    assert map_rows.data_of(made) == before
    assert maps.take_back(made, step.pk, now=build.NOW) is None


def test_a_change_that_changes_nothing_is_no_step():
    made = build.network_map(None, *LINES)
    step = maps.last_step(made)

    change(made, lambda data: data)

    assert maps.last_step(made) == step


def test_a_name_can_be_on_a_map_once_however_it_is_written():
    made = build.network_map(None, "Women's Institute")

    with pytest.raises(map_edits.NameTaken):
        change(made, lambda data: map_edits.add(data, [Node(-1, "WOMEN'S  institute")]))
    with pytest.raises(IntegrityError), transaction.atomic():
        MapNode.objects.create(network_map=made, name="x", key="women's institute", kind="group", offline=True)


def test_a_node_is_in_a_layer_and_a_link_is_between_two():
    made = build.network_map(None, "Ann")
    node = made.nodes.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        MapNode.objects.create(network_map=made, name="x", key="x", kind="group")
    with pytest.raises(IntegrityError), transaction.atomic():
        made.links.create(one=node, other=node)


def test_a_map_has_room_for_a_thousand_names():
    full = MapData({n: Node(n, str(n)) for n in range(1, 1001)})

    with pytest.raises(map_edits.NotPossible, match="room for 1,000 names"):
        map_edits.add(full, [Node(-1, "One more")])


@pytest.mark.parametrize(
    "edit",
    [
        lambda data: map_edits.add(data, [Node(-1, "New")], [linking(-1, 7)]),
        lambda data: map_edits.link(data, 1, 7, strength=2),
        lambda data: map_edits.move(data, 7, angle=5),
    ],
)
def test_what_another_window_took_out_cannot_be_linked_or_moved(edit):
    with pytest.raises(map_edits.Gone):
        edit(MapData({1: Node(1, "Ann")}))


def test_moving_a_node_that_is_in_two_layers_leaves_it_in_both():
    data = MapData({1: Node(1, "WI", layers=("offline", "online"))})

    assert map_edits.move(data, 1, angle=-10, layer="aspirational").nodes[1] == Node(
        1, "WI", layers=("offline", "online"), angle=350
    )


def test_moving_a_node_to_another_ring_puts_it_into_that_layer():
    data = MapData({1: Node(1, "WI")})

    assert map_edits.move(data, 1, angle=10, layer="online").nodes[1].layers == ("online",)


# --- Versions -----------------------------------------------------------------------------------------------------


def test_before_the_first_change_after_a_sprint_the_map_is_kept_as_it_was_then():
    made = build.network_map(None, "Ann")
    after = datetime(2027, 3, 20, tzinfo=UTC)

    for name in ("Ben", "Cat"):
        change(made, lambda data, name=name: map_edits.add(data, [Node(-1, name)]), now=after)

    [version] = MapVersion.objects.all()
    assert (version.name, [node["name"] for node in version.data["nodes"]]) == ("End of “A place to stand”", ["Ann"])


def test_in_summer_a_map_is_kept_from_midnight_in_london_on():
    made = build.network_map(build.councillor(build.cohort(starts_on=date(2027, 6, 7))), "Ann")

    for name, minutes in (("Ben", -1), ("Cat", 1)):  # around midnight after Sunday 18 July
        at = datetime(2027, 7, 18, 23, tzinfo=UTC) + timedelta(minutes=minutes)
        change(made, lambda data, name=name: map_edits.add(data, [Node(-1, name)]), now=at)

    assert [node["name"] for node in MapVersion.objects.get().data["nodes"]] == ["Ann", "Ben"]


def test_a_version_does_not_change_any_more():
    made = build.network_map(None, *LINES)
    before = map_rows.data_of(made)
    version = maps.keep_version(made, "Now", now=build.NOW)

    change(made, lambda data: map_edits.remove(data, data.by_name()[0].id))

    version.refresh_from_db()
    from networking.map_parts import from_json

    assert from_json(version.data) == before


# --- Who may read it, and how long --------------------------------------------------------------------------------


def test_a_map_is_read_by_its_councillor_and_by_the_mentor_who_may():
    pair = build.pair()
    private = build.network_map(pair.councillor)
    shown = build.network_map(pair.councillor, mentor_may_read=True)
    others = [build.lead(pair.cohort), build.mentor(pair.cohort), build.councillor(pair.cohort)]

    assert [maps.may_read(pair.councillor.person, one) for one in (private, shown)] == [True, True]
    assert [maps.may_read(pair.mentor.person, one) for one in (private, shown)] == [False, True]
    assert [maps.may_read(one.person, shown) for one in others] == [False, False, False]
    assert maps.shown_to(pair.mentor) == [shown]


def test_a_mentor_of_the_past_reads_nothing():
    pair = build.pair(ended_at=build.NOW)
    made = build.network_map(pair.councillor, mentor_may_read=True)

    assert not maps.may_read(pair.mentor.person, made)
    assert maps.shown_to(pair.mentor) == []


def test_the_map_of_a_councillor_who_left_is_read_by_nobody():
    pair = build.pair()
    made = build.network_map(pair.councillor, mentor_may_read=True)
    Member.objects.filter(pk=pair.councillor.pk).update(state="left", left_at=build.NOW)
    made = NetworkMap.objects.with_owners().get()

    assert not maps.may_read(pair.mentor.person, made)
    assert not maps.may_read(pair.councillor.person, made)


def test_leads_see_counts_in_a_number_of_queries_that_does_not_grow(django_assert_num_queries):
    one = build.councillor()
    build.network_map(one, *LINES)
    for _ in range(3):
        build.network_map(build.councillor(one.cohort), "Ann", "Ben, online")
    idle = build.councillor(one.cohort)

    with django_assert_num_queries(3):
        lines = map_home.lines_for(one.cohort, build.NOW)

    assert (lines[one.pk], lines[idle.pk]) == (Line("3 names in 3 layers"), Line("nothing on a map yet"))
    assert sorted(line.text for line in lines.values()).count("2 names in 2 layers") == 3


def test_a_councillor_finds_the_maps_on_their_home_and_a_mentor_those_they_may_see():
    pair = build.pair(build.councillor(person=make.person(name="Ada")))
    build.network_map(pair.councillor, "Ann", name="Secret")
    shown = build.network_map(pair.councillor, "Ann", name="My ward", mentor_may_read=True)

    assert [door.line for door in map_home.doors_of(pair.councillor)] == ["2 names in 1 layer, 2 maps"]
    assert map_home.doors_of(pair.mentor) == [Door("Network map of Ada", shown.get_absolute_url(), "My ward")]


def test_an_empty_map_is_asked_for_when_the_sprint_about_networks_runs():
    one = build.councillor()
    second_sprint = build.NOW + timedelta(weeks=6)

    assert map_home.needs_of(one, build.NOW) == []
    assert [need.line for need in map_home.needs_of(one, second_sprint)] == ["Your network map is still empty."]
    build.network_map(one, "Ann")
    assert map_home.needs_of(one, second_sprint) == []


def test_maps_go_a_year_after_the_cohort_and_three_months_after_somebody_left():
    over = build.cohort(state="finished", finished_at=build.NOW - timedelta(days=366))
    just_over = build.cohort(state="finished", finished_at=build.NOW - timedelta(days=364))
    kept = build.network_map(build.councillor(just_over))
    build.network_map(build.councillor(over))
    left = build.network_map()
    Member.objects.filter(pk=left.member_id).update(state="left", left_at=build.NOW - timedelta(days=91))

    maps.forget_old(build.NOW)

    assert list(NetworkMap.objects.all()) == [kept]


def test_what_a_change_touched_is_forgotten_after_a_month():
    made = build.network_map(None, "Ann")

    maps.forget_old(build.NOW + timedelta(days=31))

    assert maps.last_step(made) is None
    assert names(made) == ["Ann"]


def test_somebody_who_takes_out_their_data_gets_every_name_and_note():
    made = build.network_map(None, *LINES)
    change(made, lambda data: map_edits.change(data, replace(data.by_name()[0], note="Bakes")))
    maps.keep_version(made, "Old", now=build.NOW)

    records = map_records.collect(made.member.person)

    assert [(one.get("Name"), one.get("Linked with"), one.get("Note")) for one in records][:4] == [
        (None, None, None),
        ("Ann", "WI", "Bakes"),
        ("Editor", "WI", ""),
        ("WI", "Ann, Editor", ""),
    ]
    assert len(records) == 7
    assert records[0]["Map"] == made.name


def test_maps_go_with_the_councillor():
    made = build.network_map(None, *LINES)
    shared = SharedMap.objects.create(
        cohort=made.member.cohort, name="Ward", started_by=made.member.person, started_at=build.NOW
    )
    shared.shared.create(node=made.nodes.first(), shared_at=build.NOW)

    my_data.leave(made.member.person, now=build.NOW)

    assert not NetworkMap.objects.exists()
    shared.refresh_from_db()
    assert (shared.started_by, shared.shared.count()) == (None, 0)
