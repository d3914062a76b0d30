"""The personal join link: to the call of the day or the way to the room, without an account."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from meetups import addresses, signups
from meetups.models import SignUp, Way
from meetups.views import loading
from people.access import Audience, open_to

EARLY, OPEN, SHUT = "early", "open", "shut"


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@loading.by_link
def join(request: HttpRequest, token: str) -> HttpResponse:
    """A GET only shows the way, because mail scanners open every link; the button counts somebody in."""
    now = timezone.now()
    signup = loading.joining_or_404(token)
    stage = _stage(signup, now)
    if request.method == "POST" and stage == OPEN:
        signups.count_in(signup, now=now)
        is_to_call = signup.way == Way.ONLINE and signup.meetup.join_url
        return redirect(signup.meetup.join_url if is_to_call else request.path)
    return _show(request, signup, stage, now)


def _stage(signup: SignUp, now: datetime) -> str:
    meetup = signup.meetup
    if meetup.is_cancelled or meetup.is_over(now) or not signup.is_confirmed:
        return SHUT
    return OPEN if now >= meetup.opens_at() else EARLY


def _show(request: HttpRequest, signup: SignUp, stage: str, now: datetime) -> HttpResponse:
    meetup = signup.meetup
    context = {
        "signup": signup,
        "meetup": meetup,
        "page_url": addresses.page(meetup),
        "opens_at": meetup.opens_at(),
        "is_over": meetup.is_over(now),
        "is_online": signup.way == Way.ONLINE,
    }
    response = render(request, f"meetups/join_{stage}.html", context)
    if stage == OPEN:
        # Chromium holds form-action against every redirect that follows a form, and video services redirect among
        # addresses of their own.
        response._csp_update = {"form-action": ["https:", *_plain_origin(meetup.join_url)]}  # type: ignore[attr-defined]
    return response


def _plain_origin(url: str) -> list[str]:
    """`http:` for a call without https, as on a council's own network."""
    return ["http:"] if url.startswith("http:") else []
