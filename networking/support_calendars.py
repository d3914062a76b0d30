"""The next support meeting as a calendar entry: an invitation for both, its update, and how it goes away again."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.urls import reverse

from meetups import invites
from meetups.timings import LONDON
from networking import addresses
from networking.models import Member, NextMeeting


def starts_at(meeting: NextMeeting) -> datetime:
    """Without a time, the beginning of the day in London."""
    return datetime.combine(meeting.on, meeting.at or time(), LONDON)


def request(meeting: NextMeeting, member: Member, *, now: datetime) -> str:
    """The invitation or its update for one of the two."""
    return invites.request(
        _entry(meeting, member, now),
        organizer=_organizer(),
        attendee=invites.Mailbox(member.person.name, member.person.email),
        site=settings.SITE_NAME,
    )


def cancel(meeting: NextMeeting, member: Member, *, now: datetime) -> str:
    """Takes it out of their calendar."""
    return invites.cancel(
        _entry(meeting, member, now),
        organizer=_organizer(),
        attendee=invites.Mailbox(member.person.name, member.person.email),
        site=settings.SITE_NAME,
    )


def _organizer() -> invites.Mailbox:
    return invites.Mailbox(settings.SITE_NAME, settings.DEFAULT_FROM_EMAIL)


def _entry(meeting: NextMeeting, member: Member, now: datetime) -> invites.Entry:
    pair = meeting.pair
    page = addresses.absolute(reverse("networking:pair", args=[pair.cohort.slug, pair.pk]))
    lines = [
        f"With {pair.other(member).person.name}, {pair.cohort.name}.",
        "",
        f"When you have met, log it in under a minute: {addresses.of_pair(addresses.LOG, pair, member)}",
        f"Move it: {addresses.of_pair(addresses.MOVED, pair, member)}",
    ]
    begins = starts_at(meeting)
    return invites.Entry(
        uid=f"support-meeting-{meeting.pk}@{settings.SITE_HOST}",
        starts_at=begins,
        ends_at=begins + timedelta(minutes=meeting.minutes),
        summary=f"Support meeting: {pair.other(member).person.name}",
        description="\n".join(lines),
        location="",
        url=page,
        stamped_at=now,
        sequence=meeting.sequence,
        is_whole_day=meeting.at is None,
    )
