"""An officer looks at what was handed in: accepts it, sets it aside with a reason, and can take that back."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from evidence import history
from evidence.models import Item, ItemEvent
from people.models import Person


class ChangedMeanwhile(Exception):
    """Somebody else did something with the item after this person had seen it."""


class NothingToUndo(Exception):
    """The last thing that happened to the item is not a move."""


def take(item: Item, *, version: int, now: datetime, by: Person) -> None:
    """Say that one looks at it, so that two officers do not do the same."""
    _move(item, Item.State.IN_REVIEW, version=version, now=now, by=by, reliance=item.reliance)


def accept(item: Item, *, relied_on: bool, version: int, now: datetime, by: Person) -> None:
    """It is evidence: relied on in the report, or only seen."""
    reliance = Item.Reliance.RELIED if relied_on else Item.Reliance.SEEN
    _move(item, Item.State.ACCEPTED, version=version, now=now, by=by, reliance=reliance)


def set_aside(item: Item, *, reason: str, version: int, now: datetime, by: Person) -> None:
    """It is not evidence, and why; it stays until its life ends."""
    _move(item, Item.State.SET_ASIDE, version=version, now=now, by=by, reliance=Item.Reliance.SEEN, state_reason=reason)


def undo(item: Item, *, version: int, now: datetime, by: Person) -> str:
    """Back to where it was before the last move; returns that state. Nothing is taken out of the history."""
    last = ItemEvent.objects.filter(item_ref=item.ref).order_by("-number").first()
    facts = last.facts if last and last.kind == ItemEvent.Kind.MOVED else {}
    if facts.get("to") != item.state or not facts.get("from"):
        raise NothingToUndo
    _move(item, facts["from"], version=version, now=now, by=by, reliance=facts["was"])
    return str(facts["from"])


FOUND_AGAIN = "It was found again after it had been set aside: {reason}"


@transaction.atomic
def look_again(item: Item, *, now: datetime, by: Person | None) -> None:
    """What was set aside waits for review once more, as somebody came with it again; otherwise nothing happens."""
    aside = Item.objects.filter(pk=item.pk, state=Item.State.SET_ASIDE)
    if not aside.update(state=Item.State.SUBMITTED, changed_at=now, version=F("version") + 1):
        return
    item.refresh_from_db()
    facts = {"from": str(Item.State.SET_ASIDE), "was": item.reliance, "to": item.state, "reliance": item.reliance}
    reason = FOUND_AGAIN.format(reason=item.state_reason)
    history.record(item, ItemEvent.Kind.MOVED, now=now, by=by, facts={**facts, "reason": reason})


@transaction.atomic
def _move(item: Item, to: str, *, version: int, now: datetime, by: Person, reliance: str, **changed: str) -> None:
    before = {"from": item.state, "was": item.reliance}
    rows = Item.objects.filter(pk=item.pk, version=version).exclude(state=Item.State.INBOX)
    done = rows.update(
        state=to,
        reliance=reliance,
        reviewed_by=by,
        reviewed_at=now,
        changed_at=now,
        version=F("version") + 1,
        **changed,
    )
    if not done:
        raise ChangedMeanwhile
    item.refresh_from_db()
    history.record(item, ItemEvent.Kind.MOVED, now=now, by=by, facts={**before, "to": to, "reliance": reliance})
