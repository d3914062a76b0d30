"""A planning sheet as pages show it: sections with their answers, how far they are, and what was said about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from networking import sheet_words
from networking.models import Member, Sheet, SheetComment, Skill, SkillLevel
from networking.sheet_merging import Clash
from networking.sheet_parts import LEVEL_KEYS, ROWS, SECTIONS, SKILL, Section, cells, is_done, missing


@dataclass(frozen=True)
class Part:
    """One section: `state` in a word, answers as label and text, its table, comments."""

    section: Section
    state: str
    missing: list[str]
    answers: list[tuple[str, str]]
    columns: list[str]
    rows: list[list[str]]
    comments: list[SheetComment]

    @property
    def is_done(self) -> bool:
        return self.state == DONE


DONE, STARTED, NOT_STARTED = "Done", "Started", "Not started"


def parts(sheet: Sheet) -> list[Part]:
    """All nine, whatever the number of rows in three queries beside the sheet's own."""
    answers, said = sheet.answers(), comments(sheet)
    skills = skill_rows(sheet.member)
    return [_part(section, answers.get(section.key, {}), skills, said) for section in SECTIONS]


def _part(section: Section, answers: dict[str, str], skills: list[list[str]], said: list[SheetComment]) -> Part:
    state = DONE if is_done(answers, section) else STARTED if answers else NOT_STARTED
    return Part(
        section=section,
        state=state,
        missing=missing(answers, section),
        answers=[(q.label, q.said(answers[q.key])) for q in section.questions if answers.get(q.key)],
        columns=["Skill", "Now", "Wanted"] if section.asks_skills else [column.label for column in section.columns],
        rows=skills if section.asks_skills else cells(answers, section),
        comments=[one for one in said if one.key == section.key],
    )


def done(sheet: Sheet) -> int:
    return sheet_words.done(sheet.answers())


def skill_rows(member: Member) -> list[list[str]]:
    """The help a councillor wants: skill, level now, level wanted."""
    return [
        [level.skill.name, level.get_level_display(), level.get_wanted_display()]
        for level in help_wanted([member.pk]).get(member.pk, [])
    ]


def help_wanted(members: Sequence[int]) -> dict[int, list[SkillLevel]]:
    """For the mentor's page: the skills these councillors want to get further in, the widest gap first. One query."""
    found: dict[int, list[SkillLevel]] = {pk: [] for pk in members}
    for level in SkillLevel.objects.filter(member__in=members, wanted__isnull=False).select_related("skill"):
        if level.wanted and level.wanted > level.level:
            found[level.member_id].append(level)
    return {pk: sorted(levels, key=lambda one: one.level - (one.wanted or 0)) for pk, levels in found.items()}


def comments(sheet: Sheet, key: str = "") -> list[SheetComment]:
    said = SheetComment.objects.filter(sheet__member=sheet.member).select_related("said_by")
    return list(said.filter(key=key) if key else said)


def after(section: Section) -> Section | None:
    """The section that follows."""
    place = SECTIONS.index(section) + 1
    return SECTIONS[place] if place < len(SECTIONS) else None


def skill_names() -> dict[str, str]:
    return dict(Skill.objects.values_list("slug", "name"))


def labels(section: Section, sheet: Sheet, clashes: Sequence[Clash]) -> dict[str, Any]:
    """What each clashing answer is called, and which are chosen from a list: those cannot be written together."""
    by_key = {question.key: question for question in (*section.questions, *section.columns)}
    names, skills = {}, skill_names() if section.asks_skills else {}
    for clash in clashes:
        last = clash.key.rpartition(".")[2]
        if clash.key.startswith(f"{SKILL}."):
            names[clash.key] = f"{skills.get(clash.key.split('.')[1], 'Skill')}, {LEVEL_KEYS[last]}"
        elif clash.key.startswith(f"{ROWS}."):
            names[clash.key] = f"{section.row}: {by_key[last].label}"
        else:
            names[clash.key] = by_key[last].label
    lists = {
        clash.key: True
        for clash in clashes
        if clash.key.startswith(f"{SKILL}.") or by_key[clash.key.rpartition(".")[2]].kind == "choice"
    }
    return {"labels": names, "lists": lists}


def unread_comments(sheet: Sheet) -> list[SheetComment]:
    """What others said since the councillor last looked."""
    said = [one for one in comments(sheet) if one.said_by_id != sheet.member.person_id]
    return [one for one in said if sheet.comments_read_at is None or one.said_at > sheet.comments_read_at]
