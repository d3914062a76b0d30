"""Two versions of a planning sheet side by side, and what changed in a sentence."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from networking import sheet_parts
from networking.sheet_parts import SKILL, Answers, Section, Template, cells, is_done, row_ids

Sheet = Mapping[str, Answers]  # the answers of each section by its key
Times = tuple[datetime | None, datetime | None]  # when each of two versions was kept; None is now


@dataclass(frozen=True)
class Piece:
    """Some words; `how` is same, added or removed."""

    text: str
    how: str


@dataclass(frozen=True)
class Change:
    """One answer that is not what it was: both texts in pieces, and how it was asked then where the words differed."""

    label: str
    before: list[Piece]
    after: list[Piece]
    asked_before: str = ""
    asked_after: str = ""


@dataclass(frozen=True)
class SectionChange:
    title: str
    line: str
    changes: list[Change]


def progress(sheet: Sheet, template: Template) -> str:
    """Such as “7 of 9 done”."""
    return line(done(sheet, template), template)


def line(sections_done: int, template: Template) -> str:
    return f"{sections_done} of {len(sheet_parts.asked(template))} done"


def done(sheet: Sheet, template: Template) -> int:
    return sum(is_done(sheet.get(section.key, {}), section) for section in sheet_parts.asked(template))


def compare(
    before: Sheet, after: Sheet, skills: Mapping[str, str], template: Template, at: Times = (None, None)
) -> list[SectionChange]:
    """The sections that changed. `skills` names the skills by their slug."""
    both = [
        (
            section,
            _answers(before.get(section.key, {}), section, skills),
            _answers(after.get(section.key, {}), section, skills),
        )
        for section in template
    ]
    return [_section_change(section, old, new, at) for section, old, new in both if old != new]


def said(section: Section, answers: Answers, skills: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The section's title, and every answer in it under what was asked; rows of its table are numbered."""
    rows = {
        f"{section.row} {number}": ", ".join(filter(None, row))
        for number, row in enumerate(cells(answers, section), start=1)
    }
    asked = {question.title: question.said(answers.get(question.key, "")) for question in section.questions}
    texts = {**_skills(answers, skills), **asked, **rows}
    return section.title, {label: text for label, text in texts.items() if text}


def _answers(answers: Answers, section: Section, skills: Mapping[str, str]) -> dict[str, str]:
    """By label and key, in the order in which they are read."""
    said = {f"{one.title}\n{one.key}": one.said(answers.get(one.key, "")) for one in section.questions}
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


def _section_change(section: Section, old: dict[str, str], new: dict[str, str], at: Times) -> SectionChange:
    labels = [label for label in dict.fromkeys([*old, *new]) if old.get(label) != new.get(label)]
    names = {label: label.partition("\n")[0].strip() for label in labels}
    changes = [
        Change(names[label], *pieces(old.get(label, ""), new.get(label, "")), *_asked_then(section, label, at))
        for label in labels
    ]
    return SectionChange(section.title, _line(labels, names, old, new), changes)


def _asked_then(section: Section, label: str, at: Times) -> list[str]:
    """How it was asked at each of two times; nothing where it is asked so today."""
    key = label.partition("\n")[2]
    question = next((one for one in section.questions if one.key == key), None)
    words = [question.words_at(when) if question else "" for when in at]
    return [said if question and said != question.label else "" for said in words]


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
