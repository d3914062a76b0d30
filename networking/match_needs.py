"""What of matching waits for a lead, and where it is done."""

from datetime import datetime

from django.urls import reverse

from networking.models import Member, Pair
from networking.needs import THIS_WEEK, TODAY, Door, Need


def needs_of(member: Member, now: datetime) -> list[Need]:
    """For leads: councillors without a mentor, a proposal that waits to be looked through."""
    if not member.is_lead:
        return []
    url = reverse("networking:match", args=[member.cohort.slug])
    proposal = member.cohort.proposals.open().first()
    if proposal and not proposal.is_waiting:
        return [Need("A proposed match waits to be looked through. Nobody was told of it.", url, "Look at it", TODAY)]
    paired = Pair.objects.current().filter(cohort=member.cohort)
    members = member.cohort.members.joined()
    without = members.councillors().exclude(pk__in=paired.values("councillor")).count()
    if not without or not members.mentors().exists():
        return []
    who = "1 councillor has" if without == 1 else f"{without} councillors have"
    return [Need(f"{who} no mentor.", url, "Match them", THIS_WEEK)]


def doors_of(member: Member) -> list[Door]:
    if not member.is_lead:
        return []
    slug = member.cohort.slug
    return [
        Door("Match", reverse("networking:match", args=[slug]), "who supports whom"),
        Door("Pairs", reverse("networking:match_history", args=[slug]), "who is matched with whom, and who was"),
        Door("Exclusions", reverse("networking:exclusions", args=[slug]), "who must not be matched"),
    ]
