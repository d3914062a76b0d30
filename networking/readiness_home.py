"""What the homes of a cohort show of readiness for the sprint ahead."""

from datetime import datetime

from django.urls import reverse

from meetups import dates
from networking import progress, readiness
from networking.models import Cohort, CohortSprint, Member
from networking.needs import SOME_TIME, THIS_WEEK, TODAY, Door, Line, Need

# From so many days before a sprint on, what is open is said on the homes.
WARN_DAYS, SOON_DAYS = 14, 7


def sprint_ahead(cohort: Cohort, now: datetime) -> CohortSprint | None:
    """The next sprint; once the last has begun, that one."""
    place = progress.where(cohort, now)
    return place.following or place.sprint


def _days_until(sprint: CohortSprint, now: datetime) -> int:
    return (sprint.starts_on - progress.today(now)).days


def needs_of(member: Member, now: datetime) -> list[Need]:
    """For councillors: what is open before a sprint that begins soon. For leads: how many are not ready."""
    sprint = sprint_ahead(member.cohort, now)
    if sprint is None or not 0 <= _days_until(sprint, now) <= WARN_DAYS:
        return []
    if member.is_councillor:
        return _needs_of_councillor(member, sprint, now)
    return _needs_of_lead(member.cohort, sprint, now) if member.is_lead else []


def _needs_of_councillor(member: Member, sprint: CohortSprint, now: datetime) -> list[Need]:
    standing = readiness.of(member, sprint)
    if standing.is_ready or not standing.results:
        return []
    many = len(standing.unmet)
    things = "1 thing is" if many == 1 else f"{many} things are"
    line = f"{things} open before “{sprint.name}” begins on {dates.day(sprint.starts_on)}."
    urgency = THIS_WEEK if _days_until(sprint, now) <= SOON_DAYS else SOME_TIME
    return [Need(line, _url(member.cohort), "See what to do", urgency)]


def _needs_of_lead(cohort: Cohort, sprint: CohortSprint, now: datetime) -> list[Need]:
    standings = readiness.of_cohort(sprint, cohort.members.joined().councillors())
    many = sum(one.needs_a_word for one in standings.values())
    if not many:
        return []
    who = "1 councillor is" if many == 1 else f"{many} councillors are"
    line = f"{who} not ready for “{sprint.name}”, which begins on {dates.day(sprint.starts_on)}."
    url = reverse("networking:readiness_of_cohort", args=[cohort.slug])
    return [Need(line, url, "See who, and what is open", TODAY if _days_until(sprint, now) <= SOON_DAYS else THIS_WEEK)]


def doors_of(member: Member) -> list[Door]:
    if member.is_councillor:
        return [Door("Am I ready?", _url(member.cohort), "What should be there before the next sprint, and what is.")]
    if member.is_lead:
        url = reverse("networking:readiness_of_cohort", args=[member.cohort.slug])
        return [Door("Readiness", url, "Who has what the next sprint builds on.")]
    return []


def lines_for(cohort: Cohort, now: datetime) -> dict[int, Line]:
    """By councillor: how many checks are met before the sprint ahead."""
    sprint = sprint_ahead(cohort, now)
    if sprint is None:
        return {}
    is_soon = 0 <= _days_until(sprint, now) <= WARN_DAYS
    standings = readiness.of_cohort(sprint, cohort.members.joined().councillors())
    return {pk: Line(one.line, attention=int(is_soon and one.needs_a_word)) for pk, one in standings.items()}


def _url(cohort: Cohort) -> str:
    return reverse("networking:readiness", args=[cohort.slug])
