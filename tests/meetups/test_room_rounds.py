"""Which planned round of rooms belongs to which phase of the agenda."""

from meetups import room_rounds, structures
from meetups.room_rounds import Wanted


def agenda(*slugs: str) -> list:
    found = [structures.find(slug) for slug in slugs]
    return [(one.slug, one.phases) for one in found]


def test_phases_in_rooms_are_numbered_through_the_whole_agenda():
    assert room_rounds.of_phases(agenda("nine-minute-networking", "1-2-4-all"))[1] == [None, 3, 4, None]


def test_a_group_that_stays_together_stays_in_its_round():
    troika = room_rounds.of_phases(agenda("troika-consulting"))[0]

    assert {number for number in troika if number} == {1}


def test_as_many_planned_as_asked_follow_each_other_whatever_their_size():
    assert room_rounds.planned_as([Wanted(4), Wanted(2)], [Wanted(3), Wanted(3)]) == {1: 1, 2: 2}


def test_other_numbers_are_matched_by_the_size_of_rooms():
    asked = [Wanted(4), Wanted(4), Wanted(2), Wanted(4, merge_previous=True)]

    assert room_rounds.planned_as(asked, [Wanted(2), Wanted(4)]) == {3: 1, 4: 2}
    assert room_rounds.planned_as(asked[2:], [Wanted(4), Wanted(2), Wanted(4)]) == {1: 2, 2: 3}
    assert room_rounds.planned_as([], [Wanted(4)]) == {}
