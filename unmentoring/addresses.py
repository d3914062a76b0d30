"""Links that carry a right, one purpose each: a token for one opens nothing else."""

from datetime import date

from django.conf import settings
from django.urls import reverse

from people import links
from people.models import Person
from unmentoring.models import PairingMember, Participant

# The purpose is the name of the URL.
CONFIRM = "unmentoring:confirm"
MINE = "unmentoring:mine"
SKIP = "unmentoring:skip"
PAUSE = "unmentoring:pause"
COME_BACK = "unmentoring:come_back"
LEAVE = "unmentoring:leave"
STILL_IN = "unmentoring:still_in"
MONTH = "unmentoring:month"
STOP = "unmentoring:stop"
ANSWER = "unmentoring:answer"
STUCK = "unmentoring:stuck"
REPORT = "unmentoring:report"
LEARNED = "unmentoring:learned"
HOLD = "unmentoring:hold"
PREFERENCES = "people:preferences"


class NoSuchLink(Exception):
    """The link is forged, was made void, or is for something else."""


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def token(purpose: str, participant: Participant) -> str:
    return links.make(purpose, participant.pk, participant.link_version)


def member_token(purpose: str, member: PairingMember) -> str:
    return links.make(purpose, member.pk, member.participant.link_version)


def of(purpose: str, participant: Participant) -> str:
    """Where this participant does this one thing."""
    return absolute(reverse(purpose, args=[token(purpose, participant)]))


def month(participant: Participant, which: date) -> str:
    """Where they say whether they take part in this month."""
    return absolute(reverse(MONTH, args=[token(MONTH, participant), which.year, which.month]))


def of_member(purpose: str, member: PairingMember) -> str:
    """Where this person does this one thing about this pairing."""
    return absolute(reverse(purpose, args=[member_token(purpose, member)]))


def answer(member: PairingMember, met: str) -> str:
    """The page that asks whether they met, with this answer chosen; only its button records it."""
    return f"{of_member(ANSWER, member)}?met={met}"


def preferences(person: Person) -> str:
    return absolute(reverse("people:preferences_by_link", args=[links.make(PREFERENCES, person.pk)]))


def participant_of(token: str, purpose: str) -> Participant:
    """The participant this link is for; raises NoSuchLink."""
    try:
        claim = links.read(purpose, token)
        return Participant.objects.for_letters().get(pk=claim.pk, link_version=claim.version)
    except (links.BadLink, Participant.DoesNotExist) as error:
        raise NoSuchLink from error


def member_of(token: str, purpose: str) -> PairingMember:
    """The part in a pairing this link is for, with its pairing and round; raises NoSuchLink."""
    try:
        claim = links.read(purpose, token)
        whole = PairingMember.objects.select_related("participant__person__council", "pairing", "round")
        return whole.get(pk=claim.pk, participant__link_version=claim.version)
    except (links.BadLink, PairingMember.DoesNotExist) as error:
        raise NoSuchLink from error
