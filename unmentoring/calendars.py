"""A time to keep free for the conversation. Suggested, the same for everybody in a pairing, and easy to move."""

from datetime import date, datetime, time, timedelta

from django.conf import settings

from meetups import invites
from meetups.timings import LONDON
from unmentoring import addresses
from unmentoring.models import Pairing, PairingMember

LENGTH = timedelta(minutes=45)
# Ten in the morning or two in the afternoon, Monday to Friday, spread so that not everybody gets the same.
_TIMES = (time(10), time(14))


def suggested_week(pairing: Pairing) -> date:
    """The Monday of the week we suggest: the second one of its month, or the week after a late introduction."""
    second = pairing.round.month + timedelta(days=7)
    made = pairing.made_at.astimezone(LONDON).date()
    earliest = max(second, made + timedelta(days=3))
    return earliest + timedelta(days=-earliest.weekday() % 7)


def suggested_time(pairing: Pairing) -> datetime:
    """When the hold begins, on a London clock."""
    day = suggested_week(pairing) + timedelta(days=pairing.pk % 5)
    return datetime.combine(day, _TIMES[pairing.pk // 5 % len(_TIMES)], tzinfo=LONDON)


def hold(member: PairingMember) -> str:
    """A calendar file for this person; their partner's has the same time and the same UID."""
    pairing = member.pairing
    starts_at = suggested_time(pairing)
    names = " and ".join(partner.person.name for partner in member.partners)
    page = addresses.of(addresses.MINE, member.participant)
    entry = invites.Entry(
        uid=f"unmentoring-{pairing.pk}@{settings.SITE_HOST}",
        starts_at=starts_at,
        ends_at=starts_at + LENGTH,
        summary=f"UnMentoring: {names}",
        description=f"A time we suggest. Agree with each other and move it as you like.\n\nHow to reach them: {page}",
        location="",
        url=page,
        stamped_at=pairing.made_at,
    )
    return invites.file([entry], site=settings.SITE_NAME)
