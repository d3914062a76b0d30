from datetime import timedelta

import pytest
import time_machine

from meetups.models import AgendaItem, Meetup
from tests import make, reading

pytestmark = pytest.mark.django_db

LIST = "/meetups/"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(make.NOW, tick=False):
        yield


def past(days: int = 30, **fields) -> Meetup:
    return make.meetup(starts_at=make.NOW - timedelta(days=days), **fields)


def filled(meetup: Meetup, number: int) -> Meetup:
    for _ in range(number):
        make.signup(meetup=meetup, way=meetup.ways[0])
    return meetup


def test_without_meetups_the_list_says_what_to_do():
    said = reading.words(make.client().get(LIST))

    assert "No meet-up is planned at the moment." in said
    assert "When a meet-up is over, you find it here with its agenda." in said


def test_coming_meetups_are_cards_that_say_when_where_and_how_many_places_are_left():
    filled(make.meetup(title="Open one", places_online=5), 2)
    filled(make.meetup(title="Full one", places_online=1), 1)
    make.room_meetup(title="Cancelled one", state=Meetup.State.CANCELLED)
    make.meetup(title="Closed one", closes_at=make.NOW - timedelta(hours=1))
    make.meetup(title="Running one", starts_at=make.NOW - timedelta(hours=1))
    filled(make.both_meetup(title="Double one", places_online=2), 1)

    cards = make.client().get(LIST).context["coming"]

    assert [(card.meetup.title, card.tag, card.line) for card in cards] == [
        ("Running one", "On now", ""),
        ("Open one", "", "3 places left. Sign up by Tuesday 23 February 2027, 5pm."),
        ("Full one", "Full", "You can join the waiting list."),
        ("Cancelled one", "Cancelled", ""),
        ("Closed one", "Sign-up closed", ""),
        ("Double one", "", "1 place left online, 10 in the room. Sign up by Tuesday 23 February 2027, 5pm."),
    ]


def test_drafts_are_not_in_the_list():
    make.meetup(title="Secret plan", state=Meetup.State.DRAFT)
    past(title="Secret past", state=Meetup.State.DRAFT)

    assert "Secret" not in reading.words(make.client().get(LIST))


def test_past_meetups_are_found_by_all_the_words_anywhere_and_by_series():
    budgets = make.series(name="Budget circle", slug="budget-circle")
    one = past(1, title="Reading a budget", series=budgets)
    two = past(2, title="Questions", summary="About a BUDGET in March")
    three = past(3, title="Other")
    AgendaItem.objects.create(meetup=three, position=9, title="The budget, in groups", minutes=5)
    past(4, title="Nothing of the kind")
    past(5, title="Cancelled budget", state=Meetup.State.CANCELLED)

    def found(**query):
        return list(make.client().get(LIST, query).context["past"])

    assert found(q="budget") == [one, two, three]
    assert found(q=" march  budget ") == [two]
    assert found(series="budget-circle") == [one]
    assert found(q="budget", series="budget-circle") == [one]
    assert found(q="100%") == []


def test_a_search_without_a_match_says_so_and_keeps_the_words():
    past()

    answer = make.client().get(LIST, {"q": "dragons"})

    assert "No past meet-up has all of these words." in reading.words(answer)
    assert 'value="dragons"' in answer.content.decode()


def test_past_meetups_come_in_pages():
    for number in range(21):
        past(number + 1, title=f"Number {number}")

    second = make.client().get(LIST, {"page": 2})

    assert [meetup.title for meetup in second.context["past"]] == ["Number 20"]
    assert 'href="?page=1"' in second.content.decode()
    assert make.client().get(LIST, {"page": "999"}).context["past"].number == 2
    assert make.client().get(LIST, {"page": "x"}).context["past"].number == 1


@pytest.mark.parametrize("query", [{}, {"q": "scrutiny"}])
def test_the_list_needs_as_many_queries_for_30_rows_as_for_1(query, django_assert_num_queries):
    number = 4 if not query else 3
    group = make.series()
    for rows in (1, 30):
        while group.meetups.count() < 2 * rows:
            filled(make.meetup(series=group), 1)
            past(series=group)
        with django_assert_num_queries(number):
            make.client().get(LIST, query)


def test_a_strange_series_or_too_many_letters_are_answered_in_words():
    past()

    assert make.client().get(LIST, {"series": "nonsense"}).status_code == 200
    assert make.client().get(LIST, {"q": "x" * 5000}).status_code == 200
    assert make.client().get(LIST, {"q": "a\0b"}).status_code == 400
