"""What the homes of a cohort show of network maps: to leads counts, and nothing else."""

from datetime import datetime

from django.urls import reverse

from networking import map_comments, maps, progress
from networking.maps import Counts
from networking.models import Cohort, Member, NetworkMap
from networking.needs import SOME_TIME, THIS_WEEK, Door, Line, Need

BEGIN_IN_SPRINT = 2  # networks are what the second sprint is about


def needs_of(member: Member, now: datetime) -> list[Need]:
    """For councillors: comments to read; no names on any map when the sprint about networks runs."""
    if not member.is_councillor:
        return []
    said = [
        Need(
            f"{comment.said_by or 'Somebody'} commented on your network map “{comment.network_map}”.",
            f"{comment.network_map.get_absolute_url()}#comments",
            "Read it",
            THIS_WEEK,
        )
        for comment in map_comments.unread(member)
    ]
    return [*said, *_begin_it(member, now)]


def _begin_it(member: Member, now: datetime) -> list[Need]:
    sprint = progress.where(member.cohort, now).sprint
    if sprint is None or sprint.position < BEGIN_IN_SPRINT:
        return []
    if maps.counts_by_member(member.cohort, member).get(member.pk, Counts()).nodes:
        return []
    return [Need("Your network map is still empty.", _url(member), "Begin it", SOME_TIME)]


def doors_of(member: Member) -> list[Door]:
    """Their own maps; for mentors those they may see."""
    if member.is_councillor:
        counts = maps.counts_by_member(member.cohort, member).get(member.pk, Counts())
        return [Door("My network maps", _url(member), in_words(counts))]
    return [_door(one) for one in maps.shown_to(member)] if member.is_mentor else []


def _door(network_map: NetworkMap) -> Door:
    label = f"Network map of {network_map.member}"
    return Door(label, network_map.get_absolute_url(), network_map.name)


def lines_for(cohort: Cohort, now: datetime) -> dict[int, Line]:
    """By councillor: how much is on their maps. Three queries."""
    counts = maps.counts_by_member(cohort)
    councillors = cohort.members.joined().councillors().values_list("pk", flat=True)
    return {pk: Line(in_words(counts.get(pk, Counts()))) for pk in councillors}


def in_words(counts: Counts) -> str:
    if not counts.nodes:
        return "nothing on a map yet"
    names = f"{counts.nodes} name{'' if counts.nodes == 1 else 's'}"
    more = f", {counts.maps} maps" if counts.maps > 1 else ""
    return f"{names} in {counts.layers} layer{'' if counts.layers == 1 else 's'}{more}"


def _url(member: Member) -> str:
    return reverse("networking:maps", args=[member.cohort.slug])
