"""The search log: a search is written down when it is opened, and finished when somebody says what came of it."""

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
