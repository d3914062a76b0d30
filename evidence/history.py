"""The history of items: rows that are only ever added, each sealed with the one before it, per inquiry."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import transaction

from evidence.models import OF_INQUIRY, Inquiry, Item, ItemEvent, Sighting
from people.models import Person

# What a digest of an item is made of. Words go in as words; only the digest comes out.
FIELDS = (
    *("link", "canonical_url", "hard_key", "title", "exact_words", "our_words", "tells_us", "does_not_tell_us"),
    *("described_as", "month", "seen_without_login", "author_kind", "stance", "tone", "categories", "reliance"),
    *("consent", "consent_note", "state", "state_reason", "topic_id"),
)
# Version 2 has these too, who saw it and what they wrote, and what screenshots are said to show. Events from before
# there was a second version say nothing of one: their digests are looked at as they were made.
VERSION = 2
FIELDS_SINCE_2 = ("is_sensitive", "number", "saved_by_id", "soft_key", "platform", "minutes")
_OF_SIGHTING = ("person_id", "link", "exact_words", "our_words", "tells_us", "does_not_tell_us", "minutes")


def digest(item: Item, *, version: int = VERSION) -> str:
    """SHA-256 of what an item says, of its screenshots and of who saw it."""
    said = {name: getattr(item, name) for name in FIELDS}
    pictures = item.screenshots.all()
    # Where nothing is quoted there is nothing of it, so that digests from before there were quotes hold.
    quoted = {"quote": item.quote} if item.quote else {}
    if version == 1:
        return _sha256({**said, **quoted, "screenshots": sorted(picture.sha256 for picture in pictures)})
    more = {
        **{name: getattr(item, name) for name in FIELDS_SINCE_2},
        "screenshots": sorted([picture.sha256, picture.alt_text] for picture in pictures),
        "sightings": [_of(sighting) for sighting in sorted(item.sightings.all(), key=lambda each: each.pk)],
    }
    return _sha256({**said, **quoted, **more})


def _of(sighting: Sighting) -> dict[str, object]:
    return {**{name: getattr(sighting, name) for name in _OF_SIGHTING}, "seen_at": _in_utc(sighting.seen_at)}


def fits(event: ItemEvent, item: Item) -> bool:
    """Whether the item is what it was after this event."""
    version = VERSION if event.facts.get("digest_version") == str(VERSION) else 1
    return bool(event.facts.get("digest") == digest(item, version=version))


def record(
    item: Item, kind: str, *, now: datetime, by: Person | None = None, facts: Mapping[str, str] | None = None
) -> ItemEvent:
    """Add one event to the chain of the item's inquiry. Call it in the transaction of what happened, after it: the
    digest is of the row as it is in the database by then.

    `facts` are short and hold no words of residents: {"from": "submitted", "to": "accepted"}.
    """
    assert item.inquiry_id
    return record_all(item.inquiry_id, [item.pk], kind, now=now, by=by, facts=facts)[0]


@transaction.atomic
def record_all(
    inquiry_pk: int,
    item_pks: Collection[int],
    kind: str,
    *,
    now: datetime,
    by: Person | None = None,
    facts: Mapping[str, str] | None = None,
) -> list[ItemEvent]:
    """The same for several items of one inquiry, to which the same happened. A constant number of queries."""
    inquiry = _locked(inquiry_pk)
    items = Item.objects.filter(pk__in=item_pks).prefetch_related("screenshots", "sightings").order_by("pk")
    said = [(item.ref, {**(facts or {}), "digest": digest(item), "digest_version": str(VERSION)}) for item in items]
    return _append(inquiry, said, kind, now=now, by=by)


LOOKED_AT = timedelta(minutes=15)  # as long as it takes to read a page and its pictures once


def has_revealed(item: Item, person: Person, now: datetime) -> bool:
    """Whether this person said a moment ago that they look at what is hidden, so that the history has it."""
    lately = ItemEvent.objects.filter(item_ref=item.ref, kind=ItemEvent.Kind.REVEALED, by=person)
    return lately.filter(happened_at__gt=now - LOOKED_AT, happened_at__lte=now).exists()


@transaction.atomic
def record_of_inquiry(inquiry: Inquiry, kind: str, *, now: datetime, by: Person, facts: Mapping[str, str]) -> ItemEvent:
    """The same for what is not of one item, such as a legal hold."""
    return _append(_locked(inquiry.pk), [(OF_INQUIRY, dict(facts))], kind, now=now, by=by)[0]


def _locked(inquiry_pk: int) -> Inquiry:
    return Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry_pk)


def _append(
    inquiry: Inquiry, said: Iterable[tuple[UUID, dict[str, str]]], kind: str, *, now: datetime, by: Person | None
) -> list[ItemEvent]:
    """One event after the other, each sealed with the one before; the row of the inquiry is locked."""
    events = []
    for ref, facts in said:
        event = ItemEvent(
            inquiry=inquiry,
            number=inquiry.history_length + 1,
            item_ref=ref,
            kind=kind,
            facts=facts,
            by=by,
            happened_at=now,
            previous=inquiry.history_head,
        )
        event.seal = seal_of(event)
        inquiry.history_length, inquiry.history_head = event.number, event.seal
        events.append(event)
    ItemEvent.objects.bulk_create(events)
    inquiry.save(update_fields=["history_length", "history_head"])
    return events


def seal_of(event: ItemEvent) -> str:
    """What the seal of an event has to be, given the row and the seal before it."""
    return _sha256(
        {
            "inquiry": event.inquiry_id,
            "number": event.number,
            "item": str(UUID(str(event.item_ref))),
            "kind": event.kind,
            "facts": event.facts,
            "by": event.by_id,
            "at": _in_utc(event.happened_at),
            "previous": event.previous,
        }
    )


def _in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _sha256(said: Mapping[str, object]) -> str:
    text = json.dumps(said, sort_keys=True, default=str, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
