"""What planning sheets hold about somebody, for whoever takes out their data."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from networking import sheet_words
from networking.models import SheetClash, SheetComment, SheetRevision, SheetSection, SheetVersion, Skill
from people.models import Person

Records = list[dict[str, Any]]


def collect(person: Person) -> Records:
    """Their own sheet with every earlier and second text of it, and what was said on it; what they said on others'."""
    skills = dict(Skill.objects.values_list("slug", "name"))
    return [*_sections(person, skills), *_earlier(person, skills), *_versions(person, skills), *_comments(person)]


def _sections(person: Person, skills: Mapping[str, str]) -> Records:
    mine = SheetSection.objects.filter(sheet__member__person=person)
    return [_text("Planning sheet", one.key, one.answers, one.saved_at, skills) for one in mine]


def _earlier(person: Person, skills: Mapping[str, str]) -> Records:
    """The texts a section had before, and those of another window."""
    revisions = SheetRevision.objects.filter(section__sheet__member__person=person).select_related("section")
    clashes = SheetClash.objects.filter(section__sheet__member__person=person).select_related("section")
    return [
        *(_text("Earlier text", one.section.key, one.answers, one.saved_at, skills) for one in revisions),
        *(_text("Text of another window", one.section.key, one.answers, one.came_at, skills) for one in clashes),
    ]


def _versions(person: Person, skills: Mapping[str, str]) -> Records:
    return [
        _text(f"Version “{one.name}”", key, answers, one.kept_at, skills)
        for one in SheetVersion.objects.filter(sheet__member__person=person)
        for key, answers in one.answers.items()
    ]


def _text(what: str, key: str, answers: Mapping[str, str], at: datetime | None, skills: Mapping[str, str]) -> Any:
    section, said = sheet_words.said(key, answers, skills)
    return {"What": what, "Section": section, "Saved": at, **said}


def _comments(person: Person) -> Records:
    said = SheetComment.objects.filter(sheet__member__person=person) | SheetComment.objects.filter(said_by=person)
    return [
        {
            "What": "Comment on a planning sheet",
            "Section": one.title,
            "On": str(one.sheet.member),
            "By": str(one.said_by or "Somebody who left"),
            "At": one.said_at,
            "Text": one.text,
        }
        for one in said.select_related("sheet__member__person", "said_by").distinct()
    ]
