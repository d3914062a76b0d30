"""A planning sheet as pages show it: sections with their answers, how far they are, and what was said about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from networking import sheet_parts, sheet_templates
from networking.models import Member, Sheet, SheetClash, SheetComment, SheetSection, Skill, SkillLevel
from networking.sheet_merging import Clash
from networking.sheet_parts import (
    LEVEL_KEYS,
    ROWS,
    SKILL,
    Question,
    Section,
    Template,
    cells,
    is_done,
    missing,
    row_ids,
)


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


DONE, STARTED, NOT_STARTED, HIDDEN = "Done", "Started", "Not started", "No longer asked"


def template_of(sheet: Sheet) -> Template:
    """What it asks: what its programme asks."""
    return sheet_templates.of(sheet.member.cohort.programme_id)


def parts(sheet: Sheet, template: Template) -> list[Part]:
    """All that is asked, and what was answered before it was hidden; in three queries beside the sheet's own."""
    answers, said = sheet.answers(), comments(sheet)
    skills, saved = skill_rows(sheet.member), {one.key: one.saved_at for one in sheet.begun_sections()}
    begun = {key for key, texts in answers.items() if texts} | {one.key for one in said}
    return [
        _part(section, answers.get(section.key, {}), saved.get(section.key), skills, said)
        for section in sheet_parts.read(template, begun)
    ]


def _part(
    section: Section,
    answers: dict[str, str],
    saved_at: datetime | None,
    skills: list[list[str]],
    said: list[SheetComment],
) -> Part:
    state = DONE if is_done(answers, section) else STARTED if answers else NOT_STARTED
    columns = [column.title for column in section.read_columns(answers)]
    return Part(
        section=section,
        state=state if section.is_asked else HIDDEN,
        missing=missing(answers, section),
        answers=[
            (asked_as(one, saved_at), one.said(answers[one.key]))
            for one in section.read_questions(answers)
            if answers.get(one.key)
        ],
        columns=["Skill", "Now", "Wanted"] if section.asks_skills else columns,
        rows=skills if section.asks_skills else cells(answers, section),
        comments=[one for one in said if one.key == section.key],
    )


def asked_as(question: Question, saved_at: datetime | None) -> str:
    """What it is called, with how it was asked when the answer was last saved."""
    then = question.words_at(saved_at)
    return question.title if then == question.label else f"{question.title} (answered when it was “{then}”)"


def progress(parts: Sequence[Part]) -> str:
    """Such as “7 of 9 done”."""
    asked = [part for part in parts if part.state != HIDDEN]
    return f"{sum(part.is_done for part in asked)} of {len(asked)} done"


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


def no_longer_asked(section: Section, now: SheetSection | None) -> list[tuple[str, str]]:
    """What a councillor once answered there, to read beside what is asked today: label and text."""
    answers = now.answers if now else {}
    questions = [(one.label, one.said(answers.get(one.key, ""))) for one in section.questions if one.hidden]
    columns = [(one.label, "\n".join(column_texts(answers, one))) for one in section.columns if one.hidden]
    return [(label, text) for label, text in (*columns, *questions) if text]


def column_texts(answers: dict[str, str], column: Question) -> list[str]:
    texts = (answers.get(f"{ROWS}.{row}.{column.key}", "") for row in row_ids(answers))
    return [column.said(text) for text in texts if text]


def asked_before(section: Section, now: SheetSection | None) -> list[tuple[str, str]]:
    """Questions that changed since they were answered: how it was, how it is."""
    if now is None:
        return []
    answered = [one for one in section.asked if now.answers.get(one.key)]
    words = [(one.words_at(now.saved_at), one.label) for one in answered]
    return [(then, label) for then, label in words if then != label]


def after(section: Section, template: Template) -> Section | None:
    """The section that follows and is asked."""
    following = template[template.index(section) + 1 :]
    return next((one for one in following if one.is_asked), None)


def title(template: Template, key: str) -> str:
    return sheet_parts.find(template, key).title


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
            names[clash.key] = f"{section.row}: {by_key[last].title}"
        else:
            names[clash.key] = by_key[last].title
    lists = {
        clash.key: True
        for clash in clashes
        if clash.key.startswith(f"{SKILL}.") or by_key[clash.key.rpartition(".")[2]].kind == "choice"
    }
    return {"labels": names, "lists": lists}


def unread_comments(sheet: Sheet, template: Template) -> list[tuple[SheetComment, str]]:
    """What others said since the councillor last looked, each with the title of its section."""
    said = [one for one in comments(sheet) if one.said_by_id != sheet.member.person_id]
    unread = [one for one in said if sheet.comments_read_at is None or one.said_at > sheet.comments_read_at]
    return [(one, title(template, one.key)) for one in unread]


def waiting_clashes(sheet: Sheet, template: Template) -> list[tuple[SheetClash, str]]:
    """Two texts to choose from, each with the title of its section."""
    clashes = SheetClash.objects.waiting(sheet.member).select_related("section")
    return [(clash, title(template, clash.section.key)) for clash in clashes]
