"""Is what we hold what was handed in? Recomputes every seal and digest and says, in sentences, what does not fit."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evidence import history
from evidence.models import OF_INQUIRY, Inquiry, Item, ItemEvent, Screenshot, Tombstone


@dataclass(frozen=True)
class Checked:
    """What was looked at, and what is wrong with it; nothing wrong: intact."""

    events: int
    items: int
    files: int
    faults: list[str]


def verify(inquiry: Inquiry) -> Checked:
    """The whole inquiry: its chain of events, every item against its last event, every file against its digest."""
    events = list(inquiry.events.order_by("number"))
    items = list(Item.objects.of(inquiry).order_by("number").prefetch_related("screenshots", "sightings"))
    stones = list(inquiry.tombstones.order_by("number"))
    pictures = [picture for item in items for picture in item.screenshots.all()]
    faults = [
        *_chain(inquiry, events),
        *_items(events, items),
        *_missing(events, items, stones),
        *_stones(events, stones),
        *(fault for item in items for fault in _files(item)),
    ]
    return Checked(len(events), len(items), len(pictures), faults)


def faults_of(item: Item) -> list[str]:
    """One item: the seals of its own events, its words and its files. Whether a row is missing only `verify` tells."""
    events = list(ItemEvent.objects.filter(item_ref=item.ref).order_by("number"))
    broken = [f"Event {event.number} was changed." for event in events if event.seal != history.seal_of(event)]
    return [*broken, *_items(events, [item]), *_files(item)]


def _chain(inquiry: Inquiry, events: list[ItemEvent]) -> Iterator[str]:
    number, seal = 0, ""
    for event in events:
        if event.number > number + 1:
            gone = (
                f"Event {number + 1} is"
                if event.number == number + 2
                else f"Events {number + 1} to {event.number - 1} are"
            )
            yield f"{gone} missing."
        elif event.previous != seal:
            yield f"Event {event.number} does not follow the one before it."
        if event.seal != history.seal_of(event):
            yield f"Event {event.number} was changed."
        number, seal = event.number, event.seal
    if (number, seal) != (inquiry.history_length, inquiry.history_head):
        yield f"The chain ends with event {number}; it should end with event {inquiry.history_length}, sealed as kept."


def _items(events: Iterable[ItemEvent], items: Iterable[Item]) -> Iterator[str]:
    last = {event.item_ref: event for event in events}
    for item in items:
        event = last.get(item.ref)
        if event is None:
            yield f"{item} has no history."
        elif not history.fits(event, item):
            yield f"{item} is not what it was after event {event.number}."


def _missing(events: list[ItemEvent], items: list[Item], stones: list[Tombstone]) -> Iterator[str]:
    there = {OF_INQUIRY} | {item.ref for item in items} | {stone.item_ref for stone in stones}
    gone = {event.item_ref: event.number for event in events if event.item_ref not in there}
    for number in sorted(gone.values()):
        yield f"The item of event {number} is gone, and nothing says why."


def _stones(events: list[ItemEvent], stones: list[Tombstone]) -> Iterator[str]:
    """A tombstone says what the last event of its item says: that it was removed, as what, and why."""
    last = {event.item_ref: event for event in events}
    for stone in stones:
        event = last.get(stone.item_ref)
        facts = event.facts if event and event.kind == ItemEvent.Kind.PURGED else {}
        if (facts.get("digest"), facts.get("reason")) != (stone.digest, stone.reason):
            yield f"The tombstone of Item {stone.number} is not what the history says."


def _files(item: Item) -> Iterator[str]:
    for number, picture in enumerate(item.screenshots.all(), start=1):
        if (found := _sha256(picture)) != picture.sha256:
            wrong = "is missing" if not found else "is not the one that was added"
            yield f"The file of screenshot {number} of {item} {wrong}."


def _sha256(picture: Screenshot) -> str:
    """Of the file as it lies there now; nothing when there is none."""
    try:
        with picture.file.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, ValueError):
        return ""
