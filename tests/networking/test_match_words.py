"""A match in sentences: why a pair, who is left and what would fix it, what the next best costs."""

import pytest

from networking.match_scores import Councillor, Mentor
from networking.match_words import Alternative, Left, Pool, alternatives, languages_in, left_without, regret, why

DAYS = frozenset({"Monday", "Tuesday"})
ANN = Councillor(1, "c", {"Video": 0, "Blogging": 1}, {"Video": 2, "Blogging": 3, "Curation": 1}, "Ipswich", DAYS)
NAMES = {1: "Ann", 2: "Bob", 7: "Mo", 8: "Nia", 9: "Olu"}
POOL = Pool({"Curation": [("Eve", 3), ("Fay", 3), ("Gus", 2)]})


def test_a_pair_is_explained_by_what_it_covers_what_it_does_not_and_how_near_they_are():
    mentor = Mentor(7, {"Video": 3, "Blogging": 2}, 2, "Ipswich", frozenset({"Tuesday"}))

    assert why(ANN, mentor, pool=POOL, mentor_name="Mo") == [
        "Covers Video.",
        "Covers in part Blogging (1 of 2 steps).",
        "For Curation ask the expert pool: Eve and Fay.",
        "Both are in Ipswich.",
        "Both can do Tuesday.",
    ]


def test_what_nobody_has_and_what_is_not_known_is_said():
    nobody = Mentor(7, {}, 2, "Bury", frozenset({"Friday"}))
    unknown = Mentor(8, {"Curation": 3}, 2)
    wants_curation = Councillor(2, "c", {}, {"Curation": 1})

    assert why(wants_curation, nobody, pool=Pool(), mentor_name="Mo")[0] == "Nobody in the cohort has Curation yet."
    assert why(ANN, nobody, pool=Pool(), mentor_name="Mo")[-2:] == [
        "Not in the same town or district: Ipswich and Bury.",
        "No day suits both.",
    ]
    assert why(wants_curation, unknown, pool=POOL, mentor_name="Nia") == [
        "Covers Curation.",
        "Nothing is known about how near they are.",
        "Not both have said which days suit them.",
    ]


def test_a_town_is_the_same_however_it_is_typed():
    bury = Councillor(1, "c", {}, {}, "Bury  St Edmunds")

    assert why(bury, Mentor(7, {}, 1, "bury st edmunds "), pool=POOL, mentor_name="Mo")[1] == (
        "Both are in Bury  St Edmunds."
    )
    assert [one.points for one in _other_mentors(bury, "bury st edmunds ", "Bury", "", None)] == [6, 0, 0, 0]
    assert [one.points for one in _other_mentors(Councillor(1, "c", {}, {}, " "), " ", "", None)] == [0, 0, 0]


def _other_mentors(councillor: Councillor, *areas: str | None) -> list[Alternative]:
    mentors = [Mentor(7 + n, {}, 1, area) for n, area in enumerate(areas)]
    return alternatives(councillor, mentors, excluded=(), forbidden=(), taken={})


def test_languages_that_both_know_are_told_and_others_are_not_and_none_is_worth_points():
    welsh = Councillor(1, "c", {}, {}, languages=languages_in("welsh, Polish and BSL"))
    both, other = Mentor(7, {}, 1, languages=languages_in("bsl; Welsh")), Mentor(8, {}, 1, languages=("Turkish",))

    assert why(welsh, both, pool=POOL, mentor_name="Mo")[3:] == ["Both know Welsh and BSL."]
    assert why(welsh, other, pool=POOL, mentor_name="Nia")[3:] == []
    assert alternatives(welsh, [both, other], excluded=(), forbidden=(), taken={}) == [
        Alternative(7, 0, "nothing is wanted", "", "Both know Welsh and BSL."),
        Alternative(8, 0, "nothing is wanted", "", ""),
    ]


@pytest.mark.parametrize(
    ("typed", "languages"),
    [
        ("", ()),
        (" None ", ()),
        ("English, n/a", ()),
        ("urdu; punjabi & Urdu", ("Urdu", "Punjabi")),
        ("Standard Mandarin, Irish", ("Standard Mandarin", "Irish")),
    ],
)
def test_languages_are_read_however_they_are_typed(typed, languages):
    assert languages_in(typed) == languages


def test_somebody_who_wants_nothing_is_matched_by_area_and_days():
    at_ease = Councillor(1, "c", {"Video": 3}, {"Video": 2}, "Ipswich", DAYS)

    said = why(at_ease, Mentor(7, {}, 1, "Ipswich", DAYS), pool=POOL, mentor_name="Mo")

    assert said == [
        "No skill is wanted yet, so area and days decided.",
        "Both are in Ipswich.",
        "Both can do Monday and Tuesday.",
    ]


def test_the_pool_offers_those_who_teach_or_else_those_at_ease_and_never_the_mentor():
    assert POOL.helpers("Curation") == ["Eve", "Fay"]
    assert POOL.helpers("Curation", but="Eve") == ["Fay"]
    assert Pool({"Curation": [("Gus", 2)]}).helpers("Curation") == ["Gus"]
    many = Pool({"Curation": [(name, 3) for name in ("Eve", "Fay", "Gus", "Hal")]})
    assert "For Curation ask the expert pool: Eve, Fay, Gus and 1 more." in why(
        ANN, Mentor(7, {}, 1), pool=many, mentor_name="Mo"
    )


def test_every_mentor_is_compared_with_what_stands_in_the_way():
    mentors = [Mentor(7, {"Video": 2}, 1), Mentor(8, {"Video": 1}, 2), Mentor(9, {}, 0)]

    found = alternatives(ANN, mentors, excluded={(1, 8)}, forbidden=(), taken={7: 1})

    assert found == [
        Alternative(7, 24, "Video 2 of 2", "the only place is taken"),
        Alternative(8, 12, "Video 1 of 2", "excluded"),
        Alternative(9, 0, "nothing that is wanted", "takes nobody"),
    ]


def test_who_is_left_learns_the_cause_and_what_would_fix_it():
    full = [Mentor(7, {"Video": 2}, 1), Mentor(8, {}, 1)]

    assert left_without(ANN, full, excluded=(), taken={7: 1, 8: 1}, names=NAMES) == Left(
        1, "All 2 places are taken.", "Find one more place with Mo, who covers Video, or invite another mentor."
    )
    assert left_without(ANN, full, excluded={(1, 8)}, taken={7: 1}, names=NAMES) == Left(
        1,
        "The only places left are with Nia, who cannot be matched here.",
        "Lift an exclusion, or find one more place with Mo, who covers Video.",
    )
    assert left_without(ANN, full, excluded={(1, 7), (1, 8)}, taken={}, names=NAMES) == Left(
        1, "Every mentor with a place is excluded or ruled out.", "Lift an exclusion."
    )
    assert left_without(ANN, [Mentor(7, {}, 0)], excluded=(), taken={}, names=NAMES) == Left(
        1, "No mentor has a place.", "Give a mentor a place, or invite another mentor."
    )


def test_the_next_best_is_told_with_names_the_worst_first():
    said = regret(8, cost=12, moved=[2], lost=[2], uncovered={"Video"}, fall=20, names=NAMES)

    assert said == [
        "The next best would be Nia.",
        "Bob would be left without a mentor.",
        "Nobody matched would have Video any more.",
        "The councillor served worst would have 20 per cent less of what they need.",
        "It would cost 12 points in all.",
        "Bob would have somebody else as well.",
    ]
    assert regret(None, cost=0, moved=[], lost=[], uncovered=(), fall=0, names=NAMES) == [
        "There would be no mentor instead.",
    ]
