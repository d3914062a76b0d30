"""One round a month: drawn from rows, looked at, rolled again, published once, and open to be checked."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from outbox.models import Message
from tests.unmentoring import build
from unmentoring import keeping_apart, repairs, resting, rounds
from unmentoring.models import Pairing, PairingMember, Participant, Round, Waiting

pytestmark = pytest.mark.django_db


def pks(people: list[Participant]) -> list[int]:
    return sorted(person.pk for person in people)


# --- When ---------------------------------------------------------------------------------------------------------


def test_the_draw_happens_at_nine_on_the_first_and_not_before():
    build.participants(2)

    assert rounds.draw_if_due(build.DRAW - timedelta(seconds=1)) is None
    assert rounds.draw_if_due(build.DRAW) == Round.objects.get()


def test_in_summer_nine_in_london_is_eight_in_utc():
    assert rounds.draws_at(build.APRIL).astimezone(UTC) == datetime(2027, 4, 1, 8, 0, tzinfo=UTC)


def test_a_site_that_was_off_on_the_first_draws_late_but_not_after_half_way():
    build.participants(2)

    assert rounds.draw_if_due(build.NUDGE) is None
    assert rounds.draw_if_due(build.NUDGE - timedelta(minutes=1)) == Round.objects.get(month=build.MARCH)


def test_drawing_twice_is_drawing_once():
    build.participants(4)
    round_ = build.drawn()
    groups = build.groups(round_)

    assert rounds.draw_if_due(build.DRAW + timedelta(seconds=30)) is None
    rounds.publish(round_, now=build.DRAW)

    assert (Round.objects.count(), build.groups(round_), Pairing.objects.count()) == (1, groups, 2)


def test_the_database_keeps_one_round_a_month_and_one_pairing_a_person():
    one, _ = build.participants(2)
    round_ = build.drawn()

    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(month=build.MARCH, number=99, seed="x", drawn_at=build.DRAW)
    second = Pairing.objects.create(round=round_, reason="", made_at=build.DRAW)
    with pytest.raises(IntegrityError), transaction.atomic():
        PairingMember.objects.create(pairing=second, round=round_, participant=one)


def test_with_nobody_there_is_no_round():
    assert rounds.draw_if_due(build.DRAW) is None
    assert Round.objects.count() == 0


def test_a_site_that_begins_in_the_middle_of_a_month_begins_with_the_next_draw():
    early = build.DRAW + timedelta(days=2)
    build.participants(4, now=early)

    assert rounds.draw_if_due(early + timedelta(minutes=1)) is None
    assert rounds.next_month(early) == build.APRIL


def test_a_coordinator_may_begin_in_the_middle_of_a_month_by_hand():
    early = build.DRAW + timedelta(days=2)
    build.participants(4, now=early)

    round_ = rounds.publish(rounds.preview(build.MARCH, now=early), now=early)

    assert len(build.groups(round_)) == 2
    assert rounds.months_to_draw(early) == [build.APRIL]


# --- Who ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [2, 3, 7, 12])
def test_everybody_is_in_exactly_one_pairing(number):
    people = build.participants(number)

    groups = build.groups(build.drawn())

    assert sorted(person for group in groups for person in group) == pks(people)
    assert {len(group) for group in groups} <= {2, 3}


def test_nobody_meets_again_while_somebody_new_is_there():
    build.participants(8)
    for number in range(7):
        build.told(datetime(2027, 3 + number, 1, 9, 0, tzinfo=UTC))

    met = {tuple(group) for round_ in Round.objects.all() for group in build.groups(round_)}

    assert len(met) == 8 * 7 / 2
    assert list(Round.objects.values_list("repeats", flat=True)) == [0] * 7


def test_a_repeat_is_allowed_when_it_must_be_and_the_certificate_says_so():
    build.participants(2)
    build.told()

    again = build.drawn(datetime(2027, 4, 1, 8, 0, tzinfo=UTC))

    assert again.repeats == 1
    assert "no draw without repeats exists" in again.certificate
    reason = Pairing.objects.get(round=again).reason
    assert reason.startswith("You last met one round ago, as no draw was found that gives everybody somebody new")


def test_everybody_from_one_organisation_is_drawn_and_the_reason_does_not_boast():
    build.participants(4, organisation="Wessex Fire", sector="fire")

    round_ = build.drawn()

    assert round_.same_organisation == 2
    assert set(Pairing.objects.values_list("reason", flat=True)) == {
        "You have not met here before; chance decided the rest."
    }


def test_one_person_alone_is_told_kindly_and_goes_first_next_month():
    alone = build.participant(rhythm=Participant.Rhythm.EVERY_TWO_MONTHS)

    build.told()

    waiting = Waiting.objects.get()
    assert (waiting.participant, waiting.why) == (alone, rounds.ONLY_ONE)
    message = Message.objects.get(kind="unmentoring/no_partner")
    assert "You are first in line" not in message.subject
    assert "first in line for April 2027" in message.text
    assert list(Participant.objects.eligible(build.APRIL)) == [alone]


def test_two_who_must_be_kept_apart_are_not_put_together_and_not_told_of_each_other():
    one, other = build.participants(2)
    keeping_apart.keep_apart(other, one, reason="A complaint", by=build.coordinator(), now=build.BEFORE)

    round_ = build.told()

    assert build.groups(round_) == []
    assert sorted(Waiting.objects.values_list("participant", "why")) == sorted(
        (person.pk, rounds.NO_MATCH) for person in (one, other)
    )
    said = "".join(Message.objects.filter(kind="unmentoring/no_partner").values_list("text", flat=True))
    assert "complaint" not in said
    assert other.person.email not in Message.objects.get(kind="unmentoring/no_partner", to_email=one.person.email).text


def test_whoever_is_kept_apart_from_too_many_waits_and_everybody_else_meets():
    people = build.participants(5)
    for other in people[1:]:
        keeping_apart.keep_apart(people[0], other, by=build.coordinator(), now=build.BEFORE)

    round_ = build.drawn()

    assert [w.participant for w in Waiting.objects.all()] == [people[0]]
    assert sorted(p for group in build.groups(round_) for p in group) == pks(people[1:])
    assert rounds.verify(round_).is_right


def test_keeping_apart_twice_is_keeping_apart_once_and_can_be_lifted():
    one, other = build.participants(2)
    by = build.coordinator()

    pair = keeping_apart.keep_apart(one, other, by=by, now=build.BEFORE)
    assert keeping_apart.keep_apart(other, one, by=by, now=build.BEFORE) == pair
    with pytest.raises(keeping_apart.SamePerson):
        keeping_apart.keep_apart(one, one, by=by, now=build.BEFORE)

    keeping_apart.lift(pair)
    assert build.groups(build.drawn()) == [pks([one, other])]


# --- Looking first ------------------------------------------------------------------------------------------------


def test_a_preview_tells_nobody_and_makes_no_pairing():
    build.participants(4)
    Message.objects.all().delete()

    round_ = rounds.preview(build.MARCH, now=build.BEFORE, by=build.coordinator())
    build.month.queue_due(build.BEFORE)

    assert (Pairing.objects.count(), Message.objects.count()) == (0, 0)
    assert (round_.people, round_.pairs, round_.threes, round_.new_connections) == (4, 2, 0, 2)
    shown = rounds.preview_groups(round_)
    assert [pks(group.people) for group in shown] == round_.groups
    assert shown[0].reason.endswith("chance decided the rest.")


def test_looking_again_shows_the_same_draw_until_people_change():
    build.participants(6)
    first = rounds.preview(build.MARCH, now=build.BEFORE)

    assert rounds.preview(build.MARCH, now=build.BEFORE).groups == first.groups

    build.participants(2)
    changed = rounds.preview(build.MARCH, now=build.BEFORE)
    assert changed.people == 8
    assert [(roll["seed"], roll["why"]) for roll in changed.rerolls] == [(first.seed, "people have changed")]


def test_rolling_again_is_written_down_with_the_reason():
    build.participants(12)
    connie = build.coordinator()
    first = rounds.preview(build.MARCH, now=build.BEFORE, by=connie)

    second = rounds.reroll(first, why="Two of one team", now=build.BEFORE, by=connie)

    assert second.seed != first.seed
    assert second.rerolls == [
        {
            "seed": first.seed,
            "digest": first.digest,
            "at": build.BEFORE.isoformat(),
            "by": "Connie Okafor",
            "why": "Two of one team",
        }
    ]


def test_a_published_round_cannot_be_rolled_again():
    build.participants(2)
    round_ = build.drawn()

    with pytest.raises(rounds.TooLate, match="This round is published"):
        rounds.reroll(round_, why="", now=build.DRAW, by=build.coordinator())


def test_what_was_not_looked_at_is_not_published():
    build.participants(4)
    round_ = rounds.preview(build.MARCH, now=build.BEFORE)
    build.participant()

    with pytest.raises(rounds.PeopleChanged):
        rounds.publish(round_, now=build.BEFORE)

    assert Pairing.objects.count() == 0


def test_the_coordinator_may_publish_early_and_the_schedule_then_does_nothing():
    build.participants(4)
    early = build.DRAW - timedelta(days=3)
    round_ = rounds.publish(rounds.preview(build.MARCH, now=early), now=early, by=build.coordinator())

    assert rounds.draw_if_due(build.DRAW) is None
    assert (Round.objects.get().published_at, len(build.groups(round_))) == (early, 2)


def test_the_schedule_publishes_the_draw_the_coordinator_looked_at():
    build.participants(10)
    looked_at = rounds.preview(build.MARCH, now=build.BEFORE)

    assert build.drawn().groups == looked_at.groups


def test_only_the_next_month_can_be_drawn():
    build.participants(2)

    with pytest.raises(rounds.TooLate, match="The next draw is the one of March 2027"):
        rounds.preview(build.MAY, now=build.DRAW)
    assert Round.objects.count() == 0


# --- Checking -----------------------------------------------------------------------------------------------------


def test_anybody_can_draw_again_and_get_the_same_after_people_have_left_and_changed():
    people = build.participants(9)
    round_ = build.told()
    resting.leave(people[0], now=build.DRAW + timedelta(days=1))
    Participant.objects.filter(pk=people[1].pk).update(sector="other")

    said = StringIO()
    call_command("verify_round", "2027-03", stdout=said)

    assert said.getvalue().splitlines()[0] == f"The draw of March 2027 is what its seed gives: {round_.digest}"


def test_a_pairing_that_was_tampered_with_is_found():
    build.participants(4)
    round_ = build.drawn()
    one, other = PairingMember.objects.order_by("pairing", "pk").values_list("pk", flat=True)[1:3]
    keep = {pk: PairingMember.objects.get(pk=pk).pairing_id for pk in (one, other)}
    PairingMember.objects.filter(pk=one).update(pairing=keep[other])
    PairingMember.objects.filter(pk=other).update(pairing=keep[one])

    with pytest.raises(CommandError, match="The pairings that were published are not those of the draw"):
        call_command("verify_round", "2027-03")
    assert not rounds.verify(round_).is_right


def test_another_seed_is_found():
    build.participants(12)
    round_ = build.drawn()
    round_.seed = "not the one"

    assert "Drawing again gives" in rounds.verify(round_).problems[0]


@pytest.mark.parametrize(("month", "said"), [("March", "Say the month as 2027-03"), ("2027-01", "There is no round")])
def test_verify_says_what_is_wrong_with_the_month(month, said):
    with pytest.raises(CommandError, match=said):
        call_command("verify_round", month)


def test_a_draw_reads_its_rows_in_the_same_number_of_queries_for_4_and_30(django_assert_num_queries):
    build.participants(4)
    round_ = rounds.preview(build.MARCH, now=build.BEFORE)
    with django_assert_num_queries(1):
        rounds.preview_groups(round_)
    build.participants(26)
    round_ = rounds.preview(build.MARCH, now=build.BEFORE)
    with django_assert_num_queries(1):
        rounds.preview_groups(round_)


def test_somebody_parted_before_a_word_was_said_may_be_drawn_again():
    one, other = build.participants(2)
    build.drawn()
    repairs.drop_out(build.member_of(one), now=build.DRAW)

    april = build.drawn(datetime(2027, 4, 1, 8, 0, tzinfo=UTC))

    assert (build.groups(april), april.repeats) == ([pks([one, other])], 0)
