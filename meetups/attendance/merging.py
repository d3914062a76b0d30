"""Several stays of one person become one line."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from meetups.attendance import shown_names
from meetups.attendance.values import Attendee, Visit

_LATEST = datetime.max.replace(tzinfo=UTC)


def merged(visits: Iterable[Visit]) -> list[Attendee]:
    """One attendee for each address; without an address, one for each name shown. In order of names.

    A guest and somebody with an address stay two, even under one name: they may be two people.
    """
    stays: dict[tuple[str, str], list[Visit]] = {}
    for visit in visits:
        stays.setdefault(_who(visit), []).append(visit)
    return sorted((_one(found) for found in stays.values()), key=_order)


def _who(visit: Visit) -> tuple[str, str]:
    return ("address", visit.email) if visit.email else ("name", visit.name.casefold())


def _order(attendee: Attendee) -> tuple[str, str, str]:
    return attendee.name.casefold(), attendee.name, attendee.email or ""


def _one(visits: Sequence[Visit]) -> Attendee:
    """The name they had when they last joined; all others are kept beside it."""
    visits = sorted(visits, key=_row_order)
    name = next((visit.name for visit in reversed(visits) if not shown_names.is_nobody(visit.name)), visits[-1].name)
    others = {other for visit in visits for other in (visit.name, *visit.also_called)} - {name}
    return Attendee(
        name=name,
        email=visits[0].email,
        joined_at=min((visit.joined_at for visit in visits if visit.joined_at), key=_utc, default=None),
        left_at=max((visit.left_at for visit in visits if visit.left_at), key=_utc, default=None),
        minutes=_minutes(visits),
        also_called=tuple(sorted(others)),
    )


def _row_order(visit: Visit) -> tuple[datetime, datetime, str, tuple[str, ...], int]:
    joined = _utc(visit.joined_at) if visit.joined_at else _LATEST
    left = _utc(visit.left_at) if visit.left_at else _LATEST
    return joined, left, visit.name, visit.also_called, visit.seconds or 0


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _minutes(visits: Sequence[Visit]) -> int | None:
    """The stays added up as the report counts them; time spent with two devices counts once."""
    lengths = [length for visit in visits if (length := _length(visit)) is not None]
    if not lengths:
        return None
    spans = [(_utc(v.joined_at), _utc(v.left_at)) for v in visits if v.joined_at and v.left_at]
    stated = sum(lengths)
    if len(spans) == len(lengths) and (covered := _covered(spans)) < sum(_seconds(*span) for span in spans):
        stated = min(stated, covered)
    return (stated + 30) // 60


def _length(visit: Visit) -> int | None:
    if visit.seconds is not None:
        return visit.seconds
    return _seconds(_utc(visit.joined_at), _utc(visit.left_at)) if visit.joined_at and visit.left_at else None


def _seconds(joined: datetime, left: datetime) -> int:
    return max(0, int((left - joined).total_seconds()))


def _covered(spans: Iterable[tuple[datetime, datetime]]) -> int:
    """Seconds in which at least one of them was running."""
    total, end = 0, datetime.min.replace(tzinfo=UTC)
    for joined, left in sorted(spans):
        total += _seconds(max(joined, end), left)
        end = max(end, left)
    return total
