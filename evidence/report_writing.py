"""Puts an evidence report together out of what is there: numbered paragraphs that can be cited, our words only."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, Prefetch, Q, Sum

from documents.docx import Block, Bullets, Heading, Paragraph, Table
from evidence import overrides, quoting, report_files, theming
from evidence.counting import many
from evidence.models import Inquiry, Item, Override, Step, StopShown, Theme, Topic
from meetups import dates

_ONE_AMONG_MANY = (
    "Social media is one source among many. Those who write there are not all residents, and not all who are concerned "
    "write there."
)
_NO_NUMBERS = "Nothing here says how many people share a view."


@dataclass
class _Pages:
    """Blocks in order; paragraphs count up through the whole report."""

    blocks: list[Block] = field(default_factory=list)
    number: int = 0

    def heading(self, text: str, level: int = 1) -> None:
        self.blocks.append(Heading(text, level))

    def say(self, *texts: str) -> None:
        for text in texts:
            if text.strip():
                self.number += 1
                self.blocks.append(Paragraph(text.strip(), f"{self.number}."))

    def lines(self, lines: Sequence[str]) -> None:
        if lines:
            self.blocks.append(Bullets(list(lines)))

    def table(self, caption: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        if rows:
            self.blocks.append(Table(caption, list(header), [list(row) for row in rows]))


def content(
    inquiry: Inquiry, topic: Topic | None, *, background: str, equality: str, version: int, now: datetime
) -> dict[str, Any]:
    """What version `version` says, for all formats. A constant number of queries for any number of items."""
    themes = list(_themes(inquiry, topic))
    items = _items(inquiry, themes)
    quotes = _quotes(inquiry, items)
    title = f"{inquiry.title}: {topic.name}" if topic else inquiry.title
    pages = _Pages()
    _purpose(pages, inquiry, background)
    _method(pages, inquiry, topic, items, quotes)
    pages.say(_how_quoted(quotes))
    _heard(pages, themes, quotes)
    _follows(pages, themes)
    _closing(pages, inquiry, items, equality)
    return {
        "title": f"{title}: what we heard",
        "subject": f"Evidence report for {inquiry.committee}, version {version}",
        "committee": inquiry.committee,
        "version": version,
        "made_on": dates.day(now),
        "blocks": report_files.kept(pages.blocks),
        "items": [_row(item, themes, quotes) for item in items],
    }


def gaps(inquiry: Inquiry, topic: Topic | None) -> list[str]:
    """What is missing in a report that was made now, for whoever can write it."""
    themes = list(_themes(inquiry, topic))
    items = _items(inquiry, themes)
    quotes = _quotes(inquiry, items)
    unwritten = [
        f"The theme “{theme.title}” does not say what we heard." for theme in themes if not theme.heard.strip()
    ]
    return unwritten + [f"{item} is not in our words." for item in items if not _told(item, quotes)]


def _themes(inquiry: Inquiry, topic: Topic | None) -> Iterable[Theme]:
    chosen = inquiry.themes.filter(Q(topic=topic) | Q(topic=None)) if topic else inquiry.themes.all()
    # What an officer set aside after all, or calls only seen, stays in its theme until somebody takes it out.
    relied_on = Item.objects.accepted().filter(reliance=Item.Reliance.RELIED).select_related("topic")
    return chosen.prefetch_related(Prefetch("items", relied_on), Prefetch("steps__items", relied_on))


def _items(inquiry: Inquiry, themes: Sequence[Theme]) -> list[Item]:
    """What the themes rest on: the background papers."""
    found = {item.pk: item for theme in themes for item in theme.items.all()}
    return sorted(found.values(), key=lambda item: item.number or 0)


Quotes = Mapping[int, overrides.Quotation]


def _quotes(inquiry: Inquiry, items: Sequence[Item]) -> Quotes:
    """By item: the passages that officers chose and that may be shown."""
    past = overrides.items_past(inquiry, Override.Kind.QUOTE)
    found = {item.pk: overrides.quotation(item, is_overridden=item.pk in past) for item in items if item.quote}
    return {pk: quotation for pk, quotation in found.items() if quotation.passage}


def _how_quoted(quotes: Quotes) -> str:
    """Why anybody's own words stand in the report; nothing when none do."""
    counted = Counter(quotation.ground for quotation in quotes.values())
    grounds = "; ".join(f"{counted[ground]} {ground}" for ground in quoting.Ground if counted[ground])
    return f"Exact words are quoted {many(len(quotes), 'time')}: {grounds}." if quotes else ""


def _purpose(pages: _Pages, inquiry: Inquiry, background: str) -> None:
    pages.heading("Purpose")
    pages.say(inquiry.purpose, f"The committee looks under: {inquiry.statutory_function}.")
    if inquiry.question_list:
        pages.say("The committee asks:")
        pages.lines(inquiry.question_list)
    if background.strip():
        pages.heading("Background")
        pages.say(*background.split("\n\n"))


def _method(pages: _Pages, inquiry: Inquiry, topic: Topic | None, items: Sequence[Item], quotes: Quotes) -> None:
    pages.heading("Method and limits")
    searches = inquiry.searches.filter(topic=topic) if topic else inquiry.searches.all()
    pages.say(_summary(searches), _limits(inquiry, quotes))
    by_source = searches.values("source_name").annotate(
        how_many=Count("pk"), looked=Sum("looked_at"), kept=Sum("logged"), spent=Sum("minutes")
    )
    rows = [
        [row["source_name"], *(str(row[name] or 0) for name in ("how_many", "looked", "kept", "spent"))]
        for row in by_source.order_by("source_name")
    ]
    header = ["Where", "Searches", "Looked at", "Logged", "Minutes"]
    pages.table("Where we searched, also where nothing was found", header, rows)
    if items:
        pages.say(*theming.balance_of(items).warnings)


def _limits(inquiry: Inquiry, quotes: Quotes) -> str:
    """With what was not as it should always be: words that were quoted, people who were looked at again."""
    but_for = f", but for {many(len(quotes), 'passage')}" if quotes else ""
    went_on = inquiry.stops.filter(outcome=StopShown.Outcome.WENT_ON).count()
    followed = (
        f"{many(went_on, 'time')} in this inquiry somebody was stopped before another item by one private person, and "
        "went on for a reason that was written down."
        if went_on
        else "No person was followed."
    )
    ours = f"What was found was put into our own words{but_for}; who said it was not kept."
    return f"{_ONE_AMONG_MANY} {ours} {followed} {_NO_NUMBERS}"


def _summary(searches: Any) -> str:
    found = searches.aggregate(
        how_many=Count("pk"),
        places=Count("source_name", distinct=True),
        first=Min("searched_at"),
        last=Max("searched_at"),
    )
    if not found["how_many"]:
        return "No search was written down."
    nothing = searches.found_nothing().count()
    return (
        f"{many(found['how_many'], 'search', 'searches')} in {many(found['places'], 'place')} between "
        f"{dates.day(found['first'])} and {dates.day(found['last'])}; {nothing} found nothing to log."
    )


def _heard(pages: _Pages, themes: Sequence[Theme], quotes: Quotes) -> None:
    pages.heading("What we heard")
    if not themes:
        pages.say("Nothing that could be put together as a theme.")
    for theme in themes:
        items = sorted(theme.items.all(), key=lambda item: item.number or 0)
        if not items and not theme.heard.strip():
            continue
        pages.heading(theme.title, 2)
        pages.say(theme.heard)
        pages.lines([_line(item, quotes) for item in items if _told(item, quotes)])
        pages.say(_untold([item for item in items if not _told(item, quotes)]), *theming.balance_of(items).warnings)
    pages.heading("What this does not tell us")
    silent = [theme for theme in themes if theme.does_not_tell_us.strip()]
    pages.say(*(f"{theme.title}: {theme.does_not_tell_us}" for theme in silent))
    if not silent:
        pages.say("How many people share these views, and what those think who do not write.")


def _line(item: Item, quotes: Quotes) -> str:
    return f"Item {item.number}: {_told(item, quotes)} ({_where(item)})"


def _told(item: Item, quotes: Quotes) -> str:
    """What the report tells of it; nothing when nobody has put it into our words."""
    ours, theirs = item.our_words.strip(), _quoted(item, quotes)
    return f"{ours} In their own words: “{theirs}”" if ours and theirs else ours or (theirs and f"“{theirs}”")


def _untold(items: Sequence[Item]) -> str:
    if not items:
        return ""
    what = "This report does not tell what is in"
    return f"{what} {many(len(items), 'more item')} of this theme: {', '.join(str(item.number) for item in items)}."


def _quoted(item: Item, quotes: Quotes) -> str:
    return quotes[item.pk].passage if item.pk in quotes else ""


def _where(item: Item) -> str:
    """“A public post on a parenting forum, May 2026”."""
    where = item.described_as or (f"said by {item.get_author_kind_display().lower()}" if item.author_kind else "public")
    return f"{where}, {item.month:%B %Y}" if item.month else where


_STEPS = {
    Step.Kind.QUESTION: "Questions for witnesses",
    Step.Kind.RECOMMENDATION: "Recommendations",
    Step.Kind.RESPONSE: "Responses",
}


def _follows(pages: _Pages, themes: Sequence[Theme]) -> None:
    for kind, heading in _STEPS.items():
        said = [_step(theme, step) for theme in themes for step in theme.steps.all() if step.kind == kind]
        if said:
            pages.heading(heading)
            pages.say(*said)


def _step(theme: Theme, step: Step) -> str:
    who = f" ({step.who})" if step.who else ""
    numbers = ", ".join(str(item.number) for item in sorted(step.items.all(), key=lambda item: item.number or 0))
    return f"{step.text}{who} Theme: {theme.title}{f'; items {numbers}' if numbers else ''}."


def _closing(pages: _Pages, inquiry: Inquiry, items: Sequence[Item], equality: str) -> None:
    if equality.strip():
        pages.heading("Equality note")
        pages.say(*equality.split("\n\n"))
    pages.heading("Background papers")
    if items:
        pages.say(
            "Items this report relies on. They can be inspected, without names, until "
            f"{dates.day(inquiry.relied_on_kept_until)}."
        )
        pages.table("Background papers", ["Item", "What, when"], [[str(item.number), _where(item)] for item in items])
    else:
        pages.say("There are none.")
    pages.heading("Contact")
    pages.say(f"{inquiry.committee}: {inquiry.contact_email}")


def _row(item: Item, themes: Sequence[Theme], quotes: Quotes) -> dict[str, Any]:
    inside = [theme.title for theme in themes if any(one.pk == item.pk for one in theme.items.all())]
    return {
        "number": item.number,
        "topic": item.topic.name if item.topic else "",
        "our_words": item.our_words,
        "quoted": _quoted(item, quotes),
        "described_as": item.described_as,
        "month": f"{item.month:%Y-%m}" if item.month else "",
        "platform": item.platform,
        "said_by": item.get_author_kind_display(),
        "usefulness": item.get_stance_display(),
        "tone": item.get_tone_display(),
        "themes": "; ".join(inside),
    }
