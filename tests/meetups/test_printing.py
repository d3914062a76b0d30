"""What hosts print for a room: badges to cut out, and a list to tick at the door."""

import re

import pytest
import time_machine
from django.urls import reverse

from meetups import badges, signups
from meetups.models import Meetup, SignUp
from people.models import Person
from tests import make, reading
from tests.meetups import counting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def olive() -> Person:
    return make.organiser(name="Organising Olive")


def url(name: str, meetup: Meetup) -> str:
    return reverse(f"meetups:{name}", args=[meetup.slug])


def busy() -> Meetup:
    """Two in the room, one of them with needs; one online, one waiting, one who cancelled, one whose name is gone."""
    meetup = make.both_meetup(places_room=3)
    make.signup(meetup=meetup, name="Zoë Ash", organisation="Wessex Council", way="room", access_needs="A lift")
    make.signup(meetup=meetup, name="Ben Oak", organisation="Mercia Council", way="room")
    gone = make.signup(meetup=meetup, name="Gone", way="room")
    SignUp.objects.filter(pk=gone.pk).update(name="")
    make.signup(meetup=meetup, name="Waiting Will", way="room")
    make.signup(meetup=meetup, name="Online Ona", way="online")
    signups.cancel(make.signup(meetup=meetup, name="Cancelled Cyd", way="online"), now=make.NOW)
    return meetup


def badges_on(page) -> list[list[str]]:
    """What stands on each badge that has a name."""
    found = re.findall(r'<li class="app-badge">(.*?)</li>', page.content.decode(), flags=re.DOTALL)
    lines = [re.findall(r"<span[^>]*>([^<]*)</span>", badge) for badge in found]
    return [badge for badge in lines if badge[0] != "An empty badge"]


def test_there_is_a_badge_for_everybody_with_a_place_in_the_room_and_nothing_private_on_it(olive):
    meetup = busy()

    page = make.client(olive).get(url("badges", meetup))

    series = meetup.series.name
    assert badges_on(page) == [["Ben Oak", "Mercia Council", series], ["Zoë Ash", "Wessex Council", series]]
    assert page.content.decode().count("An empty badge") == 8
    assert "A lift" not in page.content.decode()
    assert "council.gov.uk" not in reading.words(page)


def test_each_sheet_has_ten_and_the_last_is_filled_up():
    people = [badges.Badge(f"Person {n}") for n in range(21)]

    sheets = badges.sheets(people)

    assert [len(sheet) for sheet in sheets] == [10, 10, 10]
    assert [badge for sheet in sheets for badge in sheet if badge.name] == people
    assert badges.sheets([]) == []


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("Ann", "large"),
        ("Bartholomew Ash", "large"),
        ("Featherstonehaugh", "middle"),
        ("Maria Alejandra de la Cruz y Fernandez", "middle"),
        ("x" * 150, "small"),
        ("Anna " * 30, "small"),
    ],
)
def test_a_name_is_as_large_as_it_fits(name, size):
    assert badges.Badge(name).size == size


def test_nobody_in_the_room_yet_says_so_and_prints_nothing(olive):
    page = make.client(olive).get(url("badges", make.room_meetup()))

    assert "Nobody has a place in the room yet." in reading.words(page)
    assert "app-badges" not in page.content.decode()


def test_a_meet_up_without_a_room_has_no_badges_but_a_list(olive):
    meetup, client = make.meetup(), make.client(olive)
    make.signup(meetup=meetup, name="Ona")

    assert "Nobody has a place in the room yet." in reading.words(client.get(url("badges", meetup)))
    assert "Name badges" not in reading.words(client.get(url("people", meetup)))
    assert "To tick" in client.get(url("door_list", meetup)).content.decode()


def names_on(page) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*>([^<]*)</th>', page.content.decode())


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Ben Oak", "Zoë Ash"]),
        ("?way=all", ["Ben Oak", "Online Ona", "Zoë Ash"]),
        ("?way=x", ["Ben Oak", "Zoë Ash"]),
    ],
)
def test_the_list_has_who_is_expected_by_name_with_a_box_each(query, names, olive):
    page = make.client(olive).get(url("door_list", busy()) + query)

    assert names_on(page) == names
    assert page.content.decode().count('class="app-tick-box"') == len(names) + 6
    assert "A lift" not in page.content.decode()


def test_what_people_need_is_on_the_list_only_when_asked_for(olive):
    page = make.client(olive).get(url("door_list", busy()) + "?needs=1")

    assert "Zoë Ash Wessex Council A lift" in reading.words(page)


def test_nobody_with_a_place_yet_says_so_on_the_list(olive):
    page = make.client(olive).get(url("door_list", make.room_meetup()))

    assert "Nobody has a place yet. See who comes" in reading.words(page)


def test_both_ask_the_database_as_often_for_30_as_for_one(olive):
    few, many = make.room_meetup(places_room=40), make.room_meetup(places_room=40)
    make.signup(meetup=few, way="room")
    for _ in range(30):
        make.signup(meetup=many, way="room")
    client = make.client(olive)

    for name in ("badges", "door_list"):
        assert counting.queries(client, url(name, few)) == counting.queries(client, url(name, many))


def test_only_who_runs_it_can_print_it():
    stranger = make.with_second_factor(make.person())
    make.room_meetup(hosts=[stranger])
    meetup = busy()

    for name in ("badges", "door_list"):
        assert make.client(stranger).get(url(name, meetup)).status_code == 404
