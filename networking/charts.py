"""Charts of surveys as SVG from the server. Values in, SVG out; the same numbers stand in a table beside it.

Before is a ring, after is a disc, the interval of the change a thick line: shapes say it, colour only helps.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from networking.statistics import PairedChange

WIDTH, LEFT, RIGHT = 720, 300, 40
ROW, TOP, FOOT = 64, 46, 54
LETTERS = 40  # of a question in one line
LOW, HIGH = 1, 5
_INK, _GREEN, _PALE = "#0b0c0c", "#1d5141", "#8fb8a8"


@dataclass(frozen=True)
class Dumbbell:
    """One question: means before and after on 1 to 5, and where the mean after may lie (None: nothing to say)."""

    label: str
    before: float
    after: float
    low: float | None = None
    high: float | None = None


def dumbbells(rows: Sequence[Dumbbell], *, title: str, prefix: str = "change") -> str:
    """An SVG with a line for each question."""
    height = TOP + ROW * len(rows) + FOOT
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" class="app-chart"'
        f' aria-labelledby="{prefix}-title {prefix}-desc">'
    )
    parts = [
        head,
        f'<title id="{prefix}-title">{escape(title)}</title>',
        f'<desc id="{prefix}-desc">{escape(describe(rows))}</desc>',
        *_scale(height),
        *(piece for number, row in enumerate(rows) for piece in _row(row, TOP + ROW * number + ROW / 2)),
        *_key(height),
        "</svg>",
    ]
    return "\n".join(parts)


def describe(rows: Sequence[Dumbbell]) -> str:
    """The chart in words."""
    return " ".join(f"{row.label} From {row.before:.1f} to {row.after:.1f}." for row in rows)


def row(label: str, change: PairedChange) -> Dumbbell:
    """A change as a line of the chart."""
    if change.interval is None:
        return Dumbbell(label, change.before, change.after)
    low, high = change.before + change.interval.low, change.before + change.interval.high
    return Dumbbell(label, change.before, change.after, low, high)


def x_of(value: float) -> float:
    """Where a point of the scale lies."""
    return round(LEFT + (value - LOW) / (HIGH - LOW) * (WIDTH - LEFT - RIGHT), 1)


def _scale(height: int) -> list[str]:
    bottom = height - FOOT + 8
    lines = []
    for point in range(LOW, HIGH + 1):
        x = x_of(point)
        lines.append(f'<line x1="{x}" y1="{TOP - 14}" x2="{x}" y2="{bottom}" stroke="#cecece" stroke-width="1"/>')
        lines.append(_text(x, TOP - 22, str(point), anchor="middle"))
    return lines


def _row(row: Dumbbell, y: float) -> list[str]:
    lines = wrap(row.label, LETTERS)[:3]
    first = y + 5 - 9 * (len(lines) - 1)
    label = [_text(0, first + 18 * number, line) for number, line in enumerate(lines)]
    band = []
    if row.low is not None and row.high is not None:
        low, high = max(LOW, row.low), min(HIGH, row.high)
        width = round(x_of(high) - x_of(low), 1)
        band = [f'<rect x="{x_of(low)}" y="{y - 6}" width="{width}" height="12" rx="6" fill="{_PALE}"/>']
    return [
        *label,
        *band,
        f'<line x1="{x_of(row.before)}" y1="{y}" x2="{x_of(row.after)}" y2="{y}" stroke="{_INK}" stroke-width="2"/>',
        f'<circle cx="{x_of(row.before)}" cy="{y}" r="8" fill="#ffffff" stroke="{_INK}" stroke-width="2.5"/>',
        f'<circle cx="{x_of(row.after)}" cy="{y}" r="8" fill="{_GREEN}" stroke="{_GREEN}" stroke-width="2"/>',
    ]


def _key(height: int) -> list[str]:
    y = height - 16
    return [
        f'<circle cx="{LEFT}" cy="{y - 5}" r="7" fill="#ffffff" stroke="{_INK}" stroke-width="2.5"/>',
        _text(LEFT + 14, y, "before"),
        f'<circle cx="{LEFT + 96}" cy="{y - 5}" r="7" fill="{_GREEN}"/>',
        _text(LEFT + 110, y, "after"),
        f'<rect x="{LEFT + 174}" y="{y - 11}" width="44" height="12" rx="6" fill="{_PALE}"/>',
        _text(LEFT + 226, y, "likely range (95%)"),
    ]


def _text(x: float, y: float, words: str, *, anchor: str = "start") -> str:
    return (
        f'<text x="{x}" y="{y}" font-family="system-ui, Segoe UI, Roboto, Arial, sans-serif" font-size="15"'
        f' fill="{_INK}" text-anchor="{anchor}">{escape(words)}</text>'
    )
