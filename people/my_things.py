"""What “My things” shows: apps register a function that returns their cards for a person."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from people.models import Person


@dataclass(frozen=True)
class Card:
    """One thing of mine: what it is, one line about it, where to go. `urgency` 0 comes first."""

    title: str
    line: str
    url: str
    action: str
    urgency: int = 5
    links: Sequence[tuple[str, str]] = field(default_factory=tuple)


@dataclass(frozen=True)
class Shelf:
    """A heading of “My things” and what is under it; `empty` says how to get something there."""

    title: str
    empty: str
    cards: Callable[[Person, datetime], list[Card]]


_shelves: list[Shelf] = []


def register(title: str, *, empty: str, cards: Callable[[Person, datetime], list[Card]]) -> None:
    _shelves.append(Shelf(title, empty, cards))


def shelves() -> list[Shelf]:
    return list(_shelves)
