"""Months as bars, in SVG. Values in, SVG out; every bar says its number, and a table beside it says the same."""

from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT, ROOM = 800, 240, 40
# Only as many bars get a label as have room for one.
LABELS_AT_MOST = 12


def draw(bars: Sequence[tuple[str, int]], *, title: str, prefix: str = "bars") -> str:
    """One bar per label and number, in their order."""
    most = max([number for _, number in bars] + [1])
    step = WIDTH / max(len(bars), 1)
    every = -(-len(bars) // LABELS_AT_MOST) or 1
    said = ", ".join(f"{label} {number}" for label, number in bars)
    named = f'role="img" aria-labelledby="{prefix}-title {prefix}-desc"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" {named}>',
        f'<title id="{prefix}-title">{escape(title)}</title>',
        f'<desc id="{prefix}-desc">{escape(said)}</desc>',
    ]
    for place, (label, number) in enumerate(bars):
        parts.append(_bar(place * step, step, label if place % every == 0 else "", number, most))
    return "\n".join([*parts, "</svg>"])


def _bar(left: float, step: float, label: str, number: int, most: int) -> str:
    high = (HEIGHT - 2 * ROOM) * number / most
    top, middle = HEIGHT - ROOM - high, left + step / 2
    size = f'width="{step * 0.7:.1f}" height="{high:.1f}"'
    bar = f'<rect x="{left + step * 0.15:.1f}" y="{top:.1f}" {size} fill="#1d5141"/>'
    if not label:
        return bar
    words = 'font-size="16" text-anchor="middle" fill="#0b0c0c"'
    value = f'<text x="{middle:.1f}" y="{top - 8:.1f}" {words}>{number}</text>'
    return f'{bar}{value}<text x="{middle:.1f}" y="{HEIGHT - 14}" {words}>{escape(label)}</text>'
