"""Plans of rooms: who meets whom, and what is achieved."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetups.grouping import ContradictoryLocks, Guest, Pair, Plan, Room, RoundSpec, plan, why

BEST_KNOWN = [
    (5, 3, 7),
    (6, 3, 8),
    (7, 3, 10),
    (4, 4, 5),
    (5, 4, 5),
    (6, 4, 7),
    (7, 4, 9),
    (8, 4, 10),
    (10, 4, 13),
    (6, 5, 6),
    (9, 3, 13),
    (11, 3, 16),
    (13, 4, 17),
    (18, 4, 10),
    (3, 3, 4),
    (5, 5, 6),
    (7, 7, 8),
    (11, 11, 12),
    (5, 2, 9),
    (36, 2, 71),
]


def people(count: int) -> list[Guest]:
    return [Guest(number) for number in range(count)]


def sizes(rooms: list[Room]) -> list[int]:
    return sorted(map(len, rooms))


def meetings(rounds: list[list[Room]]) -> Counter[Pair]:
    return Counter(pair for rooms in rounds for room in rooms for pair in combinations(sorted(room), 2))


def repeats(rounds: list[list[Room]]) -> int:
    return sum(count - 1 for count in meetings(rounds).values())


def share_a_room(made: Plan, *ids: int) -> bool:
    return any(set(ids) <= set(room) for rooms in made.rounds for room in rooms)


@pytest.mark.parametrize(("rooms", "size", "rounds"), BEST_KNOWN)
def test_nobody_meets_twice_in_as_many_rounds_as_are_known_to_be_possible(rooms: int, size: int, rounds: int) -> None:
    made = plan(people(rooms * size), [RoundSpec(size)] * rounds, seed="a")

    assert [sizes(done) for done in made.rounds] == [[size] * rooms] * rounds
    assert (repeats(made.rounds), made.repeats) == (0, 0)
    assert made.achieved == "Nobody meets twice."


@pytest.mark.parametrize("count", range(13, 54))
def test_rooms_of_three_and_four_go_four_or_five_rounds_without_a_repeat_for_any_number(count: int) -> None:
    made = plan(people(count), [RoundSpec(4)] * (4 if count < 17 else 5), seed="a")

    assert {len(room) for rooms in made.rounds for room in rooms} <= {3, 4}
    assert repeats(made.rounds) == 0


@pytest.mark.parametrize(
    ("rooms", "held", "more"), [(4, 1, 4), (6, 1, 4), (6, 2, 4), (8, 1, 9), (10, 1, 5), (18, 1, 9)]
)
def test_after_rounds_that_were_held_as_many_follow_without_a_repeat_as_one_plan_could_have_had(
    rooms: int, held: int, more: int
) -> None:
    already = plan(people(rooms * 4), [RoundSpec(4)] * held, seed="a").rounds

    made = plan(people(rooms * 4), [RoundSpec(4)] * (held + more), held=already, seed="b")

    assert made.rounds[:held] == already
    assert [sizes(done) for done in made.rounds[held:]] == [[4] * rooms] * more
    assert (repeats(made.rounds), made.repeats) == (0, 0)


def test_people_who_left_after_a_round_and_others_who_came_late_do_not_stand_in_the_way() -> None:
    already = plan(people(24), [RoundSpec(4)], seed="a").rounds
    here = [Guest(number) for number in range(4, 27)]

    made = plan(here, [RoundSpec(4)] * 4, held=already, locked={1: [(4, 26)]}, seed="a")

    assert made.rounds[0] == already[0]
    assert sorted(guest for room in made.rounds[3] for guest in room) == list(range(4, 27))
    assert any({4, 26} <= set(room) for room in made.rounds[1])
    assert repeats(made.rounds) == 0


@pytest.mark.parametrize(
    ("held", "rounds", "locked", "words"),
    [
        (2, [RoundSpec(2)], {}, "More rounds were held than there are."),
        (1, [RoundSpec(2), RoundSpec(4, merge_previous=True)], {}, "The first round to plan has no rooms before it"),
        (1, [RoundSpec(2), RoundSpec(2)], {0: [(0, 1)]}, "There is no round 1 to lock rooms in."),
    ],
)
def test_what_does_not_fit_the_rounds_that_were_held_is_refused(
    held: int, rounds: list[RoundSpec], locked: dict[int, list[Room]], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        plan(people(4), rounds, held=[[(0, 1), (2, 3)]] * held, locked=locked, seed="a")


def test_a_full_meetup_of_mixed_people_meets_only_strangers_from_other_councils() -> None:
    guests = [
        Guest(n, f"Council {n % 40}", "councillor" if n % 5 == 0 else "officer", n % 4 == 0, n % 6 == 0)
        for n in range(72)
    ]
    met = {(n, n + 1): 1 for n in range(71)}

    made = plan(guests, [RoundSpec(4)] * 5, met=met, keep_apart=[(0, 9), (3, 8)], seed="a")

    assert (made.repeats, made.same_council, made.met_before, made.newcomers_alone) == (0, 0, 0, 0)
    assert made.together_anyway == ()
    assert made.achieved == "Nobody meets twice; every room has at least four councils."


def test_the_same_seed_gives_the_same_plan_whatever_the_order_of_guests() -> None:
    guests = [Guest(n, council=f"Council {n % 7}") for n in range(22)]

    first = plan(guests, [RoundSpec(4)] * 3, seed="a", seconds=30)
    again = plan(guests[::-1], [RoundSpec(4)] * 3, seed="a", seconds=30)
    other = plan(guests, [RoundSpec(4)] * 3, seed="b", seconds=30)

    assert first == again
    assert first.rounds != other.rounds


def test_two_of_one_council_share_a_room_only_when_they_must() -> None:
    avoidable = plan([Guest(n, council=f"Council {n % 6}") for n in range(24)], [RoundSpec(4)] * 4, seed="a")
    unavoidable = plan([Guest(n, council="Essex" if n < 5 else None) for n in range(16)], [RoundSpec(4)], seed="a")

    assert (avoidable.repeats, avoidable.same_council, avoidable.fewest_councils) == (0, 0, 4)
    assert unavoidable.same_council == 1
    assert unavoidable.achieved == "Nobody meets twice; two of one council share a room once."


def test_every_newcomer_sits_with_a_regular_and_the_confident_are_spread() -> None:
    guests = [Guest(n, newcomer=n < 8, confident=n >= 12) for n in range(16)]

    made = plan(guests, [RoundSpec(4)] * 2, seed="a")

    newcomers = [sorted(sum(n < 8 for n in room) for room in rooms) for rooms in made.rounds]
    confident = [sorted(sum(n >= 12 for n in room) for room in rooms) for rooms in made.rounds]
    assert newcomers == [[2, 2, 2, 2]] * 2
    assert confident == [[1, 1, 1, 1]] * 2
    assert made.newcomers_alone == 0


@pytest.mark.parametrize(
    ("few", "many"), [({"role": "councillor"}, {"role": "officer"}), ({"tier": "county"}, {"tier": "district"})]
)
def test_roles_and_tiers_are_mixed(few: dict[str, str], many: dict[str, str]) -> None:
    guests = [Guest(n, **(few if n < 4 else many)) for n in range(16)]

    made = plan(guests, [RoundSpec(4)] * 3, seed="a")

    assert [sum(n < 4 for n in room) for rooms in made.rounds for room in rooms] == [1] * 12


def test_people_who_met_at_earlier_meetups_meet_others() -> None:
    met = dict.fromkeys((pair for low in range(0, 16, 4) for pair in combinations(range(low, low + 4), 2)), 1)

    made = plan(people(16), [RoundSpec(4)] * 4, met=met, seed="a")

    assert (made.repeats, made.met_before) == (0, 0)


def test_the_more_often_two_met_before_the_less_likely_they_meet_again() -> None:
    met = dict.fromkeys(combinations(range(4), 2), 3) | {(0, 1): 1, (2, 3): 1}

    made = plan(people(4), [RoundSpec(2)], met=met, seed="a")

    assert made.rounds == [[(0, 1), (2, 3)]]
    assert made.achieved == "Nobody meets twice; two pairs had met at an earlier meet-up."


def test_people_kept_apart_never_share_a_room_even_if_others_meet_twice_for_it() -> None:
    made = plan(people(4), [RoundSpec(2)] * 3, keep_apart=[(1, 0)], seed="a")

    assert not share_a_room(made, 0, 1)
    assert (made.repeats, made.together_anyway) == (2, ())


def test_rooms_become_smaller_to_keep_people_apart() -> None:
    made = plan(people(6), [RoundSpec(3)], keep_apart=list(combinations(range(3), 2)), seed="a")

    assert sizes(made.rounds[0]) == [2, 2, 2]
    assert made.together_anyway == ()


def test_people_who_cannot_be_kept_apart_are_named() -> None:
    made = plan(people(4), [RoundSpec(4)], keep_apart=[(2, 1)], seed="a")

    assert made.together_anyway == ((1, 2),)
    assert made.achieved == "These could not be kept apart in rooms of this size: 1 and 2; nobody meets twice."


def test_pairs_kept_apart_or_met_that_are_not_here_do_not_matter() -> None:
    with_strangers = plan(people(8), [RoundSpec(4)] * 2, met={(0, 99): 2}, keep_apart=[(98, 99)], seed="a")

    assert with_strangers == plan(people(8), [RoundSpec(4)] * 2, seed="a")


def test_a_locked_room_is_kept_and_a_smaller_lock_is_filled_up() -> None:
    locked: dict[int, list[Room]] = {0: [(0, 1, 2, 3)], 1: [(4, 5), (6, 7, 8)]}

    made = plan(people(16), [RoundSpec(4)] * 2, locked=locked, seed="a")

    assert made.rounds[0][0] == (0, 1, 2, 3)
    assert (6, 7, 8) in made.rounds[1]
    assert [len(room) for room in made.rounds[1] if {4, 5} <= set(room)] in ([3], [4])
    assert made.repeats == 0


def test_a_lock_that_would_leave_somebody_alone_is_filled_up() -> None:
    made = plan(people(9), [RoundSpec(4)], locked={0: [(0, 1, 2, 3), (4, 5, 6, 7)]}, seed="a")

    assert sizes(made.rounds[0]) == [4, 5]
    assert share_a_room(made, 0, 1, 2, 3)
    assert share_a_room(made, 4, 5, 6, 7)


@pytest.mark.parametrize(
    ("locked", "words"),
    [
        ({0: [(0, 99)]}, "Guest 99 is locked into a room but is not here."),
        ({0: [(0, 1), (1, 2)]}, "Guest 1 is locked into two rooms in round 1."),
        ({0: [(0, 7)]}, "Guests 0 and 7 are to be kept apart but locked into one room."),
        ({5: [(0, 1)]}, "There is no round 6 to lock rooms in."),
    ],
)
def test_locks_that_contradict_are_refused_in_words(locked: dict[int, list[Room]], words: str) -> None:
    with pytest.raises(ContradictoryLocks, match=words):
        plan(people(8), [RoundSpec(4)], locked=locked, keep_apart=[(0, 7)], seed="a")


@pytest.mark.parametrize(
    ("guests", "rounds", "words"),
    [
        ([Guest(1), Guest(1)], [RoundSpec(2)], "Guest 1 is in the list twice."),
        ([Guest(1)], [RoundSpec(0)], "A room needs a size of at least 1."),
        ([Guest(1)], [RoundSpec(4, merge_previous=True)], "The first round to plan has no rooms before it to merge."),
    ],
)
def test_what_cannot_be_planned_is_refused_in_words(guests: list[Guest], rounds: list[RoundSpec], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        plan(guests, rounds, seed="a")


def test_pairs_merge_into_fours_and_that_is_not_a_repeat() -> None:
    guests = [Guest(n, council=f"Council {n % 8}") for n in range(24)]

    made = plan(guests, [RoundSpec(1), RoundSpec(2, True), RoundSpec(4, True), RoundSpec(4)], seed="a")

    ones, pairs, fours, others = made.rounds
    assert (sizes(ones), sizes(pairs), sizes(fours)) == ([1] * 24, [2] * 12, [4] * 6)
    assert all(any(set(pair) <= set(four) for four in fours) for pair in pairs)
    assert repeats([fours, others]) == 0
    assert (made.repeats, made.same_council) == (0, 0)


@pytest.mark.parametrize(
    ("count", "small", "merged"),
    [(10, [2, 2, 3, 3], [5, 5]), (13, [2] * 5 + [3], [4, 4, 5]), (6, [2, 2, 2], [6])],
)
def test_odd_numbers_of_pairs_merge_into_rooms_of_about_four(count: int, small: list[int], merged: list[int]) -> None:
    made = plan(people(count), [RoundSpec(2), RoundSpec(4, True)], seed="a")

    assert [sizes(rooms) for rooms in made.rounds] == [small, merged]


def test_locked_pairs_and_a_locked_four_hold_through_a_merge() -> None:
    locked: dict[int, list[Room]] = {0: [(1, 2), (5, 6)], 1: [(1, 2, 3, 4)]}

    made = plan(people(16), [RoundSpec(2), RoundSpec(4, True)], locked=locked, seed="a")

    assert {(1, 2), (5, 6)} <= set(made.rounds[0])
    assert (1, 2, 3, 4) in made.rounds[1]


def test_locks_that_split_a_pair_while_merging_are_refused() -> None:
    locked: dict[int, list[Room]] = {0: [(1, 2)], 1: [(1, 3, 4, 5), (2, 6, 7, 8)]}

    with pytest.raises(ContradictoryLocks):
        plan(people(16), [RoundSpec(2), RoundSpec(4, True)], locked=locked, seed="a")


def test_a_guest_is_told_why_they_are_in_their_room() -> None:
    guests = [Guest(0, "Essex"), Guest(1, "Kent"), Guest(2, "Devon"), Guest(3, "Essex"), Guest(4)]
    rounds = [RoundSpec(2), RoundSpec(4, merge_previous=True), RoundSpec(2)]
    made = Plan([[(0, 1), (2, 3)], [(0, 1, 2, 3)], [(0, 3), (1, 2)]], repeats=2, same_council=2)

    def told(guest: int, number: int) -> str:
        return why(made, rounds, guests, guest, number=number, met={(2, 1): 1})

    assert told(0, 0) == (
        "Everybody here is new to you today; nobody else here is from your council; "
        "you have met none of them at earlier meet-ups."
    )
    assert told(1, 1) == "Everybody here is new to you today; nobody else here is from your council."
    assert told(0, 2) == (
        "You meet one of them again, because we found no plan in which fewer people meet twice; "
        "somebody from your council is here because we found no better mix for everybody; "
        "you have met none of them at earlier meet-ups."
    )
    assert told(4, 0) == ""
    assert why(made, rounds, guests, 0, number=2, met={}, is_changed=True) == (
        "You meet one of them again; somebody from your council is here; you have met none of them at earlier meet-ups."
    )


def partitions(ids: tuple[int, ...], size: int) -> list[list[Room]]:
    if not ids:
        return [[]]
    first, rest = ids[0], ids[1:]
    return [
        [(first, *others), *more]
        for others in combinations(rest, size - 1)
        for more in partitions(tuple(n for n in rest if n not in others), size)
    ]


def fewest_repeats(count: int, size: int, rounds: int) -> int:
    """By trying everything; the first round may be any."""
    every = partitions(tuple(range(count)), size)
    layers = {frozenset(meetings([every[0]]).items())}
    for _ in range(rounds - 1):
        layers = {frozenset((Counter(dict(layer)) + meetings([rooms])).items()) for layer in layers for rooms in every}
    return min(sum(times - 1 for _, times in layer) for layer in layers)


@pytest.mark.parametrize(("count", "size", "rounds"), [(4, 2, 5), (6, 2, 4), (6, 3, 2), (6, 3, 3), (8, 4, 2)])
def test_repeats_are_as_few_as_trying_everything_finds(count: int, size: int, rounds: int) -> None:
    made = plan(people(count), [RoundSpec(size)] * rounds, seed="a")

    assert made.repeats == fewest_repeats(count, size, rounds)


@pytest.mark.parametrize(("count", "expected"), [(3, [[3]]), (5, [[2, 3]]), (1, [[1]]), (0, [[]])])
def test_nobody_is_left_alone_in_pairs_unless_nobody_else_came(count: int, expected: list[list[int]]) -> None:
    assert [sizes(rooms) for rooms in plan(people(count), [RoundSpec(2)], seed="a").rounds] == expected


guest_lists = st.lists(
    st.builds(
        Guest,
        id=st.integers(0, 500),
        council=st.sampled_from([None, "Essex", "Kent", "Devon", "Leeds"]),
        role=st.sampled_from([None, "officer", "councillor"]),
        newcomer=st.booleans(),
        confident=st.booleans(),
    ),
    unique_by=lambda guest: guest.id,
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(
    guests=guest_lists,
    rounds=st.lists(st.builds(RoundSpec, size=st.integers(1, 6)), min_size=1, max_size=4),
    apart=st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), max_size=5),
)
def test_everybody_has_one_room_of_about_the_right_size_in_every_round(
    guests: list[Guest], rounds: list[RoundSpec], apart: list[Pair]
) -> None:
    made = plan(guests, rounds, keep_apart=apart, seed="a", seconds=0.1)

    everybody = sorted(guest.id for guest in guests)
    assert [sorted(n for room in rooms for n in room) for rooms in made.rounds] == [everybody] * len(rounds)
    assert made.repeats == repeats(made.rounds)
    for spec, rooms in zip(rounds, made.rounds, strict=True):
        if len(guests) >= spec.size * spec.size:
            assert all(abs(len(room) - spec.size) <= 1 for room in rooms)


@settings(max_examples=30, deadline=None)
@given(count=st.integers(2, 40), chain=st.sampled_from([(2, 4), (2, 4, 8), (3, 6), (1, 2, 4), (4, 40)]))
def test_a_merged_room_is_always_made_of_whole_rooms(count: int, chain: tuple[int, ...]) -> None:
    rounds = [RoundSpec(size, merge_previous=i > 0) for i, size in enumerate(chain)]

    made = plan(people(count), rounds, seed="a", seconds=0.1)

    for before, after in zip(made.rounds, made.rounds[1:], strict=False):
        assert all(any(set(room) <= set(merged) for merged in after) for room in before)
    assert made.repeats == 0
