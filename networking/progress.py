"""How far a cohort is: the sprint of the day, tasks and who did them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q

from meetups import dates
from meetups.timings import LONDON
from networking.models import Cohort, CohortSprint, CohortTask, Member, TaskDone
from networking.needs import SOME_TIME, THIS_WEEK, TODAY, Line, Need

# Tasks that must be done are asked for when the sprint ends within so many days.
LAST_DAYS = 14


def today(now: datetime) -> date:
    return now.astimezone(LONDON).date()


@dataclass(frozen=True)
class Where:
    """Where a cohort is: in a sprint, between two, before the first (`sprint` None, `following` set) or after all."""

    sprint: CohortSprint | None
    following: CohortSprint | None
    line: str


def where(cohort: Cohort, now: datetime) -> Where:
    """The sprint of the day and the next; one query, none when the sprints are there already."""
    day, sprints = today(now), list(cohort.sprints.all())
    current = next((sprint for sprint in sprints if sprint.starts_on <= day <= sprint.ends_on), None)
    following = next((sprint for sprint in sprints if sprint.starts_on > day), None)
    return Where(current, following, _where_line(current, following, len(sprints)))


def _where_line(current: CohortSprint | None, following: CohortSprint | None, number: int) -> str:
    if current:
        return f"Sprint {current.position} of {number}: {current.name}. It ends on {dates.day(current.ends_on)}."
    if following:
        return f"Sprint {following.position} of {number}, {following.name}, begins on {dates.day(following.starts_on)}."
    return "All sprints are over." if number else "The cohort has no sprints yet."


@dataclass(frozen=True)
class ToDo:
    """A task as one councillor sees it."""

    task: CohortTask
    is_done: bool


def to_do(member: Member, sprint: CohortSprint) -> list[ToDo]:
    mine = TaskDone.objects.filter(task=OuterRef("pk"), member=member)
    return [ToDo(task, task.is_done) for task in sprint.tasks.annotate(is_done=Exists(mine))]


@transaction.atomic
def tick(task: CohortTask, member: Member, *, now: datetime) -> None:
    """They say that it is done. Safe to repeat; of a task that a lead has just taken out nothing is kept."""
    # Locked, so that a lead who takes it out now waits.
    if CohortTask.objects.select_for_update().filter(pk=task.pk).first() is None:
        return
    TaskDone.objects.get_or_create(task=task, member=member, defaults={"done_at": now})


@transaction.atomic
def untick(task: CohortTask, member: Member) -> None:
    """They say that it is not done after all. Safe to repeat."""
    TaskDone.objects.filter(task=task, member=member).delete()


# --- For the homes ------------------------------------------------------------------------------------------------


def needs_of(member: Member, now: datetime) -> list[Need]:
    """For a councillor: what must be done by the end of the sprint, when the end is near."""
    place = where(member.cohort, now).sprint
    if not member.is_councillor or place is None:
        return []
    days_left = (place.ends_on - today(now)).days
    open_musts = place.tasks.filter(must=True).exclude(done__member=member).count()
    if not open_musts or days_left > LAST_DAYS:
        return []
    things = "1 task" if open_musts == 1 else f"{open_musts} tasks"
    line = f"{things} must be done by {dates.day(place.ends_on)}, the end of this sprint."
    urgency = TODAY if days_left <= 2 else THIS_WEEK if days_left <= 7 else SOME_TIME
    return [Need(line, f"{member.cohort.get_absolute_url()}#tasks", "See the tasks", urgency)]


def lines_for(cohort: Cohort, now: datetime) -> dict[int, Line]:
    """By councillor: how many of this sprint's tasks are done, and of those that must be. Three queries."""
    sprint = _sprint_that_counts(cohort, now)
    councillors = cohort.members.joined().councillors()
    if sprint is None:
        return {member.pk: Line("Not begun") for member in councillors}
    tasks = list(sprint.tasks.all())
    musts = [task.pk for task in tasks if task.must]
    counted = councillors.annotate(did=_done([task.pk for task in tasks]), did_musts=_done(musts))
    is_late = (sprint.ends_on - today(now)).days <= 7
    return {
        member.pk: _progress_line(member.did, len(tasks), len(musts) - member.did_musts, is_late) for member in counted
    }


def _sprint_that_counts(cohort: Cohort, now: datetime) -> CohortSprint | None:
    """The sprint of the day; between sprints and after the last, the one before."""
    return cohort.sprints.filter(starts_on__lte=today(now)).order_by("position").last()


def _done(tasks: Collection[int]) -> Count:
    return Count("tasks_done", filter=Q(tasks_done__task__in=tasks))


def _progress_line(did: int, of: int, open_musts: int, is_late: bool) -> Line:
    if not of:
        return Line("No tasks")
    text = f"{did} of {of} done"
    if open_musts:
        text += f", {open_musts} must still be done"
    return Line(text, attention=1 if open_musts and is_late else 0)
