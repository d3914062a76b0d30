"""The history of items: rows that are only ever added, each sealed with the one before it, per inquiry."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import transaction

from evidence.models import OF_INQUIRY, Inquiry, Item, ItemEvent
from people.models import Person

# What a digest of an item is made of. Words go in as words; only the digest comes out.
FIELDS = (
    *("link", "canonical_url", "hard_key", "title", "exact_words", "our_words", "tells_us", "does_not_tell_us"),
    *("described_as", "month", "seen_without_login", "author_kind", "stance", "tone", "categories", "reliance"),
    *("consent", "consent_note", "state", "state_reason", "topic_id"),
)


def digest(item: Item) -> str:
    """SHA-256 of what an item says, and of its screenshots."""
    said = {name: getattr(item, name) for name in FIELDS}
    pictures = sorted(item.screenshots.values_list("sha256", flat=True))
    # Where nothing is quoted there is nothing of it, so that digests from before there were quotes hold.
    quoted = {"quote": item.quote} if item.quote else {}
    return _sha256({**said, **quoted, "screenshots": pictures})


def record(
    item: Item, kind: str, *, now: datetime, by: Person | None = None, facts: Mapping[str, str] | None = None
) -> ItemEvent:
    """Add one event to the chain of the item's inquiry. Call it in the transaction of what happened.

    `facts` are short and hold no words of residents: {"from": "submitted", "to": "accepted"}.
    """
    assert item.inquiry_id
    return _append(item.inquiry_id, item.ref, kind, now=now, by=by, facts={**(facts or {}), "digest": digest(item)})


LOOKED_AT = timedelta(minutes=15)  # as long as it takes to read a page and its pictures once


def has_revealed(item: Item, person: Person, now: datetime) -> bool:
    """Whether this person said a moment ago that they look at what is hidden, so that the history has it."""
    lately = ItemEvent.objects.filter(item_ref=item.ref, kind=ItemEvent.Kind.REVEALED, by=person)
    return lately.filter(happened_at__gt=now - LOOKED_AT, happened_at__lte=now).exists()


def record_of_inquiry(inquiry: Inquiry, kind: str, *, now: datetime, by: Person, facts: Mapping[str, str]) -> ItemEvent:
    """The same for what is not of one item, such as a legal hold."""
    return _append(inquiry.pk, OF_INQUIRY, kind, now=now, by=by, facts=dict(facts))


@transaction.atomic
def _append(
    inquiry_pk: int, ref: UUID, kind: str, *, now: datetime, by: Person | None, facts: dict[str, str]
) -> ItemEvent:
    inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry_pk)
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
    event.save(force_insert=True)
    inquiry.history_length, inquiry.history_head = event.number, event.seal
    inquiry.save(update_fields=["history_length", "history_head"])
    return event


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
            "at": event.happened_at.astimezone(UTC).isoformat(timespec="microseconds"),
            "previous": event.previous,
        }
    )


def _sha256(said: Mapping[str, object]) -> str:
    text = json.dumps(said, sort_keys=True, default=str, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
