"""Links that carry a right, one purpose each: a token for one opens nothing else."""

from django.conf import settings
from django.urls import reverse

from networking.models import Member
from people import links


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
