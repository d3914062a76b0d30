"""The end of what was heard: two clocks, a legal hold that stops both, and a tombstone for each item that goes.

The clocks of an item start with the report, without one with the planned end of listening, and never before it was
handed in. They count whether or not anybody closes the inquiry: nothing is kept for ever because that was forgotten
(its officers are asked to: `needs`), and nothing goes that was handed in a moment ago.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, Min, OuterRef, Q

from evidence import history, screenshots
from evidence.models import BACKGROUND_YEARS, Inquiry, Item, ItemEvent, ItemQuerySet, Override, Tombstone, years_from
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
    """Drafts that nobody came back to: nothing is left of them. Those for an inquiry under a legal hold stay."""
    since = now - timedelta(days=settings.EVIDENCE_DRAFT_KEEP_DAYS)
    old = Item.objects.filter(state=Item.State.INBOX, changed_at__lt=since, inquiry__held_since=None)
    return sum(
        _forget_draft(old.filter(pk=pk)) for pk in list(old.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    )


@transaction.atomic
def _forget_draft(old: ItemQuerySet) -> bool:
    """Looked at again with its row locked: its owner may have come back, an officer may hold its inquiry."""
    draft = old.select_for_update(of=("self",)).first()
    if draft is None or _is_held(draft):
        return False
    screenshots.remove(draft.screenshots.all())
    draft.delete()
    return True


def _is_held(draft: Item) -> bool:
    if draft.inquiry_id is None:
        return False
    return Inquiry.objects.select_for_update(of=("self",)).get(pk=draft.inquiry_id).is_held


@transaction.atomic
def _sweep_inquiry(pk: int, today: date, now: datetime) -> int:
    inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=pk)
    if inquiry.is_held:
        return 0
    items, kept, gone = Item.objects.of(inquiry), _kept(), 0
    if inquiry.seen_kept_until < today:
        old = items.filter(submitted_at__lt=_start_of(today - timedelta(days=inquiry.keep_days)))
        gone += _each(old.exclude(kept), lambda item: purge(item, SEEN_OVER.format(days=inquiry.keep_days), now=now))
        _each(old.filter(kept, redacted_at=None), lambda item: redact(item, now=now))
    if inquiry.sensitive_kept_until < today:
        before = _start_of(today - timedelta(days=inquiry.sensitive_keep_days))
        old = items.filter(is_sensitive=True, submitted_at__lt=before)
        gone += _each(old.exclude(kept), lambda item: purge(item, SENSITIVE_OVER, now=now))
        _each(old.filter(kept, redacted_at=None), lambda item: redact(item, now=now))
    if inquiry.relied_on_kept_until < today:
        old = items.filter(submitted_at__lt=_start_of(years_from(today, -BACKGROUND_YEARS)))
        gone += _each(old, lambda item: purge(item, RELIED_OVER, now=now))
    if inquiry.author_key and not inquiry.is_open and not items.exists():
        Inquiry.objects.filter(pk=inquiry.pk).update(author_key="")  # nothing is left to compare, nothing comes
    return gone


def _kept() -> Q:
    """Until background papers go: what the report relies on, and what an officer keeps longer with a reason."""
    longer = Override.objects.standing(Override.Kind.KEEP).filter(item=OuterRef("pk"))
    return Q(reliance=Item.Reliance.RELIED) | Q(Exists(longer))


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=LONDON)


def next_to_go(inquiry: Inquiry) -> tuple[int, date | None]:
    """How many items nobody relies on, and the last day of the first of them. Under a hold none goes."""
    if inquiry.is_held:
        return 0, None
    counted = Item.objects.of(inquiry).exclude(_kept()).order_by().values_list("is_sensitive")
    rows = list(counted.annotate(how_many=Count("pk"), first=Min("submitted_at")))
    days = [
        inquiry.only_seen_until(first.astimezone(LONDON).date(), is_sensitive=is_sensitive)
        for is_sensitive, _, first in rows
    ]
    return sum(how_many for _, how_many, _ in rows), min(days, default=None)


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
    event = history.record(item, ItemEvent.Kind.PURGED, now=now, facts={"reason": reason})
    Tombstone.objects.create(
        inquiry=item.inquiry,
        item_ref=item.ref,
        number=item.number,
        saved_at=item.saved_at,
        purged_at=now,
        digest=event.facts["digest"],
        reason=reason,
    )
    screenshots.remove(item.screenshots.all())
    item.delete()


# What leads to a private person. Of organisations, press and public office link and words stay (a background paper
# that nobody can find is none), unless they are sensitive: whose health it is may be somebody else.
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
    if item.author_kind in Item.PUBLIC_KINDS and not item.is_sensitive:
        Item.objects.filter(pk=item.pk).update(redacted_at=now, author_code="")
        return
    screenshots.remove(item.screenshots.all())
    item.sightings.update(link="", exact_words="")
    ours = item.our_words or REMOVED
    Item.objects.filter(pk=item.pk).update(**_LEADS_TO_SOMEBODY, our_words=ours, redacted_at=now)
    item.refresh_from_db()
    history.record(item, ItemEvent.Kind.CHANGED, now=now, facts={"fields": "redacted"})
