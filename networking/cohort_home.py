"""What the plan of a cohort adds to the homes."""

from datetime import datetime, timedelta

from django.urls import reverse

from networking import sheet_reading
from networking.models import Cohort, Member
from networking.needs import SOME_TIME, THIS_WEEK, TODAY, Door, Line, Need
from networking.progress import today

PATIENCE = timedelta(days=7)


def needs_of(member: Member, now: datetime) -> list[Need]:
    """For leads: a cohort that should begin, people who do not answer. For who helps: that they say with what."""
    if not member.is_lead:
        return _my_needs(member)
    return [*_people_needs(member, now), *_state_needs(member, now)]


def _state_needs(member: Member, now: datetime) -> list[Need]:
    cohort, url = member.cohort, reverse("networking:plan", args=[member.cohort.slug])
    if cohort.state == Cohort.State.PREPARING and cohort.starts_on <= today(now):
        url = reverse("networking:begin_cohort", args=[cohort.slug])
        return [Need("The first sprint has started, and the cohort is still being prepared.", url, "Begin it", TODAY)]
    if cohort.state == Cohort.State.PREPARING:
        return [Need("The cohort is being prepared. Look through its plan.", url, "Open the plan", THIS_WEEK)]
    return []


def _people_needs(member: Member, now: datetime) -> list[Need]:
    """For leads: nobody is invited yet, or some do not answer."""
    url = reverse("networking:people", args=[member.cohort.slug])
    members = member.cohort.members
    if not members.exclude(role=Member.Role.LEAD).exists():
        return [
            Need("Nobody is invited yet.", reverse("networking:invite", args=[member.cohort.slug]), "Invite", TODAY)
        ]
    silent = members.invited().filter(invited_at__lt=now - PATIENCE).count()
    if not silent:
        return []
    who = "1 person has" if silent == 1 else f"{silent} people have"
    return [Need(f"{who} not answered the invitation for a week.", url, "See who", SOME_TIME)]


def _my_needs(member: Member) -> list[Need]:
    """For mentors and experts: without skills nobody is matched with them and no question finds them."""
    if not (member.helps and member.pk) or member.levels.exists():
        return []
    url = reverse("networking:about_me", args=[member.cohort.slug, member.role])
    return [Need("You have not said yet what you can help with.", url, "Say it", TODAY)]


def help_lines(cohort: Cohort, now: datetime) -> dict[int, Line]:
    """By councillor: the skills they want to get further in, the widest gap first. Two queries."""
    councillors = list(cohort.members.joined().councillors().values_list("pk", flat=True))
    wanted = sheet_reading.help_wanted(councillors)
    return {pk: Line("; ".join(level.skill.name for level in levels)) for pk, levels in wanted.items() if levels}


def doors_of(member: Member) -> list[Door]:
    slug = member.cohort.slug
    if not member.is_lead:
        url = reverse("networking:about_me", args=[slug, member.role])
        return [Door("About me", url, "Where, when and with what.")]
    plan, people = reverse("networking:plan", args=[slug]), reverse("networking:people", args=[slug])
    return [
        Door("Plan", plan, "Sprints with their dates, tasks and workshops; who leads; beginning and end."),
        Door("People", people, "Who is in the cohort; invite, change, take out."),
    ]
