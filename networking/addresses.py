"""Links that carry a right, one purpose each: a token for one opens nothing else."""

from django.conf import settings
from django.urls import reverse

from networking.models import Member, Pair
from people import links
from people.models import Person

PREFERENCES = "people:preferences"
# What a mail lets somebody do about their pair.
LOG = "networking:log_by_link"
MOVED = "networking:moved_by_link"
NOT_MET = "networking:not_met_by_link"


class NoSuchLink(Exception):
    """The link is forged, was made void, or is for something else."""


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def token(purpose: str, member: Member) -> str:
    """The purpose is the name of the URL."""
    return links.make(purpose, member.pk, member.link_version)


def of(purpose: str, member: Member) -> str:
    """Where this member does this one thing, without signing in."""
    return absolute(reverse(purpose, args=[token(purpose, member)]))


def member_of(token: str, purpose: str) -> Member:
    """The member this link is for, with person and cohort; raises NoSuchLink. They may have left since."""
    try:
        claim = links.read(purpose, token)
        return Member.objects.with_people().get(pk=claim.pk, link_version=claim.version)
    except (links.BadLink, Member.DoesNotExist) as error:
        raise NoSuchLink from error


def of_pair(purpose: str, pair: Pair, member: Member) -> str:
    """Where one of a pair does this one thing about this pair and no other, without signing in."""
    return absolute(reverse(purpose, args=[pair_token(purpose, pair, member)]))


def pair_token(purpose: str, pair: Pair, member: Member) -> str:
    return links.make(_side(purpose, is_mentor=member.pk == pair.mentor_id), pair.pk, member.link_version)


def pair_of(token: str, purpose: str) -> tuple[Pair, Member]:
    """The pair this link is for and which of the two holds it; raises NoSuchLink. The pair may have ended since."""
    for is_mentor in (False, True):
        try:
            claim = links.read(_side(purpose, is_mentor=is_mentor), token)
            pair = Pair.objects.with_people().get(pk=claim.pk)
        except (links.BadLink, Pair.DoesNotExist):
            continue
        member = pair.mentor if is_mentor else pair.councillor
        if member.link_version == claim.version and member.is_here:
            return pair, member
    raise NoSuchLink


def _side(purpose: str, *, is_mentor: bool) -> str:
    """The link of a mentor is not the link of their councillor."""
    return f"{purpose}:{'mentor' if is_mentor else 'councillor'}"


def unsubscribe(person: Person, topic: str) -> str:
    """One click in the mail program stops one topic."""
    return absolute(reverse("people:unsubscribe", args=[topic, links.make(PREFERENCES, person.pk)]))


def preferences(person: Person) -> str:
    """Where they choose which messages they get."""
    return absolute(reverse("people:preferences_by_link", args=[links.make(PREFERENCES, person.pk)]))
