"""Where every view starts: the row a link is for, or 404; and the way back from a coordinator's page."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from unmentoring import addresses
from unmentoring.models import PairingMember, Participant, Round

Trail = list[tuple[str, str]]


def participant_or_404(token: str, purpose: str) -> Participant:
    """Whose link this is; somebody else's, or one for another purpose, does not exist."""
    try:
        return addresses.participant_of(token, purpose)
    except addresses.NoSuchLink as error:
        raise Http404 from error


def member_or_404(token: str, purpose: str) -> PairingMember:
    """The part in a pairing that this link is for."""
    try:
        return addresses.member_of(token, purpose)
    except addresses.NoSuchLink as error:
        raise Http404 from error


def month_or_404(year: int, month: int) -> date:
    if not 1900 < year < 2200 or not 1 <= month <= 12:  # what lies further off is nobody's, and has no month before it
        raise Http404
    return date(year, month, 1)


def round_or_404(year: int, month: int) -> Round:
    return get_object_or_404(Round.objects.select_related("drawn_by", "published_by"), month=month_or_404(year, month))


def someone_or_404(pk: int) -> Participant:
    return get_object_or_404(Participant.objects.for_letters(), pk=pk)


def trail(*further: tuple[str, str]) -> Trail:
    """Back to the coordinator's first page, and what is between."""
    return [("Coordinate UnMentoring", reverse("unmentoring:coordinate")), *further]


def to_round(round_: Round) -> Trail:
    return trail(("Rounds", reverse("unmentoring:rounds")), (str(round_), round_url(round_)))


def round_url(round_: Round) -> str:
    return reverse("unmentoring:round", args=[round_.month.year, round_.month.month])


def joint(names: list[str]) -> str:
    """Ada, Ben and Cy."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
