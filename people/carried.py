"""What somebody just typed, carried on to the page after a form without keeping it here or putting it into an address.

It travels in a signed cookie that only that page is sent. So the page can repeat what was typed, and says the same
whether or not we knew the person.
"""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

COOKIE, SECONDS = "typed", 3600


def on_to(page: str, typed: Any) -> HttpResponse:
    """Send the browser to this address with what was typed (anything JSON can say, together under 3,000 bytes)."""
    answer = redirect(page)
    put(answer, COOKIE, signing.dumps(typed, salt=page), path=page, seconds=SECONDS)
    return answer


def to(request: HttpRequest) -> Any:
    """What was carried to this page; None when nothing was, it is too old or was meant for another page."""
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=request.path, max_age=SECONDS)
    except signing.BadSignature:
        return None


def put(answer: HttpResponse, name: str, value: str, *, path: str, seconds: int) -> None:
    """Set a cookie that no script reads, no other site sends and only addresses below `path` get."""
    answer.set_cookie(
        name, value, max_age=seconds, path=path, secure=settings.IS_HTTPS, httponly=True, samesite="Lax"
    )  # fmt: skip
