"""Designs: rounds of equal rooms without a repeated pair."""

from collections import Counter
from itertools import combinations

import pytest

from meetups.grouping import designs, fields, starters


def most_meetings(rounds: list[designs.Round]) -> int:
    return max(Counter(frozenset(p) for rooms in rounds for room in rooms for p in combinations(room, 2)).values())


def seats_everybody(rooms: designs.Round, count: int, size: int) -> bool:
    points = sorted(point for room in rooms for point in room)
    return points == list(range(count * size)) and {len(room) for room in rooms} == {size}


@pytest.mark.parametrize(("rooms", "size"), sorted(starters.STARTERS))
def test_every_stored_design_seats_everybody_and_repeats_no_pair(rooms: int, size: int) -> None:
    starter = starters.STARTERS[rooms, size]

    rounds = designs.developed(starter)

    parts = len(starter.rounds.split("/")) * starter.modulus + len(starter.transversals.split())
    assert len(rounds) == parts
    assert all(seats_everybody(done, rooms, size) for done in rounds)
    assert most_meetings(rounds) == 1


@pytest.mark.parametrize("size", range(2, 10))
def test_every_constructed_design_seats_everybody_and_repeats_no_pair(size: int) -> None:
    for rooms in range(2, 27):
        rounds = list(designs.design(rooms, size))

        assert all(seats_everybody(done, rooms, size) for done in rounds)
        assert most_meetings(rounds) == 1


@pytest.mark.parametrize(
    ("rooms", "size", "rounds"),
    [(8, 3, 11), (10, 3, 14), (9, 4, 11), (11, 4, 14), (12, 4, 15), (16, 4, 21), (18, 4, 23), (8, 8, 9), (9, 9, 10)],
)
def test_designs_reach_the_most_rounds_there_can_be(rooms: int, size: int, rounds: int) -> None:
    assert len(designs.design(rooms, size)) == rounds


@pytest.mark.parametrize("order", [2, 3, 4, 5, 7, 8, 9, 16, 25, 27])
def test_in_a_field_everything_but_nought_can_be_divided_by(order: int) -> None:
    plus, times = fields.ring(order)

    assert [sorted(row) for row in plus] == [list(range(order))] * order
    assert [sorted(row) for row in times[1:]] == [list(range(order))] * (order - 1)


@pytest.mark.parametrize("order", [6, 12, 15, 36])
def test_in_a_product_of_fields_the_first_elements_differ_by_what_can_be_divided_by(order: int) -> None:
    plus, times = fields.ring(order)
    minus = {a: plus[a].index(0) for a in range(order)}

    for a, b in combinations(range(fields.smallest_field(order)), 2):
        difference = plus[a][minus[b]]
        assert sorted(times[difference]) == list(range(order))
