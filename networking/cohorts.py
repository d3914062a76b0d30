"""A cohort's life: started from a programme, planned by its leads, begun, finished."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from networking import readiness, slugs, workshops
from networking.models import Cohort, CohortTask, Member, Programme, Sprint
from people.models import Council, Person


@dataclass(frozen=True)
class About:
    """What a cohort is called and where it is."""

    name: str
    area: str
    councils: Sequence[Council]
    rhythm_days: int


class ProgrammeEnded(Exception):
    """No new cohorts start from it."""

    def __init__(self) -> None:
        super().__init__("The programme has ended meanwhile, so no new cohorts start from it")


class NameTaken(Exception):
    """Somebody has given this name to another cohort, perhaps in this very moment."""


@transaction.atomic
def start(
    programme: Programme, about: About, *, starts_on: date, leads: Sequence[Person], now: datetime, by: Person
) -> Cohort:
    """A cohort with its own copy of sprints, tasks and checks, one sprint after the other. Nobody is told.

    Raises NameTaken, ProgrammeEnded; then nothing is saved.
    """
    if Programme.objects.select_for_update().get(pk=programme.pk).ended_at:
        raise ProgrammeEnded
    taken = Cohort.objects.values_list("slug", flat=True)
    cohort = Cohort(
        programme=programme,
        name=about.name,
        slug=slugs.free(about.name, set(taken), otherwise="cohort"),
        area=about.area,
        rhythm_days=about.rhythm_days,
        starts_on=starts_on,
        created_by=by,
    )
    _save(cohort)
    cohort.councils.set(about.councils)
    for sprint in programme.sprints.prefetch_related("tasks"):
        starts_on = _copy_sprint(sprint, cohort, starts_on)
    for lead in leads:
        lead_it(cohort, lead, now=now, by=by)
    return cohort


def _save(cohort: Cohort, **how: Any) -> None:
    """The form has looked for the name already: what is taken now was taken by two people at once, or a double click.

    Two other names of one address in the same moment count as the same name: a second attempt gets another address.
    """
    try:
        with transaction.atomic():
            cohort.save(**how)
    except IntegrityError:
        raise NameTaken("There is a cohort with this name already") from None


def _copy_sprint(sprint: Sprint, cohort: Cohort, starts_on: date) -> date:
    """The cohort's own sprint; when the next one can begin."""
    ends_on = starts_on + timedelta(weeks=sprint.weeks, days=-1)
    same = {name: getattr(sprint, name) for name in ("position", "name", "aims")}
    made = cohort.sprints.create(
        template=sprint, starts_on=starts_on, ends_on=ends_on, workshops_wanted=sprint.workshops, **same
    )
    tasks = sprint.tasks.all()
    CohortTask.objects.bulk_create(
        CohortTask(sprint=made, position=task.position, text=task.text, must=task.must) for task in tasks
    )
    readiness.ask(made, readiness.asked(sprint))
    return ends_on + timedelta(days=1)


def lead_it(cohort: Cohort, person: Person, *, now: datetime, by: Person) -> Member:
    """Somebody leads it from now on, also when they were invited, said no or left before."""
    here = {"state": Member.State.JOINED, "joined_at": now, "left_at": None}
    lead, _ = Member.objects.update_or_create(
        cohort=cohort,
        person=person,
        role=Member.Role.LEAD,
        defaults=here,
        create_defaults={**here, "invited_at": now, "invited_by": by},
    )
    workshops.lead_them(cohort, [person], now=now)
    return lead


@transaction.atomic
def change(cohort: Cohort, about: About) -> Cohort:
    """Its address stays, so that links in mails go on working. Raises NameTaken."""
    cohort.name, cohort.area, cohort.rhythm_days = about.name, about.area, about.rhythm_days
    _save(cohort, update_fields=["name", "area", "rhythm_days"])
    cohort.councils.set(about.councils)
    return cohort


@transaction.atomic
def begin(cohort: Cohort) -> bool:
    """From now on surveys are asked and silence is noticed; False when it had begun already or is finished."""
    waiting = Cohort.objects.filter(pk=cohort.pk, state=Cohort.State.PREPARING)
    return waiting.update(state=Cohort.State.RUNNING) == 1


@transaction.atomic
def finish(cohort: Cohort, *, now: datetime) -> bool:
    """Nothing is asked any more but the survey three months after; all stays to be read. False when it did not run."""
    running = Cohort.objects.filter(pk=cohort.pk, state=Cohort.State.RUNNING)
    return running.update(state=Cohort.State.FINISHED, finished_at=now) == 1


@transaction.atomic
def go_on(cohort: Cohort) -> bool:
    """It was not over after all."""
    over = Cohort.objects.filter(pk=cohort.pk, state=Cohort.State.FINISHED)
    return over.update(state=Cohort.State.RUNNING, finished_at=None) == 1
