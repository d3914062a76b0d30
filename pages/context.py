from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from pages import menu
from people import access


def site(request: HttpRequest) -> dict[str, Any]:
    """What every page may show: the site and its top bar."""
    ours = {
        "name": settings.SITE_NAME,
        "url": settings.SITE_URL,
        "contact_email": settings.CONTACT_EMAIL,
        "source_url": settings.SOURCE_URL,
        "demo": settings.DEMO,
        "mail_url": settings.MAIL_SINK_URL,
    }
    return {
        "site": ours,
        "this_site": ours,  # allauth's pages have a `site` of their own, with the host for a name
        "this_page": _page(request),
        "menu": [_entry(door, request.path) for door in menu.doors()],
    }


def _page(request: HttpRequest) -> str:
    """What to call this page when somebody writes to us about it. A path that is itself a right stays here."""
    match = request.resolver_match
    if match is None:
        return "this site"
    return match.view_name if access.audience_of_match(match) is access.Audience.LINK else request.path


def _entry(door: menu.Door, path: str) -> tuple[str, str, bool]:
    url = reverse(door.url_name)
    return door.label, url, path.startswith(url)
