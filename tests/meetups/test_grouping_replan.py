"""Re-planning: the rounds to come when people left or came late."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetups.grouping import ContradictoryLocks, Guest, Room, RoundSpec, plan, replan

FOURS = [RoundSpec(4)] * 4


def people(count: int) -> list[Guest]:
    return [Guest(number) for number in range(count)]


def repeats(rounds: list[list[Room]]) -> int:
    met = Counter(pair for rooms in rounds for room in rooms for pair in combinations(sorted(room), 2))
    return sum(count - 1 for count in met.values())


def without(rooms: list[Room], *gone: int) -> list[Room]:
    return [tuple(n for n in room if n not in gone) for room in rooms]


def test_when_nobody_left_or_came_nothing_changes() -> None:
    before = plan(people(22), FOURS, seed="a")

    after = replan(people(22), FOURS, before.rounds, held=1, seed="b")

    assert (after.rounds, after.changed_rooms, after.repeats) == (before.rounds, 0, 0)


def test_a_room_that_loses_one_and_is_still_large_enough_stays() -> None:
    before = plan(people(16), FOURS, seed="a")

    after = replan(people(15), FOURS, before.rounds, held=1, seed="b")

    assert after.rounds[0] == before.rounds[0]
    assert after.rounds[1:] == [without(rooms, 15) for rooms in before.rounds[1:]]
    assert after.changed_rooms == 0


def test_somebody_late_joins_one_room_a_round_and_meets_nobody_twice() -> None:
    before = plan(people(28), FOURS, seed="a")

    after = replan(people(29), FOURS, before.rounds, held=1, seed="b")

    assert [sum(28 in room for room in rooms) for rooms in after.rounds] == [0, 1, 1, 1]
    assert (after.changed_rooms, after.repeats) == (3, 0)


def test_a_room_that_became_too_small_is_filled_or_given_up_without_a_repeat() -> None:
    before = plan(people(24), [RoundSpec(4)] * 2, seed="a")
    gone = before.rounds[1][0][:2]
    here = [guest for guest in people(24) if guest.id not in gone]

    after = replan(here, [RoundSpec(4)] * 2, before.rounds, held=1, seed="b")

    assert {len(room) for room in after.rounds[1]} <= {3, 4, 5}
    assert after.repeats == 0
    assert after.changed_rooms <= 2


def test_many_who_come_late_get_rooms_of_their_own() -> None:
    before = plan(people(20), [RoundSpec(4)] * 2, seed="a")

    after = replan(people(32), [RoundSpec(4)] * 2, before.rounds, held=1, seed="b")

    assert {len(room) for room in after.rounds[1]} <= {3, 4, 5}
    assert sorted(n for room in after.rounds[1] for n in room) == list(range(32))
    assert after.repeats == 0


def test_people_who_must_now_be_kept_apart_are_parted() -> None:
    before = plan(people(16), [RoundSpec(4)] * 2, seed="a")
    apart = before.rounds[1][0][0], before.rounds[1][0][1]

    after = replan(people(16), [RoundSpec(4)] * 2, before.rounds, held=1, keep_apart=[apart], seed="b")

    assert not any(set(apart) <= set(room) for room in after.rounds[1])
    assert after.repeats == 0


def test_a_locked_room_is_put_in_as_it_is() -> None:
    before = plan(people(16), [RoundSpec(4)] * 2, seed="a")
    lock = tuple(room[0] for room in before.rounds[0])

    after = replan(people(16), [RoundSpec(4)] * 2, before.rounds, held=1, locked={1: [lock]}, seed="b")

    assert tuple(sorted(lock)) in after.rounds[1]
    assert sorted(map(len, after.rounds[1])) == [4, 4, 4, 4]


def test_locks_of_people_who_left_are_refused() -> None:
    before = plan(people(16), FOURS, seed="a")

    with pytest.raises(ContradictoryLocks, match="Guest 15 is locked into a room but is not here"):
        replan(people(15), FOURS, before.rounds, held=1, locked={2: [(14, 15)]}, seed="b")


def test_rooms_for_another_number_of_rounds_are_refused() -> None:
    with pytest.raises(ValueError, match="There must be rooms for every round"):
        replan(people(4), FOURS, [[(0, 1, 2, 3)]], held=0, seed="a")


def test_a_merged_round_follows_the_rooms_it_is_made_of() -> None:
    rounds = [RoundSpec(2), RoundSpec(4, merge_previous=True)]
    before = plan(people(16), rounds, seed="a")
    here = [guest for guest in people(17) if guest.id != 3]

    after = replan(here, rounds, before.rounds, held=0, seed="b")

    assert sorted(n for room in after.rounds[1] for n in room) == [guest.id for guest in here]
    assert all(any(set(pair) <= set(room) for room in after.rounds[1]) for pair in after.rounds[0])


def test_whoever_comes_after_the_pairs_joins_a_merged_room() -> None:
    rounds = [RoundSpec(2), RoundSpec(4, merge_previous=True)]
    before = plan(people(8), rounds, seed="a")

    after = replan(people(9), rounds, before.rounds, held=1, seed="b")

    assert sorted(map(len, after.rounds[1])) == [4, 5]
    assert after.rounds[0] == before.rounds[0]


@pytest.mark.parametrize(("count", "gone", "seed"), [(20, 3, "a"), (20, 3, "b"), (24, 3, "d")])
def test_what_somebody_takes_in_one_round_is_not_lacking_in_a_later_one(count: int, gone: int, seed: str) -> None:
    rounds = [RoundSpec(4)] * 5
    before = plan(people(count), rounds, seed=seed)
    here = [*people(count)[gone:], Guest(100)]

    after = replan(here, rounds, before.rounds, held=1, seed="b")

    assert after.repeats == 0  # mending the rounds one after the other, without looking ahead, leaves one
    assert after.changed_rooms <= 5


def test_a_merged_room_that_became_too_small_is_filled_with_a_whole_pair() -> None:
    rounds = [RoundSpec(2), RoundSpec(4, merge_previous=True)]
    planned = [
        [(0, 1), (2, 3), (4, 5), (6, 7), (8, 9, 10)],
        [(0, 1, 2, 3), (4, 5, 6, 7, 8, 9, 10)],
    ]
    here = [guest for guest in people(11) if guest.id not in {2, 3}]

    after = replan(here, rounds, planned, held=1, seed="b")

    assert sorted(map(len, after.rounds[1])) == [4, 5]
    assert sorted(n for room in after.rounds[1] for n in room) == [guest.id for guest in here]
    assert all(any(set(part) <= set(room) for room in after.rounds[1]) for part in [(0, 1), (4, 5), (6, 7), (8, 9, 10)])


def test_a_merged_room_of_one_pair_is_shared_out_when_nobody_can_spare_a_pair() -> None:
    rounds = [RoundSpec(2), RoundSpec(4, merge_previous=True)]
    planned = [[(0, 1), (2, 3), (4, 5, 6)], [(0, 1, 2, 3), (4, 5, 6)]]
    here = [guest for guest in people(7) if guest.id not in {2, 3}]

    after = replan(here, rounds, planned, held=1, seed="b")

    assert after.rounds[1] == [(0, 1, 4, 5, 6)]


@settings(max_examples=40, deadline=None)
@given(
    count=st.integers(6, 30),
    gone=st.sets(st.integers(0, 29), max_size=8),
    late=st.integers(0, 5),
    size=st.integers(2, 5),
    held=st.integers(0, 3),
)
def test_everybody_here_and_nobody_else_has_one_room_in_every_round_to_come(
    count: int, gone: set[int], late: int, size: int, held: int
) -> None:
    rounds = [RoundSpec(size)] * 3
    before = plan(people(count), rounds, seed="a", seconds=0.1)
    here = [guest for guest in people(count + late) if guest.id not in gone]

    after = replan(here, rounds, before.rounds, held=held, seed="b")

    everybody = [guest.id for guest in here]
    assert after.rounds[:held] == before.rounds[:held]
    assert [sorted(n for room in rooms for n in room) for rooms in after.rounds[held:]] == [everybody] * (3 - held)
    assert after.repeats == repeats(after.rounds)
    if len(here) >= size * size:
        assert all(len(room) >= size - 1 for rooms in after.rounds[held:] for room in rooms)
