"""What anybody may read: the list of meet-ups, and one of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from meetups import addresses, calendars, cards, dates, event_data, markdown, share_pictures, sharing, signups
from meetups.forms.finding import FindForm
from meetups.models import AgendaItem, Meetup, MeetupQuerySet, Notes, Sponsor
from meetups.views import loading
from people.access import Audience, open_to, same_for_strangers

PER_PAGE = 20
MOST_WORDS = 8


@same_for_strangers("page")
@open_to(Audience.EVERYONE)
@require_safe
def meetup_list(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    find = FindForm(request.GET)
    past = _page(_found(find, now), request.GET.get("page"))
    is_first_look = past.number == 1 and not find.is_used
    coming = Meetup.objects.public().upcoming(now).for_cards() if is_first_look else []
    context = {
        "coming": cards.of(coming, now),
        "past": past,
        "page_numbers": past.paginator.get_elided_page_range(past.number),
        "find": find,
        "is_first_look": is_first_look,
    }
    return render(request, "meetups/list.html", context)


def _found(find: FindForm, now: datetime) -> MeetupQuerySet:
    """Past meet-ups that took place, those with all the words in them."""
    past = Meetup.objects.public().standing().past(now).select_related("series")
    wanted = find.cleaned_data if find.is_valid() else {}
    if wanted.get("series"):
        past = past.filter(series=wanted["series"])
    for word in wanted.get("q", "").split()[:MOST_WORDS]:
        past = past.filter(_says(word))
    return past


def _says(word: str) -> Q:
    topic = AgendaItem.objects.filter(meetup=OuterRef("pk"), title__icontains=word)
    return (
        Q(title__icontains=word)
        | Q(summary__icontains=word)
        | Q(description__icontains=word)
        | Q(series__name__icontains=word)
        | Q(Exists(topic))
    )


def _page(past: MeetupQuerySet, number: str | None) -> Page[Meetup]:
    return Paginator(past, PER_PAGE).get_page(number)


@same_for_strangers()
@open_to(Audience.EVERYONE)
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    meetup = loading.published_or_404(slug)
    told = about(meetup, now)
    context = {
        **told,
        "news": meetup.news.all(),
        "has_notes": meetup.is_over(now) and Notes.objects.filter(meetup=meetup).exclude(published_at=None).exists(),
        "picture": addresses.absolute(share_pictures.path_of(meetup)),
        "picture_alt": share_pictures.alt(meetup),
        "mine": _mine(request, meetup),
        "event_json": mark_safe(_event_json(meetup, told["sponsors"])),  # noqa: S308 -- escaped by in_script
        "breadcrumbs": [("Meet-ups", reverse("meetups:list"))],
    }
    return render(request, "meetups/detail.html", context)


def about(meetup: Meetup, now: datetime) -> dict[str, Any]:
    """What the page of a meet-up says about it, also when its hosts look at it before it is published."""
    subject = subject_of(meetup)
    return {
        "meetup": meetup,
        "hosts": [host for host in meetup.hosts.select_related("council") if host.name],
        "agenda": loading.agenda_rows(meetup),
        "sponsors": _sponsors(meetup),
        "description": markdown.to_html(meetup.description),
        "is_open": meetup.is_open(now),
        "is_over": meetup.is_over(now),
        "why_closed": signups.why_closed(meetup, now),
        "page_url": subject.url,
        "shares": sharing.shares(subject),
        "post_text": sharing.post_text(subject),
    }


def _sponsors(meetup: Meetup) -> list[Sponsor]:
    """Most have none, and `published_or_404` knows so without asking once more."""
    return list(meetup.sponsors.all()) if getattr(meetup, "has_sponsors", True) else []


def subject_of(meetup: Meetup) -> sharing.Subject:
    when = dates.span(meetup.starts_at, meetup.ends_at)
    return sharing.Subject(meetup.title, when, addresses.page(meetup), meetup.hashtag, meetup.summary)


def _event_json(meetup: Meetup, sponsors: Sequence[Sponsor]) -> str:
    return sharing.in_script(event_data.event(meetup, sponsors, site_name=settings.SITE_NAME))


def _mine(request: HttpRequest, meetup: Meetup) -> str:
    """Where somebody who is signed in finds their booking of it; empty without one."""
    if not request.user.is_authenticated:
        return ""
    signup = meetup.signups.active().filter(person=request.user).first()
    return reverse("meetups:booking", args=[addresses.booking_token(signup)]) if signup else ""


@same_for_strangers()
@open_to(Audience.EVERYONE)
@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """For anybody's calendar: without the join link."""
    meetup = loading.published_or_404(slug)
    return calendar_file(calendars.for_public(meetup), meetup)


def calendar_file(text: str, meetup: Meetup) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{meetup.slug}.ics"'
    return answer
