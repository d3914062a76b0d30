"""Somebody's own part in a cohort: they say yes or no, tell about themselves, and leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F

from networking import emails_invitations, parting, pool, workshops
from networking.models import Cohort, Member, Skill, SkillLevel
from people.models import Council


class NotInvited(Exception):
    """They are in already, the invitation was withdrawn or is too old, or the cohort is finished."""


@dataclass(frozen=True)
class Who:
    """Name and place of work, for somebody of whom we know neither."""

    name: str
    council: Council | None = None
    organisation: str = ""


@dataclass(frozen=True)
class AboutMe:
    """What they say for the match. `levels` is by skill; of councillors the sheet asks."""

    area: str = ""
    days: Sequence[str] = ()
    languages: str = ""
    capacity: int | None = None
    levels: Mapping[Skill, int] = field(default_factory=dict)


def areas_of(cohort: Cohort) -> list[str]:
    """Towns and districts that somebody in the cohort named, or a lead for them: each once, to choose from."""
    here = cohort.members.filter(state__in=[Member.State.INVITED, Member.State.JOINED]).exclude(area="")
    found = {area.casefold(): area for area in here.order_by("-pk").values_list("area", flat=True)}
    return [found[key] for key in sorted(found)]


@transaction.atomic
def accept(member: Member, who: Who, about: AboutMe, *, now: datetime) -> Member:
    """They are in, and their mail leads to their page. Raises NotInvited."""
    waiting = Member.objects.filter(pk=member.pk).answerable(now)
    joined = {"state": Member.State.JOINED, "joined_at": now, "left_at": None, "invitation_note": ""}
    if not waiting.update(**joined):
        raise NotInvited
    person = member.person
    if not person.name:
        person.name = who.name
    if not person.works_at:
        person.council, person.organisation = who.council, who.organisation
    person.save(update_fields=["name", "council", "organisation"])
    here = Member.objects.with_people().get(pk=member.pk)
    tell(here, about)
    if here.is_lead:
        workshops.lead_them(here.cohort, [here.person], now=now)
    emails_invitations.welcome(here)
    return here


@transaction.atomic
def decline(member: Member) -> bool:
    """They do not take part; False when they answered before."""
    waiting = Member.objects.filter(pk=member.pk, state=Member.State.INVITED)
    return bool(waiting.update(state=Member.State.DECLINED, invitation_note=""))


@transaction.atomic
def tell(member: Member, about: AboutMe) -> Member:
    """Keep what they say about themselves in this cohort."""
    member.area, member.days, member.languages = about.area, list(about.days), about.languages
    if member.is_mentor and about.capacity is not None:
        member.capacity = about.capacity
    member.save(update_fields=["area", "days", "languages", "capacity"])
    if member.helps:
        member.levels.exclude(skill__in=[skill for skill, level in about.levels.items() if level]).delete()
        for skill, level in about.levels.items():
            if level:
                SkillLevel.objects.update_or_create(member=member, skill=skill, defaults={"level": level})
    return member


@transaction.atomic
def leave(member: Member, *, now: datetime) -> bool:
    """They, or their lead for them, end it: pairs end, mailed links open nothing. False when they had left already."""
    here = Member.objects.filter(pk=member.pk, state=Member.State.JOINED)
    if not here.update(state=Member.State.LEFT, left_at=now, link_version=F("link_version") + 1):
        return False
    gone = Member.objects.with_people().get(pk=member.pk)
    parting.leave(gone, now=now)
    pool.let_go(gone)
    is_out = not gone.cohort.members.joined().filter(person=gone.person).exists()
    if is_out:
        workshops.give_up_places(gone.cohort, gone.person, now=now)
    if is_out or gone.is_lead:
        workshops.stop_hosting(gone.cohort, gone.person)
    emails_invitations.left(gone, now=now)
    return True
