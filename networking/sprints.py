"""The sprints of a cohort, as its leads change them: dates, one more, one fewer. Sprints never share a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from networking import ordering, surveys
from networking.models import Cohort, CohortSprint, MapVersion, SheetVersion, Survey, SurveyReply, TaskDone


@dataclass(frozen=True)
class Plan:
    """What a lead says about a sprint."""

    name: str
    aims: str
    starts_on: date
    ends_on: date
    workshops_wanted: int


class Overlaps(Exception):
    """Another sprint has some of these days; `is_before` when it begins first."""

    def __init__(self, other: CohortSprint, *, is_before: bool) -> None:
        super().__init__(f"“{other}” has some of these days")
        self.other, self.is_before = other, is_before


class NotEmpty(Exception):
    """Somebody has done something in it already; the argument says what, in sentences."""

    def __init__(self, holds: Sequence[str]) -> None:
        super().__init__(" ".join(holds))
        self.holds = holds


@transaction.atomic
def change(sprint: CohortSprint, plan: Plan, *, move_later: bool) -> list[Survey]:
    """Keep it; with `move_later` the sprints after it move by as many days as its end did. Which surveys moved."""
    _locked(sprint.cohort)
    hung_on = surveys.days_of(sprint.cohort)
    later = list(sprint.cohort.sprints.filter(position__gt=sprint.position))
    by = plan.ends_on - CohortSprint.objects.select_for_update().get(pk=sprint.pk).ends_on
    for name in ("name", "aims", "starts_on", "ends_on", "workshops_wanted"):
        setattr(sprint, name, getattr(plan, name))
    sprint.save()
    _move(later if move_later else [], by)
    _begin_with_the_first(sprint.cohort)
    return surveys.follow(sprint.cohort, hung_on)


@transaction.atomic
def add(cohort: Cohort, plan: Plan, *, move_later: bool) -> tuple[CohortSprint, list[Survey]]:
    """One more, where its first day puts it; with `move_later` those after it make room. Raises Overlaps.

    The sprint, and which surveys moved along.
    """
    sprints, hung_on = _locked(cohort), surveys.days_of(cohort)
    before = [one for one in sprints if one.starts_on < plan.starts_on]
    later = sprints[len(before) :]
    if before and before[-1].ends_on >= plan.starts_on:
        raise Overlaps(before[-1], is_before=True)
    if later and later[0].starts_on <= plan.ends_on:
        if not move_later:
            raise Overlaps(later[0], is_before=False)
        _move(later, plan.ends_on - later[0].starts_on + timedelta(days=1))
    for one in reversed(later):
        CohortSprint.objects.filter(pk=one.pk).update(position=one.position + 1)
    made = cohort.sprints.create(
        position=len(before) + 1,
        name=plan.name,
        aims=plan.aims,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        workshops_wanted=plan.workshops_wanted,
    )
    _begin_with_the_first(cohort)
    return made, surveys.follow(cohort, hung_on)


def _locked(cohort: Cohort) -> list[CohortSprint]:
    """In order; who changes the sprints of this cohort at the same time waits."""
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    return list(cohort.sprints.order_by("position"))


def _move(sprints: Sequence[CohortSprint], by: timedelta) -> None:
    for one in sprints:
        one.starts_on, one.ends_on = one.starts_on + by, one.ends_on + by
        one.save(update_fields=["starts_on", "ends_on"])


def _begin_with_the_first(cohort: Cohort) -> None:
    first = cohort.sprints.order_by("position").first()
    if first:
        Cohort.objects.filter(pk=cohort.pk).update(starts_on=first.starts_on)


def holds(sprint: CohortSprint) -> list[str]:
    """What people did in it, in sentences; empty when it can be removed. Its tasks and checks are no reason to stay."""
    kept = [model.objects.filter(sprint=sprint).exists() for model in (SheetVersion, MapVersion)]
    said = [sprint.ratings.exists(), sprint.ready_anyway.exists()]
    found = {
        "It has a workshop.": sprint.workshops.exists(),
        "Somebody has ticked a task.": TaskDone.objects.filter(task__sprint=sprint).exists(),
        "Somebody has said how ready they are for it.": any(said),
        "Councillors were asked in the survey after it.": SurveyReply.objects.filter(survey__sprint=sprint).exists(),
        "Planning sheets or maps were kept at its end.": any(kept),
    }
    return [sentence for sentence, is_so in found.items() if is_so]


@transaction.atomic
def remove(sprint: CohortSprint) -> list[Survey]:
    """With its tasks, checks and the survey nobody was asked; dates of the others stay. Raises NotEmpty.

    Which surveys moved: those at the start and three months after, when it was the first or the last.
    """
    cohort = sprint.cohort
    _locked(cohort)
    hung_on = surveys.days_of(cohort)
    list(sprint.tasks.select_for_update())  # nobody ticks one between the look and the end
    if held := holds(sprint):
        raise NotEmpty(held)
    ordering.remove(sprint, cohort.sprints.all())
    _begin_with_the_first(cohort)
    return surveys.follow(cohort, hung_on)
