"""Calendar files (RFC 5545) and invitations (RFC 5546): values in, text out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, Timezone, vCalAddress

from meetups.timings import LONDON

# By rule, not by a list of dates: Outlook understands nothing else. The rule stands since 1996.
_EUROPE_LONDON = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
""".replace("\n", "\r\n")

# Line ends and other control characters, and signs that turn the direction of what follows.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]+")
_NAME_LENGTH = 80


@dataclass(frozen=True)
class Mailbox:
    """Somebody as a calendar names them."""

    name: str
    email: str


@dataclass(frozen=True)
class Entry:
    """One meet-up as a calendar shows it. `uid` never changes; `sequence` rises with every change."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str
    location: str
    url: str
    stamped_at: datetime
    sequence: int = 0
    is_cancelled: bool = False
    is_whole_day: bool = False  # no time was agreed: the London day of `starts_at`, which keeps nobody busy


def file(entries: Sequence[Entry], *, site: str) -> str:
    """A file or feed for anybody: no METHOD and nobody's name, so that calendars take it as plain entries."""
    calendar = _calendar(site)
    for entry in entries:
        calendar.add_component(_event(entry))
    return _text(calendar)


def request(entry: Entry, *, organizer: Mailbox, attendee: Mailbox, site: str) -> str:
    """An invitation, or with a higher sequence its update, for one person who has accepted already."""
    return _personal("REQUEST", _event(entry), organizer=organizer, attendee=attendee, site=site)


def cancel(entry: Entry, *, organizer: Mailbox, attendee: Mailbox, site: str) -> str:
    """Takes the entry out of this person's calendar."""
    event = _event(entry)
    event["STATUS"] = "CANCELLED"
    return _personal("CANCEL", event, organizer=organizer, attendee=attendee, site=site)


def _personal(method: str, event: Event, *, organizer: Mailbox, attendee: Mailbox, site: str) -> str:
    calendar = _calendar(site)
    calendar.add("method", method)
    event.add("organizer", _address(organizer))
    guest = _address(attendee)
    guest.params |= {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
    event.add("attendee", guest)
    calendar.add_component(event)
    return _text(calendar)


def _calendar(site: str) -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//{_plain(site)}//Meet-ups//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add_component(Timezone.from_ical(_EUROPE_LONDON))
    return calendar


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.stamped_at.astimezone(UTC))
    for name, moment in _times(entry):
        event.add(name, moment)
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("summary", _plain(entry.summary))
    event.add("description", "\n".join(_plain(line) for line in entry.description.splitlines()))
    event.add("location", _plain(entry.location))
    event.add("url", entry.url)
    event.add("transp", "TRANSPARENT" if entry.is_cancelled or entry.is_whole_day else "OPAQUE")
    return event


def _times(entry: Entry) -> list[tuple[str, date]]:
    """A day ends where the next begins (RFC 5545, 3.6.1)."""
    if entry.is_whole_day:
        day = entry.starts_at.astimezone(LONDON).date()
        return [("dtstart", day), ("dtend", day + timedelta(days=1))]
    return [("dtstart", _clock_time(entry.starts_at)), ("dtend", _clock_time(entry.ends_at))]


def _clock_time(moment: datetime) -> datetime:
    """London wall-clock time; UTC in the hour that comes twice, where programs disagree which one is meant."""
    local = moment.astimezone(LONDON)
    comes_twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return moment.astimezone(UTC) if comes_twice else local


def _address(who: Mailbox) -> vCalAddress:
    address = vCalAddress(f"mailto:{_plain(who.email)}")
    # No quotes and no circumflex: programs disagree on how to write them inside a parameter (RFC 6868).
    name = _plain(re.sub(r'["^\\]', " ", who.name))[:_NAME_LENGTH]
    address.params["CN"] = name or _plain(who.email)
    return address


def _plain(words: str) -> str:
    return " ".join(_CONTROL.sub(" ", words).split())


def _text(calendar: Calendar) -> str:
    return calendar.to_ical().decode()
