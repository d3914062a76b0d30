"""Series, and what a new meet-up starts with in each."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from meetups import drafting
from meetups.forms.meetup import MeetupForm
from meetups.forms.organising import SeriesForm, addresses_of
from meetups.forms.series_defaults import SeriesDefaultsForm
from meetups.models import Meetup, Series, SeriesDefaults, SeriesQuerySet
from meetups.views import owners, trail
from people.access import Audience, SignedInRequest, open_to

SAVED = "Your draft is saved. Only organisers and its hosts see it. "


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "POST"])
def new_series(request: SignedInRequest) -> HttpResponse:
    form = SeriesForm(request.POST or None)
    if form.is_valid() and (series := form.keep()):
        messages.success(request, f"The series “{series.name}” is there. Now make its first meet-up.")
        return redirect(f"{reverse('meetups:new_meetup')}?series={series.slug}")
    return render(request, "meetups/organise/series.html", {"form": form, "breadcrumbs": trail.home(request)})


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "POST"])
def edit_series(request: SignedInRequest, slug: str) -> HttpResponse:
    """Its name, purpose and hosts, and the way to what its new meet-ups start with."""
    series = get_object_or_404(Series.objects.select_related("defaults"), slug=slug)
    name = series.name
    form = SeriesForm(request.POST or None, instance=series)
    if form.is_valid() and form.keep():
        messages.success(request, "The series is saved.")
        return redirect("meetups:organise")
    context = {
        "form": form,
        "name": name,
        "slug": slug,
        "is_closed": series.is_closed,
        "usual": SeriesDefaults.of(series),
        "agenda_items": series.agenda.count(),
        "sponsors": series.sponsors.count(),
        "breadcrumbs": trail.home(request),
    }
    return render(request, "meetups/organise/series.html", context)


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "POST"])
def series_defaults(request: SignedInRequest, slug: str) -> HttpResponse:
    """The usual times, places and mails of its meet-ups."""
    owner = owners.series_or_404(request, slug)
    form = SeriesDefaultsForm(request.POST or None, instance=SeriesDefaults.of(owner.series))
    if form.is_valid():
        form.save()
        messages.success(
            request, "New meet-ups in this series start with these. Those that are there stay as they are."
        )
        return redirect("meetups:edit_series", slug)
    context = {"form": form, "series": owner.series, "breadcrumbs": owner.breadcrumbs}
    return render(request, "meetups/organise/series_defaults.html", context)


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "POST"])
def new_meetup(request: SignedInRequest) -> HttpResponse:
    """First in which series, unless there is one only; then the rest, with what that series says filled in."""
    known = _to_start_in()
    if not known:
        messages.info(request, "First make a series. Every meet-up is part of one.")
        return redirect("meetups:new_series")
    series = _chosen(request, known)
    if series is None and request.method == "GET":
        return render(
            request, "meetups/organise/choose_series.html", {"known": known, "breadcrumbs": trail.home(request)}
        )
    form = MeetupForm(request.POST or None, initial=_start_with(series), now=timezone.now(), by=request.user)
    if form.is_valid():
        meetup = drafting.start(form.instance, hosts=form.cleaned_data["hosts"], by=request.user)
        messages.success(request, SAVED + _what_comes_next(meetup))
        return redirect("meetups:overview", meetup.slug)
    context = {"form": form, "series": series, "is_choice": len(known) > 1, "breadcrumbs": trail.home(request)}
    return render(request, "meetups/organise/meetup.html", context)


def _to_start_in() -> list[Series]:
    """Open series with the number of items on their default agenda and the last meet-up, which one may copy instead."""
    last = Meetup.objects.filter(series=OuterRef("pk")).order_by("-number")
    open_series: SeriesQuerySet = Series.objects.public().select_related("defaults")
    return list(
        open_series.annotate(
            agenda_items=Count("agenda"),
            last_slug=Subquery(last.values("slug")[:1]),
            last_title=Subquery(last.values("title")[:1]),
        )
    )


def _chosen(request: SignedInRequest, known: list[Series]) -> Series | None:
    """By the address, by the form that was sent, or because there is no other."""
    slug, pk = request.GET.get("series", ""), request.POST.get("series", "")
    found = [one for one in known if (str(one.pk) == pk if pk else one.slug == slug)]
    return found[0] if found else known[0] if len(known) == 1 else None


def _start_with(series: Series | None) -> dict[str, Any]:
    """Its hosts and its defaults."""
    if series is None:
        return {}
    usual = SeriesDefaults.of(series)
    hosts = addresses_of(series.hosts.all())
    times = {"starts": usual.starts, "ends": usual.ends}
    return {"series": series, **usual.copied(), **times, **({"hosts": hosts} if hosts else {})}


def _what_comes_next(meetup: Meetup) -> str:
    if meetup.agenda.exists():
        return "The default agenda of the series came along: change what is different this time."
    return "Now plan the agenda."
