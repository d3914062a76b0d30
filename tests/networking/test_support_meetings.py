"""Logging that two met, mending it, agreeing on the next time with an entry in both calendars."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import vobject
from django.db import IntegrityError, transaction

from networking import parting, silences, support_meetings, support_reading
from networking.models import FineUntil, NextMeeting, SilenceAnswer, SupportMeeting
from networking.rhythm import State
from networking.support_meetings import Said, When
from outbox.models import Message
from people import my_data
from tests import make
from tests.networking import build

pytestmark = pytest.mark.django_db
NOW = build.NOW
TODAY = NOW.date()


def day(ahead: int) -> date:
    return TODAY + timedelta(days=ahead)


def mails(kind: str) -> list[Message]:
    return list(Message.objects.filter(kind=f"networking/{kind}").order_by("pk"))


def entries(kind: str) -> list:
    return [vobject.readOne(message.calendar).vevent for message in mails(kind)]


@pytest.fixture
def pair():
    return build.pair()


# --- Logging ------------------------------------------------------------------------------------------------------


def test_a_logged_meeting_moves_the_next_one_a_rhythm_on(pair):
    build.meeting(pair, day(-1), minutes=45, did="Looked at the ward group.", next_step="Ask Bea.")

    standing = support_reading.of_one(pair, NOW)

    assert (standing.facts.last_met_on, standing.expected_on, standing.state) == (day(-1), day(13), State.ON_TRACK)


def test_both_log_the_same_meeting_and_it_counts_once(pair):
    first = build.meeting(pair, day(-1))

    with pytest.raises(support_meetings.AlreadyLogged) as told:
        build.meeting(pair, day(-1), by=pair.mentor)

    assert told.value.meeting == first
    with pytest.raises(IntegrityError), transaction.atomic():
        SupportMeeting.objects.create(pair=pair, met_on=day(-1), how="video", logged_at=NOW)


def test_two_who_change_one_meeting_are_told_of_each_other(pair):
    meeting = build.meeting(pair, day(-1), did="One")
    support_meetings.change(meeting, Said(day(-1), "phone", did="Two"), version=0, now=NOW)

    with pytest.raises(support_meetings.ChangedMeanwhile) as told:
        support_meetings.change(meeting, Said(day(-1), "phone", did="Three"), version=0, now=NOW)

    assert told.value.meeting.did == "Two"


def test_a_meeting_taken_out_does_not_count_and_can_come_back(pair):
    meeting = build.meeting(pair, day(-1))

    support_meetings.remove(meeting, now=NOW)
    without = support_reading.of_one(pair, NOW)
    support_meetings.bring_back(meeting, now=NOW)

    assert without.never_met
    assert support_reading.of_one(pair, NOW).since == day(-1)


def test_a_meeting_does_not_come_back_beside_another_one_of_that_day(pair):
    meeting = build.meeting(pair, day(-1))
    support_meetings.remove(meeting, now=NOW)
    build.meeting(pair, day(-1))

    with pytest.raises(support_meetings.AlreadyLogged):
        support_meetings.bring_back(meeting, now=NOW)


def test_a_pair_that_has_ended_logs_nothing_more(pair):
    parting.end(pair, why="", now=NOW)

    with pytest.raises(support_meetings.PairHasEnded):
        build.meeting(pair, day(-1))
    with pytest.raises(support_meetings.PairHasEnded):
        build.agreed(pair, day(3))


# --- The next one -------------------------------------------------------------------------------------------------


def test_both_get_an_invitation_and_the_same_entry_moves_and_goes(pair):
    build.agreed(pair, day(7), at=time(10, 30), minutes=45)
    build.agreed(pair, day(8), at=time(14))
    support_meetings.agree(pair, None, by=pair.councillor, now=NOW)

    both = [pair.councillor.person.email, pair.mentor.person.email]
    told = mails("next_meeting")
    assert [message.to_email for message in told] == both * 2
    assert [message.calendar_method for message in told] == ["REQUEST"] * 4
    assert [message.subject.partition(": ")[2] for message in told[::2]] == [
        "Wednesday 17 February 2027, 10:30am to 11:15am",
        "Thursday 18 February 2027, 2pm to 2:30pm",
    ]
    off = entries("next_meeting_off")
    found = [*entries("next_meeting"), *off]
    assert len({entry.uid.value for entry in found}) == 1
    assert [int(entry.sequence.value) for entry in found] == [0, 0, 1, 1, 2, 2]
    assert {entry.status.value for entry in off} == {"CANCELLED"}
    assert [message.to_email for message in mails("next_meeting_off")] == both


def test_a_day_without_a_time_is_a_whole_day_that_keeps_nobody_busy(pair):
    build.agreed(pair, day(7))

    entry = entries("next_meeting")[0]

    assert (entry.dtstart.value, entry.dtend.value) == (day(7), day(8))
    assert entry.transp.value == "TRANSPARENT"


def test_saying_the_same_day_again_tells_nobody(pair):
    build.agreed(pair, day(7), at=time(10))
    build.agreed(pair, day(7), at=time(10))

    assert len(mails("next_meeting")) == 2


def test_a_new_meeting_after_one_that_was_held_is_a_new_entry(pair):
    build.agreed(pair, day(0))
    build.meeting(pair, day(0))
    build.agreed(pair, day(14))

    uids = [entry.uid.value for entry in entries("next_meeting")]
    assert (uids[0] == uids[1], uids[1] == uids[2], uids[2] == uids[3]) == (True, False, True)
    assert list(NextMeeting.objects.values_list("state", flat=True)) == ["over", "agreed"]


def test_taking_out_a_meeting_lets_the_agreed_day_stand_again(pair):
    planned = build.agreed(pair, day(0))
    meeting = build.meeting(pair, day(0))

    support_meetings.remove(meeting, now=NOW)

    assert support_reading.of_one(pair, NOW).next_meeting == planned


def test_a_day_still_to_come_stays_agreed_when_an_earlier_meeting_is_logged(pair):
    planned = build.agreed(pair, day(5))

    build.meeting(pair, day(-1))

    assert support_reading.of_one(pair, NOW).next_meeting == planned


def test_a_meeting_and_the_next_one_are_logged_together_or_not_at_all(pair, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError

    monkeypatch.setattr("networking.emails_support.agreed", fail)
    with pytest.raises(RuntimeError):
        support_meetings.log(pair, Said(day(0), "video"), by=pair.mentor, now=NOW, then=When(day(14)))

    assert not SupportMeeting.objects.exists()


def test_when_a_pair_ends_its_day_is_off_and_the_silence_is_over(pair):
    build.agreed(pair, day(5), at=time(10))
    silence = build.silence(pair, day(-3))

    parting.end(pair, why="Moved away.", now=NOW)
    silence.refresh_from_db()

    assert [message.calendar_method for message in mails("next_meeting_off")] == ["CANCEL", "CANCEL"]
    assert "a separate message says more" in mails("next_meeting_off")[0].text
    assert silence.ended_at == NOW


def test_an_entry_stands_at_the_agreed_london_time_after_the_clocks_change(pair):
    build.agreed(pair, date(2027, 3, 30), at=time(10))

    entry = entries("next_meeting")[0]

    assert entry.dtstart.value.astimezone(UTC) == datetime(2027, 3, 30, 9, 0, tzinfo=UTC)


# --- What is kept -------------------------------------------------------------------------------------------------


def test_what_somebody_wrote_can_be_taken_out_and_goes_with_them(pair):
    build.meeting(pair, day(-1), did="Mine")
    build.meeting(pair, day(-2), did="Theirs", by=pair.mentor)
    build.silence(pair, day(-9))
    silences.say_not_met(pair, pair.councillor, why_not="away", note="Ill", now=NOW)

    person = pair.councillor.person
    collected = [record for records in my_data.collect(person).values() for record in records]
    assert [one["What you did"] for one in collected if one.get("What") == "Support meeting"] == ["Theirs", "Mine"]
    assert [one["Note"] for one in collected if one.get("What") == "Why you had not met"] == ["Ill"]

    my_data.leave(person, now=NOW)
    assert list(SupportMeeting.objects.order_by("met_on").values_list("did", flat=True)) == ["Theirs", ""]
    assert not SilenceAnswer.objects.exists()


def test_words_go_a_year_after_the_pair_ended_and_what_was_taken_out_a_month_later(pair):
    build.meeting(pair, day(-1), did="Words", next_step="A step")
    support_meetings.remove(build.meeting(pair, day(-2)), now=NOW)
    FineUntil.objects.create(pair=pair, until=day(9), why="Away", said_by=make.person(), said_at=NOW)
    parting.end(pair, why="", now=NOW)

    support_meetings.forget_old(NOW + timedelta(days=31))
    kept = list(SupportMeeting.objects.values_list("did", "next_step"))
    support_meetings.forget_old(NOW + timedelta(days=366))

    assert kept == [("Words", "A step")]
    assert list(SupportMeeting.objects.values_list("did", "next_step")) == [("", "")]
    assert FineUntil.objects.get().why == ""
