"""Help with a draft: what the page of its link says about itself, as values of fields that are still empty.

Asked for by a button, looked up by the worker, kept only when the person saves the form.
"""

from datetime import date, datetime

from evidence import fetches, subjects
from evidence.models import Fetch, Item
from people.models import Person


def may_be_asked(item: Item) -> bool:
    """Of a link, once it is known that the inquiry is not about children."""
    return bool(item.link and item.inquiry and not item.inquiry.about_children)


def ask(item: Item, *, now: datetime, by: Person) -> Fetch:
    """Look the page up. Pressed again while that goes on, it is the same one."""
    before = latest(item, by)
    if before and not before.is_over:
        return before
    return fetches.ask(item.link, Fetch.Kind.PREFILL, now=now, by=by, allowed=may_be_asked(item))


def latest(item: Item, person: Person) -> Fetch | None:
    """What was last asked of this draft's link."""
    asked = Fetch.objects.filter(kind=Fetch.Kind.PREFILL, asked_by=person, url=item.link.strip())
    return asked.first() if item.link else None


def site(item: Item, asked: Fetch | None) -> str:
    """Whose page it is, to be shown beside the form. Never filled in: the name of a blog can be that of a person."""
    facts = fetches.facts_of(asked) if asked and may_be_asked(item) else None
    return facts.site if facts else ""


def suggestions(item: Item, asked: Fetch | None) -> dict[str, str]:
    """Values for the form's empty fields: the title, unless it leads to somebody, and the month."""
    facts = fetches.facts_of(asked) if asked else None
    if facts is None or not may_be_asked(item):
        return {}
    found = {}
    if facts.title and not item.title and not subjects.why_not_our_words(facts.title):
        found["title"] = facts.title
    if facts.published and not item.month:
        found["month"] = f"{date.fromisoformat(facts.published):%m/%Y}"
    return found
