"""The search log: a search is written down when it is opened, and finished when somebody says what came of it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from evidence.models import Inquiry, Search, Topic
from people.models import Person
from searchdeck import searching
from searchdeck.models import Source


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
