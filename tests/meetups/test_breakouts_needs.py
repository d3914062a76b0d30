"""Who could help whom, and which rounds an agenda asks for."""

from meetups import needs, room_rounds, structures
from meetups.needs import Wish


def test_words_match_whatever_their_ending_and_empty_ones_count_for_nothing():
    assert needs.subjects("Help with budgets and engaging residents, please") == needs.subjects(
        "budget engagement resident"
    )
    assert needs.subjects("I need some help with scrutiny work") == frozenset()
    assert needs.shared(Wish(help="Questioning skills"), Wish(offer="how to question a witness")) == {"question"}


def test_who_can_help_sits_with_who_asks_and_the_others_are_left_for_the_plan():
    wishes = {
        1: Wish(help="budget"),
        2: Wish(offer="budgets"),
        3: Wish(help="climate"),
        4: Wish(offer="climate"),
        5: Wish(help="budget"),
        6: Wish(help="parking"),
    }

    assert needs.groups(wishes, size=3) == [(3, 4), (1, 2, 5)]
    assert needs.groups(dict(reversed(wishes.items())), size=3) == [(3, 4), (1, 2, 5)]


def test_people_kept_apart_are_in_no_group_and_those_of_one_council_only_if_nobody_else_can_help():
    wishes = {1: Wish(help="budget"), 2: Wish(offer="budget"), 3: Wish(offer="budget"), 4: Wish()}

    assert needs.groups(wishes, size=2, apart={(1, 2)}) == [(1, 3)]
    assert needs.groups(wishes, size=2, rarely={(1, 2)}) == [(1, 3)]
    assert needs.groups({1: wishes[1], 2: wishes[2]}, size=2, rarely={(1, 2)}) == [(1, 2)]
    assert needs.groups(wishes, size=4, apart={(2, 3)}) == [(1, 2)]


def test_there_are_never_more_groups_than_rooms_nor_more_people_in_one_than_it_holds():
    wishes = {n: Wish(help="budget", offer="budget") for n in range(7)}

    groups = needs.groups(wishes, size=3)

    assert sorted(map(len, groups)) == [3, 3]


def of(*slugs: str) -> list[str]:
    found = [structures.find(slug) for slug in slugs]
    return [one.code for one in room_rounds.of_agenda([(s.slug, s.phases) for s in found if s])]


def test_the_agenda_asks_for_rounds():
    assert of("nine-minute-networking") == ["4", "4"]
    assert of("1-2-4-all") == ["2", "merge-4"]
    assert of("impromptu-networking", "troika-consulting") == ["2", "2", "2", "need-3"]
    assert of("open-space") == []
    assert len(of(*["mad-tea"] * 5)) == room_rounds.MOST_ROUNDS


def test_every_round_of_every_structure_can_be_chosen_by_hand():
    known = {choice.code for choice in room_rounds.CHOICES}

    assert {code for structure in structures.ALL for code in of(structure.slug)} <= known
    assert [room_rounds.read(choice.code) for choice in room_rounds.CHOICES] == room_rounds.CHOICES
