"""Which ways of finding active citizens pay, and how many may still be unfound. Plain numbers in and out.

The estimate is Chao's lower bound in its bias-corrected form (A. Chao, Biometrics 43, 1987, 783-791): with t methods,
Q1 found by exactly one of them and Q2 by exactly two, at least (t - 1) / t * Q1 (Q1 - 1) / (2 (Q2 + 1)) are unfound. It
assumes that the methods find things independently of each other, which is never quite true: hence “at least about”.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Effort:
    """How often a method was used, and how long that took where somebody noted it: in `timed` of the searches."""

    searches: int = 0
    minutes: int = 0
    timed: int = 0


@dataclass(frozen=True)
class Found:
    """One candidate of one councillor: the methods that led there, and whether they were kept.

    `timed` are those of the methods where a search with its minutes noted led there.
    """

    finder: int
    methods: frozenset[str]
    is_kept: bool
    timed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Row:
    """A method compared with the others. `only_here` counts what no other method found."""

    label: str
    searches: int
    minutes: int
    found: int
    kept: int
    only_here: int
    timed: int = 0
    kept_timed: int = 0

    @property
    def kept_per_hour(self) -> float | None:
        """Of the searches whose minutes were noted; None where there are none."""
        return round(60 * self.kept_timed / self.minutes, 1) if self.minutes else None

    @property
    def what_is_not_timed(self) -> str:
        """Of how many searches alone the rate is; nothing when it is of all."""
        if self.timed >= self.searches:
            return ""
        searches = "1 search" if self.searches == 1 else f"{self.searches} searches"
        return f"minutes noted for {self.timed or 'none'} of {searches}"


def compare(methods: Mapping[str, str], efforts: Mapping[str, Effort], found: Iterable[Found]) -> list[Row]:
    """A row for each method that was used, in the order of `methods`, which names them for readers."""
    everything = list(found)
    rows = []
    for method, label in methods.items():
        here = [one for one in everything if method in one.methods]
        effort = efforts.get(method, Effort())
        if not (here or effort.searches):
            continue
        kept = sum(one.is_kept for one in here)
        only_here = sum(len(one.methods) == 1 for one in here)
        kept_timed = sum(one.is_kept and method in one.timed for one in here)
        row = Row(label, effort.searches, effort.minutes, len(here), kept, only_here, effort.timed, kept_timed)
        rows.append(row)
    return rows


def unfound(found: Iterable[Found]) -> int | None:
    """At least about so many are still unfound; None when nothing was found twice, for then nothing can be said.

    Each councillor looks in a place of their own, so that the estimates of all are added up.
    """
    by_finder: dict[int, list[int]] = {}
    methods: dict[int, set[str]] = {}
    for one in found:
        by_finder.setdefault(one.finder, []).append(len(one.methods))
        methods.setdefault(one.finder, set()).update(one.methods)
    estimates = [_chao(counts, len(methods[finder])) for finder, counts in by_finder.items()]
    said = [estimate for estimate in estimates if estimate is not None]
    return round(sum(said)) if said else None


def _chao(counts: list[int], methods: int) -> float | None:
    once, twice = counts.count(1), counts.count(2)
    if methods < 2 or not any(count > 1 for count in counts):
        return None
    return (methods - 1) / methods * once * (once - 1) / (2 * (twice + 1))
