"""What people will be told when a meet-up is moved, cancelled or put elsewhere: how many, who, and in which words."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from meetups import dates, emails, guest_list, publishing
from meetups.models import Meetup, SignUp

NAMES_SHOWN = 200
_WHOM = {SignUp.State.CONFIRMED: "with a place", SignUp.State.WAITING: "on the waiting list"}


@dataclass(frozen=True)
class Mail:
    """How it reads for those with a place, or for those who wait."""

    whom: str
    subject: str
    text: str


@dataclass(frozen=True)
class Telling:
    """Everybody who is told, by name as far as they fit on a page, and the mails they get."""

    count: int
    names: list[str]
    more: int
    mails: list[Mail]


def of_moving(meetup: Meetup, to: publishing.NewTime, *, note: str, now: datetime) -> tuple[Meetup, Telling]:
    """The meet-up as it would be, not saved, and what people would be told."""
    moved = copy.copy(meetup)
    publishing.shift(moved, to)
    was = dates.moment(meetup.starts_at) if to.starts_at != meetup.starts_at else ""
    return moved, _changed(moved, note=note, was=was, details_again=meetup.details_are_out(now), now=now)


def of_new_place(meetup: Meetup, now: datetime) -> Telling:
    """What people would be told of the place that this meet-up, not saved yet, has now."""
    return _changed(meetup, note="", was="", details_again=meetup.details_are_out(now), now=now)


def _changed(meetup: Meetup, *, now: datetime, **more: Any) -> Telling:
    return _telling(
        "moved",
        meetup,
        details_are_out=meetup.details_are_out(now),
        details_at=dates.moment(meetup.details_at),
        offers_from=dates.moment(meetup.offers_from()) if meetup.offer_hours else "",
        **more,
    )


def of_cancelling(meetup: Meetup, *, note: str) -> Telling:
    return _telling("meetup_cancelled", meetup, note=note)


def _telling(letter: str, meetup: Meetup, **more: Any) -> Telling:
    names = list(guest_list.named(meetup).active().values_list("name", flat=True)[:NAMES_SHOWN])
    mails = list(_mails(letter, meetup, more))
    count = meetup.signups.active().count()
    return Telling(count, names, count - len(names), mails)


def _mails(letter: str, meetup: Meetup, more: dict[str, Any]) -> Iterator[Mail]:
    for state, whom in _WHOM.items():
        if number := meetup.signups.filter(state=state).count():
            reader = SignUp(meetup=meetup, state=state)
            words = emails.as_read(letter, meetup, signup=reader, calendar=reader.is_confirmed, **more)
            yield Mail(f"{number} {whom}", words.subject, words.text)
