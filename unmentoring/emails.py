"""The words that leave: one function per e-mail. Who gets one and when is decided by whoever calls."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from meetups import dates
from outbox import queue
from unmentoring import addresses, calendars, common_ground
from unmentoring.models import PairingMember, Participant, Waiting

# The topic of preferences under which the half-way nudge can be stopped.
NUDGES = "unmentoring nudges"
# The same link is sent again at most once in this time, however often somebody fills in the form.
AGAIN_SECONDS = 600

PROMPTS = [
    ("Think", "what is on your mind at work, and what would you like to see differently?"),
    ("Do", "what will you try before the month is over?"),
    ("Share", "what did you learn that others could use?"),
]


# --- Joining, pausing, leaving ------------------------------------------------------------------------------------


def confirm(participant: Participant, *, now: datetime) -> None:
    """Is this address yours? One link to say yes; without it nothing happens."""
    _queue(participant, "confirm", link=participant.link_version, window=_window(now), more=_confirming(participant))


def confirm_again(participant: Participant) -> None:
    """The same question once more, some days later."""
    _queue(
        participant,
        "confirm_again",
        template="confirm",
        joined=at(participant.joined_at),
        more=_confirming(participant),
    )


def _confirming(participant: Participant) -> dict[str, Any]:
    name = participant.pending.get("name") or participant.person.name
    return {
        "first_name": name.split(" ")[0],
        "confirm_url": addresses.of(addresses.CONFIRM, participant),
        "kept_days": settings.UNMENTORING_UNCONFIRMED_DAYS,
    }


def joined(participant: Participant, *, first: str, now: datetime) -> None:
    """You are in; `first` says when they get their first partner."""
    _queue(participant, "joined", at=at(now), more={"first": first})


def already_joined(participant: Participant, *, now: datetime) -> None:
    """Their link once more: somebody filled in the form with this address."""
    _queue(participant, "already_joined", window=_window(now), more={"state": participant.get_state_display()})


def paused(participant: Participant, *, now: datetime) -> None:
    """You are paused, why, until when, and how to come back with one click."""
    _queue(participant, "paused", at=at(now), more={"until": month_name(participant.paused_until)})


def left(participant: Participant, *, now: datetime) -> None:
    """You have left; what we removed."""
    removed = participant.state == Participant.State.REMOVED
    more = {"removed": removed, "join_url": addresses.absolute(reverse("unmentoring:join"))}
    _queue(participant, "left", at=at(now), more=more)


def month_question(participant: Participant, month: date) -> None:
    """Shall we find you somebody this month?"""
    more = {"month": month_name(month), "month_url": addresses.month(participant, month)}
    _queue(participant, "month_question", month=month, more=more)


def still_in(participant: Participant, *, until: datetime) -> None:
    """We have not heard from you for two rounds: are you still in?"""
    more = {"still_in_url": addresses.of(addresses.STILL_IN, participant), "until": dates.day(until)}
    _queue(participant, "still_in", heard=at(participant.heard_at), more=more)


# --- The month ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Partner:
    """What somebody learns about whom they meet."""

    name: str
    works_at: str
    sector: str
    line: str
    ways: str
    times: str
    topics: str
    phone: str
    email: str


def introduction(member: PairingMember) -> None:
    """Whom they meet, how to reach them, what they have in common, and when would be good."""
    members = list(member.pairing.members.all())
    # The suggestion is one sentence; the file behind the link is what a calendar takes.
    starts_at = calendars.suggested_time(member.pairing)
    more = {
        "pairing": member.pairing,
        "partners": [partner_of(partner) for partner in member.partners],
        "in_common": common_ground.in_common([_likes(each.participant) for each in members]),
        "prompts": PROMPTS,
        "week": _day(calendars.suggested_week(member.pairing)),
        "slot": dates.span(starts_at, starts_at + calendars.LENGTH),
        "hold_url": addresses.of_member(addresses.HOLD, member),
        "month": month_name(member.round.month),
    }
    _queue_about(member, "introduction", more=more)


def partner_of(participant: Participant) -> Partner:
    """What a partner may read: pages for partners use it as well."""
    return Partner(
        name=participant.person.name,
        works_at=participant.person.works_at,
        sector=participant.get_sector_display(),
        line=participant.line,
        ways=participant.ways_line,
        times=participant.times,
        topics=", ".join(participant.topics),
        phone=participant.phone.as_international if participant.phone else "",
        email=participant.person.email,
    )


def _likes(participant: Participant) -> common_ground.Likes:
    ways = tuple(str(Participant.Talk(way).label) for way in participant.ways if way in Participant.Talk)
    return common_ground.Likes(tuple(participant.topics), ways, participant.get_sector_display())


def no_partner(waiting: Waiting) -> None:
    """Nobody to meet (yet), why, and that they are first in line."""
    more = {"waiting": waiting, "month": month_name(waiting.round.month), "next": month_name(waiting.round.next_month)}
    _queue(waiting.participant, "no_partner", round=waiting.round_id, since=at(waiting.since), more=more)


def nudge(member: PairingMember) -> None:
    """Half of the month is over and nobody said anything."""
    more = {
        "partners": [partner_of(partner) for partner in member.partners],
        "arranged_url": addresses.answer(member, PairingMember.Answer.NOT_YET),
        "preferences_url": addresses.preferences(member.participant.person),
    }
    _queue_about(member, "nudge", more=more)


def did_you_meet(member: PairingMember) -> None:
    """Three links; each opens a page, and only its button records the answer."""
    links = [(label, addresses.answer(member, value)) for value, label in PairingMember.Answer.choices]
    more = {"answers": links, "learned_url": addresses.of_member(addresses.LEARNED, member)}
    _queue_about(member, "did_you_meet", more=more)


def _queue_about(member: PairingMember, reason: str, *, more: Mapping[str, Any]) -> None:
    names = [partner.person.name for partner in member.partners]
    shared = {
        "names": f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names),
        "stuck_url": addresses.of_member(addresses.STUCK, member),
        "report_url": addresses.of_member(addresses.REPORT, member),
        "round": member.round,
    }
    _queue(member.participant, reason, member=member.pk, more={**shared, **more})


def _queue(
    participant: Participant,
    reason: str,
    *,
    template: str = "",
    more: Mapping[str, Any],
    **which: object,
) -> None:
    """Queue a letter to this person. The key is the reason, who it is, and `which` time this happened.

    No answer goes to anybody else: it would quote the links, and they let whoever has them do what the person may.
    """
    told = "".join(f":{name}={value}" for name, value in which.items())
    queue.queue(
        key=f"unmentoring.{reason}:participant={participant.pk}{told}",
        to=participant.person.email,
        template=f"unmentoring/{template or reason}",
        context={**_about(participant), **more},
        unsubscribe_url=addresses.of(addresses.STOP, participant),
    )


def _about(participant: Participant) -> dict[str, Any]:
    return {
        "participant": participant,
        "first_name": participant.person.get_short_name(),
        "mine_url": addresses.of(addresses.MINE, participant),
        "skip_url": addresses.of(addresses.SKIP, participant),
        "pause_url": addresses.of(addresses.PAUSE, participant),
        "leave_url": addresses.of(addresses.LEAVE, participant),
        "back_url": addresses.of(addresses.COME_BACK, participant),
    }


# --- Words --------------------------------------------------------------------------------------------------------


def month_name(month: date | None) -> str:
    """March 2027; empty for none."""
    return f"{month:%B %Y}" if month else ""


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"


def at(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _window(now: datetime) -> str:
    return at(datetime.fromtimestamp(now.timestamp() // AGAIN_SECONDS * AGAIN_SECONDS, UTC))
