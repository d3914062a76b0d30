"""The numbers: growth, who met, why not, reach, distance, and what the coordinator sees first."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.unmentoring import build
from unmentoring import month, network, reports, resting
from unmentoring.models import Pairing, PairingMember, Participant

pytestmark = pytest.mark.django_db
APRIL_DRAW = datetime(2027, 4, 1, 8, 0, tzinfo=UTC)


def answer_all(said: str, **more: str) -> None:
    for member in PairingMember.objects.filter(answer="", left_at=None):
        month.answer(member, said, now=build.ASK, **more)


def test_growth_counts_who_joined_left_and_stayed_each_month():
    people = build.participants(3)
    build.participant(now=build.DRAW)
    build.guest()
    build.told()
    resting.leave(people[0], now=APRIL_DRAW)

    assert reports.growth(APRIL_DRAW) == [
        reports.Month(date(2027, 2, 1), joined=3, left=0, members=3, drawn=0),
        reports.Month(date(2027, 3, 1), joined=1, left=0, members=4, drawn=4),
        reports.Month(date(2027, 4, 1), joined=0, left=1, members=3, drawn=0),
    ]


def test_with_nobody_there_is_no_growth_and_no_distance():
    assert reports.growth(build.DRAW) == []
    assert reports.how_far() == reports.Distance(0, 0, 0, 0.0, 0)
    assert reports.median_reach() == 0


def test_the_share_who_met_is_of_those_we_know_of():
    build.participants(8)
    round_ = build.told()
    met, not_met, both, _ = build.groups(round_)
    month.answer(PairingMember.objects.get(participant=met[0]), "yes", now=build.ASK)
    month.answer(PairingMember.objects.get(participant=not_met[0]), "no", now=build.ASK)
    month.answer(PairingMember.objects.get(participant=both[0]), "yes", now=build.ASK)
    month.answer(PairingMember.objects.get(participant=both[1]), "no", now=build.ASK)

    (row,) = reports.meeting_by_round()

    assert (row.pairings, row.met, row.not_met, row.unknown, row.disputed, row.share) == (4, 1, 1, 2, 1, 0.5)


def test_before_anybody_answered_there_is_no_share():
    build.participants(2)
    build.told()

    assert [row.share for row in reports.meeting_by_round()] == [None]


def test_reasons_are_counted_the_most_frequent_first():
    people = build.participants(3)
    build.told()
    for person, why in zip(people, ["no_reply", "no_time", "no_reply"], strict=True):
        month.answer(build.member_of(person), "no", why_not=why, now=build.ASK)

    assert reports.reasons_why_not() == [("I had no reply", 2), ("We could not find a time", 1)]


def test_reach_counts_people_and_organisations_and_not_those_who_did_not_meet():
    one = build.participant(organisation="Wessex Fire")
    other = build.participant(organisation="Mercia Police")
    build.told()
    answer_all("yes")

    rows = [(row.participant, row.people, row.organisations) for row in reports.reach()]
    assert rows == [(one, 1, 1), (other, 1, 1)]

    PairingMember.objects.update(answer="no")
    assert reports.reach() == []


def test_how_far_counts_steps_along_conversations_that_happened():
    a, b, c, d, e, f = (p.pk for p in build.participants(6))
    round_ = build.drawn()
    Pairing.objects.all().delete()
    for pair in ((a, b), (b, c), (c, d), (e, f)):
        pairing = Pairing.objects.create(round=round_, reason="", made_at=build.DRAW)
        for person in pair:
            # Of several rounds in truth; that one person is in one pairing a round does not matter here.
            left_at = build.DRAW
            PairingMember.objects.create(
                pairing=pairing,
                round=round_,
                participant_id=person,
                answer="yes",
                answered_at=build.ASK,
                left_at=left_at,
            )

    assert reports.how_far() == reports.Distance(
        people=6, in_largest_group=4, groups=2, average_steps=pytest.approx(5 / 3), most_steps=3
    )


def test_my_partners_are_those_i_was_introduced_to_and_no_others():
    one, _ = build.participants(2)
    build.drawn()
    assert reports.my_partners(one) == []

    month.queue_due(build.DRAW)

    assert reports.my_partners(one) == [build.member_of(one)]


def test_the_coordinator_sees_who_is_stuck_paused_silent_waiting_and_in_dispute():
    people = build.participants(4)
    paused = build.participant()
    resting.pause(paused, now=build.BEFORE)
    build.guest()
    round_ = build.told()
    stuck, disputed = build.groups(round_)
    month.say_stuck(PairingMember.objects.get(participant=stuck[0]), "", now=build.NUDGE)
    for pk, said in zip(disputed, ("yes", "no"), strict=True):
        month.answer(PairingMember.objects.get(participant=pk), said, now=build.ASK)
    Participant.objects.filter(pk=people[0].pk).update(still_in_asked_at=build.ASK)

    seen = reports.coordinator_summary(build.ASK)

    assert (seen.active, seen.new, seen.paused, seen.silent) == (4, 1, [paused], [people[0]])
    assert [sorted(m.participant_id for m in pairing.members.all()) for pairing in seen.stuck] == [stuck]
    assert [sorted(m.participant_id for m in pairing.members.all()) for pairing in seen.disputed] == [disputed]


def test_pages_of_numbers_ask_the_same_number_of_questions_for_2_and_30_people():
    build.participants(2)
    build.told()
    answer_all("yes")
    with_two = questions_of_all_pages()
    build.participants(28)
    build.told(APRIL_DRAW)
    answer_all("yes")

    assert questions_of_all_pages() == with_two


def questions_of_all_pages() -> int:
    with CaptureQueriesContext(connection) as asked:
        reports.growth(build.ASK)
        reports.meeting_by_round()
        reports.reach()
        reports.how_far()
        seen = reports.coordinator_summary(build.ASK)
        assert [participant.person.works_at for participant in seen.joined_lately]
        network.picture(named=True)
    return len(asked)


# --- The picture from rows ----------------------------------------------------------------------------------------


def test_names_in_the_picture_are_for_the_coordinator_only():
    people = build.participants(2)
    build.told()
    names = [person.person.name for person in people]

    named, unnamed = network.picture(named=True), network.picture(named=False)

    assert all(name in named.svg for name in names)
    assert not any(name in unnamed.svg for name in names)
    assert [(row.one, row.other) for row in unnamed.rows] == [("Person 1", "Person 2")]


def test_over_all_rounds_having_met_once_outweighs_not_having_met_again():
    build.participants(2)
    build.told()
    answer_all("yes")
    april = build.told(APRIL_DRAW)
    answer_all("no")

    assert [line.outcome for line in network.strongest(network.lines())] == ["met"]
    assert [row.outcome for row in network.picture(april, named=False).rows] == ["did not meet"]


def test_everybody_keeps_their_place_from_round_to_round():
    build.participants(6)
    march = build.told()
    april = build.told(APRIL_DRAW)

    def places(svg: str) -> list[str]:
        return sorted(line.split('r="9"')[0] for line in svg.splitlines() if line.startswith("<circle"))

    assert places(network.picture(march, named=False).svg) == places(network.picture(april, named=False).svg)


def test_a_pairing_that_ended_is_not_in_the_picture():
    one, *_ = build.participants(2)
    round_ = build.told()
    resting.skip(one, build.MARCH, now=build.DRAW + timedelta(days=1))

    assert network.picture(round_, named=False).rows == []
