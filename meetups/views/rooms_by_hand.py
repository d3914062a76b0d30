"""What a host changes in rooms by hand: one person, a lock, what is shown, what is over, who is kept apart."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from meetups.breakouts import changing, circle, keeping, marking, telling
from meetups.forms.breakouts import ApartForm, MoveForm
from meetups.models import BreakoutRound, Meetup, SignUp
from meetups.views import loading
from meetups.views.breakouts import plan_of, plan_or_404, to_rooms
from meetups.views.loading import run_by_or_404
from people.access import Audience, SignedInRequest, open_to


def _signup_or_404(meetup: Meetup, pk: int) -> SignUp:
    return get_object_or_404(meetup.signups.select_related("council", "person", "presence"), pk=pk)


@open_to(Audience.HOSTS)
@require_GET
def in_rooms(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """One person: where they are in every round, why, and a way to move them."""
    meetup = run_by_or_404(request.user, slug)
    signup, plan = _signup_or_404(meetup, pk), plan_of(meetup)
    context = {
        "meetup": meetup,
        "signup": signup,
        "is_here": circle.is_here(signup),
        "seats": telling.seats(plan, signup) if plan else [],
        "version": plan.version if plan else 0,
        "breadcrumbs": to_rooms(request, meetup),
    }
    return render(request, "meetups/breakouts/in_rooms.html", context)


@open_to(Audience.HOSTS)
def move_person(request: SignedInRequest, slug: str, pk: int, number: int) -> HttpResponse:
    meetup = run_by_or_404(request.user, slug)
    signup, plan = _signup_or_404(meetup, pk), plan_or_404(meetup)
    row = get_object_or_404(BreakoutRound, plan=plan, number=number)
    form = MoveForm(request.POST, rooms=list(row.rooms.all()))
    if request.method == "POST" and not form.is_valid():
        messages.error(request, "That room is not there any more. Select another one.")
    elif request.method == "POST":
        try:
            room = changing.move(plan, row, signup, form.cleaned_data["room"])
        except keeping.Changed as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"{signup.name} is in {room.name if room else 'no room'} in round {number}.")
    return redirect("meetups:in_rooms", slug, pk)


@open_to(Audience.HOSTS)
def change_round(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Lock or open a room, show or hide the round, say that it is over or still to come."""
    meetup = run_by_or_404(request.user, slug)
    plan = plan_or_404(meetup)
    row = get_object_or_404(BreakoutRound, plan=plan, number=number)
    if request.method == "POST":
        what, _, which = request.POST.get("change", "").partition(" ")
        now = timezone.now()
        try:
            if what in {"lock", "open"}:
                changing.lock(plan, get_object_or_404(row.rooms, pk=loading.number(which)), is_locked=what == "lock")
            elif what in {"show", "hide"}:
                changing.show(row, is_shown=what == "show", now=now)
            elif what in {"held", "to-come"}:
                changing.hold(plan, row, is_held=what == "held", now=now)
        except keeping.Changed as error:
            messages.error(request, str(error))
    return redirect("meetups:room_round", slug, number)


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def kept_apart(request: SignedInRequest, slug: str) -> HttpResponse:
    """Pairs who should not share a room. Only hosts of this meet-up see this page."""
    meetup = run_by_or_404(request.user, slug)
    if request.method == "POST" and "remove" in request.POST:
        return _let_meet(request, meetup)
    form = ApartForm(request.POST or None, listed=circle.on_the_list(meetup))
    if form.is_valid():
        one, other = form.pair
        is_new = marking.keep_apart(meetup, one, other)
        said = "From the next plan on they are kept apart." if is_new else "They are kept apart already."
        messages.success(request, said)
        return redirect("meetups:kept_apart", slug)
    context = {
        "meetup": meetup,
        "form": form,
        "pairs": list(meetup.kept_apart.select_related("one", "other")),
        "breadcrumbs": to_rooms(request, meetup),
    }
    return render(request, "meetups/breakouts/kept_apart.html", context)


def _let_meet(request: SignedInRequest, meetup: Meetup) -> HttpResponse:
    which = request.POST["remove"]
    if marking.let_meet(meetup, loading.number(which)):
        messages.success(request, "They can share a room again.")
    return redirect("meetups:kept_apart", meetup.slug)
