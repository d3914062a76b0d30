"""Preparing an inquiry, opening it, and who has a part in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime

from django.db import transaction
from django.utils.text import slugify

from evidence.models import Inquiry, Membership, Topic
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
    inquiry = Inquiry.objects.create(**plan.own_fields(), slug=_slug(plan.title), created_by=by, created_at=now)
    _keep_topics(inquiry, plan.topics)
    add(inquiry, by, Membership.Role.OFFICER, now=now, by=by)
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


@transaction.atomic
def add(inquiry: Inquiry, person: Person, role: str, *, now: datetime, by: Person | None) -> Membership:
    """Give somebody a part, or another one than they had."""
    membership, _ = Membership.objects.update_or_create(
        inquiry=inquiry,
        person=person,
        defaults={"role": role},
        create_defaults={"role": role, "added_by": by, "added_at": now},
    )
    return membership


@transaction.atomic
def open_(inquiry: Inquiry, *, now: datetime) -> None:
    """Anyone may read what it is about, and members log what they hear."""
    inquiry.state, inquiry.opened_at = Inquiry.State.OPEN, inquiry.opened_at or now
    inquiry.save(update_fields=["state", "opened_at"])
