"""On paper for a meet-up in a room: badges to cut out, and a list to tick at the door."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from meetups import guest_list
from meetups.badges import Badge, sheets
from meetups.models import Way
from meetups.views.loading import run_by_or_404
from meetups.views.people import to_people
from people.access import Audience, SignedInRequest, open_to

EMPTY_LINES = 6  # for whoever comes without having signed up


@open_to(Audience.HOSTS)
@require_GET
def badges(request: SignedInRequest, slug: str) -> HttpResponse:
    """Name and council of everybody with a place in the room; nothing else that they said."""
    meetup = run_by_or_404(request.user, slug)
    people = [Badge(signup.name, signup.works_at) for signup in guest_list.expected(meetup, Way.ROOM)]
    context = {"meetup": meetup, "sheets": sheets(people), "count": len(people)}
    return render(request, "meetups/organise/badges.html", {**context, "breadcrumbs": to_people(request, meetup)})


@open_to(Audience.HOSTS)
@require_GET
def door_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Everybody with a place by name, with a box to tick; what they need only when it is asked for."""
    meetup = run_by_or_404(request.user, slug)
    way = Way.ROOM if meetup.is_both and request.GET.get("way") != "all" else ""
    people = list(guest_list.expected(meetup, way))
    context = {
        "meetup": meetup,
        "people": people,
        "count": len(people),
        "is_room_only": bool(way),
        "with_needs": request.GET.get("needs") == "1",
        "empty_lines": range(EMPTY_LINES),
        "breadcrumbs": to_people(request, meetup),
    }
    return render(request, "meetups/organise/door_list.html", context)
