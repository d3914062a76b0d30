"""What the site keeps about people. Apps say it row by row; the privacy page shows it, a test misses what is left out.

Every table that points to a person is named by a row here, or explained.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Kept:
    """One kind of record: what it is, why we have it, how long (asked when shown: settings decide), in which tables."""

    what: str
    why: str
    how_long: Callable[[], str]
    tables: frozenset[str]


_rows: dict[str, list[Kept]] = {}
_explained: dict[str, str] = {}


def register(area: str, what: str, *, why: str, how_long: Callable[[], str], tables: Iterable[str]) -> None:
    """`tables` as "meetups.SignUp". Rows of one area stand together."""
    _rows.setdefault(area, []).append(Kept(what, why, how_long, frozenset(tables)))


def explain(*tables: str, because: str) -> None:
    """Tables that point to a person and need no row of their own, and why not."""
    _explained.update(dict.fromkeys(tables, because))


def rows() -> dict[str, list[Kept]]:
    """By area, in the order of registration."""
    return {area: list(of_area) for area, of_area in _rows.items()}


def tables() -> set[str]:
    """Every table that is named or explained."""
    return {table for of_area in _rows.values() for row in of_area for table in row.tables} | set(_explained)
