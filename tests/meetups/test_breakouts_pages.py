"""The hosts' pages of rooms, and what people see of them on their booking."""

import csv
import io
import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetups import addresses
from meetups.models import BreakoutPlan, Meetup
from tests import make, reading
from tests.meetups import counting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(make.START, tick=False):
        yield


@pytest.fixture
def olive() -> Client:
    return make.client(make.organiser(name="Organising Olive"))


def gathering(count: int = 8) -> Meetup:
    meetup = make.meetup()
    for number in range(count):
        make.signup(meetup=meetup, name=f"Guest {number:02}", organisation=f"Council {number}", email=f"g{number}@a.uk")
    return meetup


def url(name: str, meetup: Meetup, *more: int) -> str:
    return reverse(f"meetups:{name}", args=[meetup.slug, *more])


def plan(client: Client, meetup: Meetup, *codes: str, **said: str):
    rounds = {f"round_{number}": code for number, code in enumerate(codes, start=1)}
    return client.post(url("plan_rooms", meetup), {"for_whom": "expected", **rounds, **said})


def test_a_meet_up_without_rooms_says_what_to_do(olive):
    said = reading.words(olive.get(url("rooms", gathering())))

    assert "0 of 8 people on the list are here. Mark who is here" in said
    assert "No rooms yet." in said


def names_to_tick(answer) -> list[str]:
    return re.findall(r'for="here-\d+">([^<]+) <span', answer.content.decode())


def test_a_long_list_is_searched_and_what_was_ticked_is_saved_with_it(olive):
    meetup = gathering(3)
    make.signup(meetup=meetup, name="Zoë Rowe", organisation="Cardiff Council")
    one, _two, _three, zoe = meetup.signups.order_by("pk").values_list("pk", flat=True)
    here = url("who_is_here", meetup)

    searched = olive.post(here, {"here": [one], "q": "cardiff ROWE", "show": "", "find": "1"})
    found = olive.get(searched.url)
    saved = olive.post(here, {"here": [zoe], "q": "cardiff ROWE", "show": ""})

    assert searched.url == saved.url == f"{here}?q=cardiff+ROWE"
    assert names_to_tick(found) == ["Zoë Rowe"]
    assert "1 of 4 are here." in reading.words(found)
    assert "1 person found. Show everybody" in reading.words(found)
    assert "2 of 4 are here." in reading.words(olive.get(saved.url))
    assert names_to_tick(olive.get(here, {"show": "not-yet"})) == ["Guest 01", "Guest 02"]
    assert names_to_tick(olive.get(here, {"show": "here"})) == ["Guest 00", "Zoë Rowe"]
    assert "0 people found." in reading.words(olive.get(here, {"q": "nobody like this"}))
    assert len(names_to_tick(olive.get(here, {"show": "nonsense"}))) == 4


def test_a_whole_journey_from_ticks_to_rooms_on_a_booking(olive):
    meetup = gathering(9)
    ids = list(meetup.signups.values_list("pk", flat=True))
    olive.post(url("who_is_here", meetup), {"here": ids[:8]})

    answer = plan(olive, meetup, "4", "4", for_whom="here")

    assert (answer.status_code, answer.url) == (302, url("rooms", meetup))
    said = reading.words(olive.get(answer.url))
    assert "8 of 9 people on the list are here." in said
    assert "Nobody meets twice" in said or "pairs meet again" in said
    olive.post(url("change_round", meetup, 1), {"change": "held"})
    olive.post(url("who_is_here", meetup), {"here": ids[1:], "was_here": ids[:8]})
    said = reading.words(olive.get(url("rooms", meetup)))
    assert "No room yet Guest 08" in said
    assert "Not here Guest 00" in said
    olive.post(url("replan_rooms", meetup))
    said = reading.words(olive.get(url("rooms", meetup)))
    assert "No room yet" not in said
    assert "Not here" not in said
    booking = reverse("meetups:booking", args=[addresses.booking_token(meetup.signups.get(pk=ids[8]))])
    assert "Your rooms" not in reading.words(make.client().get(booking))
    olive.post(url("change_round", meetup, 2), {"change": "show"})
    mine = reading.facts(make.client().get(booking))["Round 2"]
    assert mine.startswith("Room ")
    assert mine.count("Guest ") == 3
    assert "Guest 08" not in mine
    olive.post(url("change_round", meetup, 2), {"change": "hide"})
    assert "Your rooms" not in reading.words(make.client().get(booking))


WHY = (
    "Everybody here is new to you today; nobody else here is from your council; "
    "you have met none of them at earlier meet-ups."
)


def test_the_booking_says_why_one_is_in_a_room_also_when_a_host_moved_them(olive):
    meetup = gathering(4)
    plan(olive, meetup, "4")
    olive.post(url("change_round", meetup, 1), {"change": "show"})
    signup = meetup.signups.get(name="Guest 03")
    booking = reverse("meetups:booking", args=[addresses.booking_token(signup)])

    planned = reading.facts(make.client().get(booking))["Round 1"]
    olive.post(url("move_person", meetup, signup.pk, 1), {"room": "new"})
    moved = reading.facts(make.client().get(booking))["Round 1"]

    others = "Guest 00 (Council 0), Guest 01 (Council 1), Guest 02 (Council 2)"
    assert (planned, moved) == (f"Room 1 with {others} {WHY}", "Room 2 A host moved you here.")


def test_a_booking_asks_the_database_as_often_for_a_room_of_four_as_of_two(olive):
    few, many = gathering(2), gathering(8)
    for meetup, size in ((few, "2"), (many, "4")):
        plan(olive, meetup, size)
        olive.post(url("change_round", meetup, 1), {"change": "show"})
    bookings = [
        reverse("meetups:booking", args=[addresses.booking_token(meetup.signups.first())]) for meetup in (few, many)
    ]

    assert counting.queries(make.client(), bookings[0]) == counting.queries(make.client(), bookings[1])


@pytest.mark.parametrize("name", ["Guest 00", "Guest 03"])
def test_a_host_sees_with_whom_somebody_is_without_a_stray_mark(name, olive):
    meetup = gathering(4)
    plan(olive, meetup, "4")
    others = "; ".join(f"Guest 0{n} (Council {n})" for n in range(4) if name != f"Guest 0{n}")

    said = reading.words(olive.get(url("in_rooms", meetup, meetup.signups.get(name=name).pk)))

    assert f"With {others} Why, in words" in said


def test_a_round_goes_out_as_file_list_and_sheet(olive):
    meetup = gathering(4)
    plan(olive, meetup, "4")

    file = olive.get(url("zoom_rooms", meetup, 1))
    rows = list(csv.reader(io.StringIO(file.content.decode())))

    assert rows[0] == ["Pre-assign Room Name", "Email Address"]
    assert sorted(rows[1:]) == [["Room 1", f"g{number}@a.uk"] for number in range(4)]
    assert file["Content-Disposition"] == f'attachment; filename="{meetup.slug}-round-1-zoom.csv"'
    said = reading.words(olive.get(url("room_round", meetup, 1)))
    assert "Round 1 Room 1: Guest 00, Guest 01, Guest 02 and Guest 03" in said
    assert "Guest 03 Room 1" in reading.words(olive.get(url("room_sheet", meetup, 1)))


def test_a_host_sees_why_somebody_is_there_and_moves_them(olive):
    meetup = gathering(8)
    plan(olive, meetup, "4")
    signup = meetup.signups.get(name="Guest 03")
    page = url("in_rooms", meetup, signup.pk)
    assert (
        "Why, in words you can pass on: “Everybody here is new to you today; nobody else here is from your council; "
        "you have met none of them at earlier meet-ups.”"
    ) in reading.words(olive.get(page))

    olive.post(url("move_person", meetup, signup.pk, 1), {"room": "new"})

    assert "Guest 03 is in Room 3 in round 1." in reading.words(olive.get(page))
    olive.post(url("move_person", meetup, signup.pk, 1), {"room": "none"})
    assert "Guest 03 is in no room in round 1." in reading.words(olive.get(page))
    olive.post(url("move_person", meetup, signup.pk, 1), {"room": "999999"})
    assert "That room is not there any more." in reading.words(olive.get(page))


def test_rooms_are_locked_and_opened(olive):
    meetup = gathering(8)
    plan(olive, meetup, "4")
    room = BreakoutPlan.objects.get().rounds.get().rooms.first()

    olive.post(url("change_round", meetup, 1), {"change": f"lock {room.pk}"})
    assert "Room 1 Locked" in reading.words(olive.get(url("room_round", meetup, 1)))
    olive.post(url("change_round", meetup, 1), {"change": f"open {room.pk}"})
    assert "Locked" not in reading.words(olive.get(url("room_round", meetup, 1)))


def test_pairs_kept_apart_are_seen_by_hosts_only(olive):
    meetup = gathering(4)
    one, other = meetup.signups.filter(name__in=["Guest 00", "Guest 01"])
    page = url("kept_apart", meetup)

    assert reading.errors(olive.post(page, {"one": one.pk, "other": one.pk})) == ["Select two different people"]
    olive.post(page, {"one": one.pk, "other": other.pk})

    assert "Guest 00 and Guest 01" in reading.words(olive.get(page))
    assert make.client(make.person()).get(page).status_code == 404
    olive.post(page, {"remove": meetup.kept_apart.get().pk})
    assert "Nobody is kept apart." in reading.words(olive.get(page))


@pytest.mark.parametrize(
    ("codes", "error"),
    [
        ([], "Select the rooms of the first round"),
        (["merge-4"], "The first round has no rooms before it to merge"),
        (["4", "", "4"], "Select the rooms of round 2, or leave out round 3"),
        (["4", "merge-4"], "Merged rooms must be at least twice as large as those before"),
        (["need-3"], "Select the question that says who asks"),
    ],
)
def test_rounds_that_cannot_be_are_said_beside_them(codes, error, olive):
    meetup = gathering(4)

    assert error in reading.errors(plan(olive, meetup, *codes))
    assert not BreakoutPlan.objects.exists()


def test_nobody_here_cannot_be_planned_for(olive):
    meetup = gathering(4)

    errors = reading.errors(plan(olive, meetup, "4", for_whom="here"))

    assert errors == ["There are no two people to put into a room. Say who is here first"]


def test_the_rounds_of_the_agenda_are_suggested(olive):
    meetup = gathering(4)
    meetup.agenda.create(position=9, title="Ideas", minutes=12, structure="1-2-4-all")

    form = olive.get(url("plan_rooms", meetup)).context["form"]

    assert [form[f"round_{number}"].value() for number in (1, 2)] == ["2", "merge-4"]
    assert form["round_3"].value() is None


@pytest.mark.parametrize("page", ["rooms", "who_is_here"])
def test_many_people_cost_no_more_queries_than_few(page, olive):
    def queries(count: int) -> int:
        meetup = make.meetup()
        for number in range(count):
            make.signup(meetup=meetup, organisation=f"Council {number}")
        plan(olive, meetup, "4")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            olive.get(url(page, meetup))
        return len(seen)

    assert queries(4) == queries(30)
