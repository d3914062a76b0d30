"""How far a post could get."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from networking import map_reach
from networking.map_parts import ME, MapData, Node, linking, made_of
from networking.map_reach import Assumptions, Count, explore

ALL = Assumptions(seeing=1, overlap=0)


def on(number: int, name: str, audience: int | None = None, *, tie: int = 0, platforms=("Facebook",)) -> Node:
    return Node(number, name, layers=("online",), tie=tie, audience=audience, platforms=platforms)


def a_chain() -> MapData:
    """I know Ann, Ann is linked with Ben, Ben with Cat, Cat with Dan."""
    nodes = [on(1, "Ann", 100, tie=2), on(2, "Ben", 200), on(3, "Cat", 400), on(4, "Dan", 800)]
    return made_of(nodes, [linking(1, 2), linking(2, 3), linking(3, 4)])


def test_each_step_goes_one_link_further_and_adds_the_audiences_of_who_saw_it_before():
    reach = explore(a_chain(), ME, assumed=Assumptions(seeing=1, overlap=0, followers=10))

    assert [([node.name for node in step.seen_by], step.people.likely) for step in reach.steps] == [
        (["Ann"], 10),
        (["Ben"], 110),
        (["Cat"], 310),
    ]


def test_somebody_with_a_name_is_counted_once_however_many_ways_lead_there():
    nodes = [on(1, "Ann", tie=1), on(2, "Ben", tie=1), on(3, "Cat")]
    reach = explore(made_of(nodes, [linking(1, 2), linking(1, 3), linking(2, 3)]), ME, assumed=ALL)

    assert [[node.name for node in step.seen_by] for step in reach.steps] == [["Ann", "Ben"], ["Cat"], []]
    assert reach.steps[-1].people == Count(3, 3, 3)


def test_a_platform_leaves_out_who_is_not_there():
    nodes = [on(1, "Ann", tie=1), on(2, "Ben", platforms=("X",)), on(3, "Cat", tie=1, platforms=("X", "facebook"))]
    data = made_of(nodes, [linking(1, 2)])

    assert [node.name for node in explore(data, ME, "Facebook").steps[0].seen_by] == ["Ann", "Cat"]
    assert [node.name for node in explore(data, 1, "Facebook").steps[0].seen_by] == []
    assert [node.name for node in explore(data, 1).steps[0].seen_by] == ["Ben"]


def test_audiences_are_the_same_people_at_least_and_nobody_is_in_two_at_most():
    assert map_reach.count([100, 50, 50], 0, Assumptions(seeing=1, overlap=0.3)) == Count(100, 170, 200)


def test_of_an_audience_only_a_share_sees_a_post():
    assert map_reach.count([1000], 0, Assumptions(seeing=0.1)) == Count(100, 100, 100)


def test_the_sharer_who_brings_most_comes_first_with_who_is_reached_only_that_way():
    nodes = [on(1, "Ann", 10, tie=1), on(2, "Ben", 500, tie=1), on(3, "Cat")]
    reach = explore(made_of(nodes, [linking(1, 3)]), ME, assumed=ALL)

    assert [map_reach.sharer_in_words(one) for one in reach.sharers] == [
        "If “Ben” passes it on, about 500 people more could see it.",
        "If “Ann” passes it on, 10 people more could see it, and “Cat” only that way.",
    ]


def test_likes_are_set_beside_reach():
    reach = explore(made_of([on(1, "Ann", 900, tie=1)]), ME, assumed=Assumptions(seeing=1, overlap=0, followers=300))

    assert map_reach.likes_in_words(reach, 12) == [
        "12 likes among about 300 people who could see it first: about 1 in 25.",
        "A like pleases, and carries a post to hardly anybody. Reach grows when somebody passes it on.",
        "One person who passes it on, “Ann”, would be worth about 900 people, 75 times your likes.",
    ]


def test_more_likes_than_people_say_that_it_was_passed_on():
    reach = explore(MapData(), ME, assumed=Assumptions(seeing=1, followers=20))

    assert map_reach.likes_in_words(reach, 25)[0] == (
        "25 likes are more than the about 20 people who should have seen it first: it was passed on."
    )


@pytest.mark.parametrize("likes", [0, 1, 25])
def test_likes_are_set_beside_nothing_where_nobody_should_have_seen_it(likes):
    reach = explore(MapData(), ME, assumed=Assumptions())

    assert map_reach.likes_in_words(reach, likes) == [
        "A like pleases, and carries a post to hardly anybody. Reach grows when somebody passes it on.",
    ]


def test_an_audience_is_taken_for_every_platform_and_that_is_said_when_one_is_chosen():
    given = Assumptions()
    data = made_of([on(1, "Ann", 900, tie=1, platforms=("Facebook", "X"))])
    said = "The map has one number of people for each name, for all platforms together: it is taken for X."

    assert [
        said in map_reach.assumptions_in_words(explore(data, ME, platform, assumed=given), given)
        for platform in ("X", "Facebook", map_reach.ANYWHERE)
    ] == [True, False, False]


def test_the_assumptions_are_said_with_names_that_have_no_number():
    given = Assumptions()
    said = map_reach.assumptions_in_words(explore(made_of([on(1, "Ann", tie=1)]), ME, assumed=given), given)

    assert said[1:3] == [
        "Of every 100 people in an audience 10 see a post.",
        (
            "Of every further audience 30 in 100 have seen it from somebody else already. "
            "At least: all audiences are the same people. At most: nobody is in two."
        ),
    ]
    assert said[-1] == "The map does not say how many people “Ann” can reach: each counts as one."


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0"), (19, "19"), (20, "about 20"), (1249, "about 1,200"), (98765, "about 99,000")]
)
def test_a_number_does_not_look_surer_than_it_is(number, said):
    assert map_reach.about(number) == said


@settings(max_examples=150, deadline=None)
@given(
    links=st.sets(st.tuples(st.integers(1, 7), st.integers(1, 7)).filter(lambda pair: pair[0] < pair[1])),
    sizes=st.lists(st.one_of(st.none(), st.integers(0, 10_000)), min_size=7, max_size=7),
    seeing=st.sampled_from([0.05, 0.5, 1]),
    overlap=st.sampled_from([0, 0.3, 0.9]),
)
def test_further_steps_never_reach_fewer_and_the_likely_lies_between(links, sizes, seeing, overlap):
    data = made_of([on(n, str(n), sizes[n - 1], tie=n % 2) for n in range(1, 8)], [linking(*pair) for pair in links])

    reach = explore(data, ME, assumed=Assumptions(seeing, overlap, 50))

    counts = [step.people for step in reach.steps]
    assert all(one.low <= one.likely <= one.high for one in counts)
    assert all(a.likely <= b.likely and a.high <= b.high for a, b in itertools.pairwise(counts))
    seen = [node.id for step in reach.steps for node in step.seen_by]
    assert len(seen) == len(set(seen))
