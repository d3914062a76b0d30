"""An officer goes past a rule, for one item, with a reason that stays in its history; and takes that back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from evidence import history, overlap, quoting
from evidence.models import Inquiry, Item, ItemEvent, Override
from people.models import Person


class NotNeeded(Exception):
    """The rule does not stand in the way: there is nothing to go past."""


class NeverQuoted(Exception):
    """They refused, and no reason of ours goes past that."""


@dataclass(frozen=True)
class Quotation:
    """What a report shows of the exact words of an item, and on which ground; or why it shows none."""

    passage: str
    ground: quoting.Ground | None
    why_not: str
    may_be_overridden: bool


def quotation(item: Item, *, is_overridden: bool) -> Quotation:
    case = item.quoting_case(is_overridden=is_overridden)
    passage = quoting.quoted(item.quote, item.exact_words, case)
    return Quotation(passage, quoting.ground(case), quoting.why_not(case), quoting.may_be_overridden(case))


def quotation_of(item: Item) -> Quotation:
    return quotation(item, is_overridden=item.overrides.standing(Override.Kind.QUOTE).exists())


def shared_run(item: Item) -> str:
    """Words in a row that ours share with theirs, also as another finder kept them, where that leads to somebody."""
    if item.may_be_quoted:
        return ""
    texts = [item.exact_words, *(sighting.exact_words for sighting in item.sightings.all())]
    return max((overlap.shared_run(exact, item.our_words) for exact in texts), key=len)


@transaction.atomic
def quote(item: Item, passage: str, *, reason: str, now: datetime, by: Person) -> None:
    """Let reports show this passage. The reason is for what may not be quoted anyway; raises NeverQuoted."""
    _lock(item)
    found = quotation(item, is_overridden=False)
    if not found.may_be_overridden:
        raise NeverQuoted
    _set_quote(item, passage, now=now)
    if found.ground:
        history.record(item, ItemEvent.Kind.CHANGED, now=now, by=by, facts={"fields": "quote"})
    else:
        _go_past(item, Override.Kind.QUOTE, reason=reason, now=now, by=by)


@transaction.atomic
def stop_quoting(item: Item, *, now: datetime, by: Person) -> None:
    """Reports say it in our words again. Versions that were made stay as they are."""
    _lock(item)
    _set_quote(item, "", now=now)
    if not _lift_all(item, Override.Kind.QUOTE, now=now, by=by):
        history.record(item, ItemEvent.Kind.CHANGED, now=now, by=by, facts={"fields": "quote"})


@transaction.atomic
def let_overlap(item: Item, *, reason: str, now: datetime, by: Person) -> Override:
    """Our words may repeat theirs, as both are now; raises NotNeeded."""
    _lock(item)
    if not shared_run(item):
        raise NotNeeded
    return _go_past(item, Override.Kind.OVERLAP, reason=reason, now=now, by=by)


@transaction.atomic
def keep(item: Item, *, reason: str, now: datetime, by: Person) -> Override:
    """Keep it until background papers go, though it was only seen; without what leads to a person."""
    _lock(item)
    return _go_past(item, Override.Kind.KEEP, reason=reason, now=now, by=by)


@transaction.atomic
def lift(override: Override, *, now: datetime, by: Person) -> None:
    """Take it back: the rule holds again. That it was, and why, stays."""
    assert override.item
    if override.kind == Override.Kind.QUOTE:
        stop_quoting(override.item, now=now, by=by)
        return
    _lock(override.item)
    _lift_all(override.item, override.kind, now=now, by=by)


@transaction.atomic
def lapse(item: Item, *, now: datetime, by: Person) -> None:
    """Our words are others now: the reason to repeat theirs was for what stood there before."""
    _lift_all(item, Override.Kind.OVERLAP, now=now, by=by)


# --- the whole inquiry ----------------------------------------------------------------------------------------------


@transaction.atomic
def hold(inquiry: Inquiry, *, reason: str, now: datetime, by: Person) -> None:
    """A legal hold is kept longer, for everything."""
    inquiry.overrides.create(kind=Override.Kind.KEEP, item=None, reason=reason, by=by, at=now)
    history.record_of_inquiry(
        inquiry, ItemEvent.Kind.OVERRIDE, now=now, by=by, facts=_facts(Override.Kind.KEEP, reason)
    )


@transaction.atomic
def lift_hold(inquiry: Inquiry, *, now: datetime, by: Person) -> None:
    if inquiry.overrides.standing(Override.Kind.KEEP).filter(item=None).update(lifted_at=now, lifted_by=by):
        history.record_of_inquiry(inquiry, ItemEvent.Kind.LIFTED, now=now, by=by, facts=_facts(Override.Kind.KEEP))


def items_past(inquiry: Inquiry, kind: str) -> set[int]:
    """Items of the inquiry for which an officer went past this rule, and did not take it back."""
    standing = inquiry.overrides.standing(kind).values_list("item_id", flat=True)
    return {pk for pk in standing if pk is not None}


# --- one item -------------------------------------------------------------------------------------------------------


def _lock(item: Item) -> None:
    """One officer after the other, and the item as it is by then."""
    assert item.inquiry_id
    Inquiry.objects.select_for_update(of=("self",)).get(pk=item.inquiry_id)
    item.refresh_from_db()


def _set_quote(item: Item, passage: str, *, now: datetime) -> None:
    Item.objects.filter(pk=item.pk).update(quote=passage, version=F("version") + 1, changed_at=now)
    item.refresh_from_db()


def _go_past(item: Item, kind: Override.Kind, *, reason: str, now: datetime, by: Person) -> Override:
    """The newest reason stands."""
    assert item.inquiry
    item.overrides.standing(kind).update(lifted_at=now, lifted_by=by)
    made: Override = item.overrides.create(inquiry=item.inquiry, kind=kind, reason=reason, by=by, at=now)
    history.record(item, ItemEvent.Kind.OVERRIDE, now=now, by=by, facts=_facts(kind, reason))
    return made


def _lift_all(item: Item, kind: str, *, now: datetime, by: Person) -> bool:
    if not item.overrides.standing(kind).update(lifted_at=now, lifted_by=by):
        return False
    history.record(item, ItemEvent.Kind.LIFTED, now=now, by=by, facts=_facts(kind))
    return True


def _facts(kind: str, reason: str = "") -> dict[str, str]:
    said = {"rule": str(Override.Kind(kind).label)}
    return {**said, "reason": reason} if reason else said
