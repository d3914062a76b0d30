"""The search log: a search is written down when it is opened, and finished when somebody says what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from evidence.models import Inquiry, Search, Topic
from people.models import Person
from searchdeck import searching
from searchdeck.models import Source

OFFERED = 10  # of somebody's own searches, the latest
STILL_AT_IT = timedelta(hours=3)


def own(person: Person, topics: Iterable[Topic], *, asked: str = "") -> list[Search]:
    """Somebody's latest searches in the inquiries of these topics, the newest first, and the one that was asked for."""
    mine = Search.objects.filter(searched_by=person, inquiry__in={topic.inquiry_id for topic in topics})
    latest = list(mine.select_related("topic")[:OFFERED])
    is_there = not asked.isdecimal() or any(str(one.pk) == asked for one in latest)
    return latest if is_there else [*latest, *mine.filter(pk=int(asked[:18]))]


def under_way(searches: Iterable[Search], topic: Topic | None, *, now: datetime) -> Search | None:
    """What somebody most likely looks through at this moment: begun for this topic today, and not finished yet."""
    begun = (one for one in searches if topic and one.topic_id == topic.pk and one.looked_at is None)
    return next((one for one in begun if one.searched_at > now - STILL_AT_IT), None)


@transaction.atomic
def begin(
    inquiry: Inquiry, source: Source, query: searching.Query, *, topic: Topic | None, now: datetime, by: Person
) -> Search:
    """Write down that somebody looks there for this; `url` of the row is where to go."""
    return Search.objects.create(
        inquiry=inquiry,
        topic=topic,
        source=source,
        source_name=source.name,
        words=query.words[:200],
        place=query.place[:80],
        without=" ".join(query.without)[:200],
        url=source.address(query),
        searched_by=by,
        searched_at=now,
    )


@dataclass(frozen=True)
class Found:
    """What came of a search; 0 is a finding too."""

    looked_at: int
    logged: int
    minutes: int | None = None
    note: str = ""


@transaction.atomic
def finish(search: Search, found: Found, *, now: datetime, by: Person) -> None:
    """Write down what came of it, and who said so."""
    search.looked_at, search.logged, search.minutes, search.note = (
        *(found.looked_at, found.logged),
        *(found.minutes, found.note),
    )
    search.finished_by, search.finished_at = by, now
    search.save(update_fields=["looked_at", "logged", "minutes", "note", "finished_by", "finished_at"])
