"""“Was it useful?”: what the Board is told about social media as a source. Counts only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, Sum

from documents.docx import Block, Bullets, Heading, Paragraph, Table
from evidence import links, report_files
from evidence.counting import many
from evidence.models import Inquiry, Item
from meetups import dates

ONE_AMONG_MANY = "Social media is one source among many: it shows what to ask, not how many think so."


@dataclass(frozen=True)
class Line:
    """What came out of one source or topic."""

    name: str
    searches: int = 0
    nothing: int = 0
    minutes: int = 0
    items: int = 0
    new: int = 0
    confirms: int = 0
    contradicts: int = 0


def by_source(inquiry: Inquiry) -> list[Line]:
    """Searches by the place they were made in; items by the search they came from, or their platform."""
    items = _items(inquiry, "search__source_name", search__isnull=False)
    for platform, row in _items(inquiry, "platform", search=None).items():
        items[f"Without a search: {links.platform_name(platform) if platform else 'not said where'}"] = row
    return _lines(_searches(inquiry, "source_name"), items)


def by_topic(inquiry: Inquiry) -> list[Line]:
    return _lines(_searches(inquiry, "topic__name"), _items(inquiry, "topic__name"))


def _searches(inquiry: Inquiry, field: str) -> dict[str, dict[str, Any]]:
    rows = inquiry.searches.order_by().values(field)
    counted = rows.annotate(searches=Count("pk"), nothing=Count("pk", filter=Q(logged=0)), minutes=Sum("minutes"))
    return {row[field] or "": row for row in counted}


def _items(inquiry: Inquiry, field: str, **which: Any) -> dict[str, dict[str, Any]]:
    """With the minutes of those whose search says none: a search says its own in all."""
    rows = Item.objects.of(inquiry).exclude(state=Item.State.SET_ASIDE).filter(**which).order_by().values(field)
    stances = {stance.value: Count("pk", filter=Q(stance=stance)) for stance in Item.Stance}
    minutes = Sum("minutes", filter=Q(search__minutes=None))
    return {row[field] or "": row for row in rows.annotate(items=Count("pk"), minutes=minutes, **stances)}


def _lines(searches: dict[str, dict[str, Any]], items: dict[str, dict[str, Any]]) -> list[Line]:
    return [
        Line(
            name or "No topic",
            minutes=sum(found.get(name, {}).get("minutes") or 0 for found in (searches, items)),
            **{key: searches.get(name, {}).get(key) or 0 for key in ("searches", "nothing")},
            **{key: items.get(name, {}).get(key) or 0 for key in ("items", "new", "confirms", "contradicts")},
        )
        for name in sorted({*searches, *items})
    ]


@dataclass(frozen=True)
class Answer:
    """What somebody said at the end of a listening session. Without a name."""

    useful: str
    why: str
    again: str


_HEADER = (*("Searches", "Found nothing", "Minutes", "Items", "New to us", "Confirm", "Contradict"),)


def row(line: Line) -> list[str]:
    figures = (line.searches, line.nothing, line.minutes, line.items, line.new, line.confirms, line.contradicts)
    return [line.name, *map(str, figures)]


def content(inquiry: Inquiry, answers: list[Answer], *, now: datetime) -> dict[str, Any]:
    """The report for the Board, for all formats."""
    sources, topics = by_source(inquiry), by_topic(inquiry)
    return {
        "title": f"Was it useful? Social media as a source for “{inquiry.title}”",
        "subject": "Report for the Scrutiny Board",
        "committee": inquiry.committee,
        "made_on": dates.day(now),
        "blocks": report_files.kept(list(_blocks(inquiry, sources, topics, answers))),
        "items": [],
    }


def _blocks(inquiry: Inquiry, sources: list[Line], topics: list[Line], answers: list[Answer]) -> Iterator[Block]:
    total = {name: sum(getattr(line, name) for line in topics) for name in Line.__annotations__ if name != "name"}
    yield Heading("In short")
    yield Paragraph(_in_short(total), "1.")
    yield Paragraph(ONE_AMONG_MANY, "2.")
    yield Heading("What came out of it")
    yield Paragraph(
        "New: nobody knew it before. Confirms or contradicts: what the committee had from elsewhere. Minutes are those "
        "that people wrote down: of a search in all, with what was logged from it, and of items whose search says "
        "none.",
        "3.",
    )
    if topics:
        yield Table("By topic", ["Topic", *_HEADER], [row(line) for line in topics])
    if sources:
        yield Table("By source", ["Source", *_HEADER], [row(line) for line in sources])
    yield Heading("What those who took part say")
    yield Paragraph(_said(answers), "4.")
    if reasons := [answer.why for answer in answers if answer.why.strip()]:
        yield Bullets(reasons)


def _in_short(total: dict[str, int]) -> str:
    hours, minutes = divmod(total["minutes"], 60)
    parts = [many(hours, "hour") if hours else "", many(minutes, "minute") if minutes or not hours else ""]
    return (
        f"{many(total['searches'], 'search', 'searches')}, of which {total['nothing']} found nothing, and "
        f"{many(total['items'], 'item')} in {' '.join(part for part in parts if part)}. "
        f"{many(total['new'], 'item was', 'items were')} new, {total['confirms']} confirmed and "
        f"{total['contradicts']} contradicted what was known."
    )


def _said(answers: list[Answer]) -> str:
    if not answers:
        return "Nobody was asked yet. A listening session ends with three questions."
    useful = {word: sum(answer.useful == word for answer in answers) for word in ("yes", "partly", "no")}
    again = sum(answer.again == "yes" for answer in answers)
    return (
        f"Of {many(len(answers), 'person', 'people')}, {useful['yes']} found it useful, {useful['partly']} partly and "
        f"{useful['no']} not; {again} would use it again."
    )
