"""Builders for listening: inquiries, members, items in any state. Say only what matters to the test."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import count
from typing import Any

from evidence import helping, history, inquiries, links, reports, sessions, starting, theming
from evidence.models import (
    Barrier,
    HandOff,
    Helper,
    Inquiry,
    Item,
    ListeningSession,
    Membership,
    Plan,
    Report,
    ReportLink,
    Screenshot,
    Search,
    Seat,
    Sighting,
    Step,
    Theme,
    Topic,
    sensitive,
)
from people.models import Person
from tests import make

NOW = make.NOW
TODAY = NOW.date()

_numbers = count(1)


def plan(**fields: Any) -> inquiries.Plan:
    said: dict[str, Any] = {
        "title": f"Support for young carers {next(_numbers)}",
        "committee": "Children and families committee",
        "purpose": "Do young carers get the help they need?",
        "statutory_function": "Overview and scrutiny, Local Government Act 2000, section 9F",
        "starts_on": TODAY - timedelta(days=10),
        "ends_on": TODAY + timedelta(days=60),
        "meeting_on": TODAY + timedelta(days=90),
        "contact_email": "scrutiny@wessex.gov.uk",
        "keep_days": 90,
        "topics": [inquiries.TopicWords("Respite", "young carers respite"), inquiries.TopicWords("Schools", "")],
    }
    return inquiries.Plan(**{**said, **fields})


def inquiry(*, officer: Person | None = None, state: str = Inquiry.State.OPEN, **fields: Any) -> Inquiry:
    """One that listens, with two topics and an officer who has a second step for signing in."""
    made = inquiries.prepare(plan(**fields), now=NOW - timedelta(days=10), by=officer or an_officer())
    if state != Inquiry.State.DRAFT:
        inquiries.open_(made, now=NOW - timedelta(days=9))
    if state == Inquiry.State.REPORTED:
        made.reported_on = TODAY
    made.state = state
    made.save()
    return made


def an_officer(**fields: Any) -> Person:
    return make.with_second_factor(make.person(**{"name": "Olu Officer", **fields}))


def officer(of: Inquiry) -> Person:
    """Its first officer."""
    return of.memberships.officers()[0].person


def contributor(of: Inquiry, **fields: Any) -> Person:
    return member(of, Membership.Role.CONTRIBUTOR, **fields)


def reader(of: Inquiry, **fields: Any) -> Person:
    return member(of, Membership.Role.READER, **fields)


def member(of: Inquiry, role: str, **fields: Any) -> Person:
    person = make.person(**fields)
    inquiries.add(of, person, role, now=NOW, by=None)
    return person


def topic(of: Inquiry) -> Topic:
    return of.topics.all()[0]


def draft(by: Person, **fields: Any) -> Item:
    """Something in somebody's inbox, perhaps without an inquiry."""
    said = {"link": f"https://forum.example.org/t/{next(_numbers)}", "exact_words": "", **fields}
    return Item.objects.create(**_keys(said), saved_by=by, saved_at=NOW, changed_at=NOW)


def item(of: Inquiry, *, state: str = Item.State.SUBMITTED, by: Person | None = None, **fields: Any) -> Item:
    """Something that was handed in; in any later state when said. Fields are given as they are kept."""
    n = next(_numbers)
    said: dict[str, Any] = {
        "topic": topic(of),
        "link": f"https://forum.example.org/t/{n}",
        "exact_words": f"Nobody told us that a break was possible, {n}",
        "our_words": f"A parent had not heard of respite care ({n})",
        "tells_us": "Word does not reach families.",
        "does_not_tell_us": "How many families.",
        "author_kind": Item.AuthorKind.PRIVATE,
        "stance": Item.Stance.NEW,
        "month": date(2027, 1, 1),
        "categories": [],
        "state_reason": "Not about the topic" if state == Item.State.SET_ASIDE else "",
        **fields,
    }
    of.items_numbered += 1
    of.save(update_fields=["items_numbered"])
    said.setdefault("is_sensitive", sensitive(of, said["categories"]))
    by = by or officer(of)
    times = {"saved_at": NOW, "submitted_at": NOW, "changed_at": NOW}
    made = Item.objects.create(
        inquiry=of, number=of.items_numbered, state=state, saved_by=by, **{**times, **_keys(said)}
    )
    Sighting.objects.create(item=made, person=by, seen_at=NOW, link=made.link)
    history.record(made, "submitted", now=NOW, by=by)
    of.refresh_from_db()
    return made


def _keys(said: dict[str, Any]) -> dict[str, Any]:
    """What a link is known by."""
    link = links.canonicalise(said["link"]) if said.get("link") else None
    keys = {"platform": link.platform, "canonical_url": link.canonical_url} if link else {}
    own = {"hard_key": link.hard_key, "soft_key": link.soft_key} if link else {}
    return {**keys, **own, **said}


def accepted(of: Inquiry, **fields: Any) -> Item:
    return item(of, state=Item.State.ACCEPTED, **{"reviewed_by": officer(of), "reviewed_at": NOW, **fields})


def screenshot(of: Item, **fields: Any) -> Screenshot:
    n = next(_numbers)
    said = {"format": "PNG", "sha256": f"{n:064x}", "width": 320, "height": 640, "bytes": 2048, "added_at": NOW}
    return Screenshot.objects.create(item=of, **{**said, "file": f"evidence/{n}.png", "alt_text": "A post", **fields})


def search(of: Inquiry, **fields: Any) -> Search:
    said = {
        "topic": topic(of),
        "source_name": "Care Opinion",
        "words": "young carers",
        "place": "Essex",
        "searched_at": NOW,
        "searched_by": officer(of),
        "looked_at": 20,
        "logged": 2,
        "minutes": 10,
    }
    return Search.objects.create(inquiry=of, **{**said, **fields})


def theme(of: Inquiry, *, items: Iterable[Item] = (), **words: Any) -> Theme:
    """A theme that rests on these items."""
    said = {
        "title": f"Word does not reach families {next(_numbers)}",
        "heard": "Families do not hear of respite.",
        **words,
    }
    made = theming.make(of, theming.ThemeWords(**said), now=NOW, by=officer(of))
    theming.add_items(made, items, now=NOW, by=officer(of))
    return made


def step(of: Theme, kind: str = "question", **words: Any) -> Step:
    said = theming.StepWords(**{"kind": kind, "text": "How do families hear of respite?", **words})
    return theming.save_step(of, said, step=None, now=NOW, by=officer(of.inquiry))


def report(of: Inquiry, **words: Any) -> Report:
    return reports.make(of, reports.ReportWords(**words), now=NOW, by=officer(of))


def report_link(of: Report, **fields: Any) -> ReportLink:
    """One that is good whenever the test runs, unless said otherwise."""
    said = {"label": "Members of the committee", "expires_on": date(2090, 1, 1), **fields}
    return reports.publish(of, now=NOW, by=officer(of.inquiry), **said)


def hand_off(of: Report) -> HandOff:
    to = reports.ToCommittee("Health committee", "health@wessex.gov.uk", date(2090, 1, 1), "As agreed.")
    return reports.hand_off(of, to, now=NOW, by=officer(of.inquiry))


# --- Getting started ----------------------------------------------------------------------------------------------


def started_plan(by: Person, **fields: Any) -> Plan:
    said = {"idea": "shareable", "what": "Check our page", "who": "Sam", "by_on": TODAY + timedelta(days=14)}
    return starting.keep_plan(None, starting.PlanWords(**{**said, **fields}), now=NOW, by=by)


def barrier(by: Person, **fields: Any) -> Barrier:
    said = {"kind": "blocked", "met": "The site is blocked on our network"}
    return starting.keep_barrier(None, starting.BarrierWords(**{**said, **fields}), now=NOW, by=by)


def helper(person: Person | None = None, **fields: Any) -> Helper:
    said: dict[str, Any] = {"platforms": ["facebook"], "what_for": "Announcing meetings", "is_councillor": False}
    return helping.offer(person or make.person(name="Hel Per"), now=NOW, **{**said, **fields})


def session(of: Inquiry, **fields: Any) -> ListeningSession:
    return sessions.make(of, **{"meetup": None, "minutes": 45, "now": NOW, "by": officer(of), **fields})


def seat(of: ListeningSession, name: str = "Gita", role: str = "resident", *, is_used_to_it: bool = False) -> Seat:
    return sessions.join(of, sessions.Arrival(name, role, is_used_to_it), now=NOW)
