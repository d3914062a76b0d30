"""What the plan of a cohort adds to the homes."""

from datetime import datetime

from django.urls import reverse

from networking.models import Cohort, Member
from networking.needs import THIS_WEEK, TODAY, Door, Need
from networking.progress import today


def needs_of(member: Member, now: datetime) -> list[Need]:
    """For leads: a cohort that should begin, or that is over."""
    if not member.is_lead:
        return []
    cohort, url = member.cohort, reverse("networking:plan", args=[member.cohort.slug])
    if cohort.state == Cohort.State.PREPARING and cohort.starts_on <= today(now):
        return [Need("The first sprint has started, and the cohort is still being prepared.", url, "Begin it", TODAY)]
    if cohort.state == Cohort.State.PREPARING:
        return [Need("The cohort is being prepared. Look through its plan.", url, "Open the plan", THIS_WEEK)]
    return []


def doors_of(member: Member) -> list[Door]:
    if not member.is_lead:
        return []
    url = reverse("networking:plan", args=[member.cohort.slug])
    return [Door("Plan", url, "Sprints with their dates, tasks and workshops; who leads; beginning and end.")]
