"""Themes: what items say together, and what follows from it. What a theme rests on is relied on."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Max

from evidence import reviewing
from evidence.balance import Balance, Heard, balance
from evidence.models import Inquiry, Item, Step, Theme, ThemeItem, Topic
from people.models import Person


@dataclass(frozen=True)
class ThemeWords:
    """What an officer writes about a theme."""

    title: str
    topic: Topic | None = None
    heard: str = ""
    does_not_tell_us: str = ""


class ChangedMeanwhile(Exception):
    """Somebody else saved the theme after this person had opened it."""


class TitleTaken(Exception):
    """The inquiry has a theme of this name: two people made it at once, or it was sent twice."""


@transaction.atomic
def make(inquiry: Inquiry, words: ThemeWords, *, now: datetime, by: Person) -> Theme:
    """At the end of the list; raises TitleTaken."""
    last = inquiry.themes.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    try:
        with transaction.atomic():
            return Theme.objects.create(inquiry=inquiry, position=position, made_by=by, made_at=now, **_columns(words))
    except IntegrityError:
        raise TitleTaken from None


@transaction.atomic
def change(theme: Theme, words: ThemeWords, *, version: int) -> None:
    """Raises ChangedMeanwhile or TitleTaken, and then changes nothing."""
    rows = Theme.objects.filter(pk=theme.pk, version=version)
    try:
        with transaction.atomic():
            changed = rows.update(version=F("version") + 1, **_columns(words))
    except IntegrityError:
        raise TitleTaken from None
    if not changed:
        raise ChangedMeanwhile


def _columns(words: ThemeWords) -> dict[str, object]:
    return {name: getattr(words, name) for name in ("title", "topic", "heard", "does_not_tell_us")}


@transaction.atomic
def add_items(theme: Theme, items: Iterable[Item], *, now: datetime, by: Person) -> int:
    """Rest the theme on these accepted items, which are then relied on; returns how many are new to it."""
    # One after the other, and the items as they are by then: the same button twice, or two officers at once.
    Theme.objects.select_for_update(of=("self",)).get(pk=theme.pk)
    there = set(theme.theme_items.values_list("item_id", flat=True))
    named = [item.pk for item in items if item.pk not in there]
    new = list(Item.objects.accepted().filter(pk__in=named).order_by("number"))
    for item in new:
        assert item.inquiry_id == theme.inquiry_id
        if not item.is_relied_on:
            reviewing.accept(item, relied_on=True, version=item.version, now=now, by=by)
    ThemeItem.objects.bulk_create([ThemeItem(theme=theme, item=item, added_by=by, added_at=now) for item in new])
    return len(new)


@transaction.atomic
def remove_item(theme: Theme, item: Item) -> None:
    """Out of the theme and of its steps. It stays relied on until an officer says otherwise."""
    theme.theme_items.filter(item=item).delete()
    for step in theme.steps.filter(items=item):
        step.items.remove(item)


@dataclass(frozen=True)
class StepWords:
    """A question, a recommendation or a response, and the items it goes back to."""

    kind: str
    text: str
    who: str = ""
    said_on: date | None = None
    follows: Step | None = None
    items: Collection[Item] = ()


@transaction.atomic
def save_step(theme: Theme, words: StepWords, *, step: Step | None, now: datetime, by: Person) -> Step:
    """A new step, or another text of one; the items it names come into the theme."""
    row = step or Step(theme=theme, made_by=by, made_at=now)
    row.kind, row.text, row.who, row.said_on, row.follows = (
        *(words.kind, words.text, words.who),
        *(words.said_on, words.follows),
    )
    row.save()
    add_items(theme, words.items, now=now, by=by)
    row.items.set(words.items)
    return row


def chains(theme: Theme) -> list[list[Step]]:
    """Steps in the order they follow each other, one list for each first one. A constant number of queries."""
    steps = list(theme.steps.prefetch_related("items"))
    below: dict[int | None, list[Step]] = {}
    known = {step.pk for step in steps}
    for step in steps:
        below.setdefault(step.follows_id if step.follows_id in known else None, []).append(step)
    return [_walk(first, below) for first in below.get(None, [])]


def _walk(step: Step, below: dict[int | None, list[Step]]) -> list[Step]:
    return [step, *(further for child in below.get(step.pk, []) for further in _walk(child, below))]


def balance_of(items: Iterable[Item]) -> Balance:
    return balance([_heard(item) for item in items])


def _heard(item: Item) -> Heard:
    return Heard(item.platform, item.soft_key, item.author_code, item.author_kind, item.month)


def in_list(inquiry: Inquiry) -> Sequence[Theme]:
    """Themes with `how_many` items and `steps_taken`."""
    themes = inquiry.themes.select_related("topic")
    counted = {"how_many": Count("theme_items", distinct=True), "steps_taken": Count("steps", distinct=True)}
    return list(themes.annotate(**counted).order_by("position", "pk"))
