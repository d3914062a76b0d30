"""Pages that are the same for every stranger, kept for a few seconds in the shared cache (docs/adr/0006).

Only what a view declares (`people.access.same_for_strangers`), only for visitors without a session, only without what
one visitor typed. A form that was sent and accepted makes everything older void, so whoever has just signed up or
published sees it. Without a cache every page is made anew.
"""

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.cache import patch_vary_headers

from pages import holes
from people import access

# One visitor makes the page anew when this share of its time is over; the others get the kept one meanwhile.
RENEWED_FROM = 0.6
LARGEST = 500_000  # bytes
# Headers that middlewares write anew on every answer.
_WRITTEN_ANEW = {"x-frame-options"}
_CHANGE = "pages:last-change"


@dataclass(frozen=True)
class Place:
    """Where in the cache a page belongs, and the last change of the site that was known before it was made."""

    key: str
    change: str


class KeptPagesMiddleware:
    """Stands inside the check against forged requests, which sets the cookie for a token that is filled in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not settings.PAGES_KEPT_SECONDS:
            return response
        if place := getattr(request, "kept_place", None):
            _keep(place, request, response)
        elif request.method not in {"GET", "HEAD", "OPTIONS"} and response.status_code < 400:
            note_change()
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not settings.PAGES_KEPT_SECONDS or not _may_be_shared(request, view):
            return None
        key = _key(request)
        found = cache.get_many([key, _CHANGE])
        change = found.get(_CHANGE, "")
        if (kept := found.get(key)) and kept["change"] == change and _is_young(kept, key):
            return _served(kept, request)
        request.kept_place = Place(key, change)  # type: ignore[attr-defined]
        return None


def note_change() -> None:
    """Whatever was made before now is not shown any more."""
    cache.set(_CHANGE, secrets.token_hex(8), 10 * settings.PAGES_KEPT_SECONDS)


def _may_be_shared(request: HttpRequest, view: Any) -> bool:
    """Whether anybody without a session would get the same: a session or a message to show makes a page one's own."""
    declared = access.shared_query(view)
    if declared is None or request.method != "GET":
        return False
    is_stranger = not {settings.SESSION_COOKIE_NAME, "messages"} & request.COOKIES.keys()
    return is_stranger and request.GET.keys() <= declared


def _key(request: HttpRequest) -> str:
    address = f"{request.scheme}://{request.get_host()}{request.get_full_path()}"
    return f"page:1:{hashlib.sha256(address.encode()).hexdigest()}"


def _is_young(kept: dict[str, Any], key: str) -> bool:
    """Whether it may still be shown. Of all who come when it is nearly over, one is sent to make it anew."""
    age = time.time() - kept["at"]
    if not 0 <= age < settings.PAGES_KEPT_SECONDS:
        return False
    return age < RENEWED_FROM * settings.PAGES_KEPT_SECONDS or not cache.add(f"{key}:renewed", True, 2)


def _served(kept: dict[str, Any], request: HttpRequest) -> HttpResponse:
    filling = {holes.TOKEN: lambda: get_token(request), holes.NONCE: lambda: str(request.csp_nonce)}  # type: ignore[attr-defined]
    return HttpResponse(holes.fill(holes.Holed(kept["pieces"], kept["holes"]), filling), headers=kept["headers"])


def _keep(place: Place, request: HttpRequest, response: HttpResponse) -> None:
    if not _is_the_same_for_all(request, response):
        return
    try:
        page = holes.cut(response.content, nonce=getattr(request, "_csp_nonce", None) or "")
    except holes.SecretLeft:
        return
    shown = HttpResponse(headers={name: value for name, value in response.items() if name.lower() not in _WRITTEN_ANEW})
    if request.session.accessed:
        patch_vary_headers(shown, ("Cookie",))
    kept = {"change": place.change, "at": time.time(), "headers": dict(shown.items())}
    kept |= {"pieces": page.pieces, "holes": page.holes}
    cache.set(place.key, kept, settings.PAGES_KEPT_SECONDS)


def _is_the_same_for_all(request: HttpRequest, response: HttpResponse) -> bool:
    """A finished page without a cookie, a session, or rules of its own."""
    has_own_rules = any(name.startswith(("_csp", "xframe")) for name in vars(response))
    is_private = any(word in response.get("Cache-Control", "") for word in ("private", "no-store", "no-cache"))
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not request.session.modified
        and not has_own_rules
        and not is_private
        and len(response.content) <= LARGEST
    )
