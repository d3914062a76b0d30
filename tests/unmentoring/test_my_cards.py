"""What “My things” says about UnMentoring, to somebody who takes part and to whoever coordinates."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.models import Person
from people.my_things import Card
from tests import make, reading
from tests.unmentoring import build
from unmentoring import learning, month, my_cards, resting, rounds
from unmentoring.models import Participant

pytestmark = pytest.mark.django_db

LATER = build.DRAW + timedelta(days=4)


def titles(person: Person, now: datetime) -> list[str]:
    return [card.title for card in my_cards.cards(person, now)]


def the(title: str, person: Person, now: datetime) -> Card:
    (card,) = [card for card in my_cards.cards(person, now) if card.title == title]
    return card


def opens(card: Card, person: Person | None = None) -> bool:
    return make.client(person).get(card.url).status_code == 200


# --- Whoever takes part -------------------------------------------------------------------------------------------


def test_my_things_say_whom_i_meet_this_month():
    one, other = build.participants(2)
    build.told()

    (card,) = my_cards.cards(one.person, build.DRAW)

    assert (card.title, card.line) == ("UnMentoring", f"In March you meet {other.person.name}.")
    assert opens(card)


def test_the_month_is_the_one_in_london_also_in_the_first_hour_of_summer_days():
    one, other = build.participants(2)
    build.told()
    an_hour_into_april = datetime(2027, 3, 31, 23, 30, tzinfo=UTC)

    (card,) = my_cards.cards(one.person, an_hour_into_april)

    assert other.person.name not in card.line


def test_without_a_partner_my_things_say_when_the_next_draw_is():
    one = build.participant()

    (card,) = my_cards.cards(one.person, build.BEFORE)

    assert card.line == "You are in the next draw, on Monday 1 March 2027, 9am."


def test_somebody_who_skips_reads_that_they_skip():
    one = build.participant()
    resting.skip(one, build.MARCH, now=build.BEFORE)

    (card,) = my_cards.cards(one.person, build.BEFORE)

    assert card.line == "You skip March 2027. You are in the draw of the month after it."


def test_my_things_ask_whether_we_met_until_i_have_said():
    one, other = build.participants(2)
    build.told()
    month.queue_due(build.ASK)

    card = the("Did you meet?", one.person, build.ASK)
    assert (card.line, card.urgency) == (f"March 2027: did you meet {other.person.name}?", 1)
    assert opens(card)

    month.answer(build.member_of(one), "yes", now=build.ASK)
    assert titles(one.person, build.ASK) == ["UnMentoring"]


def test_my_things_ask_whether_somebody_silent_is_still_in():
    one = build.participant()
    Participant.objects.filter(pk=one.pk).update(still_in_asked_at=build.ASK)

    card = the("Are you still in UnMentoring?", one.person, build.ASK)

    assert card.urgency == 0
    assert opens(card)


def test_my_things_ask_whoever_wants_to_be_asked():
    one = build.participant(rhythm="ask")
    month.queue_due(datetime(2027, 2, 24, 9, 0, tzinfo=UTC))
    asked = datetime(2027, 2, 25, 9, 0, tzinfo=UTC)

    card = the("Shall we find you somebody in March?", one.person, asked)
    with time_machine.travel(asked):
        assert opens(card)

    resting.take_part(one, build.MARCH, now=asked)
    assert titles(one.person, asked) == ["UnMentoring"]


def test_my_things_say_why_somebody_rests_and_nothing_for_who_left():
    one = build.participant()
    resting.pause(one, now=build.BEFORE)
    (card,) = my_cards.cards(one.person, build.BEFORE)
    assert card.line == "You paused on Wednesday 10 February 2027."

    resting.leave(one, now=build.BEFORE)
    assert my_cards.cards(one.person, build.BEFORE) == []


# --- Whoever coordinates ------------------------------------------------------------------------------------------


def test_the_coordinator_sees_what_needs_them_the_most_urgent_first_and_the_draw():
    connie = build.coordinator()
    people = build.participants(4)
    build.told()
    member = build.member_of(people[0])
    month.say_stuck(member, "Two mails", now=LATER)
    learning.report_pitch(member, member.partners[0], "Printers", now=LATER)
    learning.share(people[1], text="Ask early", visible_to="everyone", now=LATER)

    found = my_cards.cards(connie, LATER)

    assert [(card.title, card.urgency) for card in found] == [
        ("A pair is stuck", 0),
        ("Reports", 0),
        ("What people learned", 1),
        ("The draw of April", 4),
    ]
    assert found[-1].line == "It happens by itself on Thursday 1 April 2027, 9am. 4 people are in it."
    with time_machine.travel(LATER):
        assert all(opens(card, connie) for card in found)


def test_a_draw_within_a_week_asks_for_a_look_and_one_that_was_looked_at_leads_to_the_preview():
    connie = build.coordinator()
    build.participants(2)
    near = build.DRAW - timedelta(days=3)

    card = the("The draw of March", connie, near)
    assert (card.urgency, card.action) == (1, "Prepare the draw")

    rounds.preview(build.MARCH, now=near)
    assert the("The draw of March", connie, near).action == "See the preview"


def test_a_draw_that_was_missed_is_due():
    connie = build.coordinator()
    build.participants(2)

    assert the("The draw of March", connie, LATER).line == "It is due now. 2 people are in it."


def test_many_needs_are_five_cards_and_the_way_to_the_rest():
    connie = build.coordinator()
    people = build.participants(16)
    build.told()
    for person in people:
        if not build.member_of(person).pairing.stuck_members:
            month.say_stuck(build.member_of(person), "", now=LATER)

    found = my_cards.cards(connie, LATER)

    assert [card.title for card in found] == ["A pair is stuck"] * 5 + ["More in UnMentoring", "The draw of April"]
    assert found[5].line == "3 more things need you."


def test_an_administrator_is_told_only_while_nobody_coordinates():
    ada, officer = make.administrator(), make.person()
    build.participants(2)

    assert titles(ada, build.BEFORE) == ["The draw of March"]
    assert titles(officer, build.BEFORE) == []
    build.coordinator()
    assert titles(ada, build.BEFORE) == []


def test_a_report_about_the_coordinator_is_not_theirs_to_see_or_decide():
    one, connie = build.participants(2)
    make.with_second_factor(connie.person)
    connie.person.grants.create(role="coordinator")
    build.told()
    report = learning.report_pitch(build.member_of(one), connie, "Printers", now=LATER)
    page = f"/unmentoring/coordinate/reports/{report.pk}/"

    with time_machine.travel(LATER):
        client = make.client(connie.person)
        assert "Reports" not in titles(connie.person, LATER)
        assert "No report waits for you." in reading.words(client.get("/unmentoring/coordinate/reports/"))
        assert client.get(page).status_code == 404
        assert client.post(page, {"what": "nothing"}).status_code == 404
        assert make.client(make.administrator()).get(page).status_code == 200


def test_cards_cost_the_same_for_one_stuck_pair_and_for_five():
    connie = build.coordinator()
    people = build.participants(12)
    build.told()

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            my_cards.cards(Person.objects.get(pk=connie.pk), LATER)
        return len(asked)

    month.say_stuck(build.member_of(people[0]), "", now=LATER)
    one = queries()
    for person in people:
        month.say_stuck(build.member_of(person), "", now=LATER)

    assert queries() == one
