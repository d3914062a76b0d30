"""Preparing an inquiry, opening it, and who has a part in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.text import slugify

from evidence import history, overrides
from evidence.models import Inquiry, Item, ItemEvent, Membership, Topic, new_key
from people.models import Council, Person


@dataclass(frozen=True)
class TopicWords:
    """A topic and what to search for."""

    name: str
    words: str = ""


@dataclass(frozen=True)
class Plan:
    """What somebody wrote about an inquiry."""

    title: str
    committee: str
    purpose: str
    statutory_function: str
    starts_on: date
    ends_on: date
    contact_email: str
    keep_days: int
    questions: str = ""
    meeting_on: date | None = None
    about_children: bool = False
    council: Council | None = None
    topics: Sequence[TopicWords] = field(default_factory=tuple)

    def own_fields(self) -> dict[str, object]:
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name != "topics"}


@transaction.atomic
def prepare(plan: Plan, *, now: datetime, by: Person) -> Inquiry:
    """A draft with its topics; whoever makes it is its first officer."""
    inquiry = _with_slug(Inquiry(**plan.own_fields(), created_by=by, created_at=now))
    _keep_topics(inquiry, plan.topics)
    add(inquiry, by, Membership.Role.OFFICER, now=now, by=by)
    return inquiry


def _with_slug(inquiry: Inquiry, tries: int = 5) -> Inquiry:
    """Saved at an address of its own: who takes the same one in this very moment gets the next."""
    inquiry.slug = _slug(inquiry.title)
    try:
        with transaction.atomic():
            inquiry.save(force_insert=True)
    except IntegrityError:
        if tries == 1 or not Inquiry.objects.filter(slug=inquiry.slug).exists():
            raise
        return _with_slug(inquiry, tries - 1)
    return inquiry


def _slug(title: str) -> str:
    """Readable, and not taken."""
    first = slugify(title)[:70].strip("-") or "inquiry"
    taken = set(Inquiry.objects.filter(slug__startswith=first).values_list("slug", flat=True))
    return next(slug for slug in (first, *(f"{first}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def _keep_topics(inquiry: Inquiry, topics: Sequence[TopicWords]) -> None:
    """Topics by name: what is there already keeps its items."""
    for position, topic in enumerate(topics):
        Topic.objects.update_or_create(
            inquiry=inquiry, name=topic.name, defaults={"words": topic.words, "position": position}
        )
    named = [topic.name for topic in topics]
    inquiry.topics.exclude(name__in=named).filter(items=None).delete()


class LastOfficer(Exception):
    """An inquiry has somebody who answers for it."""


@transaction.atomic
def add(inquiry: Inquiry, person: Person, role: str, *, now: datetime, by: Person | None) -> Membership:
    """Give somebody a part, or another one than they had; raises LastOfficer."""
    # One after the other: two officers who each make the other a reader would leave nobody.
    Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
    others = inquiry.memberships.officers().exclude(person=person)
    was_officer = inquiry.memberships.officers().filter(person=person).exists()
    if was_officer and role != Membership.Role.OFFICER and not others.exists():
        raise LastOfficer
    membership, _ = Membership.objects.update_or_create(
        inquiry=inquiry,
        person=person,
        defaults={"role": role},
        create_defaults={"role": role, "added_by": by, "added_at": now},
    )
    return membership


@transaction.atomic
def remove(inquiry: Inquiry, membership: Membership) -> None:
    """Take somebody's part away; what they handed in stays. Raises LastOfficer."""
    Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
    others = inquiry.memberships.officers().exclude(pk=membership.pk)
    if inquiry.memberships.officers().filter(pk=membership.pk).exists() and not others.exists():
        raise LastOfficer
    membership.delete()


class ChangedMeanwhile(Exception):
    """Somebody else saved it after this person had opened it."""


@transaction.atomic
def change(inquiry: Inquiry, plan: Plan, *, version: int, now: datetime, by: Person) -> None:
    """Save what somebody wrote over what they saw; raises ChangedMeanwhile when that is no longer there."""
    if not Inquiry.objects.filter(pk=inquiry.pk, version=version).update(version=F("version") + 1):
        raise ChangedMeanwhile
    before = Inquiry.objects.get(pk=inquiry.pk)
    Inquiry.objects.filter(pk=inquiry.pk).update(**plan.own_fields())
    _record_clocks(before, now=now, by=by)
    _keep_topics(inquiry, plan.topics)
    if plan.about_children:  # also what was handed in before somebody ticked it
        _hide_all(inquiry, now=now, by=by)


AT_ONCE = 500  # items that are hidden with so many queries


def _hide_all(inquiry: Inquiry, *, now: datetime, by: Person) -> None:
    hidden: dict[str, Any] = {"is_sensitive": True, "version": F("version") + 1}
    Item.objects.filter(inquiry=inquiry, state=Item.State.INBOX, is_sensitive=False).update(**hidden)
    handed_in = Item.objects.of(inquiry).filter(is_sensitive=False)
    while pks := list(handed_in.values_list("pk", flat=True)[:AT_ONCE]):
        Item.objects.filter(pk__in=pks).update(**hidden)
        history.record_all(inquiry.pk, pks, ItemEvent.Kind.CHANGED, now=now, by=by, facts={"fields": "is_sensitive"})


# What the lives of items are counted from, as people know it.
_CLOCKS = {
    "ends_on": "listening ends",
    "reported_on": "day of the report",
    "meeting_on": "the committee meets",
    "keep_days": "days kept",
    "about_children": "about children",
}


def _record_clocks(before: Inquiry, *, now: datetime, by: Person) -> None:
    """Each that is another now, in the history: nobody puts off the end of what was heard without a trace."""
    after = Inquiry.objects.get(pk=before.pk)
    if before.is_draft:
        return
    for name, label in _CLOCKS.items():
        was, now_is = (_as_told(getattr(inquiry, name)) for inquiry in (before, after))
        if was != now_is:
            facts = {"rule": label, "from": was, "to": now_is}
            history.record_of_inquiry(after, ItemEvent.Kind.CLOCKS, now=now, by=by, facts=facts)


def _as_told(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value)


@transaction.atomic
def open_(inquiry: Inquiry, *, now: datetime) -> None:
    """Anyone may read what it is about, and members log what they hear.

    Opened again after all its items went, it has a new key: without one nobody would be stopped at the third item. The
    day of an earlier report stays: what was handed in before that goes when everybody was told.
    """
    inquiry.state, inquiry.opened_at = Inquiry.State.OPEN, inquiry.opened_at or now
    inquiry.closed_at, inquiry.author_key = None, inquiry.author_key or new_key()
    inquiry.save(update_fields=["state", "opened_at", "closed_at", "author_key"])


@transaction.atomic
def report(inquiry: Inquiry, *, on: date, now: datetime, by: Person) -> None:
    """The committee has its report: from that day the retention clocks run."""
    before = Inquiry.objects.get(pk=inquiry.pk)
    inquiry.state, inquiry.reported_on = Inquiry.State.REPORTED, on
    inquiry.save(update_fields=["state", "reported_on"])
    _record_clocks(before, now=now, by=by)
    inquiry.refresh_from_db(fields=["history_length", "history_head"])


@transaction.atomic
def close(inquiry: Inquiry, *, now: datetime) -> None:
    """Nothing more is logged."""
    inquiry.state, inquiry.closed_at = Inquiry.State.CLOSED, now
    inquiry.save(update_fields=["state", "closed_at"])


@transaction.atomic
def hold(inquiry: Inquiry, *, because: str, now: datetime, by: Person) -> None:
    """Remove nothing until the hold is lifted, whatever the clocks say."""
    # Locked and looked at again: pressed twice, the first reason stands until it is lifted.
    if Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk).is_held:
        return
    inquiry.held_since, inquiry.held_because, inquiry.held_by = now, because, by
    inquiry.save(update_fields=["held_since", "held_because", "held_by"])
    overrides.hold(inquiry, reason=because, now=now, by=by)


@transaction.atomic
def lift_hold(inquiry: Inquiry, *, now: datetime, by: Person) -> None:
    """The clocks count again; who held and who lifted stays in the history."""
    inquiry.held_since, inquiry.held_because, inquiry.held_by = None, "", None
    inquiry.save(update_fields=["held_since", "held_because", "held_by"])
    overrides.lift_hold(inquiry, now=now, by=by)
