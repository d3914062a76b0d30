"""Drop-outs and late joiners: one other pairing changes at most, and nobody's who was told without being asked."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unmentoring import pairing, pairing_repair


def test_who_drops_out_of_a_three_leaves_a_pair() -> None:
    repair = pairing_repair.drop_out([(1, 2), (3, 4, 5)], 4, seed="1")

    assert (repair.groups, repair.ended, repair.begun) == ([(1, 2), (3, 5)], [(3, 4, 5)], [(3, 5)])
    assert repair.explanation == "The three goes on as a pair."


def test_the_partner_of_a_drop_out_goes_to_somebody_who_waits() -> None:
    repair = pairing_repair.drop_out([(1, 2), (3, 4)], 1, waiting=[9], seed="1")

    assert (repair.groups, repair.ended, repair.alone) == ([(2, 9), (3, 4)], [(1, 2)], ())
    assert repair.explanation == "Two people without a partner were put together; no other pairing changed."


def test_the_partner_of_a_drop_out_takes_one_person_out_of_the_three() -> None:
    repair = pairing_repair.drop_out([(1, 2), (3, 4, 5), (6, 7)], 1, last_met={(2, 3): 1, (2, 5): 1}, seed="1")

    assert repair.groups == [(2, 4), (3, 5), (6, 7)]
    assert repair.explanation == "The three became two pairs; no other pairing changed."


def test_the_partner_of_a_drop_out_makes_a_pair_a_three() -> None:
    repair = pairing_repair.drop_out([(1, 2), (3, 4), (5, 6)], 1, last_met={(2, 3): 1}, seed="1")

    assert (repair.groups, repair.ended) == ([(2, 5, 6), (3, 4)], [(1, 2), (5, 6)])
    assert repair.explanation == "One pair became a three; no other pairing changed."


def test_people_who_were_told_are_not_disturbed() -> None:
    repair = pairing_repair.drop_out([(1, 2), (3, 4), (5, 6)], 1, told=[1, 2, 3, 6], seed="1")

    assert (repair.groups, repair.alone) == ([(3, 4), (5, 6)], (2,))
    assert (
        repair.explanation == "Everybody else has been told already whom they meet, and nobody has agreed to a change."
    )


def test_people_who_were_told_and_agreed_take_somebody_in() -> None:
    repair = pairing_repair.join_late([(1, 2), (3, 4)], 9, told=[1, 2, 3, 4], agreed=[3, 4], seed="1")

    assert repair.groups == [(1, 2), (3, 4, 9)]


def test_two_late_joiners_meet_each_other() -> None:
    assert pairing_repair.join_late([(1, 2)], 9, waiting=[8], seed="1").groups == [(1, 2), (8, 9)]


def test_nobody_is_put_with_whom_they_must_be_kept_apart_from() -> None:
    repair = pairing_repair.join_late([(1, 2)], 9, waiting=[8], keep_apart=[(9, 8), (2, 9)], seed="1")

    assert (repair.groups, repair.alone) == ([(1, 2)], (9,))
    assert repair.explanation == "There is nobody they may be put together with."


def test_equally_good_places_are_equally_likely() -> None:
    groups = [(1, 2), (3, 4), (5, 6)]

    repaired = [pairing_repair.join_late(groups, 9, seed=f"{number}").ended[0] for number in range(600)]

    assert all(150 < repaired.count(group) < 250 for group in groups)


def test_who_is_nowhere_cannot_drop_out() -> None:
    with pytest.raises(ValueError, match="9 is in none of the pairings"):
        pairing_repair.drop_out([(1, 2)], 9, seed="1")


def test_who_is_in_a_pairing_cannot_join_late() -> None:
    with pytest.raises(ValueError, match="2 is in a pairing already"):
        pairing_repair.join_late([(1, 2)], 2, seed="1")


@given(n=st.integers(2, 15), dice=st.integers(), told=st.sets(st.integers(0, 14)))
@settings(max_examples=60, deadline=None)
def test_after_a_drop_out_everybody_is_once_in_a_pairing_or_alone(n: int, dice: int, told: set[int]) -> None:
    groups = pairing.draw(range(n), seed=f"{dice}").groups
    leaver = Random(dice).randrange(n)

    repair = pairing_repair.drop_out(groups, leaver, told=told, seed="1")

    assert sorted([*repair.alone, *(p for group in repair.groups for p in group)]) == [
        p for p in range(n) if p != leaver
    ]
    others = [group for group in repair.ended if leaver not in group]
    assert len(others) <= 1
    assert told.isdisjoint(person for group in others for person in group)
    assert {len(group) for group in repair.groups} <= {2, 3}
