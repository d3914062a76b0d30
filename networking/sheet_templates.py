"""What the planning sheets of a programme ask. Changed at once for running cohorts, and nothing answered is lost."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max

from networking import sheet_parts
from networking.models import Programme, TemplateQuestion, TemplateSection
from networking.sheet_parts import Question, Section, Template

Row = TemplateSection | TemplateQuestion
MOST_SECTIONS, MOST_QUESTIONS = 30, 30


class ChangedMeanwhile(Exception):
    """Somebody else changed these words since they were shown."""


class AlwaysAsked(Exception):
    """Something else reads it, or the table would have no column left."""


class Full(Exception):
    """A sheet that is longer than this is not filled in by anybody."""


@dataclass(frozen=True)
class Words:
    """Of a section: its title and introduction. Of a question: what it asks, a hint, whether it counts for “done”."""

    label: str
    hint: str = ""
    needed: bool = False


# --- Reading ------------------------------------------------------------------------------------------------------


def of(programme_id: int) -> Template:
    """In two queries, one for a programme that asks what is usual."""
    return of_many([programme_id])[programme_id]


def of_many(programme_ids: Collection[int]) -> dict[int, Template]:
    """By programme, whatever their number in two queries."""
    found: dict[int, list[Section]] = {pk: [] for pk in programme_ids}
    for row in TemplateSection.objects.filter(programme__in=found).prefetch_related("questions"):
        found[row.programme_id].append(_section(row))
    return {pk: tuple(sections) or sheet_parts.SECTIONS for pk, sections in found.items()}


def _section(row: TemplateSection) -> Section:
    usual = sheet_parts.BY_KEY.get(row.key)
    questions = list(row.questions.all())
    return Section(
        row.key,
        row.title,
        row.intro,
        tuple(_question(one, usual) for one in questions if not one.in_table),
        columns=tuple(_question(one, usual) for one in questions if one.in_table),
        row=usual.row if usual else "",
        rows=usual.rows if usual else "",
        asks_skills=bool(usual and usual.asks_skills),
        needs_row=bool(usual and usual.needs_row),
        hidden=row.hidden_at is not None,
    )


def _question(row: TemplateQuestion, usual: Section | None) -> Question:
    shipped = {one.key: one for one in (*usual.questions, *usual.columns)} if usual else {}
    return Question(
        row.key,
        row.label,
        row.kind,
        row.hint,
        row.needed,
        shipped[row.key].choices if row.key in shipped else (),
        hidden=row.hidden_at is not None,
        earlier=tuple((datetime.fromisoformat(until), label) for until, label in row.earlier),
    )


# --- Changing -----------------------------------------------------------------------------------------------------


def section_of(programme: Programme, key: str) -> TemplateSection:
    """To be changed: who changes at the same time waits. Raises TemplateSection.DoesNotExist."""
    _begin(programme)
    return TemplateSection.objects.select_related("programme").get(programme=programme, key=key)


def question_of(section: TemplateSection, key: str) -> TemplateQuestion:
    return section.questions.select_related("section__programme").get(key=key)


def _begin(programme: Programme) -> None:
    """The usual questions become the programme's own. The programme is locked: one change after the other."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    if programme.sheet_sections.exists():
        return
    for position, section in enumerate(sheet_parts.SECTIONS, start=1):
        row = programme.sheet_sections.create(
            key=section.key, position=position, title=section.title, intro=section.intro
        )
        columns = {column.key for column in section.columns}
        TemplateQuestion.objects.bulk_create(
            TemplateQuestion(
                section=row,
                key=one.key,
                position=place,
                label=one.label,
                hint=one.hint,
                kind=one.kind,
                in_table=one.key in columns,
                needed=one.needed,
            )
            for place, one in enumerate((*section.columns, *section.questions), start=1)
        )


@transaction.atomic
def add_section(programme: Programme, words: Words) -> TemplateSection:
    """At the end. Councillors see it once it has a question."""
    _begin(programme)
    if programme.sheet_sections.count() >= MOST_SECTIONS:
        raise Full
    last = programme.sheet_sections.aggregate(last=Max("position"))["last"]
    return programme.sheet_sections.create(key=_key("s"), position=last + 1, title=words.label, intro=words.hint)


@transaction.atomic
def add_question(programme: Programme, key: str, words: Words, kind: str, *, in_table: bool) -> TemplateQuestion:
    """At the end of a section, or of the columns of its table."""
    section = section_of(programme, key)
    if section.questions.count() >= MOST_QUESTIONS:
        raise Full
    last = section.questions.aggregate(last=Max("position"))["last"] or 0
    said = {"label": words.label, "hint": words.hint, "needed": words.needed and not in_table}
    return section.questions.create(key=_key("q"), position=last + 1, kind=kind, in_table=in_table, **said)


def _key(letter: str) -> str:
    return f"{letter}{secrets.token_hex(6)}"


@transaction.atomic
def reword_section(programme: Programme, key: str, words: Words, *, seen: int) -> None:
    """Raises ChangedMeanwhile when these are not the words that were shown."""
    section = section_of(programme, key)
    _check_seen(section, seen)
    said = {"title": words.label, "intro": words.hint}
    TemplateSection.objects.filter(pk=section.pk).update(version=F("version") + 1, **said)


@transaction.atomic
def reword_question(
    programme: Programme, key: str, question_key: str, words: Words, *, seen: int, now: datetime
) -> None:
    """Answers stay under it, and how it was asked before is kept. Raises ChangedMeanwhile."""
    question = question_of(section_of(programme, key), question_key)
    _check_seen(question, seen)
    earlier = question.earlier
    if words.label != question.label:
        earlier = [*earlier, [now.isoformat(), question.label]]
    said = {"label": words.label, "hint": words.hint, "needed": words.needed and not question.in_table}
    TemplateQuestion.objects.filter(pk=question.pk).update(version=F("version") + 1, earlier=earlier, **said)


def _check_seen(row: Row, seen: int) -> None:
    if row.version != seen:
        raise ChangedMeanwhile


def version_of(programme: Programme, key: str, question_key: str = "") -> int:
    """Which words are shown: 1 where nobody has changed anything."""
    if not question_key:
        row: Row | None = TemplateSection.objects.filter(programme=programme, key=key).first()
    else:
        row = TemplateQuestion.objects.filter(section__programme=programme, section__key=key, key=question_key).first()
    return row.version if row else 1


@transaction.atomic
def move(programme: Programme, key: str, question_key: str, direction: str, *, now: datetime) -> None:
    """A section, or a question of it: up or down among those that are asked, hidden, or asked again. Safe to repeat.

    Raises AlwaysAsked.
    """
    section = section_of(programme, key)
    row: Row = question_of(section, question_key) if question_key else section
    if direction == "hide":
        _check_may_hide(row, key, question_key)
        type(row).objects.filter(pk=row.pk, hidden_at=None).update(hidden_at=now)
    elif direction == "show":
        type(row).objects.filter(pk=row.pk).update(hidden_at=None)
    else:
        _shift(row, direction)


def _check_may_hide(row: Row, key: str, question_key: str) -> None:
    if (key, question_key) in sheet_parts.FEEDS:
        raise AlwaysAsked
    if isinstance(row, TemplateQuestion) and row.in_table:
        others = row.section.questions.filter(in_table=True, hidden_at=None).exclude(pk=row.pk)
        if not others.exists():
            raise AlwaysAsked


def _shift(row: Row, direction: str) -> None:
    """Past the neighbour that is asked; what is hidden keeps its place behind them."""
    rows: list[Row]
    if isinstance(row, TemplateSection):
        rows = list(row.programme.sheet_sections.filter(hidden_at=None))
    else:
        rows = list(row.section.questions.filter(hidden_at=None, in_table=row.in_table))
    if row not in rows or direction not in ("up", "down"):
        return
    places = sorted((one.position, one.pk) for one in rows)
    at = rows.index(row)
    rows.insert(max(0, at - 1) if direction == "up" else at + 1, rows.pop(at))
    for one, (position, _) in zip(rows, places, strict=True):
        type(one).objects.filter(pk=one.pk).update(position=position)


# --- Copying ------------------------------------------------------------------------------------------------------


def copy(programme: Programme, to: Programme) -> None:
    """The same questions under the same keys; what is hidden stays behind."""
    for section in programme.sheet_sections.filter(hidden_at=None).prefetch_related("questions"):
        made = to.sheet_sections.create(
            key=section.key, position=section.position, title=section.title, intro=section.intro
        )
        same = ("key", "position", "label", "hint", "kind", "in_table", "needed")
        TemplateQuestion.objects.bulk_create(
            TemplateQuestion(section=made, **{name: getattr(one, name) for name in same})
            for one in section.questions.all()
            if one.hidden_at is None
        )
