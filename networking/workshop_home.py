"""What workshops add to the homes: dates, places not taken, sprints without one, who came."""

from datetime import datetime, timedelta

from django.urls import reverse

from meetups import dates
from meetups.models import Meetup, MeetupQuerySet, SignUp
from networking import workshops
from networking.models import Cohort, CohortSprint, Member, Workshop
from networking.needs import SOME_TIME, THIS_WEEK, TODAY, Coming, Door, Line, Need
from networking.progress import today

SOON, AHEAD = timedelta(days=7), timedelta(days=28)


def needs_of(member: Member, now: datetime) -> list[Need]:
    """For leads what is not planned or published; for the others workshops at which they have no place yet."""
    return _to_plan(member.cohort, now) if member.is_lead else _to_book(member, now)


def _to_book(member: Member, now: datetime) -> list[Need]:
    if member.cohort.series_id is None:
        return []
    coming = list(_coming(member.cohort, now).filter(closes_at__gt=now))
    mine = workshops.bookings(member.cohort, member.person) if coming else {}
    return [
        Need(
            f"“{meetup.title}” is on {dates.moment(meetup.starts_at)}. You have no place yet.",
            meetup.get_absolute_url(),
            "Take my place",
            TODAY if meetup.starts_at - now < SOON else THIS_WEEK,
        )
        for meetup in coming
        if meetup.pk not in mine
    ]


def _coming(cohort: Cohort, now: datetime) -> MeetupQuerySet:
    return Meetup.objects.standing().filter(series=cohort.series_id).upcoming(now).select_related("series")


def _to_plan(cohort: Cohort, now: datetime) -> list[Need]:
    horizon = today(now) + AHEAD
    soon = cohort.sprints.filter(ends_on__gte=today(now), starts_on__lte=horizon, workshops_wanted__gt=0)
    return [need for sprint in soon.prefetch_related("workshops__meetup") for need in _of_sprint(cohort, sprint, now)]


def _of_sprint(cohort: Cohort, sprint: CohortSprint, now: datetime) -> list[Need]:
    planned = [one.meetup for one in sprint.workshops.all() if not one.meetup.is_cancelled]
    drafts = [meetup for meetup in planned if meetup.is_draft]
    needs = [
        Need(
            f"“{meetup.title}” on {dates.moment(meetup.starts_at)} is not published yet.",
            reverse("meetups:overview", args=[meetup.slug]),
            "Finish and publish it",
            TODAY if meetup.starts_at - now < SOON else THIS_WEEK,
        )
        for meetup in drafts
    ]
    missing = sprint.workshops_wanted - len(planned)
    if missing > 0:
        what = "A workshop is" if missing == 1 else f"{missing} workshops are"
        url = reverse("networking:plan_workshop", args=[cohort.slug, sprint.pk])
        urgency = SOME_TIME if sprint.starts_on > today(now) + SOON else THIS_WEEK
        needs.append(Need(f"{what} not planned yet in “{sprint.name}”.", url, "Plan it", urgency))
    return needs


def coming_for(member: Member, now: datetime) -> list[Coming]:
    """Workshops with a date that everybody in the cohort knows of."""
    if member.cohort.series_id is None:
        return []
    return [
        Coming(meetup.starts_at, f"{meetup.title} ({meetup.place_name})", meetup.get_absolute_url())
        for meetup in _coming(member.cohort, now)
    ]


def doors_of(member: Member) -> list[Door]:
    if member.cohort.series_id is None:
        return []
    return [Door("Workshops", workshops.path(member.cohort), "Dates, my places, notes of those that were.")]


def lines_for(cohort: Cohort, now: datetime) -> dict[int, Line]:
    """By councillor: to how many workshops they came, and whether they come to the next. Three queries."""
    held = list(
        Workshop.objects.filter(sprint__cohort=cohort, meetup__state="published", meetup__ends_at__lte=now)
        .values_list("meetup", flat=True)
    )  # fmt: skip
    coming = _coming(cohort, now).first() if cohort.series_id else None
    councillors = {member.person_id: member.pk for member in cohort.members.joined().councillors()}
    came: dict[int, int] = dict.fromkeys(councillors, 0)
    booked: set[int] = set()
    rows = SignUp.objects.taking_part().filter(person__in=councillors, meetup__series=cohort.series_id)
    for person, meetup, came_at in rows.values_list("person", "meetup", "came_at") if cohort.series_id else []:
        came[person] += meetup in held and came_at is not None
        if coming and meetup == coming.pk:
            booked.add(person)
    return {pk: _line(came[one], len(held), coming, one in booked, now) for one, pk in councillors.items()}


def _line(came: int, held: int, coming: Meetup | None, has_place: bool, now: datetime) -> Line:
    parts = [f"Came to {came} of {held}"] if held else []
    if coming:
        parts.append("has a place at the next" if has_place else "no place at the next")
    text = ", ".join(parts) or "None yet"
    is_missing = coming is not None and not has_place and coming.starts_at - now < SOON
    return Line(text[0].upper() + text[1:], attention=1 if is_missing else 0)
