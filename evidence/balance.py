"""How one-sided is what we heard? Counts, never names; what is out of balance as sentences."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

PRIVATE = "private"
FEW = 3  # fewer are an example, not a pattern


@dataclass(frozen=True)
class Heard:
    """What counts of one item. `author` is a code of which only the number of different ones leaves this module."""

    platform: str = ""
    thread: str = ""
    author: str = ""
    author_kind: str = ""
    month: date | None = None


@dataclass(frozen=True)
class Balance:
    """Counts by platform, month and kind, most first; how many authors at least; and what a reader should know."""

    items: int
    platforms: list[tuple[str, int]]
    kinds: list[tuple[str, int]]
    months: list[tuple[date, int]]
    authors: int
    without_author: int
    warnings: list[str]


def balance(heard: Sequence[Heard]) -> Balance:
    authors = Counter(one.author for one in heard if one.author)
    months = Counter(one.month for one in heard if one.month)
    return Balance(
        items=len(heard),
        platforms=Counter(one.platform for one in heard if one.platform).most_common(),
        kinds=Counter(one.author_kind for one in heard if one.author_kind).most_common(),
        months=sorted(months.items()),
        authors=len(authors),
        without_author=sum(not one.author for one in heard),
        warnings=_warnings(heard) if heard else [],
    )


def _warnings(heard: Sequence[Heard]) -> list[str]:
    how_many = len(heard)
    if how_many < FEW:
        return [f"{_items(how_many)} only: an example, not a pattern."]
    shares = [
        (_most([one.thread for one in heard]), "from one thread"),
        (_most([one.author for one in heard]), "by one author"),
        (_most([one.platform for one in heard]), "from one platform"),
        (_most([one.month for one in heard]), "from one month"),
    ]
    warned = [_share(most, how_many, what) for most, what in shares if _is_lopsided(most, how_many, what)]
    return [*warned, *_kinds(heard)]


def _most(values: Sequence[object]) -> int:
    counted = Counter(value for value in values if value)
    return counted.most_common(1)[0][1] if counted else 0


def _is_lopsided(most: int, how_many: int, what: str) -> bool:
    """One thread or author: half of all. One platform or month: nearly all, as few inquiries have many."""
    return (
        most * 2 >= how_many and most > 1 if what in {"from one thread", "by one author"} else most * 5 >= how_many * 4
    )


def _share(most: int, how_many: int, what: str) -> str:
    return f"All {how_many} items are {what}." if most == how_many else f"{most} of {how_many} items are {what}."


def _kinds(heard: Sequence[Heard]) -> list[str]:
    said = [one.author_kind for one in heard if one.author_kind]
    if not said:
        return ["For no item it was said who speaks: a private person, an organisation or the press."]
    if PRIVATE not in said:
        return ["No item tells of lived experience: all are by organisations, press or public office."]
    if set(said) == {PRIVATE}:
        return ["All items tell of lived experience: no organisation and no press confirms or contradicts it."]
    return []


def _items(number: int) -> str:
    return "1 item" if number == 1 else f"{number} items"
