"""Rooms of one round in the three forms that a host needs: video tools keep one set, and guests are not signed in.

A file for Zoom, a list to paste or read aloud, and what goes on a printed sheet. Zoom takes 100 rooms and 1,000 people,
and knows people only by the address of their Zoom account (support.zoom.com KB0061353).
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from meetups.exports import safe

MOST_ROOMS = 100
MOST_PEOPLE = 1000
ZOOM_HEADER = ("Pre-assign Room Name", "Email Address")


class TooManyForZoom(ValueError):
    """Zoom takes fewer rooms or people; the message says how many there are and what to do."""


@dataclass(frozen=True)
class Person:
    """Somebody in a room. `council` is where they work."""

    id: int
    name: str
    email: str = ""
    council: str = ""

    @property
    def with_council(self) -> str:
        return f"{self.name} ({self.council})" if self.council else self.name


@dataclass(frozen=True)
class Room:
    name: str
    people: tuple[Person, ...]


@dataclass(frozen=True)
class ZoomFile:
    """A CSV file for Zoom, and those who are not in it because it knows people by an address of their own."""

    data: bytes
    left_out: tuple[Person, ...]


@dataclass(frozen=True)
class Place:
    """Where one person finds their room on the printed sheet."""

    person: Person
    room: str


@dataclass(frozen=True)
class Sheet:
    """What is printed for one round: room by room, and everybody by name."""

    title: str
    rooms: tuple[Room, ...]
    places: tuple[Place, ...]


def room_names(count: int, chosen: Sequence[str] = ()) -> list[str]:
    """A name for each room, none twice: “Room 1” and so on, or the chosen ones in turn, then “Oak 2”, “Oak 3”."""
    names = list(dict.fromkeys(flat for name in chosen if (flat := " ".join(name.split()))))
    if not names:
        return [f"Room {number}" for number in range(1, count + 1)]
    given: dict[str, None] = {}
    for turn in range(count):
        given[_unused(names[turn % len(names)], turn // len(names) + 1, given)] = None
    return list(given)


def _unused(name: str, turn: int, given: Mapping[str, None]) -> str:
    numbered = name if turn == 1 else f"{name} {turn}"
    return _unused(name, turn + 1, given) if numbered in given else numbered


def rooms_of(groups: Sequence[Sequence[int]], people: Mapping[int, Person], *, names: Sequence[str] = ()) -> list[Room]:
    """One round of a plan with the names of its rooms and people. Raises KeyError for an id that `people` lacks."""
    titles = room_names(len(groups), names)
    return [Room(title, tuple(people[one] for one in group)) for title, group in zip(titles, groups, strict=True)]


def zoom_file(rooms: Sequence[Room]) -> ZoomFile:
    """The file for “Import from CSV” in Zoom. Raises TooManyForZoom.

    Without a byte order mark, which Zoom would take for a part of the first heading.
    """
    seated, left_out = _with_own_address(rooms)
    _refuse_too_many(rooms, seated)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(ZOOM_HEADER)
    writer.writerows([safe(room), safe(email)] for room, email in seated)
    return ZoomFile(text.getvalue().encode("utf-8", errors="replace"), tuple(left_out))


def _with_own_address(rooms: Sequence[Room]) -> tuple[list[tuple[str, str]], list[Person]]:
    """Zoom would send everybody with a shared address to the room of one of them, so only the first has it."""
    seated: dict[str, tuple[str, str]] = {}
    left_out = []
    for room in rooms:
        for person in room.people:
            email = person.email.strip()
            if not email or email.casefold() in seated:
                left_out.append(person)
            else:
                seated[email.casefold()] = (room.name, email)
    return list(seated.values()), left_out


def _refuse_too_many(rooms: Sequence[Room], seated: Sequence[object]) -> None:
    if len(rooms) > MOST_ROOMS:
        raise TooManyForZoom(
            f"Zoom takes {MOST_ROOMS} rooms and this round has {len(rooms)}. Plan larger rooms, or use the list."
        )
    if len(seated) > MOST_PEOPLE:
        raise TooManyForZoom(f"Zoom takes {MOST_PEOPLE:,} people and this round has {len(seated):,}. Use the list.")


def spoken(title: str, rooms: Sequence[Room]) -> str:
    """The rooms to paste into the chat or to read aloud, a line each. Councils only where two people have one name."""
    shared = _shared_names(rooms)
    lines = [
        f"{room.name}: {listed([_called(person, shared) for person in room.people]) or 'nobody'}" for room in rooms
    ]
    return "\n".join([title, *lines])


def _shared_names(rooms: Sequence[Room]) -> set[str]:
    names = [person.name.casefold() for room in rooms for person in room.people]
    return {name for name in names if names.count(name) > 1}


def _called(person: Person, shared: set[str]) -> str:
    return person.with_council if person.name.casefold() in shared else person.name


def listed(words: Sequence[str]) -> str:
    """Ann, Bob and Cyd."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def sheet(title: str, rooms: Sequence[Room]) -> Sheet:
    """What is printed: the rooms with names and councils, and everybody in order of their names."""
    places = [Place(person, room.name) for room in rooms for person in room.people]
    return Sheet(
        title, tuple(rooms), tuple(sorted(places, key=lambda place: (place.person.name.casefold(), place.room)))
    )
