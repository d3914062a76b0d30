"""Workshops of a cohort: meet-ups that only its people see and take a place at."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from meetups import addresses, cards, markdown, signups
from meetups import notes as keeping
from meetups.models import Meetup, MeetupQuerySet
from meetups.views.public import about
from networking import workshops
from networking.forms.workshops import PlaceForm, WorkshopForm
from networking.models import Cohort
from networking.views import loading
from networking.views.cohorts import to_plan
from people.access import Audience, SignedInRequest, open_to


def _published(cohort: Cohort) -> MeetupQuerySet:
    return Meetup.objects.published().filter(series=cohort.series_id, series__isnull=False).for_cards()


@open_to(Audience.COHORT)
@require_safe
def every_workshop(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """Coming ones, with my place; those that were, with their notes."""
    now = timezone.now()
    cohort = loading.cohort_or_404(request.user, cohort_slug)
    published = _published(cohort)
    context = {
        "cohort": cohort,
        "coming": cards.of(published.upcoming(now), now),
        "past": list(published.standing().past(now)),
        "mine": workshops.bookings(cohort, request.user),
        "breadcrumbs": loading.to_cohort(cohort),
    }
    return render(request, "networking/workshops/list.html", context)


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def workshop(request: SignedInRequest, cohort_slug: str, workshop_slug: str) -> HttpResponse:
    """What it is about, my place, and afterwards its notes."""
    now = timezone.now()
    cohort = loading.cohort_or_404(request.user, cohort_slug)
    meetup = get_object_or_404(_published(cohort), slug=workshop_slug)
    booking = workshops.bookings(cohort, request.user).get(meetup.pk)
    member = cohort.members.joined().with_people().filter(person=request.user).first()
    form = None
    if member and booking is None and meetup.is_open(now):
        form = PlaceForm(request.POST if request.method == "POST" else None, meetup=meetup, member=member)
    if form and form.is_valid() and _has_place(request, meetup, form):
        return redirect(meetup.get_absolute_url())
    context = {
        **about(meetup, now),
        "cohort": cohort,
        "booking_url": reverse("meetups:booking", args=[addresses.booking_token(booking)]) if booking else "",
        "booking": booking,
        "form": form,
        "news": list(meetup.news.all()),
        "notes": _notes(meetup),
        "breadcrumbs": loading.to_cohort(cohort, ("Workshops", workshops.path(cohort))),
    }
    return render(request, "networking/workshops/workshop.html", context)


def _has_place(request: SignedInRequest, meetup: Meetup, form: PlaceForm) -> bool:
    try:
        outcome = signups.sign_up(meetup, form.my_details(), now=timezone.now())
    except signups.SignUpClosed as closed:
        form.add_error(None, str(closed))
        return False
    waits = outcome.signup.is_waiting
    messages.success(request, "You are on the waiting list." if waits else "You have a place. An email says the same.")
    return True


def _notes(meetup: Meetup) -> str:
    found = keeping.of(meetup)
    return markdown.to_html(found.current.body) if found.published_at and found.current else ""


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_workshop(request: SignedInRequest, cohort_slug: str, cohort_sprint_pk: int) -> HttpResponse:
    """Date and title; everything else on the pages of meet-ups."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    sprint = get_object_or_404(cohort.sprints.select_related("cohort"), pk=cohort_sprint_pk)
    back = reverse("networking:cohort_sprint", args=[cohort.slug, sprint.pk])
    data = request.POST if request.method == "POST" else None
    form = WorkshopForm(data, sprint=sprint, now=timezone.now(), back=back)
    if form.is_valid():
        made = workshops.plan(sprint, form.plan(), by=request.user)
        messages.success(request, "The draft is made. Add the join link and an agenda, then publish it.")
        return redirect("meetups:overview", made.meetup.slug)
    context: dict[str, Any] = {
        "form": form,
        "title": "Plan a workshop",
        "lines": [
            "A workshop is a meet-up that only this cohort sees: with agenda, joining details, rooms and notes.",
            "Nobody is told before you publish it.",
        ],
        "breadcrumbs": to_plan(cohort, (sprint.name, back)),
    }
    return render(request, "networking/form.html", context)
