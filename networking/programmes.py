"""Programmes: what a new site starts with, copying one, ending one."""

import csv
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from networking import ordering, questions, readiness, sheet_templates, slugs
from networking.models import Programme, Skill, Sprint, SurveyQuestion

DATA = Path(__file__).parent / "data"


@transaction.atomic
def load() -> tuple[int, int]:
    """Add the shipped skills and the shipped programme where they are missing; return how many of each. Safe to repeat.

    What is there already stays as organisers left it.
    """
    return _load_skills(), _load_programme()


def _load_skills() -> int:
    with (DATA / "skills.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    taken = set(Skill.objects.values_list("slug", flat=True)) | set(Skill.objects.values_list("name", flat=True))
    new = [(n, row) for n, row in enumerate(rows, start=1) if not taken & {row["slug"], row["name"]}]
    Skill.objects.bulk_create(Skill(slug=row["slug"], name=row["name"], position=n) for n, row in new)
    return len(new)


def _load_programme() -> int:
    shipped = tomllib.loads((DATA / "programme.toml").read_text(encoding="utf-8"))
    if Programme.objects.exists():
        return 0
    made = Programme.objects.create(**{name: shipped[name] for name in ("slug", "name", "purpose")})
    for position, sprint in enumerate(shipped["sprints"], start=1):
        _load_sprint(made, position, sprint)
    questions.ask_the_usual(made)
    return 1


def _load_sprint(programme: Programme, position: int, shipped: dict[str, Any]) -> None:
    plain = {name: shipped[name] for name in ("name", "weeks", "workshops")}
    sprint = programme.sprints.create(position=position, aims=shipped["aims"].strip(), **plain)
    for place, task in enumerate(shipped["tasks"], start=1):
        sprint.tasks.create(position=place, **task)
    readiness.ask(sprint, shipped.get("checks", {}))


def slug_for(name: str) -> str:
    return slugs.free(name, set(Programme.objects.values_list("slug", flat=True)), otherwise="programme")


class NameTaken(Exception):
    """Somebody has given this name to another one, perhaps in this very moment."""


class SkillTaken(NameTaken):
    def __init__(self) -> None:
        super().__init__("This skill is in the list already")


@transaction.atomic
def keep(programme: Programme) -> Programme:
    """Save a new or a changed one. Its address stays. Raises NameTaken."""
    programme.slug = programme.slug or slug_for(programme.name)
    try:
        with transaction.atomic():
            programme.save()
    except IntegrityError:
        raise NameTaken("There is a programme with this name already") from None
    return programme


@transaction.atomic
def copy(programme: Programme, name: str) -> Programme:
    """A programme with the same sprints, tasks, checks, planning sheet and survey questions under another name.

    Raises NameTaken.
    """
    made = keep(Programme(name=name, purpose=programme.purpose, rhythm_days=programme.rhythm_days))
    for sprint in programme.sprints.prefetch_related("tasks"):
        _copy_sprint(sprint, made)
    _copy_questions(programme, made)
    sheet_templates.copy(programme, made)
    return made


def _copy_sprint(sprint: Sprint, to: Programme) -> None:
    same = ("position", "name", "aims", "weeks", "workshops")
    made = to.sprints.create(**{name: getattr(sprint, name) for name in same})
    for task in sprint.tasks.all():
        made.tasks.create(position=task.position, text=task.text, must=task.must)
    readiness.ask(made, readiness.asked(sprint))


def _copy_questions(programme: Programme, to: Programme) -> None:
    same = ("position", "kind", "text", "low", "high", "at_start")
    SurveyQuestion.objects.bulk_create(
        SurveyQuestion(programme=to, **{name: getattr(question, name) for name in same})
        for question in programme.questions.filter(retired_at=None)
    )


def name_of_copy(programme: Programme) -> str:
    """A free name to begin with."""
    taken = set(Programme.objects.values_list("name", flat=True))
    base = programme.name[:100]
    names = (f"{base} (copy)", *(f"{base} (copy {n})" for n in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def end(programme: Programme, *, now: datetime) -> None:
    """No new cohorts start from it; those that did go on."""
    Programme.objects.filter(pk=programme.pk, ended_at=None).update(ended_at=now)


def reopen(programme: Programme) -> None:
    Programme.objects.filter(pk=programme.pk).update(ended_at=None)


# --- Skills -------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_skill(name: str) -> Skill:
    """One more, after the others. Raises NameTaken."""
    taken = set(Skill.objects.values_list("slug", flat=True))
    try:
        with transaction.atomic():
            return ordering.add(
                Skill(name=name, slug=slugs.free(name[:50], taken, otherwise="skill")[:60]), Skill.objects.all()
            )
    except IntegrityError:
        raise SkillTaken from None


@transaction.atomic
def rename_skill(skill: Skill, name: str) -> None:
    """What people said about it is kept. Raises NameTaken."""
    try:
        with transaction.atomic():
            Skill.objects.filter(pk=skill.pk).update(name=name)
    except IntegrityError:
        raise SkillTaken from None
