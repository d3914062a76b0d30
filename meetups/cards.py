"""What a list says about a meet-up in a few words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from meetups import dates
from meetups.models import Meetup


@dataclass(frozen=True)
class Card:
    """A meet-up in a list: `tag` is empty while all is as usual, `colour` is one of GOV.UK's tag colours."""

    meetup: Meetup
    tag: str
    colour: str
    line: str


def of(meetups: Iterable[Meetup], now: datetime) -> list[Card]:
    """One card for each; read the rows with `for_cards`."""
    return [_card(meetup, now) for meetup in meetups]


def _card(meetup: Meetup, now: datetime) -> Card:
    if meetup.is_cancelled:
        return Card(meetup, "Cancelled", "red", "")
    if meetup.is_over(now):
        return Card(meetup, "", "", "")
    if meetup.has_started(now):
        return Card(meetup, "On now", "green", "")
    if not meetup.is_open(now):
        return Card(meetup, "Sign-up closed", "grey", "")
    if not meetup.all_places_left:
        return Card(meetup, "Full", "yellow", "You can join the waiting list.")
    return Card(meetup, "", "", f"{meetup.places_line}. Sign up by {dates.moment(meetup.closes_at)}.")
