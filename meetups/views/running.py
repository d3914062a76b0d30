"""The live view: all hosts of a meet-up see and steer the same clock."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from meetups import conducting, programme
from meetups.breakouts import beside
from meetups.models import Meetup
from meetups.views import loading, trail
from meetups.views.loading import run_by_or_404
from people.access import Audience, SignedInRequest, open_to

ELSE = "Another host has just changed it. This is where you are now."


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def run(request: SignedInRequest, slug: str) -> HttpResponse:
    """Where the meet-up is, and the buttons that take it on."""
    meetup = run_by_or_404(request.user, slug)
    if request.method == "POST":
        return _act(request, meetup)
    to_agenda = ("Agenda", reverse("meetups:agenda", args=[slug]))
    about = _about(meetup)
    context = {**about, **_rooms(about), "breadcrumbs": trail.to(request, meetup, to_agenda)}
    return render(request, "meetups/organise/run.html", context)


def _act(request: SignedInRequest, meetup: Meetup) -> HttpResponse:
    version = request.POST.get("version", "")
    said = ""
    try:
        conducting.act(
            meetup,
            request.POST.get("action", ""),
            version=loading.number(version),
            now=timezone.now(),
        )
    except conducting.SomebodyElseDid:
        said = ELSE
    if request.accepts("text/html"):
        if said:
            messages.info(request, said)
        return redirect("meetups:run", meetup.slug)
    return _told(request, meetup, said)


@open_to(Audience.HOSTS)
@require_safe
@never_cache
def state(request: SignedInRequest, slug: str) -> HttpResponse:
    """For the script of the page, every few seconds; the piece of the page only when it has changed."""
    return _told(request, run_by_or_404(request.user, slug), "")


def _told(request: HttpRequest, meetup: Meetup, said: str) -> JsonResponse:
    about = _about(meetup)
    seen: conducting.Now = about["seen"]
    version = about["version"]
    html = None
    if request.GET.get("version") != version:
        html = render_to_string("meetups/organise/_run_now.html", {**about, **_rooms(about)}, request)
    return JsonResponse(
        {
            "version": version,
            "left": seen.reading.left_seconds if seen.reading else None,
            "late": seen.reading.late_seconds if seen.reading else None,
            "said": said,
            "html": html,
        }
    )


def _about(meetup: Meetup) -> dict[str, Any]:
    """The clock. `version` is that of the clock and that of the rooms: whoever knows it has nothing new to read."""
    planned = programme.of(meetup)
    seen = conducting.look(meetup, planned, timezone.now())
    item = next((row.item for row in planned.rows if seen.step and row.item.pk == seen.step.item), None)
    return {
        "meetup": meetup,
        "planned": planned,
        "seen": seen,
        "version": f"{seen.version}.{beside.version(meetup)}",
        "item": item,
        "number": seen.step_number + 1,
        "count": len(seen.steps),
    }


def _rooms(about: dict[str, Any]) -> dict[str, Any]:
    """The rooms of this step, and those of the next one that has others."""
    seen: conducting.Now = about["seen"]
    rooms = beside.agenda(about["meetup"], about["planned"])
    steps = [(step.item, step.phase) for step in seen.steps]
    if seen.state is None:
        return {"rooms": rooms, "rounds_next": rooms.first_of(steps)}
    if seen.state.ended_at or not steps:
        return {"rooms": rooms}
    now = rooms.of_step.get(steps[seen.step_number], [])
    return {
        "rooms": rooms,
        "rounds_now": now,
        "rounds_next": rooms.first_of(steps[seen.step_number + 1 :], other_than=now),
    }
