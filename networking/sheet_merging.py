"""Two texts of one section become one, or it is said where they disagree. Nothing that somebody typed is dropped."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from networking.sheet_parts import ROWS, Answers


@dataclass(frozen=True)
class Clash:
    """Both changed the same answer, each in another way."""

    key: str
    mine: str
    theirs: str

    @property
    def both(self) -> str:
        """The two after each other, where one does not hold the other already."""
        if self.mine in self.theirs:
            return self.theirs
        if self.theirs in self.mine:
            return self.mine
        return f"{self.theirs}\n\n{self.mine}"


@dataclass(frozen=True)
class Merged:
    """`answers` hold theirs where the two clash."""

    answers: dict[str, str]
    clashes: list[Clash] = field(default_factory=list)


def overlay(base: Answers, posted: Answers, *, removed: frozenset[str] = frozenset()) -> dict[str, str]:
    """What one window says: what it started from, with its fields over it. Rows it never saw stay."""
    said = {key: text for key, text in {**base, **posted}.items() if text}
    return {key: text for key, text in said.items() if row_of(key) not in removed}


def row_of(key: str) -> str:
    """The row this cell is in, or nothing."""
    return key.split(".")[1] if key.startswith(f"{ROWS}.") else ""


def merge(base: Answers, mine: Answers, theirs: Answers) -> Merged:
    """What either changed; both changing one answer in different ways is a clash.

    A row that one removed and the other changed stays: removing it again costs a tick, typing it again costs more.
    """
    mine, theirs = _with_rows_kept(base, mine, theirs), _with_rows_kept(base, theirs, mine)
    answers: dict[str, str] = {}
    clashes: list[Clash] = []
    for key in sorted({*base, *mine, *theirs}):
        was, one, other = base.get(key, ""), mine.get(key, ""), theirs.get(key, "")
        if one not in (was, other) and other != was:
            clashes.append(Clash(key, one, other))
        chosen = one if other == was else other
        if chosen:
            answers[key] = chosen
    return Merged(answers, clashes)


def _with_rows_kept(base: Answers, one: Answers, other: Answers) -> Answers:
    """With the rows that this one removed put back where the other changed them."""
    rows = {row_of(key) for key in base} - {row_of(key) for key in one}
    changed = {row for row in rows if _row(base, row) != _row(other, row) and _row(other, row)}
    return {**one, **{key: text for key, text in base.items() if row_of(key) in changed}}


def _row(answers: Answers, row: str) -> Mapping[str, str]:
    return {key: text for key, text in answers.items() if row_of(key) == row}


def settle(merged: Merged, chosen: Mapping[str, str]) -> dict[str, str]:
    """The answers with what was decided for each clash."""
    return {key: text for key, text in {**merged.answers, **chosen}.items() if text}
