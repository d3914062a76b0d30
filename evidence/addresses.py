"""Links that open one report or one receipt: one purpose each, void when revoked or too old."""

from django.conf import settings
from django.urls import reverse

from evidence.models import HandOff, ListeningSession, ReportLink, Seat
from people import links

# The purpose is the name of the URL.
READ = "evidence:read_report"
RECEIVE = "evidence:receive"
ROOM = "evidence:room"


def of_link(link: ReportLink) -> str:
    return settings.SITE_URL + reverse(READ, args=[links.make(READ, link.pk)])


def of_hand_off(hand_off: HandOff) -> str:
    return settings.SITE_URL + reverse(RECEIVE, args=[links.make(RECEIVE, hand_off.pk)])


def of_room(seat: Seat) -> str:
    """The page of somebody in a listening session, until it is over."""
    return reverse(ROOM, args=[links.make(ROOM, seat.pk)])


def of_door(session: ListeningSession) -> str:
    """Where the code on the wall leads."""
    return f"{settings.SITE_URL}{reverse('evidence:join_session')}?code={session.code}"
