"""A page of the items of an inquiry, as fast at the end as at the start. By everything but author."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from django.db import connection
from django.db.models import Exists, OuterRef

from evidence import fulltext
from evidence.models import Inquiry, Item, ItemQuerySet, Override, Topic

PER_PAGE = 25
COUNTED_TO = 500


@dataclass(frozen=True)
class Wanted:
    """What to show; nothing means everything. There is no author here, and there must not be."""

    words: str = ""
    topic: Topic | None = None
    platform: str = ""
    author_kind: str = ""
    month: date | None = None
    tone: str = ""
    stance: str = ""
    state: str = ""
    reliance: str = ""

    @property
    def is_anything(self) -> bool:
        return self != Wanted()


@dataclass(frozen=True)
class Page:
    """Rows, the newest first; numbers to go on from, None where there are no more.

    `count` is known on the first page only, and counted up to one more than COUNTED_TO.
    """

    items: Sequence[Item]
    older_than: int | None
    newer_than: int | None
    count: int | None = None


def page(
    inquiry: Inquiry,
    role: str,
    wanted: Wanted,
    *,
    before: int | None = None,
    after: int | None = None,
    size: int = PER_PAGE,
) -> Page:
    """What this role reads: numbers out of the index that all filters are in, then the rows of this page alone."""
    numbers = select(visible(inquiry, role), wanted).values_list("number", flat=True)
    if after is not None:
        found = list(numbers.filter(number__gt=after).order_by("number")[: size + 1])
        return _page(inquiry, found[:size][::-1], is_older=True, is_newer=len(found) > size)
    if before is not None:
        found = list(numbers.filter(number__lt=before).order_by("-number")[: size + 1])
        return _page(inquiry, found[:size], is_older=len(found) > size, is_newer=True)
    found = list(numbers.order_by("-number")[: COUNTED_TO + 1])
    return replace(_page(inquiry, found[:size], is_older=len(found) > size, is_newer=False), count=len(found))


# What a list shows; not the words of residents, which may be long.
_SHOWN = (
    *("inquiry", "number", "state", "topic__name", "our_words", "described_as", "author_kind", "month", "reliance"),
    *("platform", "version", "quote"),
)


def _page(inquiry: Inquiry, numbers: Sequence[Any], *, is_older: bool, is_newer: bool) -> Page:
    chosen = Item.objects.filter(inquiry=inquiry, number__in=numbers).select_related("topic").only(*_SHOWN)
    kept = Override.objects.standing(Override.Kind.KEEP).filter(item=OuterRef("pk"))
    rows = list(chosen.annotate(is_kept_longer=Exists(kept)).order_by("-number")) if numbers else []
    older, newer = (numbers[-1], numbers[0]) if numbers else (None, None)
    return Page(rows, older if is_older else None, newer if is_newer else None)


def select(items: ItemQuerySet, wanted: Wanted) -> ItemQuerySet:
    chosen = {
        name: value
        for name in ("topic", "platform", "author_kind", "month", "tone", "stance", "state", "reliance")
        if (value := getattr(wanted, name))
    }
    found = items.filter(**chosen)
    return found.filter(fulltext.says(wanted.words)) if fulltext.has_words(wanted.words) else found


def visible(inquiry: Inquiry, role: str) -> ItemQuerySet:
    """What somebody in this role reads: readers what was accepted, the others all that was handed in."""
    items = Item.objects.of(inquiry)
    return items.accepted() if role == "reader" else items


def found_in(inquiry: Inquiry, role: str) -> tuple[list[str], list[date]]:
    """The platforms and months there are, to choose from. Steps from one to the next in an index of its own, so it
    costs as much for ten items as for a hundred thousand."""
    states = ["accepted"] if role == "reader" else [state for state in Item.State.values if state != "inbox"]
    platforms = {str(one) for one in _values(inquiry, states, "platform") if one}
    months = {one if isinstance(one, date) else date.fromisoformat(one) for one in _values(inquiry, states, "month")}
    return sorted(platforms), sorted(months, reverse=True)


# The smallest value of each state, then again and again the next one above it.
_STEPS = """
    WITH RECURSIVE found(state, value) AS (
        SELECT begun.state, (
            SELECT {column} FROM evidence_item AS item
            WHERE item.inquiry_id = %s AND item.state = begun.state AND item.{column} IS NOT NULL
            ORDER BY {column} LIMIT 1
        ) FROM ({states}) AS begun
        UNION ALL
        SELECT found.state, (
            SELECT {column} FROM evidence_item AS item
            WHERE item.inquiry_id = %s AND item.state = found.state AND item.{column} > found.value
            ORDER BY {column} LIMIT 1
        ) FROM found WHERE found.value IS NOT NULL
    )
    SELECT DISTINCT value FROM found WHERE value IS NOT NULL
"""


def _values(inquiry: Inquiry, states: Sequence[str], column: Literal["platform", "month"]) -> list[Any]:
    begun = " UNION ALL ".join(["SELECT CAST(%s AS varchar(10)) AS state"] * len(states))
    with connection.cursor() as cursor:
        cursor.execute(_STEPS.format(column=column, states=begun), [inquiry.pk, *states, inquiry.pk])
        return [value for (value,) in cursor.fetchall()]
