"""The words about support meetings: the next one is agreed, moved or off, and the one nudge when none came."""

from datetime import datetime, timedelta
from typing import Any

from meetups import dates
from networking import addresses, support_calendars
from networking.emails_matching import about
from networking.models import Member, NextMeeting, Silence
from outbox import queue

# The topic of preferences under which nudges can be stopped.
NUDGES = "networking-support"


def agreed(meeting: NextMeeting, member: Member, *, now: datetime) -> None:
    """When the two meet next, with the calendar entry; with a higher sequence, its update."""
    _about_next(meeting, member, "next_meeting", support_calendars.request(meeting, member, now=now), "REQUEST")


def cancelled(meeting: NextMeeting, member: Member, *, now: datetime) -> None:
    """The date is off, and out of the calendar."""
    _about_next(meeting, member, "next_meeting_off", support_calendars.cancel(meeting, member, now=now), "CANCEL")


def _about_next(meeting: NextMeeting, member: Member, name: str, calendar: str, method: str) -> None:
    context = about(meeting.pair, member)
    by_me = meeting.set_by_id == member.pk
    queue.queue(
        key=f"networking.{name}:meeting={meeting.pk}:sequence={meeting.sequence}:member={member.pk}",
        to=member.person.email,
        template=f"networking/{name}",
        context={
            **context,
            "when": when(meeting),
            "has_moved": meeting.sequence > 0,
            "who_said": "You" if by_me else context["other_first_name"],
            "log_url": addresses.of_pair(addresses.LOG, meeting.pair, member),
            "move_url": addresses.of_pair(addresses.MOVED, meeting.pair, member),
        },
        calendar=queue.Calendar(calendar, method),
    )


def when(meeting: NextMeeting) -> str:
    """Wednesday 24 February 2027, 10am to 10:30am; the day alone when no time is agreed."""
    if meeting.at is None:
        return dates.day(meeting.on)
    begins = support_calendars.starts_at(meeting)
    return dates.span(begins, begins + timedelta(minutes=meeting.minutes))


def nudge(silence: Silence, member: Member) -> None:
    """No meeting by the day it was expected: one mail, three answers by one click each."""
    pair = silence.pair
    queue.queue(
        key=f"networking.nudge:silence={silence.pk}:member={member.pk}",
        to=member.person.email,
        template="networking/nudge",
        context={**about(pair, member), **_answers(silence, member)},
        unsubscribe_url=addresses.unsubscribe(member.person, NUDGES),
    )


def _answers(silence: Silence, member: Member) -> dict[str, Any]:
    pair = silence.pair
    return {
        "expected": dates.day(silence.expected_on),
        "met_url": addresses.of_pair(addresses.LOG, pair, member),
        "moved_url": addresses.of_pair(addresses.MOVED, pair, member),
        "not_met_url": addresses.of_pair(addresses.NOT_MET, pair, member),
        "preferences_url": addresses.preferences(member.person),
    }
