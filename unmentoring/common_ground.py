"""What people who are put together have in common, as sentences for their introduction. Values in, values out."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Likes:
    """What somebody said that a partner may read: topics and ways to talk as they are shown."""

    topics: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    sector: str = ""


def in_common(people: Sequence[Likes]) -> list[str]:
    """Sentences that begin with “You both” or “You all three”; none when nothing is shared."""
    if len(people) < 2:
        return []
    who = "You both" if len(people) == 2 else f"You all {_number(len(people))}"
    shared = [
        _said(who, "like to talk about", _shared([one.topics for one in people])),
        _said(who, "like to talk by", [_by(way) for way in _shared([one.ways for one in people])], joined="or"),
    ]
    sectors = {one.sector for one in people}
    if len(sectors) == 1 and (sector := people[0].sector):
        shared.append(f"{who} work in the same sector: {sector.lower()}.")
    return [sentence for sentence in shared if sentence]


def _shared(lists: Sequence[Sequence[str]]) -> list[str]:
    """What is in every list, as the first one spells it."""
    others = [{item.casefold() for item in one} for one in lists[1:]]
    return [item for item in lists[0] if all(item.casefold() in other for other in others)]


def _said(who: str, what: str, items: list[str], *, joined: str = "and") -> str:
    if not items:
        return ""
    listed = f" {joined} ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else items[0]
    return f"{who} {what} {listed}."


def _by(way: str) -> str:
    return {"In person": "meeting in person", "Phone": "phone"}.get(way, way)


def _number(count: int) -> str:
    return {3: "three"}.get(count, str(count))
