"""Calendar files, read back with another library (vobject)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import vobject

from meetups import invites

NOW = datetime(2027, 2, 10, 10, 0, tzinfo=UTC)
SITE = invites.Mailbox("Scrutineers", "no-reply@scrutiny.example")
ASHA = invites.Mailbox("Asha Patel", "asha@wessex.gov.uk")


def entry(**fields: Any) -> invites.Entry:
    plain = {
        "uid": "8003a43f@scrutiny.example",
        "starts_at": datetime(2027, 2, 24, 10, 0, tzinfo=UTC),
        "ends_at": datetime(2027, 2, 24, 12, 0, tzinfo=UTC),
        "summary": "Scrutiny and social media",
        "description": "How committees can hear more people.",
        "location": "Online",
        "url": "https://scrutiny.example/join/1",
        "stamped_at": NOW,
    }
    return invites.Entry(**{**plain, **fields})


def request(made: invites.Entry, attendee: invites.Mailbox = ASHA) -> str:
    return invites.request(made, organizer=SITE, attendee=attendee, site="Scrutineers")


def event_of(text: str) -> Any:
    return vobject.readOne(text).vevent


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_an_invitation_says_who_asks_whom_to_what() -> None:
    calendar = vobject.readOne(request(entry(sequence=3)))

    event = calendar.vevent
    assert calendar.method.value == "REQUEST"
    assert event.uid.value == "8003a43f@scrutiny.example"
    assert event.sequence.value == "3"
    assert event.status.value == "CONFIRMED"
    assert event.dtstamp.value == NOW
    assert event.summary.value == "Scrutiny and social media"
    assert event.location.value == "Online"
    assert event.organizer.value == "mailto:no-reply@scrutiny.example"
    assert event.organizer.params == {"CN": ["Scrutineers"]}
    assert [guest.value for guest in event.contents["attendee"]] == ["mailto:asha@wessex.gov.uk"]
    assert event.attendee.params == {
        "CN": ["Asha Patel"],
        "CUTYPE": ["INDIVIDUAL"],
        "PARTSTAT": ["ACCEPTED"],
        "ROLE": ["REQ-PARTICIPANT"],
        "RSVP": ["FALSE"],
    }


def test_a_withdrawal_has_the_same_uid_and_says_cancelled() -> None:
    text = invites.cancel(entry(sequence=4), organizer=SITE, attendee=ASHA, site="Scrutineers")

    calendar = vobject.readOne(text)
    assert calendar.method.value == "CANCEL"
    assert calendar.vevent.uid.value == "8003a43f@scrutiny.example"
    assert calendar.vevent.status.value == "CANCELLED"
    assert calendar.vevent.sequence.value == "4"
    assert sum(line.startswith("STATUS") for line in unfolded(text)) == 1


def test_a_file_for_anybody_has_no_method_and_names_nobody() -> None:
    text = invites.file([entry()], site="Scrutineers")

    assert [line for line in unfolded(text) if line.startswith(("METHOD", "ATTENDEE", "ORGANIZER"))] == []
    assert event_of(text).status.value == "CONFIRMED"
    assert event_of(invites.file([entry(is_cancelled=True)], site="Scrutineers")).status.value == "CANCELLED"


@pytest.mark.parametrize(
    ("starts_at", "local", "offset_hours"),
    [
        (datetime(2027, 3, 27, 10, 0, tzinfo=UTC), "20270327T100000", 0),  # the day before the clocks go forward
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), "20270328T003000", 0),  # half an hour before
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "20270328T020000", 1),  # the very moment
        (datetime(2027, 3, 28, 9, 0, tzinfo=UTC), "20270328T100000", 1),
        (datetime(2027, 7, 1, 9, 0, tzinfo=UTC), "20270701T100000", 1),
        (datetime(2027, 10, 30, 9, 0, tzinfo=UTC), "20271030T100000", 1),  # the day before they go back
        (datetime(2027, 10, 31, 10, 0, tzinfo=UTC), "20271031T100000", 0),
        (datetime(2027, 10, 30, 23, 30, tzinfo=UTC), "20271031T003000", 1),  # half an hour before the hour comes twice
    ],
)
def test_times_are_london_clock_times_and_the_right_moment(starts_at: datetime, local: str, offset_hours: int) -> None:
    text = request(entry(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2)))

    start = event_of(text).dtstart.value
    assert f"DTSTART;TZID=Europe/London:{local}" in unfolded(text)
    assert start == starts_at
    assert start.utcoffset() == timedelta(hours=offset_hours)
    assert event_of(text).dtend.value.astimezone(UTC) == starts_at + timedelta(hours=2)


def test_a_meet_up_over_the_change_of_the_clocks_lasts_as_long_as_it_lasts() -> None:
    starts_at = datetime(2027, 10, 30, 23, 30, tzinfo=UTC)  # 00:30 before the hour that comes twice

    event = event_of(request(entry(starts_at=starts_at, ends_at=starts_at + timedelta(hours=3))))

    assert event.dtend.value.astimezone(UTC) - event.dtstart.value.astimezone(UTC) == timedelta(hours=3)
    assert event.dtend.value.strftime("%H:%M") == "02:30"


@pytest.mark.parametrize("hour", [0, 1])
def test_a_time_in_the_hour_that_comes_twice_is_written_in_utc(hour: int) -> None:
    starts_at = datetime(2027, 10, 31, hour, 30, tzinfo=UTC)  # 1:30 in London, both times

    text = request(entry(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1)))

    assert f"DTSTART:20271031T0{hour}3000Z" in unfolded(text)
    assert event_of(text).dtstart.value == starts_at


def test_the_time_zone_is_told_by_rules_that_hold_for_every_year() -> None:
    zone = vobject.readOne(request(entry())).vtimezone

    assert zone.tzid.value == "Europe/London"
    assert zone.daylight.rrule.value == "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"
    assert zone.standard.rrule.value == "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"


def test_lines_end_as_calendars_want_and_are_folded_at_75_octets() -> None:
    text = request(entry(summary="Żółć and 東京 🎏 " * 12, description="ü" * 300))

    lines = text.encode().split(b"\r\n")
    assert text.count("\n") == text.count("\r\n")
    assert max(len(line) for line in lines) <= 75
    assert event_of(text).summary.value == ("Żółć and 東京 🎏 " * 12).strip()
    assert event_of(text).description.value == "ü" * 300


NASTY = [
    'Jo "the fish" O\'Neill; chair, North: East',
    "Jo\r\nATTENDEE:mailto:evil@example.org\r\nX-EVIL:1",
    "Jo\nEND:VEVENT\nEND:VCALENDAR",
    "Jo\x00\x07\x85\u2028ATTENDEE:mailto:evil@example.org",
    "Jo^n'^^",
    "\\n\\;Jo\\",
    "\u202egnp.exe\u202c",
    "أسماء بنت أبي بكر",
    "x" * 500,
    '"^\r\n',
    "",
]


@pytest.mark.parametrize("name", NASTY)
def test_a_name_breaks_nothing(name: str) -> None:
    text = request(entry(), attendee=invites.Mailbox(name, "asha@wessex.gov.uk"))

    event = event_of(text)
    assert [guest.value for guest in event.contents["attendee"]] == ["mailto:asha@wessex.gov.uk"]
    assert "x-evil" not in event.contents
    cn = event.attendee.params["CN"][0]
    assert 0 < len(cn) <= 80
    assert not set(cn) & set('"\r\n\x00\u2028\u202e')
    assert len(unfolded(text)) == len(unfolded(request(entry())))


@pytest.mark.parametrize("words", NASTY[:-2])
def test_a_title_place_or_summary_breaks_nothing(words: str) -> None:
    text = request(entry(summary=words, location=words, description=f"{words}\nsecond line"))

    event = event_of(text)
    assert set(event.contents) == set(event_of(request(entry())).contents)
    assert len(event.contents["attendee"]) == 1
    assert event.description.value.endswith("\nsecond line")
    assert len(unfolded(text)) == len(unfolded(request(entry())))


def test_a_feed_holds_many_entries_and_one_time_zone() -> None:
    text = invites.file([entry(uid=f"{n}@scrutiny.example") for n in range(3)], site="Scrutineers")

    calendar = vobject.readOne(text)
    assert [event.uid.value for event in calendar.vevent_list] == [f"{n}@scrutiny.example" for n in range(3)]
    assert len(calendar.vtimezone_list) == 1
