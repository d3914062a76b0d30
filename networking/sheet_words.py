"""Two versions of a planning sheet side by side, and what changed in a sentence."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from networking.sheet_parts import BY_KEY, SECTIONS, SKILL, Answers, Section, cells, is_done, row_ids

Sheet = Mapping[str, Answers]  # the answers of each section by its key


@dataclass(frozen=True)
class Piece:
    """Some words; `how` is same, added or removed."""

    text: str
    how: str


@dataclass(frozen=True)
class Change:
    """One answer that is not what it was: both texts in pieces."""

    label: str
    before: list[Piece]
    after: list[Piece]


@dataclass(frozen=True)
class SectionChange:
    title: str
    line: str
    changes: list[Change]


def progress(sheet: Sheet) -> str:
    """Such as “7 of 9 done”."""
    return f"{done(sheet)} of {len(SECTIONS)} done"


def done(sheet: Sheet) -> int:
    return sum(is_done(sheet.get(section.key, {}), section) for section in SECTIONS)


def compare(before: Sheet, after: Sheet, skills: Mapping[str, str]) -> list[SectionChange]:
    """The sections that changed. `skills` names the skills by their slug."""
    both = [
        (
            section,
            _answers(before.get(section.key, {}), section, skills),
            _answers(after.get(section.key, {}), section, skills),
        )
        for section in SECTIONS
    ]
    return [_section_change(section, old, new) for section, old, new in both if old != new]


def said(key: str, answers: Answers, skills: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The section's title, and every answer in it under what was asked; rows of its table are numbered."""
    section = BY_KEY[key]
    rows = {
        f"{section.row} {number}": ", ".join(filter(None, row))
        for number, row in enumerate(cells(answers, section), start=1)
    }
    asked = {question.label: question.said(answers.get(question.key, "")) for question in section.questions}
    texts = {**_skills(answers, skills), **asked, **rows}
    return section.title, {label: text for label, text in texts.items() if text}


def _answers(answers: Answers, section: Section, skills: Mapping[str, str]) -> dict[str, str]:
    """By label, in the order in which they are read."""
    said = {question.label: question.said(answers.get(question.key, "")) for question in section.questions}
    rows = zip(row_ids(answers), cells(answers, section), strict=True)
    said |= {f"{section.row} {_row_name(row)}\n{id_}": ", ".join(filter(None, row)) for id_, row in rows}
    return {label: text for label, text in {**_skills(answers, skills), **said}.items() if text}


def _row_name(row: list[str]) -> str:
    return next((f"“{cell}”" for cell in row if cell), "")


def _skills(answers: Answers, skills: Mapping[str, str]) -> dict[str, str]:
    return {
        name: f"level {answers.get(f'{SKILL}.{slug}.now', '0')}, wanted {answers[f'{SKILL}.{slug}.wanted']}"
        for slug, name in skills.items()
        if answers.get(f"{SKILL}.{slug}.wanted")
    }


def _section_change(section: Section, old: dict[str, str], new: dict[str, str]) -> SectionChange:
    labels = [label for label in dict.fromkeys([*old, *new]) if old.get(label) != new.get(label)]
    names = {label: label.partition("\n")[0].strip() for label in labels}
    changes = [Change(names[label], *pieces(old.get(label, ""), new.get(label, ""))) for label in labels]
    return SectionChange(section.title, _line(labels, names, old, new), changes)


def _line(labels: list[str], names: dict[str, str], old: dict[str, str], new: dict[str, str]) -> str:
    kinds = {
        "Added": [names[label] for label in labels if label not in old],
        "Taken out": [names[label] for label in labels if label not in new],
        "Changed": [names[label] for label in labels if label in old and label in new],
    }
    return ". ".join(f"{kind}: {', '.join(which)}" for kind, which in kinds.items() if which) + "."


def pieces(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts cut into what is the same, what went and what came, by words."""
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left += _piece(old[a:b], "same" if kind == "equal" else "removed")
        right += _piece(new[c:d], "same" if kind == "equal" else "added")
    return left, right


def _piece(words: list[str], how: str) -> list[Piece]:
    return [Piece("".join(words), how)] if words else []
