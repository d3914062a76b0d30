"""Meet-ups as calendar files: what everybody may have, and what only the holder of a place gets."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from meetups import addresses, invites
from meetups.models import Meetup, SignUp, Way


def for_public(meetup: Meetup) -> str:
    """A file for anybody: where to sign up, and never how to join."""
    return invites.file([_public_entry(meetup)], site=settings.SITE_NAME)


def feed(meetups: Iterable[Meetup]) -> str:
    """Meet-ups for anybody's calendar program to subscribe to: no METHOD and no way into a call."""
    return invites.file([_public_entry(meetup) for meetup in meetups], site=settings.SITE_NAME)


def own_feed(signups: Iterable[SignUp]) -> str:
    """Everything somebody is signed up for: the same entries as in their e-mails."""
    entries = [
        _own_entry(signup, sequence=latest_sequence(signup), stamped_at=signup.meetup.changed_at) for signup in signups
    ]
    return invites.file(entries, site=settings.SITE_NAME)


def for_signup(signup: SignUp) -> str:
    """A file to download for whoever holds the booking, with their own join link; the same entry as in their mail."""
    entry = _own_entry(signup, sequence=latest_sequence(signup), stamped_at=signup.meetup.changed_at)
    return invites.file([entry], site=settings.SITE_NAME)


def request(signup: SignUp, *, sequence: int, now: datetime) -> str:
    """The invitation that travels with an e-mail, or its update."""
    return invites.request(
        _own_entry(signup, sequence=sequence, stamped_at=now),
        organizer=_organizer(),
        attendee=_attendee(signup),
        site=settings.SITE_NAME,
    )


def cancel(signup: SignUp, *, sequence: int, now: datetime) -> str:
    """Takes the entry out of their calendar."""
    return invites.cancel(
        _own_entry(signup, sequence=sequence, stamped_at=now),
        organizer=_organizer(),
        attendee=_attendee(signup),
        site=settings.SITE_NAME,
    )


def latest_sequence(signup: SignUp) -> int:
    """SEQUENCE of what they have in their calendar by now."""
    return max(signup.calendar_sequence or 0, _public_sequence(signup.meetup))


def next_sequence(signup: SignUp) -> int:
    """Above everything sent to them and not below the public file, which they may have taken before they signed up."""
    last = signup.calendar_sequence
    return max(0 if last is None else last + 1, _public_sequence(signup.meetup))


def where(meetup: Meetup, way: str) -> str:
    """Where somebody attending this way goes, on one line."""
    if way == Way.ONLINE:
        return "Online"
    return ", ".join(part for part in (meetup.venue, meetup.address) if part)


def _public_sequence(meetup: Meetup) -> int:
    return meetup.schedule_version - 1 + meetup.words_version + meetup.is_cancelled


def _public_entry(meetup: Meetup) -> invites.Entry:
    page = addresses.page(meetup)
    return invites.Entry(
        uid=_uid(meetup),
        starts_at=meetup.starts_at,
        ends_at=meetup.ends_at,
        summary=meetup.title,
        description=f"{meetup.summary}\n\nSign up and read more: {page}",
        location=meetup.place_name,
        url=page,
        stamped_at=meetup.changed_at,
        sequence=_public_sequence(meetup),
        is_cancelled=meetup.is_cancelled,
    )


def _own_entry(signup: SignUp, *, sequence: int, stamped_at: datetime) -> invites.Entry:
    meetup, booking = signup.meetup, addresses.booking(signup)
    is_online = signup.way == Way.ONLINE
    join = addresses.join(signup)
    lines = [
        meetup.summary,
        "",
        f"Join (this link is yours alone): {join}" if is_online else f"How to find the room: {join}",
        f"Your booking: {booking}",
    ]
    return invites.Entry(
        uid=_uid(meetup),
        starts_at=meetup.starts_at,
        ends_at=meetup.ends_at,
        summary=meetup.title,
        description="\n".join(lines),
        location=where(meetup, signup.way),
        url=join,
        stamped_at=stamped_at,
        sequence=sequence,
        is_cancelled=meetup.is_cancelled or signup.is_cancelled,
    )


def _uid(meetup: Meetup) -> str:
    return f"{meetup.uid}@{settings.SITE_HOST}"


def _organizer() -> invites.Mailbox:
    return invites.Mailbox(settings.SITE_NAME, settings.DEFAULT_FROM_EMAIL)


def _attendee(signup: SignUp) -> invites.Mailbox:
    return invites.Mailbox(signup.name, signup.person.email)
