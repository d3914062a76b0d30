"""Links that open one report or one receipt: one purpose each, void when revoked or too old."""

from django.conf import settings
from django.urls import reverse

from evidence.models import HandOff, ReportLink
from people import links

# The purpose is the name of the URL.
READ = "evidence:read_report"
RECEIVE = "evidence:receive"


def of_link(link: ReportLink) -> str:
    return settings.SITE_URL + reverse(READ, args=[links.make(READ, link.pk)])


def of_hand_off(hand_off: HandOff) -> str:
    return settings.SITE_URL + reverse(RECEIVE, args=[links.make(RECEIVE, hand_off.pk)])
