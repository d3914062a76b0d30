"""What people have in common, as sentences they can read."""

from unmentoring.common_ground import Likes, in_common


def test_shared_topics_and_ways_are_said_as_the_first_spells_them():
    one = Likes(("Housing", "Data", "Budgets"), ("Phone", "In person", "Teams"), "Fire")
    other = Likes(("data", "HOUSING"), ("Teams", "In person"), "Health")

    assert in_common([one, other]) == [
        "You both like to talk about Housing and Data.",
        "You both like to talk by meeting in person or Teams.",
    ]


def test_a_shared_sector_is_said():
    assert in_common([Likes(sector="Fire"), Likes(sector="Fire")]) == ["You both work in the same sector: fire."]


def test_of_three_only_what_all_three_share_is_said():
    three = [Likes(("Data", "Housing")), Likes(("Data",)), Likes(("Data", "Housing"))]

    assert in_common(three) == ["You all three like to talk about Data."]


def test_nothing_shared_is_nothing_said():
    assert in_common([Likes(("Data",), ("Phone",), "Fire"), Likes(("Housing",), ("Teams",), "Health")]) == []
    assert in_common([Likes(("Data",))]) == []
