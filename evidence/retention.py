"""The end of what was heard: two clocks, a legal hold that stops both, and a tombstone for each item that goes."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from evidence import history, screenshots
from evidence.models import Inquiry, Item, ItemEvent, ItemQuerySet, Override, Tombstone
from meetups.timings import LONDON

SEEN_OVER = "Only seen: {days} days after the report are over"
SENSITIVE_OVER = "Sensitive and only seen: kept for a shorter time"
RELIED_OVER = "Background paper: four years after the meeting are over"
AT_ONCE = 200  # items of one inquiry in one transaction; the sweep comes again


def sweep(now: datetime) -> int:
    """Remove or redact what has come to the end of its life, and drafts left alone; returns how many items went.

    Safe to run twice or in two places: each inquiry is locked while its clocks are read.
    """
    today = now.astimezone(LONDON).date()
    forget_drafts(now)
    due = Inquiry.objects.filter(held_since=None).exclude(state=Inquiry.State.DRAFT).values_list("pk", flat=True)
    return sum(_sweep_inquiry(pk, today, now) for pk in list(due))


def forget_drafts(now: datetime) -> int:
    """Drafts that nobody came back to belong to no inquiry: nothing is left of them."""
    old = Item.objects.filter(
        state=Item.State.INBOX, changed_at__lt=now - timedelta(days=settings.EVIDENCE_DRAFT_KEEP_DAYS)
    )
    gone = 0
    for draft in old.order_by("pk")[:AT_ONCE]:
        with transaction.atomic():
            screenshots.remove(draft.screenshots.all())
            gone += Item.objects.filter(pk=draft.pk, state=Item.State.INBOX, version=draft.version).delete()[0] > 0
    return gone


@transaction.atomic
def _sweep_inquiry(pk: int, today: date, now: datetime) -> int:
    inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=pk)
    if inquiry.is_held:
        return 0
    items = Item.objects.of(inquiry)
    kept = Q(reliance=Item.Reliance.RELIED) | Exists(
        Override.objects.standing(Override.Kind.KEEP).filter(item=OuterRef("pk"))
    )
    gone = 0
    if inquiry.seen_kept_until < today:
        gone += _each(items.exclude(kept), lambda item: purge(item, SEEN_OVER.format(days=inquiry.keep_days), now=now))
        _each(items.filter(kept, redacted_at=None), lambda item: redact(item, now=now))
    elif inquiry.sensitive_kept_until < today:
        gone += _each(items.exclude(kept).filter(is_sensitive=True), lambda item: purge(item, SENSITIVE_OVER, now=now))
        _each(items.filter(kept, is_sensitive=True, redacted_at=None), lambda item: redact(item, now=now))
    if inquiry.relied_on_kept_until < today:
        gone += _each(items, lambda item: purge(item, RELIED_OVER, now=now))
    if gone and not items.exists():
        Inquiry.objects.filter(pk=inquiry.pk).update(author_key="")  # nothing is left to compare
    return gone


def _each(items: ItemQuerySet, do: Callable[[Item], None]) -> int:
    found = list(items.distinct().order_by("pk")[:AT_ONCE])
    for item in found:
        do(item)
    return len(found)


@transaction.atomic
def purge(item: Item, reason: str, *, now: datetime) -> None:
    """Remove an item with its screenshots and what others wrote beside it; a tombstone and the history stay."""
    assert item.inquiry
    assert item.number
    Tombstone.objects.create(
        inquiry=item.inquiry,
        item_ref=item.ref,
        number=item.number,
        saved_at=item.saved_at,
        purged_at=now,
        digest=history.digest(item),
        reason=reason,
    )
    history.record(item, ItemEvent.Kind.PURGED, now=now, facts={"reason": reason})
    screenshots.remove(item.screenshots.all())
    item.delete()


# What leads to a private person. Of organisations, press and public office link and words stay: a background paper
# that nobody can find is none.
_LEADS_TO_SOMEBODY = {
    "link": "",
    "canonical_url": "",
    "hard_key": "",
    "soft_key": "",
    "exact_words": "",
    "quote": "",
    "title": "",
    "author_code": "",
    "consent_note": "",
}
REMOVED = "The words were removed at the end of their life."


@transaction.atomic
def redact(item: Item, *, now: datetime) -> None:
    """Of what the report relies on our words stay, and nothing that leads to a private person."""
    if item.author_kind in Item.PUBLIC_KINDS:
        Item.objects.filter(pk=item.pk).update(redacted_at=now, author_code="")
        return
    screenshots.remove(item.screenshots.all())
    item.sightings.update(link="", exact_words="")
    ours = item.our_words or REMOVED
    Item.objects.filter(pk=item.pk).update(**_LEADS_TO_SOMEBODY, our_words=ours, redacted_at=now)
    item.refresh_from_db()
    history.record(item, ItemEvent.Kind.CHANGED, now=now, facts={"fields": "redacted"})
