"""The words that invite somebody to a cohort, welcome them and say goodbye: one function per e-mail."""

from datetime import datetime
from typing import Any

from meetups import dates
from meetups.timings import LONDON
from networking import addresses
from networking.models import Member
from outbox import queue

ACCEPT = "networking:accept"
# Links of this purpose open one page for one role: see views.invited.
JOIN = "networking:join"


def invitation(member: Member) -> None:
    """Somebody is asked to take part, or asked themselves and shows by the link that the address is theirs."""
    asked_by = member.invited_by
    _queue(
        member,
        "invitation" if asked_by else "confirm_joining",
        at=member.invited_at,
        context={
            "asked_by": str(asked_by or ""),
            "note": member.invitation_note,
            "accept_url": addresses.of(ACCEPT, member),
            "starts": dates.day(member.cohort.starts_on),
            "has_begun": member.cohort.starts_on < member.invited_at.astimezone(LONDON).date(),
        },
    )


def welcome(member: Member) -> None:
    """They are in: where their page is and what happens next."""
    url = addresses.absolute(member.cohort.get_absolute_url())
    _queue(member, "welcome", at=member.joined_at, context={"cohort_url": url})


def left(member: Member, *, now: datetime) -> None:
    """They are out, and what stays."""
    _queue(member, "left", at=now, context={})


def _queue(member: Member, name: str, *, at: datetime | None, context: dict[str, Any]) -> None:
    leads = member.cohort.members.leads().joined().select_related("person").exclude(person=member.person_id)
    queue.queue(
        key=f"networking.{name}:member={member.pk}:at={at.isoformat() if at else ''}",
        to=member.person.email,
        template=f"networking/{name}",
        # With the link to say yes in it, an answer must not quote it to somebody else.
        reply_to=[] if "accept_url" in context else [lead.person.email for lead in leads],
        context={
            "first_name": member.person.name.split(" ")[0] if member.person.name else "",
            "cohort": member.cohort,
            "programme": member.cohort.programme,
            "role": member.get_role_display(),
            "leads": [lead.person for lead in leads],
            "is_councillor": member.is_councillor,
            "is_mentor": member.is_mentor,
            "is_lead": member.is_lead,
            **context,
        },
    )
