"""What planning sheets hold about somebody, for whoever takes out their data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from networking import sheet_parts, sheet_templates, sheet_words
from networking.models import Sheet, SheetClash, SheetComment, SheetRevision, SheetSection, SheetVersion, Skill
from networking.sheet_parts import Section, Template
from people.models import Person

Records = list[dict[str, Any]]


@dataclass(frozen=True)
class _Words:
    """What sections and skills are called, whichever programme a sheet belongs to."""

    templates: Mapping[int, Template]
    skills: Mapping[str, str]

    def section(self, sheet: Sheet, key: str) -> Section:
        return sheet_parts.find(self.templates[sheet.member.cohort.programme_id], key)


def collect(person: Person) -> Records:
    """Their own sheet with every earlier and second text of it, and what was said on it; what they said on others'."""
    said = _comments_about(person)
    mine = Sheet.objects.filter(member__person=person).values_list("member__cohort__programme", flat=True)
    programmes = {*mine, *(one.sheet.member.cohort.programme_id for one in said)}
    words = _Words(sheet_templates.of_many(programmes), dict(Skill.objects.values_list("slug", "name")))
    return [
        *_sections(person, words),
        *_earlier(person, words),
        *_versions(person, words),
        *(_comment(one, words) for one in said),
    ]


def _sections(person: Person, words: _Words) -> Records:
    mine = SheetSection.objects.filter(sheet__member__person=person).select_related("sheet__member__cohort")
    return [_text("Planning sheet", one.sheet, one.key, one.answers, one.saved_at, words) for one in mine]


def _earlier(person: Person, words: _Words) -> Records:
    """The texts a section had before, and those of another window."""
    around = "section__sheet__member__cohort"
    revisions = SheetRevision.objects.filter(section__sheet__member__person=person).select_related(around)
    clashes = SheetClash.objects.filter(section__sheet__member__person=person).select_related(around)
    return [
        *(
            _text("Earlier text", one.section.sheet, one.section.key, one.answers, one.saved_at, words)
            for one in revisions
        ),
        *(
            _text("Text of another window", one.section.sheet, one.section.key, one.answers, one.came_at, words)
            for one in clashes
        ),
    ]


def _versions(person: Person, words: _Words) -> Records:
    mine = SheetVersion.objects.filter(sheet__member__person=person).select_related("sheet__member__cohort")
    return [
        _text(f"Version “{one.name}”", one.sheet, key, answers, one.kept_at, words)
        for one in mine
        for key, answers in one.answers.items()
    ]


def _text(
    what: str, sheet: Sheet, key: str, answers: Mapping[str, str], at: datetime | None, words: _Words
) -> dict[str, Any]:
    section, said = sheet_words.said(words.section(sheet, key), answers, words.skills)
    return {"What": what, "Section": section, "Saved": at, **said}


def _comments_about(person: Person) -> list[SheetComment]:
    """On their own sheet, and theirs on others'."""
    said = SheetComment.objects.filter(sheet__member__person=person) | SheetComment.objects.filter(said_by=person)
    return list(said.select_related("sheet__member__person", "sheet__member__cohort", "said_by").distinct())


def _comment(one: SheetComment, words: _Words) -> dict[str, Any]:
    return {
        "What": "Comment on a planning sheet",
        "Section": words.section(one.sheet, one.key).title,
        "On": str(one.sheet.member),
        "By": str(one.said_by or "Somebody who left"),
        "At": one.said_at,
        "Text": one.text,
    }
