"""What differs between two versions of a text, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# Lines that stayed and are shown before and after each change.
AROUND = 2


@dataclass(frozen=True)
class Line:
    """One line: `kind` is same, added, removed or left_out (then `text` says how many lines are not shown)."""

    kind: str
    text: str


def compare(before: str, after: str) -> list[Line]:
    """Every change with a little of what is around it; empty when nothing differs."""
    old, new = before.splitlines(), after.splitlines()
    if old == new:
        return []
    lines: list[Line] = []
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for number, (tag, i1, i2, j1, j2) in enumerate(opcodes):
        if tag == "equal":
            lines += _unchanged(old[i1:i2], is_first=number == 0, is_last=number == len(opcodes) - 1)
        else:
            lines += [Line("removed", text) for text in old[i1:i2]] + [Line("added", text) for text in new[j1:j2]]
    return lines


def _unchanged(texts: Sequence[str], *, is_first: bool, is_last: bool) -> list[Line]:
    head = [] if is_first else texts[:AROUND]
    tail = [] if is_last else texts[len(head) :][-AROUND:]
    hidden = len(texts) - len(head) - len(tail)
    between = [Line("left_out", f"{hidden} line{'' if hidden == 1 else 's'} the same")] if hidden else []
    return [*(Line("same", text) for text in head), *between, *(Line("same", text) for text in tail)]
