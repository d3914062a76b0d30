"""Feeds: Atom and iCalendar for the site and each series, and everybody's own calendar by a secret address."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_GET, require_POST, require_safe

from meetups import addresses, calendars, dates, following
from meetups.models import CalendarFeed, Meetup, MeetupQuerySet, Series
from meetups.views import loading
from people import links
from people.access import Audience, SignedInRequest, open_to, same_for_strangers

ENTRIES = 30
# Calendars show what was, too, for this long.
LOOK_BACK = timedelta(days=365)


@same_for_strangers()
@open_to(Audience.EVERYONE)
@require_safe
def site_atom(request: HttpRequest) -> HttpResponse:
    return _atom(f"{settings.SITE_NAME}: meet-ups", reverse("meetups:list"), request.path, Meetup.objects.all())


@same_for_strangers()
@open_to(Audience.EVERYONE)
@require_safe
def series_atom(request: HttpRequest, slug: str) -> HttpResponse:
    group = get_object_or_404(Series.objects.public(), slug=slug)
    return _atom(group.name, reverse("meetups:series", args=[slug]), request.path, group.meetups.all())


@same_for_strangers()
@open_to(Audience.EVERYONE)
@require_safe
def site_calendar(request: HttpRequest) -> HttpResponse:
    return _calendar(calendars.feed(_recent(Meetup.objects.all())))


@same_for_strangers()
@open_to(Audience.EVERYONE)
@require_safe
def series_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    return _calendar(calendars.feed(_recent(get_object_or_404(Series.objects.public(), slug=slug).meetups.all())))


def _recent(meetups: MeetupQuerySet) -> MeetupQuerySet:
    return meetups.public().filter(ends_at__gt=timezone.now() - LOOK_BACK).order_by("starts_at", "pk")


def _atom(title: str, path: str, own_path: str, meetups: MeetupQuerySet) -> HttpResponse:
    """The newest meet-ups first. The same rows make the same bytes, so that readers can be told "not modified"."""
    feed = Atom1Feed(
        title=title, link=addresses.absolute(path), description="", language="en-GB",
        feed_url=addresses.absolute(own_path),
    )  # fmt: skip
    for meetup in meetups.public().select_related("series").order_by("-published_at", "-pk")[:ENTRIES]:
        state = "Cancelled: " if meetup.is_cancelled else ""
        feed.add_item(
            title=f"{state}{meetup.title}",
            link=addresses.page(meetup),
            unique_id=f"urn:uuid:{meetup.uid}",
            description=f"{dates.span(meetup.starts_at, meetup.ends_at)}. {meetup.place_name}. {meetup.summary}",
            author_name=settings.SITE_NAME,
            pubdate=meetup.published_at,
            updateddate=meetup.changed_at,
            categories=[meetup.series.name],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _calendar(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


@open_to(Audience.LINK)
@require_safe
@loading.by_link
def own_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Everything somebody is signed up for, for their calendar program."""
    try:
        claim = links.read(addresses.OWN_CALENDAR, token)
    except links.BadLink as error:
        raise Http404 from error
    feed = get_object_or_404(
        CalendarFeed.objects.select_related("person"), pk=claim.pk, version=claim.version, person__is_active=True
    )
    mine = feed.person.signups.confirmed().filter(meetup__ends_at__gt=timezone.now() - LOOK_BACK)
    return _calendar(calendars.own_feed(mine.for_letters().order_by("meetup__starts_at", "pk")))


@open_to(Audience.SIGNED_IN)
@require_GET
def my_calendar(request: SignedInRequest) -> HttpResponse:
    """The secret address, and how to get a new one."""
    feed = CalendarFeed.objects.filter(person=request.user).first()
    url = addresses.own_calendar(feed) if feed else ""
    context = {"url": url, "webcal_url": url.replace("https://", "webcal://").replace("http://", "webcal://")}
    return render(request, "meetups/series/my_calendar.html", context)


@open_to(Audience.SIGNED_IN)
@require_POST
def renew_calendar(request: SignedInRequest) -> HttpResponse:
    """Make the address, or a new one in place of it."""
    now = timezone.now()
    if CalendarFeed.objects.filter(person=request.user).exists():
        following.renew_calendar(request.user, now=now)
        messages.success(request, "You have a new address. The old one shows nothing any more.")
    else:
        following.own_calendar(request.user, now=now)
    return redirect("meetups:my_calendar")
