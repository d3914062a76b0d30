"""Pages that people asked us to look at: a row each, worked through by the worker, never while somebody waits.

`ask`, then read the row: `state`, `why` and, once it has succeeded, its facts (`facts_of`). All works without it.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F

from evidence import fetching, page_facts
from evidence.models import Fetch
from people.models import Person

State = Fetch.State

# After the first try and the second; after the third it has failed.
WAITS = (timedelta(minutes=1), timedelta(minutes=5))
# Longer than a fetch can take: whoever had it in hand is gone.
STUCK_AFTER = timedelta(minutes=2)
AT_ONCE = 5
KEPT = timedelta(days=30)

OFF = "This site does not open other pages. Everything can be typed or pasted."
NOT_ALLOWED = "Nothing is fetched for inquiries about children."


def ask(url: str, kind: str, *, now: datetime, by: Person, allowed: bool = True) -> Fetch:
    """Ask for one page to be looked at; what cannot be is said at once, in `why` of the row."""
    url = url.strip()
    row = Fetch(kind=kind, url=url[: fetching.LONGEST_URL], state=State.QUEUED, asked_by=by, asked_at=now, due_at=now)
    if not allowed or settings.EVIDENCE_FETCH == "off":
        row.state, row.why, row.ended_at = State.SKIPPED, OFF if allowed else NOT_ALLOWED, now
    else:
        try:
            fetching.check(url)
        except fetching.NotFetched as error:
            row.state, row.why, row.ended_at = State.FAILED, str(error), now
    row.save()
    return row


def read_pasted(html: str, *, now: datetime, by: Person) -> Fetch:
    """The same row for a page whose HTML was pasted: nothing is fetched."""
    facts = page_facts.read(html).as_json()
    return Fetch.objects.create(
        kind=Fetch.Kind.CHECK, state=State.SUCCEEDED, facts=facts, asked_by=by, asked_at=now, due_at=now, ended_at=now
    )


def facts_of(row: Fetch) -> page_facts.PageFacts | None:
    """What the page said about itself; None until it has been fetched, and when it could not be."""
    return page_facts.PageFacts.from_json(row.facts) if row.facts else None


def work_through(now: datetime) -> int:
    """Fetch some that are due; return how many. Each is claimed first, so two workers never fetch one page twice."""
    _put_back(now)
    due = list(Fetch.objects.due(now).order_by("due_at", "pk").values_list("pk", flat=True)[:AT_ONCE])
    return sum(_work(pk, now) for pk in due)


def _put_back(now: datetime) -> None:
    lost = Fetch.objects.filter(state=State.STARTED, started_at__lte=now - STUCK_AFTER)
    lost.filter(tries__gt=len(WAITS)).update(state=State.FAILED, why="It could not be read.", ended_at=now)
    lost.update(state=State.QUEUED, due_at=now)


def _work(pk: int, now: datetime) -> bool:
    claimed = Fetch.objects.due(now).filter(pk=pk)
    if not claimed.update(state=State.STARTED, started_at=now, tries=F("tries") + 1):
        return False
    row = Fetch.objects.get(pk=pk)
    _fetch(row, now)
    # Only while it is ours: it may have been forgotten meanwhile, or taken up by another worker while this one slept.
    ours = Fetch.objects.filter(pk=pk, state=State.STARTED, tries=row.tries)
    ours.update(state=row.state, why=row.why, facts=row.facts, due_at=row.due_at, ended_at=row.ended_at)
    return True


def _fetch(row: Fetch, now: datetime) -> None:
    if settings.EVIDENCE_FETCH == "off":  # switched off while it waited
        _end(row, State.SKIPPED, OFF, now)
        return
    try:
        page = fetching.fetch(row.url)
    except fetching.NotNow as error:
        _later(row, str(error), now)
    except fetching.OtherKind as error:
        row.facts = {"url": row.url, "content_type": error.content_type}
        _end(row, State.FAILED, str(error), now)
    except fetching.NotFetched as error:
        _end(row, State.FAILED, str(error), now)
    else:
        row.facts = page_facts.read(page.body, url=page.url, content_type=page.content_type).as_json()
        _end(row, State.SUCCEEDED, "" if page.is_whole else "Only the beginning of the page was read.", now)


def _later(row: Fetch, why: str, now: datetime) -> None:
    if row.tries > len(WAITS):
        _end(row, State.FAILED, why, now)
    else:
        row.state, row.why, row.due_at = State.BACKOFF, why, now + WAITS[row.tries - 1]


def _end(row: Fetch, state: str, why: str, now: datetime) -> None:
    row.state, row.why, row.ended_at = state, why[:300], now


def forget_old(now: datetime) -> None:
    Fetch.objects.filter(asked_at__lt=now - KEPT).delete()
