"""Somebody comes with what is there already: what they wrote and drew is kept beside the item, for who reviews it."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from evidence import history, reviewing, screenshots
from evidence.models import Item, ItemEvent, Sighting
from people.models import Person

_WORDS = ("exact_words", "our_words", "tells_us", "does_not_tell_us")


@transaction.atomic
def add(item: Item, draft: Item, *, now: datetime, by: Person | None) -> Item:
    """Keep the draft's words and screenshots beside the item, and take it out of the inbox.

    What was set aside goes back to review: nobody's words are kept where no officer looks.
    """
    _keep_words(item, draft, now=now, by=by)
    _move_screenshots(draft, item)
    if draft.is_sensitive and not item.is_sensitive:  # the more careful of the two is right
        item.is_sensitive, item.categories = True, sorted({*item.categories, *draft.categories})
        item.version += 1
        item.save(update_fields=["is_sensitive", "categories", "version"])
    draft.delete()
    history.record(item, ItemEvent.Kind.SEEN_AGAIN, now=now, by=by)
    reviewing.look_again(item, now=now, by=by)
    return item


@transaction.atomic
def forget(person: Person, *, now: datetime) -> None:
    """What they handed in, or saw too, stays without a finder to be named; the history says that a name was removed."""
    theirs = Item.objects.exclude(state=Item.State.INBOX).filter(Q(saved_by=person) | Q(sightings__person=person))
    found = defaultdict(set)
    for inquiry_pk, pk in theirs.values_list("inquiry_id", "pk"):
        found[inquiry_pk].add(pk)
    person.saved_items.update(saved_by=None)
    person.sightings.update(person=None)
    for inquiry_pk, pks in sorted(found.items()):
        history.record_all(inquiry_pk, pks, ItemEvent.Kind.CHANGED, now=now, facts={"fields": "saved_by"})


def _keep_words(item: Item, draft: Item, *, now: datetime, by: Person | None) -> None:
    seen = {"seen_at": now, "link": draft.link}
    if by:
        sighting, _ = Sighting.objects.get_or_create(item=item, person=by, defaults=seen)
    else:  # guests are not told from each other
        sighting = Sighting(item=item, **seen)
    for name in _WORDS:
        setattr(sighting, name, _joined(getattr(sighting, name), getattr(draft, name)))
    sighting.minutes = (sighting.minutes or 0) + (draft.minutes or 0) or None
    sighting.save()


def _joined(*texts: str) -> str:
    return "\n\n".join(dict.fromkeys(text for text in texts if text))


def _move_screenshots(draft: Item, item: Item) -> None:
    """Those the item has already go with the draft."""
    there = set(item.screenshots.values_list("sha256", flat=True))
    draft.screenshots.exclude(sha256__in=there).update(item=item)
    screenshots.remove(draft.screenshots.all())
