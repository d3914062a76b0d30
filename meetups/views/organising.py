"""Meet-ups: changing, publishing, moving, cancelling them; what needs their organisers."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from meetups import attention, drafting, filling, letters, previews, publishing
from meetups.forms.meetup import MeetupForm
from meetups.forms.organising import CancelForm, MeetupFilter, MoveForm, NextForm, SureToCancelForm
from meetups.models import Meetup, Series
from meetups.views import public, trail
from meetups.views.loading import run_by_or_404
from people.access import Audience, SignedInRequest, open_to

PER_PAGE = 20
DRAFT_IS_THERE = "The draft is there. Look at what should be different this time, then publish it."
IS_PUBLISHED = "Somebody has made and published the next one for this date already. This is it."


@open_to(Audience.ORGANISERS)
@require_GET
def organise(request: SignedInRequest) -> HttpResponse:
    """What needs organisers, then all meet-ups."""
    now = timezone.now()
    form = MeetupFilter(request.GET)
    words, which = form.chosen()
    series = list(Series.objects.annotate(how_many=Count("meetups")))
    context = {
        "needs": attention.of_organisers(now),
        "filter": form,
        "series": series,
        "is_new_here": not any(one.how_many for one in series),
        **trail.paged(request, attention.find(words=words, which=which, now=now), PER_PAGE),
    }
    return render(request, "meetups/organise/home.html", context)


@open_to(Audience.HOSTS)
@require_GET
def overview(request: SignedInRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    meetup = run_by_or_404(request.user, slug)
    context = {
        "meetup": meetup,
        "hosts": list(meetup.hosts.all()),
        "missing": publishing.what_is_missing(meetup, now) if meetup.is_draft else [],
        "figures": _figures(meetup),
        "plan": letters.plan(meetup, now),
        "problems": attention.problems(meetup),
        "agenda_items": meetup.agenda.count(),
        "questions": meetup.questions.count(),
        "sponsors": list(meetup.sponsors.all()),
        **_state(meetup, now),
        "breadcrumbs": trail.home(request),
    }
    return render(request, "meetups/organise/overview.html", context)


def _state(meetup: Meetup, now: datetime) -> dict[str, bool]:
    return {
        "is_published": meetup.state == Meetup.State.PUBLISHED,
        "is_over": meetup.is_over(now),
        "can_move": meetup.state == Meetup.State.PUBLISHED and not meetup.has_started(now),
    }


def _figures(meetup: Meetup) -> list[tuple[str, str]]:
    """Places taken and left for each way of attending, and who waits."""
    figures = []
    for way in meetup.ways:
        where = f" {way.label}" if meetup.is_both else ""
        figures.append((f"of {meetup.places(way)} places{where} are taken", str(meetup.places_taken(way))))
        figures.append((f"places{where} are left", str(meetup.places_left(way))))
    return [*figures, ("on the waiting list", str(meetup.signups.waiting().count()))]


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def edit_meetup(request: SignedInRequest, slug: str) -> HttpResponse:
    meetup = run_by_or_404(request.user, slug)
    if meetup.is_cancelled:
        return _not_now(request, slug, "It is cancelled and cannot be changed any more.")
    breadcrumbs = trail.to(request, meetup)
    form = MeetupForm(request.POST or None, instance=meetup, now=timezone.now(), by=request.user)
    if form.is_valid():
        before = Meetup.objects.get(pk=meetup.pk)
        lost = filling.lost_pins(before, starts_at=meetup.starts_at, ends_at=meetup.ends_at)
        try:
            kept = drafting.keep(meetup, hosts=form.cleaned_data["hosts"], now=timezone.now())
        except publishing.NotNow as error:
            form.add_error("mode", str(error).removesuffix("."))
        else:
            messages.success(request, f"Your changes are saved. {lost}".strip())
            return redirect("meetups:overview", kept.slug)
    context: dict[str, Any] = {"form": form, "is_edit": True, "slug": slug, "breadcrumbs": breadcrumbs}
    if set(form.errors) == {"tell"}:
        context["telling"] = previews.of_new_place(meetup, timezone.now())
    return render(request, "meetups/organise/meetup.html", context)


def _not_now(request: SignedInRequest, slug: str, why: str) -> HttpResponse:
    messages.error(request, why)
    return redirect("meetups:overview", slug)


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def delete_draft(request: SignedInRequest, slug: str) -> HttpResponse:
    meetup = run_by_or_404(request.user, slug)
    if not meetup.is_draft:
        return _not_now(request, slug, drafting.WAS_PUBLISHED)
    if request.method == "POST":
        try:
            drafting.delete(meetup)
        except publishing.NotNow as why:
            return _not_now(request, slug, str(why))
        messages.success(request, f"The draft “{meetup.title}” is deleted.")
        return redirect("meetups:organise" if request.user.is_organiser else "pages:my_things")
    lost = {"items": meetup.agenda.count(), "questions": meetup.questions.count()}
    context = {"meetup": meetup, **lost, "breadcrumbs": trail.to(request, meetup)}
    return render(request, "meetups/organise/delete_draft.html", context)


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def next_in_series(request: SignedInRequest, slug: str) -> HttpResponse:
    """One step: a new date makes a draft with everything else as it was."""
    meetup = run_by_or_404(request.user, slug)
    if meetup.series.is_closed:
        raise Http404  # the app it belongs to plans the next one
    form = NextForm(
        request.POST or None, initial={"starts": timezone.localtime(meetup.starts_at).time()}, now=timezone.now()
    )
    if form.is_valid():
        draft = publishing.next_in_series(meetup, form.cleaned_data["starts_at"], by=request.user)
        lost = filling.lost_pins(meetup, starts_at=draft.starts_at, ends_at=draft.ends_at)
        messages.success(request, f"{DRAFT_IS_THERE} {lost}".strip() if draft.is_draft else IS_PUBLISHED)
        return redirect("meetups:overview", draft.slug)
    context = {"form": form, "meetup": meetup, "breadcrumbs": trail.to(request, meetup)}
    return render(request, "meetups/organise/next_in_series.html", context)


@open_to(Audience.HOSTS)
@require_GET
def preview(request: SignedInRequest, slug: str) -> HttpResponse:
    """The public page as it will look, the mails it will send, what is missing."""
    return _show_preview(request, run_by_or_404(request.user, slug))


def _show_preview(request: SignedInRequest, meetup: Meetup, *, is_refused: bool = False) -> HttpResponse:
    now = timezone.now()
    context = {
        **public.about(meetup, now),
        "plan": letters.plan(meetup, now),
        "missing": publishing.what_is_missing(meetup, now) if meetup.is_draft else [],
        "questions": list(meetup.questions.all()),
        "has_errors": is_refused,
        "breadcrumbs": trail.to(request, meetup),
    }
    return render(request, "meetups/organise/preview.html", context)


@open_to(Audience.HOSTS)
def publish(request: SignedInRequest, slug: str) -> HttpResponse:
    meetup = run_by_or_404(request.user, slug)
    if request.method != "POST":
        return redirect("meetups:preview", slug)
    try:
        publishing.publish(meetup, now=timezone.now(), by=request.user)
    except publishing.NotNow as error:
        if meetup.is_draft:
            return _show_preview(request, meetup, is_refused=True)
        return _not_now(request, slug, str(error))
    messages.success(request, "Your meet-up is published and open for sign-up.")
    return redirect("meetups:overview", slug)


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def move_meetup(request: SignedInRequest, slug: str) -> HttpResponse:
    """First when, then what people will be told, then it is moved."""
    meetup = run_by_or_404(request.user, slug)
    now = timezone.now()
    if why := publishing.why_fixed(meetup, now):
        return _not_now(request, slug, why)
    form = MoveForm(request.POST or None, initial=_time_of(meetup), meetup=meetup, now=now)
    context = {"form": form, "meetup": meetup, "breadcrumbs": trail.to(request, meetup)}
    if "change" in request.POST or not form.is_valid():
        return render(request, "meetups/organise/move.html", context)
    to = publishing.NewTime(form.cleaned_data["starts_at"], form.cleaned_data["ends_at"])
    if "move" not in request.POST:
        lost = filling.lost_pins(meetup, starts_at=to.starts_at, ends_at=to.ends_at)
        shut = publishing.would_shut(meetup, to, now)
        moved, telling = previews.of_moving(meetup, to, note=form.cleaned_data["note"], now=now)
        context |= {"to": moved, "telling": telling, "lost_pins": lost, "shut": shut}
        return render(request, "meetups/organise/move_preview.html", context)
    return _move(request, meetup, to, form.cleaned_data["note"])


def _move(request: SignedInRequest, meetup: Meetup, to: publishing.NewTime, note: str) -> HttpResponse:
    lost = filling.lost_pins(meetup, starts_at=to.starts_at, ends_at=to.ends_at)
    try:
        publishing.move(meetup, to, note=note, now=timezone.now(), by=request.user)
    except publishing.NotNow as error:
        return _not_now(request, meetup.slug, str(error))
    messages.success(request, f"The meet-up is moved. Everybody who is signed up is being told. {lost}".strip())
    return redirect("meetups:overview", meetup.slug)


def _time_of(meetup: Meetup) -> dict[str, Any]:
    starts, ends = timezone.localtime(meetup.starts_at), timezone.localtime(meetup.ends_at)
    return {"on": starts.date(), "starts": starts.time(), "ends": ends.time()}


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def cancel_meetup(request: SignedInRequest, slug: str) -> HttpResponse:
    """First what people should know, then who will be told in which words, then it is cancelled."""
    meetup = run_by_or_404(request.user, slug)
    now = timezone.now()
    if why := publishing.why_fixed(meetup, now):
        return _not_now(request, slug, why)
    back = reverse("meetups:overview", args=[slug])
    form = CancelForm(request.POST if request.method == "POST" else None, back=back)
    context: dict[str, Any] = {"form": form, "meetup": meetup, "breadcrumbs": trail.to(request, meetup)}
    if "change" in request.POST or not form.is_valid():
        context["told"] = meetup.signups.active().count()
        return render(request, "meetups/organise/cancel.html", context)
    note = form.cleaned_data["note"]
    telling = previews.of_cancelling(meetup, note=note)
    said = request.POST if "cancel" in request.POST else None
    sure = SureToCancelForm(said, told=telling.count, back=back, initial={"note": note})
    if sure.is_valid():
        return _cancel(request, meetup, note)
    context |= {"form": sure, "telling": telling}
    return render(request, "meetups/organise/cancel_preview.html", context)


def _cancel(request: SignedInRequest, meetup: Meetup, note: str) -> HttpResponse:
    try:
        publishing.cancel(meetup, note=note, now=timezone.now(), by=request.user)
    except publishing.NotNow as error:
        return _not_now(request, meetup.slug, str(error))
    messages.success(request, "The meet-up is cancelled. Everybody who was signed up is being told.")
    return redirect("meetups:overview", meetup.slug)
