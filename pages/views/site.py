import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetups import cards
from meetups.models import Feedback, Meetup
from pages import health, menu
from people import my_things as shelves
from people.access import Audience, SignedInRequest, open_to, same_for_strangers


@same_for_strangers()
@open_to(Audience.EVERYONE)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    coming = cards.of(Meetup.objects.public().standing().upcoming(now).for_cards()[:3], now)
    context = {"coming": coming, "doors": menu.doors(), "quotes": list(Feedback.objects.quotes()[:3])}
    return render(request, "pages/home.html", context)


@open_to(Audience.SIGNED_IN)
@require_safe
def my_things(request: SignedInRequest) -> HttpResponse:
    """Everything of mine on one page, what needs me first."""
    now = timezone.now()
    filled = [
        (shelf, sorted(shelf.cards(request.user, now), key=lambda card: card.urgency)) for shelf in shelves.shelves()
    ]
    return render(request, "pages/my_things.html", {"shelves": filled})


@open_to(Audience.EVERYONE)
@require_safe
def health_page(request: HttpRequest) -> HttpResponse:
    """For monitors: 200 while all is well, 503 with what is wrong otherwise. `?only=web` leaves background work out."""
    findings = health.look(timezone.now())
    if request.GET.get("only") == "web":
        findings = findings[:1]
    is_ok = all(finding.is_ok for finding in findings)
    answer = JsonResponse(
        {"ok": is_ok, "findings": {finding.name: {"ok": finding.is_ok, "says": finding.says} for finding in findings}},
        status=200 if is_ok else 503,
    )
    answer["Cache-Control"] = "no-store"
    return answer


@open_to(Audience.EVERYONE)
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /booking/", "Disallow: /join/", "Disallow: /account/", "Disallow: /organise/"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@open_to(Audience.EVERYONE)
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """For what went wrong by itself; a database that is busy or away is said to be so, and tried again later."""
    if isinstance(sys.exc_info()[1], OperationalError):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "30"})
    return HttpResponse(render_to_string("500.html"), status=500)
