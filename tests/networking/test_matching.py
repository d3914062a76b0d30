"""The match is compared with an independent search through every possible matching of small cohorts."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from networking import matching
from networking.matching import Councillor, Mentor, NoFeasibleMatch
from tests.bench import match as bench
from tests.networking.every_matching import Case, assert_best

SKILLS = ("blogging", "video", "curation")


def councillor(number: int, cohort: str = "Suffolk", **wanted: int) -> Councillor:
    return Councillor(number, cohort, {}, wanted)


def mentor(number: int, capacity: int = 1, **level: int) -> Mentor:
    return Mentor(number, level, capacity)


def small_case(seed: int, *, councillors: int, mentors: int) -> Case:
    rng = random.Random(seed)

    def levels() -> dict[str, int]:
        return {skill: rng.choice((0, 0, 1, 2, 3)) for skill in SKILLS}

    def near() -> tuple[str | None, frozenset[str]]:
        return rng.choice((None, "Bury", "Ely")), frozenset(rng.sample(("Mon", "Tue", "Wed"), rng.randint(0, 3)))

    people = [Councillor(i, rng.choice("AB"), levels(), levels(), *near()) for i in range(councillors)]
    helpers = [Mentor(100 + i, levels(), rng.randint(1, 2), *near()) for i in range(mentors)]
    excluded = {(a.id, b.id) for a in people for b in helpers if rng.random() < 0.15}
    free = [(a.id, b.id) for a in people for b in helpers if (a.id, b.id) not in excluded]
    locked = dict([rng.choice(free)]) if free and rng.random() < 0.3 else {}
    keep = {a.id: rng.choice(helpers).id for a in people if rng.random() < 0.4}
    return Case(people, helpers, excluded, locked, keep)


@pytest.mark.parametrize("cover", [True, False])
@pytest.mark.parametrize("seed", range(60))
def test_a_small_match_is_as_good_as_the_best_of_all_matchings(seed: int, cover: bool) -> None:
    shapes = [(3, 3), (4, 3), (4, 4), (5, 3), (5, 4), (5, 2)]
    councillors, mentors = shapes[seed % len(shapes)]

    assert_best(small_case(seed, councillors=councillors, mentors=mentors), cover=cover)


@given(st.integers(min_value=1000), st.integers(1, 4), st.integers(1, 4), st.booleans())
@settings(max_examples=60, deadline=None)
def test_any_tiny_match_is_as_good_as_the_best_of_all_matchings(seed: int, few: int, some: int, cover: bool) -> None:
    case = small_case(seed, councillors=few, mentors=some)

    if any((a.id, b.id) not in case.excluded for a in case.councillors for b in case.mentors):
        assert_best(case, cover=cover)
    else:
        with pytest.raises(NoFeasibleMatch):
            case.match(cover=cover)


# --- what the score prefers -----------------------------------------------------------------------------------------


def test_the_bigger_gap_gets_the_mentor_who_can_close_it() -> None:
    people = [councillor(1, video=1), councillor(2, video=3)]

    found = matching.match(people, [mentor(7, video=3), mentor(8, video=1)])

    assert found.pairs == {1: 8, 2: 7}


def test_the_worst_served_councillor_comes_before_the_total() -> None:
    people = [councillor(1, video=3, blogging=3, curation=3), councillor(2, video=1)]
    helpers = [mentor(7, video=3, blogging=3, curation=1), mentor(8, blogging=2, curation=1)]

    found = matching.match(people, helpers, cover=False)

    assert (found.pairs, found.worst) == ({1: 8, 2: 7}, 33)


def test_somebody_whom_nobody_can_help_does_not_hide_the_next_worst_served() -> None:
    hopeless = councillor(3, opera=3)
    people = [councillor(1, video=3, blogging=3, curation=3), councillor(2, video=1), hopeless]
    helpers = [mentor(7, video=3, blogging=3, curation=1), mentor(8, blogging=2, curation=1), mentor(9)]

    found = matching.match(people, helpers, cover=False)

    assert (found.pairs, found.worst) == ({1: 8, 2: 7, 3: 9}, 33)


def test_area_and_days_decide_between_equals() -> None:
    person = Councillor(1, "A", {}, {"video": 2}, "Ely", frozenset({"Mon", "Tue", "Wed"}))
    helpers = [
        Mentor(7, {"video": 2}, 1, "Bury", frozenset({"Mon", "Tue", "Wed"})),
        Mentor(8, {"video": 2}, 1, "Ely", frozenset()),
        Mentor(9, {"video": 2}, 1, "Ely", frozenset({"Wed"})),
    ]

    found = matching.match([person], helpers)

    assert (found.pairs, found.score) == ({1: 9}, 24 + 6 + 2)


def test_a_rare_skill_is_covered_in_the_cohort_though_another_mentor_scores_more() -> None:
    people = [councillor(1, video=3, conflict=1), councillor(2, video=3)]
    helpers = [mentor(7, 2, video=3), mentor(8, 1, conflict=2)]

    assert matching.match(people, helpers, cover=False).pairs == {1: 7, 2: 7}
    assert matching.match(people, helpers).pairs == {1: 8, 2: 7}
    assert matching.match(people, helpers).uncovered == set()


def test_a_skill_that_nobody_has_is_listed_as_uncovered() -> None:
    found = matching.match([councillor(1, "A", video=2), councillor(2, "B", opera=1)], [mentor(7, 2, video=3)])

    assert found.uncovered == {("B", "opera")}


def test_level_one_covers_a_skill_only_where_no_mentor_is_further() -> None:
    people = [councillor(1, video=1)]

    assert matching.match(people, [mentor(7, video=1)]).uncovered == set()
    assert matching.match(people, [mentor(7, video=1), mentor(8, video=2)]).pairs == {1: 8}


# --- what must hold -------------------------------------------------------------------------------------------------


def test_a_lock_holds_even_when_it_costs_points() -> None:
    people = [councillor(1, video=3), councillor(2, blogging=3)]
    helpers = [mentor(7, video=3), mentor(8, blogging=3)]

    found = matching.match(people, helpers, locked={1: 8})

    assert found.pairs == {1: 8, 2: 7}
    assert found.reasons[1] == ["meets 0 of 3 steps", "does not cover video", "locked"]


def test_an_excluded_pair_does_not_happen_even_when_it_is_the_best() -> None:
    people = [councillor(1, video=3)]

    assert matching.match(people, [mentor(7, video=3), mentor(8)], excluded={(1, 7)}).pairs == {1: 8}


def test_exclusions_and_published_pairs_may_name_people_who_have_left() -> None:
    found = matching.match([councillor(1)], [mentor(7)], excluded={(1, 99), (50, 7)}, keep={50: 7, 1: 99})

    assert found.pairs == {1: 7}


def test_everybody_is_matched_while_capacity_lasts() -> None:
    people = [councillor(number, video=3) for number in range(10)]

    found = matching.match(people, [mentor(100, 5, video=3), mentor(101, 5)])

    assert Counter(found.pairs.values()) == {100: 5, 101: 5}
    assert found.unmatched == []


def test_solving_again_keeps_the_published_pairs_though_another_order_is_as_good() -> None:
    people = [councillor(number, video=2) for number in range(6)]
    helpers = [mentor(100 + number, video=2) for number in range(6)]
    published = {number: 105 - number for number in range(6)}

    assert matching.match(people, helpers, keep=published).pairs == published


def test_when_a_mentor_leaves_only_their_councillors_move() -> None:
    case = bench.question(councillors=20, mentors=12, rare=4, seed=3)
    before = matching.match(case.councillors, case.mentors, excluded=case.excluded)
    gone = min(set(before.pairs.values()))
    helpers = [each for each in case.mentors if each.id != gone] + [Mentor(1, {}, 5)]

    after = matching.match(case.councillors, helpers, excluded=case.excluded, keep=before.pairs, cover=False)

    moved = {each for each in before.pairs if after.pairs[each] != before.pairs[each]}
    assert {each for each, helper in before.pairs.items() if helper == gone} <= moved
    assert len(moved) <= 2 * list(before.pairs.values()).count(gone)


def test_the_order_in_which_people_are_listed_changes_nothing() -> None:
    case = bench.question(councillors=40, mentors=20, rare=4, seed=5)
    found = matching.match(case.councillors, case.mentors, excluded=case.excluded, locked=case.locked)

    again = matching.match(
        case.councillors[::-1], case.mentors[::-1], excluded=sorted(case.excluded)[::-1], locked=case.locked
    )

    assert again == found
    assert list(again.pairs) == sorted(again.pairs)


@pytest.mark.parametrize("seed", range(4))
def test_a_larger_match_breaks_no_rule(seed: int) -> None:
    case = bench.question(councillors=160, mentors=90, rare=6, seed=seed)

    plain = matching.match(case.councillors, case.mentors, excluded=case.excluded, locked=case.locked, cover=False)
    found = matching.match(case.councillors, case.mentors, excluded=case.excluded, locked=case.locked)

    assert len(found.pairs) == len(plain.pairs) == min(160, sum(each.capacity for each in case.mentors))
    assert {each: found.pairs[each] for each in case.locked} == case.locked
    assert not case.excluded & set(found.pairs.items())
    assert Counter(found.pairs.values()) <= Counter({each.id: each.capacity for each in case.mentors})
    assert len(found.uncovered) <= len(plain.uncovered)
    assert (found.uncovered == plain.uncovered) <= (found.score == plain.score)


def test_every_skill_is_covered_in_a_larger_match_that_has_the_mentors_for_it() -> None:
    case = bench.question(councillors=200, mentors=120, rare=10, seed=2)

    assert matching.match(case.councillors, case.mentors, cover=False).uncovered != set()
    assert matching.match(case.councillors, case.mentors).uncovered == set()


# --- what cannot be -------------------------------------------------------------------------------------------------


def test_nobody_to_match_is_an_empty_answer() -> None:
    found = matching.match([], [mentor(7)])

    assert (found.pairs, found.unmatched, found.uncovered, found.score) == ({}, [], set(), 0)


def test_more_councillors_than_places_says_who_is_left_and_what_would_help() -> None:
    people = [councillor(1, video=3), councillor(2, video=1)]

    found = matching.match(people, [mentor(7, video=3)])

    assert (found.pairs, found.unmatched) == ({1: 7}, [2])
    assert found.reasons[2] == [
        "all 1 places are taken and 1 councillor is left without one",
        "to fix it: one more place with mentor 7 (covers video), or another mentor",
    ]


def test_somebody_excluded_from_every_mentor_is_left_with_the_cause() -> None:
    found = matching.match([councillor(1), councillor(2)], [mentor(7, 2)], excluded={(2, 7)})

    assert found.unmatched == [2]
    assert found.reasons[2] == [
        "every mentor with a place is excluded for this councillor",
        "to fix it: lift one of these exclusions",
    ]


def test_somebody_excluded_from_the_only_places_left_is_told_which() -> None:
    excluded = {(1, 8), (2, 8)}

    found = matching.match([councillor(1, video=2), councillor(2)], [mentor(7), mentor(8)], excluded=excluded)

    assert found.unmatched == [2]
    assert found.reasons[2] == [
        "the only places left are with excluded mentors (8)",
        "to fix it: lift an exclusion, or one more place with mentor 7",
    ]


@pytest.mark.parametrize(
    ("mentors", "excluded", "locked", "words"),
    [
        ([], set(), {}, "There are no mentors"),
        ([mentor(7, 0)], set(), {}, "every capacity is 0"),
        ([mentor(7, 5)], {(1, 7), (2, 7)}, {}, "Every pair .* is excluded"),
        ([mentor(7, 5)], {(1, 7)}, {1: 7}, "Councillor 1 is locked to mentor 7, but that pair is excluded"),
        ([mentor(7, 1)], set(), {1: 7, 2: 7}, r"2 councillors \(1, 2\) locked to mentor 7, whose capacity is 1 place"),
        ([mentor(7, 1)], set(), {1: 9}, "A lock names mentor 9"),
        ([mentor(7, 1)], set(), {3: 7}, "A lock names councillor 3"),
    ],
)
def test_a_match_that_cannot_be_says_why(
    mentors: list[Mentor], excluded: set[tuple[int, int]], locked: dict[int, int], words: str
) -> None:
    with pytest.raises(NoFeasibleMatch, match=words):
        matching.match([councillor(1), councillor(2)], mentors, excluded=excluded, locked=locked)


def test_the_same_person_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="The same councillor is given twice: 1"):
        matching.match([councillor(1), councillor(1)], [mentor(7)])


def test_a_capacity_below_nought_is_refused() -> None:
    with pytest.raises(ValueError, match="Capacity is below 0 for mentor 7"):
        matching.match([councillor(1)], [mentor(7, -1)])


# --- why ------------------------------------------------------------------------------------------------------------


def test_a_pair_is_explained_by_the_terms_of_its_score() -> None:
    person = Councillor(1, "A", {"video": 1}, {"video": 3, "blogging": 1, "opera": 2}, "Ely", frozenset({"Mon", "Tue"}))
    helper = Mentor(7, {"video": 2, "blogging": 3}, 1, "Ely", frozenset({"Tue"}))

    found = matching.match([person], [helper], keep={1: 7})

    assert found.reasons[1] == [
        "meets 2 of 5 steps",
        "covers blogging: 1 of 1 step (12 points)",
        "covers video: 1 of 2 steps (12 points)",
        "does not cover opera",
        "same area: Ely (6 points)",
        "both can do Tue (2 points)",
        "already paired (3 points)",
    ]
    assert found.score == 12 + 12 + 6 + 2 + 3


def test_the_next_best_says_what_forbidding_the_pair_would_cost() -> None:
    people = [councillor(1, video=3), councillor(2, video=2)]
    helpers = [mentor(7, video=3), mentor(8, video=2)]
    found = matching.match(people, helpers)

    other = matching.next_best(1, found, people, helpers)

    assert (other.mentor, other.cost, other.moved) == (8, 12, [2])
    assert other.words == "The next best would be mentor 8. It would cost 12 points. Others who would move: 2."


def test_the_next_best_may_need_somebody_else_to_move() -> None:
    people = [councillor(1, video=3), councillor(2, video=3), councillor(3, video=3)]
    helpers = [mentor(7, 2, video=3), mentor(8, 1, video=2), mentor(9, 1, video=3)]
    found = matching.match(people, helpers, excluded={(2, 8), (3, 8)}, locked={2: 7, 3: 7})

    other = matching.next_best(1, found, people, helpers, excluded={(2, 8), (3, 8)})

    assert (found.pairs[1], other.mentor, other.cost, other.moved) == (9, 7, 0, [3])


def test_the_next_best_of_the_only_pair_is_nobody() -> None:
    people, helpers = [councillor(1, video=1)], [mentor(7, video=1)]
    found = matching.match(people, helpers)

    other = matching.next_best(1, found, people, helpers, locked={1: 7})

    assert (other.mentor, other.cost, other.words) == (None, 12, "There is no other way to match anybody.")


def test_the_next_best_names_who_would_be_left_and_what_would_be_uncovered() -> None:
    people, helpers = [councillor(1, video=2), councillor(2)], [mentor(7, video=2), mentor(8)]
    found = matching.match(people, helpers, excluded={(1, 8), (2, 7)})

    other = matching.next_best(1, found, people, helpers, excluded={(1, 8), (2, 7)})

    assert (other.mentor, other.moved) == (None, [])
    assert other.words == (
        "There would be no mentor instead. Left without a mentor: 1. No longer covered: video in Suffolk. "
        "It would cost 24 points."
    )
