"""Workshops: meet-ups in a closed series of the cohort, which nobody else sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from meetups import drafting, signups, timings
from meetups.models import Meetup, Series, SignUp
from networking import slugs
from networking.models import Cohort, CohortSprint, Workshop
from people.models import Person

PLACES = 72


@dataclass(frozen=True)
class Plan:
    """When a workshop is and what it is called; all else is said on the pages of meet-ups."""

    title: str
    starts_at: datetime
    ends_at: datetime
    mode: str = Meetup.Mode.ONLINE


def path(cohort: Cohort) -> str:
    """Below this, every workshop of the cohort has its page."""
    return reverse("networking:workshops", args=[cohort.slug])


@transaction.atomic
def plan(sprint: CohortSprint, plan: Plan, *, by: Person) -> Workshop:
    """A draft that its hosts finish and publish. The leads host it. Planned twice for the same start, it is one."""
    cohort = Cohort.objects.select_for_update().get(pk=sprint.cohort_id)
    if made := sprint.workshops.filter(meetup__starts_at=plan.starts_at).exclude(meetup__state="cancelled").first():
        return made
    meetup = Meetup(
        series=_series(cohort),
        title=plan.title,
        summary=f"Opens the sprint “{sprint.name}”."[:300],
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        mode=plan.mode,
        places_online=PLACES if plan.mode != Meetup.Mode.ROOM else None,
        places_room=PLACES if plan.mode != Meetup.Mode.ONLINE else None,
        closes_at=timings.default_closing(plan.starts_at),
        details_at=timings.default_details(plan.starts_at),
    )
    leads = [lead.person for lead in cohort.members.leads().joined().select_related("person")]
    drafting.start(meetup, hosts=leads or [by], by=by)
    workshop = Workshop.objects.create(sprint=sprint, meetup=meetup)
    planned = sprint.workshops.exclude(meetup__state="cancelled").count()
    if planned > sprint.workshops_wanted:
        CohortSprint.objects.filter(pk=sprint.pk).update(workshops_wanted=planned)
    return workshop


def _series(cohort: Cohort) -> Series:
    """The cohort's own; strangers learn nothing of it."""
    if cohort.series is None:
        names, taken = Series.objects.values_list("name", flat=True), Series.objects.values_list("slug", flat=True)
        wanted = f"{cohort.name[:80]}: workshops"
        cohort.series = Series.objects.create(
            name=wanted if wanted not in set(names) else f"{wanted} {cohort.pk}",
            slug=slugs.free(f"{cohort.slug[:60]}-workshops", set(taken), otherwise="workshops"),
            home_path=path(cohort),
        )
        cohort.save(update_fields=["series"])
    return cohort.series


def bookings(cohort: Cohort, person: Person) -> dict[int, SignUp]:
    """This person's places at workshops, by meet-up."""
    mine = SignUp.objects.active().filter(meetup__series=cohort.series_id, person=person)
    return {signup.meetup_id: signup for signup in mine} if cohort.series_id else {}


@transaction.atomic
def give_up_places(cohort: Cohort, person: Person, *, now: datetime) -> None:
    """Whoever left comes to no more workshops; the next in line gets the place."""
    if cohort.series_id is None:
        return
    coming = SignUp.objects.active().filter(meetup__series=cohort.series_id, meetup__starts_at__gt=now, person=person)
    for signup in coming:
        signups.cancel(signup, now=now)


def stop_hosting(cohort: Cohort, person: Person) -> None:
    """Whoever leads no more opens no list of people any more, of workshops to come or past."""
    for meetup in Meetup.objects.filter(series=cohort.series_id, hosts=person) if cohort.series_id else []:
        meetup.hosts.remove(person)


def lead_them(cohort: Cohort, people: Sequence[Person], *, now: datetime) -> None:
    """New leads host the workshops that are still to come."""
    for meetup in Meetup.objects.filter(series=cohort.series_id, ends_at__gt=now) if cohort.series_id else []:
        meetup.hosts.add(*people)
