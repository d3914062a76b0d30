"""The figures of the evaluation, against worked examples from textbooks and against each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from networking import statistics
from networking.statistics import Interval, Spread

POINTS = st.integers(1, 5)


def test_fewer_than_five_people_are_never_shown():
    four = dict.fromkeys(range(4), 3)

    assert statistics.paired_change(four, four) is None
    assert statistics.spread([1, 2, 3, 4]) is None


def test_five_before_and_five_after_are_not_shown_when_only_four_are_the_same_people():
    assert statistics.paired_change(dict.fromkeys(range(5), 2), dict.fromkeys(range(1, 6), 3)) is None


def test_a_spread_counts_every_point_of_the_scale():
    assert statistics.spread([1, 2, 2, 5, 5, 5]) == Spread(6, 20 / 6, (1, 2, 0, 0, 3))


def test_the_interval_of_the_mean_is_students():
    """Differences 1, 2, 0, 3, 0, 2 have mean 4/3 and standard deviation 1.2111; t with 5 degrees is 2.5706."""
    before = dict.fromkeys(range(6), 2)
    after = dict(enumerate([3, 4, 2, 5, 2, 4]))

    change = statistics.paired_change(before, after)

    assert (change.n, change.change) == (6, pytest.approx(4 / 3))
    assert change.interval.low == pytest.approx(4 / 3 - 2.5706 * 1.2111 / 6**0.5, abs=1e-3)
    assert change.interval.high == pytest.approx(4 / 3 + 2.5706 * 1.2111 / 6**0.5, abs=1e-3)


def test_the_interval_of_a_share_is_wilsons():
    """Newcombe (1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E), table I: 15 of 148."""
    found = statistics.share_interval(15, 148)

    assert (round(found.low, 4), round(found.high, 4)) == (0.0624, 0.1605)


def test_everybody_changing_by_the_same_gives_no_interval_but_says_so():
    change = statistics.paired_change(dict.fromkeys(range(5), 2), dict.fromkeys(range(5), 3))

    assert change.interval is None
    assert "Everybody changed by the same" in statistics.in_words(change)


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ([4, 4, 5, 4, 5, 4], "6 of 6 people chose a higher point than before. The rise is larger than chance alone"),
        ([2, 3, 1, 2, 2, 3], "2 of 6 people chose a higher point than before. The change is small enough to be chance"),
    ],
)
def test_a_change_is_said_in_a_sentence(after, said):
    change = statistics.paired_change(dict.fromkeys(range(6), 2), dict(enumerate(after)))

    assert statistics.in_words(change).startswith(said)


@given(st.dictionaries(st.integers(0, 40), st.tuples(POINTS, POINTS), min_size=5))
def test_the_parts_always_add_up(answers):
    change = statistics.paired_change(
        {person: two[0] for person, two in answers.items()}, {person: two[1] for person, two in answers.items()}
    )

    assert change.improved + change.same + change.fell == pytest.approx(1)
    assert change.after - change.before == pytest.approx(change.change)
    assert change.improved_interval.low <= change.improved + 1e-9
    assert change.improved <= change.improved_interval.high + 1e-9
    assert change.interval is None or change.interval.low <= change.change <= change.interval.high


@given(st.dictionaries(st.integers(0, 40), st.tuples(POINTS, POINTS), min_size=5))
def test_swapping_before_and_after_turns_the_change_round(answers):
    before = {person: two[0] for person, two in answers.items()}
    after = {person: two[1] for person, two in answers.items()}
    there, back = statistics.paired_change(before, after), statistics.paired_change(after, before)

    assert there.change == pytest.approx(-back.change)
    assert (there.improved, there.fell) == (back.fell, back.improved)
    if there.interval:
        assert Interval(-back.interval.high, -back.interval.low) == Interval(
            pytest.approx(there.interval.low), pytest.approx(there.interval.high)
        )
