"""The month after a draw: each letter once, to whom it is due, and silence is noticed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from outbox.models import Message
from people import preferences
from tests import make
from tests.unmentoring import build
from unmentoring import addresses, emails, month, resting, rounds
from unmentoring.models import MonthChoice, Pairing, PairingMember, Participant

pytestmark = pytest.mark.django_db
Outcome = Pairing.Outcome
APRIL_DRAW = datetime(2027, 4, 1, 8, 0, tzinfo=UTC)
APRIL_ASK = datetime(2027, 4, 24, 8, 0, tzinfo=UTC)


def to(kind: str) -> list[str]:
    return sorted(Message.objects.filter(kind=f"unmentoring/{kind}").values_list("to_email", flat=True))


def addresses_of(*people: Participant) -> list[str]:
    return sorted(person.person.email for person in people)


# --- Introductions ------------------------------------------------------------------------------------------------


def test_everybody_is_introduced_once_however_often_the_sweep_runs():
    people = build.participants(5)
    build.drawn()

    written = [month.queue_due(build.DRAW + timedelta(seconds=n)) for n in range(3)]

    assert to("introduction") == addresses_of(*people)
    assert written == [2, 0, 0]  # by pairing: both or all three in one transaction


def test_a_crash_between_pairs_and_mails_forgets_nobody_and_writes_to_nobody_twice(monkeypatch):
    people = build.participants(6)
    build.drawn()
    write, calls = emails.introduction, []

    def crash_at_the_fourth(member: PairingMember) -> None:
        calls.append(member)
        if len(calls) == 4:
            raise KeyboardInterrupt
        write(member)

    monkeypatch.setattr(emails, "introduction", crash_at_the_fourth)
    with pytest.raises(KeyboardInterrupt):
        month.queue_due(build.DRAW)
    monkeypatch.setattr(emails, "introduction", write)
    month.queue_due(build.DRAW)

    assert to("introduction") == addresses_of(*people)


def test_a_worker_that_comes_second_finds_nothing_to_write():
    build.participants(2)
    build.drawn()
    pairing = Pairing.objects.get()

    first, second = month._introduce(pairing.pk, build.DRAW), month._introduce(pairing.pk, build.NUDGE)

    assert (first, second) == (True, False)
    assert set(PairingMember.objects.values_list("introduced_at", flat=True)) == {build.DRAW}


def test_more_people_than_fit_in_one_go_are_all_introduced():
    build.participants(2 * month.CHUNK + 8)
    build.drawn()

    month.queue_due(build.DRAW)

    assert len(to("introduction")) == 2 * month.CHUNK + 8


def test_a_round_that_is_over_introduces_nobody():
    build.participants(2)
    build.drawn()

    month.queue_due(APRIL_DRAW)

    assert to("introduction") == []


# --- Half-way -----------------------------------------------------------------------------------------------------


def test_half_way_the_quiet_pairs_are_nudged_and_the_others_left_alone():
    people = build.participants(6)
    build.told()
    spoke, stuck = build.groups(build.Round.objects.get())[:2]
    month.answer(PairingMember.objects.get(participant=spoke[0]), "not_yet", now=build.DRAW)
    month.say_stuck(PairingMember.objects.get(participant=stuck[0]), "", now=build.DRAW)

    month.queue_due(build.NUDGE - timedelta(minutes=1))
    assert to("nudge") == []
    month.queue_due(build.NUDGE)
    month.queue_due(build.NUDGE + timedelta(minutes=1))

    quiet = [person for person in people if person.pk not in [*spoke, *stuck]]
    assert to("nudge") == addresses_of(*quiet)


def test_somebody_introduced_a_few_days_ago_is_not_nudged():
    build.participants(2)
    build.told(build.NUDGE - timedelta(days=3))

    month.queue_due(build.NUDGE)

    assert to("nudge") == []


def test_a_nudge_can_be_stopped_and_the_partner_still_gets_theirs():
    one, other = build.participants(2)
    preferences.choose(one.person, emails.NUDGES, False, now=build.BEFORE)
    build.told()

    month.queue_due(build.NUDGE)

    assert to("nudge") == addresses_of(other)


# --- Did you meet? ------------------------------------------------------------------------------------------------


def test_towards_the_end_everybody_who_has_not_said_is_asked_once():
    people = build.participants(4)
    build.told()
    month.answer(build.member_of(people[0]), "yes", now=build.NUDGE)
    month.answer(build.member_of(people[1]), "not_yet", now=build.NUDGE)

    month.queue_due(build.ASK - timedelta(minutes=1))
    assert to("did_you_meet") == []
    for minutes in range(3):
        month.queue_due(build.ASK + timedelta(minutes=minutes))

    assert to("did_you_meet") == addresses_of(*people[1:])


def test_a_pair_made_late_is_asked_some_days_later_also_in_the_next_month():
    build.participants(2)
    build.told(build.DRAW + timedelta(days=13))
    PairingMember.objects.update(introduced_at=build.ASK - timedelta(days=1))

    month.queue_due(build.ASK)
    assert to("did_you_meet") == []
    month.queue_due(build.ASK + timedelta(days=5))

    assert len(to("did_you_meet")) == 2


def test_a_scanner_that_opens_every_link_in_every_mail_changes_nothing():
    build.participants(2)
    build.guest()
    build.told()
    for moment in (build.NUDGE, build.ASK):
        month.queue_due(moment)
    before = _everything()

    links = {word.strip("()<>.") for m in Message.objects.all() for word in m.text.split() if word.startswith("http")}
    for link in sorted(links):
        Client().get(link.replace("http://localhost:8000", ""))

    assert len(links) > 15
    assert _everything() == before


def _everything() -> list[object]:
    return [
        list(Participant.objects.order_by("pk").values()),
        list(PairingMember.objects.order_by("pk").values()),
        list(MonthChoice.objects.values()),
        Message.objects.count(),
    ]


@pytest.mark.parametrize(
    ("answers", "outcome", "disputed"),
    [
        (["", ""], Outcome.UNKNOWN, False),
        (["yes", ""], Outcome.MET, False),
        (["yes", "yes"], Outcome.MET, False),
        (["no", ""], Outcome.NOT_MET, False),
        (["not_yet", ""], Outcome.UNKNOWN, False),
        (["not_yet", "no"], Outcome.NOT_MET, False),
        (["yes", "no"], Outcome.UNKNOWN, True),
    ],
)
def test_what_two_answers_mean_together(answers, outcome, disputed):
    people = build.participants(2)
    build.told()
    for person, said in zip(people, answers, strict=True):
        if said:
            month.answer(build.member_of(person), said, now=build.ASK)

    pairing = Pairing.objects.get()
    assert (pairing.outcome, pairing.is_disputed) == (outcome, disputed)


def test_answering_again_replaces_the_answer_and_the_reason_goes_with_the_no():
    one, _ = build.participants(2)
    build.told()
    member = build.member_of(one)

    month.answer(member, "no", why_not="no_time", note="Half-term", now=build.ASK)
    month.answer(member, "yes", why_not="no_time", now=build.ASK + timedelta(days=1))

    member.refresh_from_db()
    said = (member.answer, member.why_not, member.note, member.answered_at)
    assert said == ("yes", "", "", build.ASK + timedelta(days=1))


def test_an_answer_nobody_offered_is_refused():
    one, _ = build.participants(2)
    build.told()

    with pytest.raises(ValueError, match="perhaps"):
        month.answer(build.member_of(one), "perhaps", now=build.ASK)


# --- Stuck --------------------------------------------------------------------------------------------------------


def test_the_coordinator_is_told_once_that_a_pair_is_stuck():
    connie = make.person("coordinator", email="connie@wessex.example")
    one, other = build.participants(2)
    build.told()
    member = build.member_of(one)

    month.say_stuck(member, "The number does not work", now=build.NUDGE)
    month.say_stuck(member, "Still", now=build.NUDGE + timedelta(minutes=1))

    message = Message.objects.get(kind="unmentoring/stuck")
    assert message.to_email == connie.email
    assert f"{one.person.name} cannot reach {other.person.name}." in message.text
    assert "The number does not work" in message.text


def test_without_a_coordinator_the_site_s_own_address_hears_of_it(settings):
    one, _ = build.participants(2)
    build.told()

    month.say_stuck(build.member_of(one), "", now=build.NUDGE)

    assert to("stuck") == [settings.CONTACT_EMAIL]


def test_having_met_after_all_is_no_longer_being_stuck():
    one, _ = build.participants(2)
    build.told()
    month.say_stuck(build.member_of(one), "", now=build.NUDGE)

    month.answer(build.member_of(one), "yes", now=build.ASK)

    assert not build.member_of(one).is_stuck


def test_a_pairing_that_ended_cannot_be_stuck():
    one, _ = build.participants(2)
    build.told()
    member = build.member_of(one)
    resting.skip(one, build.MARCH, now=build.DRAW)

    with pytest.raises(month.RoundIsOver, match="ended already"):
        month.say_stuck(member, "", now=build.DRAW)


def test_once_a_round_is_over_nobody_can_be_found_for_it():
    build.coordinator()
    one, _ = build.participants(2)
    build.told()

    with pytest.raises(month.RoundIsOver, match="March 2027 is over, so nobody else can be found for it"):
        month.say_stuck(build.member_of(one), "", now=APRIL_DRAW)

    assert not Message.objects.filter(kind="unmentoring/stuck").exists()


# --- Silence ------------------------------------------------------------------------------------------------------


def two_silent_rounds() -> tuple[Participant, Participant]:
    """One answers, the other never says anything, for two rounds."""
    talks, silent = build.participants(2)
    for draw, ask in ((build.DRAW, build.ASK), (APRIL_DRAW, APRIL_ASK)):
        build.told(draw)
        month.queue_due(ask)
        month.answer(build.member_of(talks), "no", now=ask)
    return talks, silent


def test_two_rounds_of_silence_bring_the_question_and_then_a_pause_with_the_way_back():
    _, silent = two_silent_rounds()

    month.queue_due(APRIL_ASK + timedelta(days=1))
    assert to("still_in") == []
    month.queue_due(APRIL_ASK + month.STILL_IN_AFTER)
    month.queue_due(APRIL_ASK + month.STILL_IN_AFTER + timedelta(hours=1))
    assert to("still_in") == addresses_of(silent)

    later = APRIL_ASK + month.STILL_IN_AFTER + month.PAUSE_AFTER
    month.queue_due(later)
    month.queue_due(later + timedelta(minutes=1))

    silent.refresh_from_db()
    assert (silent.state, to("paused")) == ("paused", addresses_of(silent))
    message = Message.objects.get(kind="unmentoring/paused")
    assert "We heard nothing from you for two rounds" in message.text
    assert addresses.of(addresses.COME_BACK, silent) in message.text


def test_the_pause_comes_before_the_next_draw_also_in_february():
    asked = datetime(2027, 2, 24, 9, 0, tzinfo=UTC)

    assert asked + month.STILL_IN_AFTER + month.PAUSE_AFTER < build.DRAW


def test_yes_still_in_keeps_somebody_in_and_starts_the_count_anew():
    _, silent = two_silent_rounds()
    asked = APRIL_ASK + month.STILL_IN_AFTER
    month.queue_due(asked)

    resting.still_in(silent, now=asked + timedelta(hours=1))
    month.queue_due(asked + month.PAUSE_AFTER + timedelta(days=1))

    silent.refresh_from_db()
    assert (silent.state, to("paused"), len(to("still_in"))) == ("active", [], 1)


def test_yes_after_the_pause_brings_somebody_back():
    _, silent = two_silent_rounds()
    month.queue_due(APRIL_ASK + month.STILL_IN_AFTER)
    month.queue_due(APRIL_ASK + month.STILL_IN_AFTER + month.PAUSE_AFTER)

    resting.still_in(silent, now=APRIL_ASK + timedelta(days=6))

    silent.refresh_from_db()
    assert silent.is_active


def test_one_silent_round_is_nothing():
    build.participants(2)
    build.told()
    month.queue_due(build.ASK)

    month.queue_due(build.ASK + timedelta(days=5))

    assert to("still_in") == []


# --- Being asked --------------------------------------------------------------------------------------------------


def test_who_wants_to_be_asked_each_time_is_asked_once_before_each_month():
    asked = build.participant(rhythm=Participant.Rhythm.ASK)
    said = build.participant(rhythm=Participant.Rhythm.ASK)
    build.participant()
    resting.skip(said, build.APRIL, now=build.BEFORE)

    month.queue_due(build.ASK - timedelta(minutes=1))
    assert to("month_question") == []
    month.queue_due(build.ASK)
    month.queue_due(build.ASK + timedelta(hours=1))

    assert to("month_question") == addresses_of(asked)
    assert MonthChoice.objects.get(participant=asked).taking_part is None


def test_after_an_early_draw_those_who_want_to_be_asked_still_are_and_whoever_says_yes_joins_late():
    asked = build.participant(rhythm=Participant.Rhythm.ASK)
    build.participants(2)
    early = build.ASK - timedelta(days=4)
    rounds.publish(rounds.preview(build.APRIL, now=early), now=early, by=None)

    month.queue_due(build.ASK)
    resting.take_part(asked, build.APRIL, now=build.ASK)

    assert to("month_question") == addresses_of(asked)
    assert build.partners_of(asked)


def test_whoever_said_yes_and_found_nobody_is_in_the_next_draw_without_being_asked():
    alone = build.participant(rhythm=Participant.Rhythm.ASK)
    resting.take_part(alone, build.MARCH, now=build.BEFORE)
    build.told()

    month.queue_due(build.ASK)

    assert (to("month_question"), list(Participant.objects.eligible(build.APRIL))) == ([], [alone])


def test_who_is_back_from_a_pause_by_then_is_asked_as_well():
    back = build.participant(rhythm=Participant.Rhythm.ASK)
    resting.pause(back, until=build.APRIL, now=build.BEFORE)

    month.queue_due(build.ASK)

    assert to("month_question") == addresses_of(back)


def test_whoever_has_not_confirmed_is_reminded_once():
    guest = build.guest()

    for days in (2, 3, 4):
        month.queue_due(build.BEFORE + timedelta(days=days))

    assert to("confirm") == addresses_of(guest) * 2
