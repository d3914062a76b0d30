"""“How we used social media”: every search, item, decision, stop and override as rows. Names no author.

Events come with their seals, so that an export somebody keeps pins the chain up to its day (see `history`)."""

from collections.abc import Iterator
from datetime import datetime

from evidence.models import OF_INQUIRY, Inquiry, ItemEvent

HEADER = ("When", "What", "Which", "By whom", "Details", "Reason", "Seal")

Row = tuple[str, str, str, str, str, str, str]


def rows(inquiry: Inquiry) -> list[Row]:
    """In the order it happened."""
    kinds = (_searches, _events, _stops, _openings)
    return sorted((row for kind in kinds for row in kind(inquiry)), key=lambda row: row[0])


def _searches(inquiry: Inquiry) -> Iterator[Row]:
    for one in inquiry.searches.select_related("searched_by", "finished_by"):
        words = f"{one.words}{f', {one.place}' if one.place else ''}{f', without {one.without}' if one.without else ''}"
        found = f"looked at {one.looked_at}, logged {one.logged}" if one.looked_at is not None else "not finished"
        by = f", put right by {one.finished_by}" if one.finished_by_id not in {None, one.searched_by_id} else ""
        yield (
            _when(one.searched_at),
            "search",
            one.source_name,
            _name(one.searched_by),
            f"{words}: {found}{by}",
            one.note,
            "",
        )


def _events(inquiry: Inquiry) -> Iterator[Row]:
    numbers = dict(inquiry.items.values_list("ref", "number"))
    gone = dict(inquiry.tombstones.values_list("item_ref", "number"))
    for event in ItemEvent.objects.filter(inquiry=inquiry).select_related("by"):
        number = numbers.get(event.item_ref) or gone.get(event.item_ref) or "?"
        which = "All items" if event.item_ref == OF_INQUIRY else f"Item {number}"
        details = ", ".join(f"{key}: {value}" for key, value in event.facts.items() if key in _SHOWN and value)
        yield (
            _when(event.happened_at),
            event.get_kind_display(),
            which,
            _name(event.by),
            details,
            event.facts.get("reason", ""),
            event.seal,
        )


# Of the facts of an event; digests are on the custody sheet.
_SHOWN = ("from", "to", "reliance", "fields", "rule")


def _stops(inquiry: Inquiry) -> Iterator[Row]:
    for stop in inquiry.stops.select_related("shown_to"):
        what = f"stop page: {stop.get_kind_display()}"
        yield _when(stop.shown_at), what, "", _name(stop.shown_to), stop.get_outcome_display(), stop.reason, ""


def _openings(inquiry: Inquiry) -> Iterator[Row]:
    for report in inquiry.reports.prefetch_related("links__openings"):
        for link in report.links.all():
            for opening in link.openings.all():
                yield _when(opening.opened_at), "report opened by link", str(report), "", link.label, opening.what, ""


def _when(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _name(person: object) -> str:
    return str(person) if person else ""
