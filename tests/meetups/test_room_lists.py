import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetups import room_lists
from meetups.room_lists import Person, Place, Room

ANN = Person(1, "Ann Smith", "ann@northmoor.gov.uk", "Northmoor Council")
BOB = Person(2, "Bob Jones", "bob@wexbridge.gov.uk", "Wexbridge Council")
CY = Person(3, "Cy Young", "", "Cwmteg Council")
PEOPLE = {1: ANN, 2: BOB, 3: CY}


def test_rooms_are_numbered_unless_names_are_chosen():
    assert room_lists.room_names(3) == ["Room 1", "Room 2", "Room 3"]


def test_chosen_names_take_turns_and_none_comes_twice():
    assert room_lists.room_names(5, ["Oak", " Ash ", "Oak", ""]) == ["Oak", "Ash", "Oak 2", "Ash 2", "Oak 3"]


def test_a_chosen_name_that_looks_like_a_second_turn_is_not_given_twice():
    assert room_lists.room_names(4, ["Oak", "Oak 2"]) == ["Oak", "Oak 2", "Oak 3", "Oak 2 2"]


@given(st.integers(0, 150), st.lists(st.text(max_size=8), max_size=6))
def test_there_are_as_many_different_names_as_rooms(count, chosen):
    names = room_lists.room_names(count, chosen)

    assert len(set(names)) == len(names) == count


def test_the_file_for_zoom_has_its_two_columns_and_a_line_for_each_address():
    rooms = room_lists.rooms_of([(1, 3), (2,)], PEOPLE)

    found = room_lists.zoom_file(rooms)

    assert found.data == (
        b"Pre-assign Room Name,Email Address\r\nRoom 1,ann@northmoor.gov.uk\r\nRoom 2,bob@wexbridge.gov.uk\r\n"
    )
    assert found.left_out == (CY,)


def test_of_two_people_with_one_address_the_second_is_left_out_of_the_file_for_zoom():
    deputy = Person(4, "Di Low", "ANN@northmoor.gov.uk")

    found = room_lists.zoom_file([Room("Room 1", (ANN,)), Room("Room 2", (deputy,))])

    assert found.left_out == (deputy,)
    assert b"Room 2" not in found.data


def test_nothing_in_the_file_for_zoom_is_run_as_a_formula():
    found = room_lists.zoom_file([Room("=1+1", (ANN,))])

    assert list(csv.reader(io.StringIO(found.data.decode())))[1] == ["'=1+1", "ann@northmoor.gov.uk"]


def test_a_hundred_rooms_go_to_zoom_and_one_more_is_refused():
    rooms = [Room(f"Room {number}", (Person(number, "A", f"a{number}@b.uk"),)) for number in range(101)]

    assert room_lists.zoom_file(rooms[:100]).left_out == ()
    with pytest.raises(room_lists.TooManyForZoom) as refused:
        room_lists.zoom_file(rooms)
    assert str(refused.value) == "Zoom takes 100 rooms and this round has 101. Plan larger rooms, or use the list."


def test_more_people_than_zoom_takes_are_refused():
    crowd = tuple(Person(number, "A", f"a{number}@b.uk") for number in range(1001))

    with pytest.raises(room_lists.TooManyForZoom) as refused:
        room_lists.zoom_file([Room("Room 1", crowd)])
    assert str(refused.value) == "Zoom takes 1,000 people and this round has 1,001. Use the list."


def test_the_list_to_read_aloud_has_a_line_for_each_room():
    rooms = room_lists.rooms_of([(1, 2, 3), ()], PEOPLE, names=["Oak"])

    assert room_lists.spoken("Round 1", rooms) == "Round 1\nOak: Ann Smith, Bob Jones and Cy Young\nOak 2: nobody"


def test_two_people_of_one_name_are_read_aloud_with_their_councils():
    other = Person(4, "Ann Smith", council="Wexbridge Council")

    said = room_lists.spoken("Round 1", [Room("Room 1", (ANN, BOB)), Room("Room 2", (other,))])

    assert said == (
        "Round 1\nRoom 1: Ann Smith (Northmoor Council) and Bob Jones\nRoom 2: Ann Smith (Wexbridge Council)"
    )


def test_the_printed_sheet_has_rooms_with_councils_and_everybody_by_name():
    rooms = room_lists.rooms_of([(2, 3), (1,)], PEOPLE)

    found = room_lists.sheet("Round 2", rooms)

    assert found == room_lists.Sheet(
        "Round 2",
        (Room("Room 1", (BOB, CY)), Room("Room 2", (ANN,))),
        (Place(ANN, "Room 2"), Place(BOB, "Room 1"), Place(CY, "Room 1")),
    )
    assert CY.with_council == "Cy Young (Cwmteg Council)"
