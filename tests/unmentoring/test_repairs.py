"""After the draw: drop-outs, late joiners and stuck pairs, touching at most one other pairing."""

from datetime import timedelta

import pytest

from outbox.models import Message
from tests.unmentoring import build
from unmentoring import keeping_apart, month, repairs, rounds
from unmentoring.models import Pairing, PairingMember, Participant, Waiting

pytestmark = pytest.mark.django_db
SOON = build.DRAW + timedelta(days=2)


def pks(*people: Participant) -> list[int]:
    return sorted(person.pk for person in people)


def late(**fields: object) -> Participant:
    return build.participant(now=SOON, **fields)


def introductions() -> list[str]:
    return sorted(Message.objects.filter(kind="unmentoring/introduction").values_list("to_email", flat=True))


def test_two_late_joiners_are_put_together_and_nobody_else_is_touched():
    build.participants(4, open_to_change=False)
    round_ = build.told()
    before = build.groups(round_)

    first, second = late(), late()

    assert build.groups(round_) == sorted([*before, pks(first, second)])
    assert build.member_of(first).pairing.reason.startswith("Somebody joined after the draw.")
    assert Waiting.objects.get().ended_at == SOON


def test_a_late_joiner_makes_a_three_of_a_pair_that_agreed():
    build.participants(4)
    round_ = build.told()
    others, agreed = build.groups(round_)
    Participant.objects.filter(pk__in=others).update(open_to_change=False)

    newcomer = late()

    assert build.groups(round_) == sorted([others, sorted([*agreed, newcomer.pk])])


def test_nobody_who_was_told_is_disturbed_without_having_agreed():
    build.participants(4, open_to_change=False)
    round_ = build.told()
    before = build.groups(round_)

    newcomer = late()

    waiting = Waiting.objects.get()
    assert build.groups(round_) == before
    assert waiting.participant == newcomer
    assert (
        "As soon as somebody else joins"
        in Message.objects.get(kind="unmentoring/joined", to_email=newcomer.person.email).text
    )


def test_at_most_one_other_pairing_changes():
    people = build.participants(12)
    round_ = build.told()
    before = build.groups(round_)
    leaver = people[0]

    repairs.drop_out(build.member_of(leaver), now=SOON)

    after = build.groups(round_)
    gone = [group for group in before if group not in after]
    assert len(gone) == 2  # the leaver's own, and the one their partner went to
    assert sorted(p for group in after for p in group) == pks(*people[1:])


def test_a_three_goes_on_as_a_pair():
    people = build.participants(3)
    round_ = build.told()

    repairs.drop_out(build.member_of(people[0]), now=SOON)

    assert build.groups(round_) == [pks(*people[1:])]


def test_dropping_out_twice_is_dropping_out_once():
    people = build.participants(2)
    build.told()
    member = build.member_of(people[0])

    repairs.drop_out(member, now=SOON)
    repairs.drop_out(member, now=SOON + timedelta(hours=1))

    assert list(Waiting.objects.values_list("participant", "since")) == [(people[1].pk, SOON)]


def test_whoever_met_already_is_not_parted():
    one, other = build.participants(2)
    round_ = build.told()
    month.answer(build.member_of(one), "yes", now=SOON)

    repairs.drop_out(build.member_of(other), now=SOON)

    assert build.groups(round_) == [pks(one, other)]


def test_a_pair_that_met_does_not_become_a_three():
    one, _ = build.participants(2)
    round_ = build.told()
    month.answer(build.member_of(one), "yes", now=SOON)
    before = build.groups(round_)

    late()

    assert build.groups(round_) == before
    assert Waiting.objects.count() == 1


def test_after_half_way_nobody_is_put_anywhere_new():
    build.participants(2)
    round_ = build.told()

    newcomer = build.participant(now=build.NUDGE)

    assert [len(group) for group in build.groups(round_)] == [2]
    assert Waiting.objects.count() == 0
    assert (
        "In the draw on Thursday 1 April 2027, 9am."
        in Message.objects.get(kind="unmentoring/joined", to_email=newcomer.person.email).text
    )


def test_the_partner_of_a_late_drop_out_is_told_that_too_little_is_left():
    one, *_ = build.participants(4)
    build.told()
    partner = build.partners_of(one)[0]

    repairs.drop_out(build.member_of(one), now=build.NUDGE + timedelta(days=1))

    waiting = Waiting.objects.get()
    assert (waiting.participant, waiting.why) == (
        partner,
        f"{one.person.get_short_name()} cannot take part this month. {repairs.TOO_LITTLE_LEFT}",
    )


def test_everybody_whose_pairing_changed_is_introduced_anew_and_nobody_else():
    build.participants(4)
    round_ = build.told()
    others, agreed = build.groups(round_)
    Participant.objects.filter(pk__in=others).update(open_to_change=False)
    Message.objects.all().delete()

    newcomer = late()
    month.queue_due(SOON)

    three = Participant.objects.filter(pk__in=[*agreed, newcomer.pk])
    assert introductions() == sorted(three.values_list("person__email", flat=True))


def test_a_stuck_pair_is_parted_and_both_get_somebody_else_if_there_is_anybody():
    people = build.participants(4)
    round_ = build.told()
    pairing = build.member_of(people[0]).pairing
    pair = pks(*(m.participant for m in pairing.members.all()))

    repairs.pair_again(pairing, now=SOON, by=build.coordinator())

    groups = build.groups(round_)
    assert not any(set(pair) <= set(group) for group in groups)
    placed = sorted(p for group in groups for p in group)
    waiting = list(Waiting.objects.filter(ended_at=None).values_list("participant", flat=True))
    assert sorted([*placed, *waiting]) == pks(*people)


def test_a_pair_that_was_parted_is_not_put_together_again_in_that_month():
    one, other = build.participants(2)
    round_ = build.told()

    repairs.pair_again(build.member_of(one).pairing, now=SOON, by=build.coordinator())

    assert build.groups(round_) == []
    assert sorted(Waiting.objects.values_list("participant", flat=True)) == pks(one, other)
    newcomer = late()
    assert [newcomer.pk in group and len(group) == 2 for group in build.groups(round_)] == [True]


def test_parting_twice_is_parting_once():
    one, _ = build.participants(2)
    build.told()
    pairing = build.member_of(one).pairing

    repairs.pair_again(pairing, now=SOON, by=build.coordinator())

    assert repairs.pair_again(pairing, now=SOON, by=build.coordinator()) == []


def test_a_late_joiner_is_not_put_with_whom_they_must_be_kept_apart_from():
    build.participants(2, open_to_change=False)
    build.told()
    first = late()
    second = build.guest(now=SOON)
    keeping_apart.keep_apart(first, second, by=build.coordinator(), now=SOON)

    build.joining.confirm(second, now=SOON)

    assert sorted(Waiting.objects.filter(ended_at=None).values_list("participant", flat=True)) == pks(first, second)


def test_somebody_who_pauses_between_draw_and_letter_is_not_introduced_and_the_partner_is_found_another():
    people = build.participants(4)
    round_ = build.drawn()
    Participant.objects.filter(pk=people[0].pk).update(state="paused")  # as a pause in the middle of the draw leaves it

    month.queue_due(build.DRAW)

    assert people[0].person.email not in introductions()
    assert build.groups(round_) == [pks(*people[1:])]
    assert len(introductions()) == 3


def test_whoever_joins_after_an_early_draw_is_put_into_it():
    early = build.DRAW - timedelta(days=3)
    build.participants(2)
    round_ = rounds.publish(rounds.preview(build.MARCH, now=early), now=early)
    month.queue_due(early)

    newcomer = build.participant(now=early + timedelta(hours=1))

    assert [newcomer.pk in group for group in build.groups(round_)] == [True]


def test_every_pairing_that_ended_says_why():
    people = build.participants(2)
    build.told()

    repairs.drop_out(build.member_of(people[0]), now=SOON)

    ended = Pairing.objects.get(ended_at=SOON)
    assert ended.ended_because == f"{people[0].person.get_short_name()} cannot take part this month."
    assert set(PairingMember.objects.values_list("left_at", flat=True)) == {SOON}
