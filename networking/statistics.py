"""What surveys show: paired change with its uncertainty. Values in, values out; small groups are never shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

from scipy.special import ndtri, stdtrit

# Fewer people than this and a number could be somebody's answer.
SMALLEST_GROUP = 5
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, in the unit of what it is about."""

    low: float
    high: float


@dataclass(frozen=True)
class Spread:
    """Answers to one question at one time: how many people, their mean, and how many chose each of 1 to 5."""

    n: int
    mean: float
    counts: tuple[int, ...]


@dataclass(frozen=True)
class PairedChange:
    """The same people asked twice. Points are on the scale of 1 to 5, shares between 0 and 1.

    `interval` is for the mean change; None when everybody changed by the same, which says nothing about others.
    """

    n: int
    before: float
    after: float
    change: float
    interval: Interval | None
    improved: float
    improved_interval: Interval
    same: float
    fell: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out “no change”."""
        return self.interval is not None and (self.interval.low > 0 or self.interval.high < 0)


def spread(values: Sequence[int]) -> Spread | None:
    """How these answers lie; None for fewer than SMALLEST_GROUP."""
    if len(values) < SMALLEST_GROUP:
        return None
    return Spread(len(values), fmean(values), tuple(values.count(point) for point in range(1, 6)))


def paired_change(before: Mapping[int, int], after: Mapping[int, int]) -> PairedChange | None:
    """How those who answered both times changed; keys are people, values 1 to 5. None for fewer than SMALLEST_GROUP.

    The interval of the mean is Student's for paired differences (Student 1908, doi:10.2307/2331554), cut at the ends of
    what the scale allows; that of the share who improved is Wilson's (1927, doi:10.2307/2276774), which holds for
    small groups and shares near 0 or 1.
    """
    both = sorted(before.keys() & after.keys())
    if len(both) < SMALLEST_GROUP:
        return None
    differences = [after[person] - before[person] for person in both]
    n = len(both)
    rose, fell = sum(d > 0 for d in differences), sum(d < 0 for d in differences)
    return PairedChange(
        n=n,
        before=fmean(before[person] for person in both),
        after=fmean(after[person] for person in both),
        change=fmean(differences),
        interval=_of_mean(differences),
        improved=rose / n,
        improved_interval=share_interval(rose, n),
        same=(n - rose - fell) / n,
        fell=fell / n,
    )


def _of_mean(differences: Sequence[int]) -> Interval | None:
    if len(set(differences)) == 1:
        return None
    n = len(differences)
    half = float(stdtrit(n - 1, (1 + CONFIDENCE) / 2)) * stdev(differences) / sqrt(n)
    mean = fmean(differences)
    return Interval(max(-4.0, mean - half), min(4.0, mean + half))


def share_interval(hits: int, n: int) -> Interval:
    """Wilson's score interval for `hits` of `n`; n is at least 1."""
    z = float(ndtri((1 + CONFIDENCE) / 2))
    share = hits / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return Interval(max(0.0, centre - half), min(1.0, centre + half))


def in_words(change: PairedChange) -> str:
    """One sentence for people who do not read intervals."""
    people = f"{round(change.improved * change.n)} of {change.n} people chose a higher point than before"
    if change.interval is None:
        return f"{people}. Everybody changed by the same, so nothing can be said about how sure this is."
    if change.is_clear:
        return f"{people}. The {'rise' if change.change > 0 else 'fall'} is larger than chance alone would explain."
    return f"{people}. The change is small enough to be chance."
