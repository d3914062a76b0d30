"""A series: its page, following it and stopping, its snippet for other sites."""

from datetime import datetime
from typing import Any

from csp.decorators import csp_replace
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from meetups import addresses, cards, following
from meetups.forms.following import FollowForm, FollowingForm
from meetups.models import Follower, Meetup, News, Series
from meetups.views import loading
from people import limits, links
from people.access import Audience, open_to, same_for_strangers

PAST_SHOWN = 10
NEWS_SHOWN = 5


@same_for_strangers()
@open_to(Audience.EVERYONE)
@require_GET
def series(request: HttpRequest, slug: str) -> HttpResponse:
    return _show(request, get_object_or_404(Series.objects.public(), slug=slug))


def _show(request: HttpRequest, group: Series, form: FollowForm | None = None, status: int = 200) -> HttpResponse:
    now = timezone.now()
    action = reverse("meetups:follow", args=[group.slug])
    meetups = Meetup.objects.public().filter(series=group)
    context = {
        "series": group,
        "series_url": addresses.series_page(group),
        "coming": cards.of(meetups.upcoming(now).for_cards(), now),
        "past": meetups.standing().past(now)[:PAST_SHOWN],
        "news": News.objects.filter(meetup__in=meetups).select_related("meetup")[:NEWS_SHOWN],
        "form": form or FollowForm(action=action),
        "is_following": _follows(request, group),
        "breadcrumbs": [("Meet-ups", reverse("meetups:list"))],
    }
    return render(request, "meetups/series/series.html", context, status=status)


def _follows(request: HttpRequest, group: Series) -> bool:
    user = request.user
    return user.is_authenticated and user.follows.following().filter(series=group).exists()


@open_to(Audience.EVERYONE)
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the address first; the page that follows is the same whether or not we know it."""
    group, now = get_object_or_404(Series.objects.public(), slug=slug), timezone.now()
    if request.method == "GET":
        return redirect("meetups:series", slug)
    if request.user.is_authenticated:
        following.start_signed_in(group, request.user, now=now)
        messages.success(request, f"You follow “{group.name}”. We write to you when a new meet-up is planned.")
        return redirect("meetups:series", slug)
    form = FollowForm(request.POST, action=request.path)
    if not form.is_valid():
        return _show(request, group, form)
    email = form.cleaned_data["email"]
    if not limits.allows(request, "meetups:follow", key=email):
        form.add_error(None, "This was sent too often in a short time. Wait ten minutes and send it again.")
        return _show(request, group, form, status=429)
    following.ask(group, email, now=now)
    return render(request, "meetups/series/asked.html", {"series": group, "email": email})


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@loading.by_link
def confirm_following(request: HttpRequest, token: str) -> HttpResponse:
    """Looking asks, the button says yes: mail programs look at every link."""
    follower = _follower_or_404(token, addresses.CONFIRM)
    if request.method == "POST":
        following.start(follower, now=timezone.now())
        messages.success(request, f"You follow “{follower.series.name}”. We write when a new meet-up is planned.")
        return redirect("meetups:series", follower.series.slug)
    return render(request, "meetups/series/confirm.html", {"follower": follower, "series": follower.series})


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@loading.by_link
def choose_following(request: HttpRequest, token: str) -> HttpResponse:
    """What they follow, without signing in."""
    follower = _follower_or_404(token, addresses.FOLLOWING)
    form = FollowingForm(request.POST if request.method == "POST" else None, person=follower.person)
    if form.is_valid():
        following.keep_only(follower.person, form.wanted(), now=timezone.now())
        messages.success(request, "Your choices are saved.")
        return redirect("meetups:following", token)
    return render(request, "meetups/series/following.html", {"form": form, "email": follower.person.email})


@open_to(Audience.LINK)
@csrf_exempt  # mail programs post here without a page of ours (RFC 8058); the token is the right
@require_http_methods(["GET", "HEAD", "POST"])
@loading.by_link
def stop_following(request: HttpRequest, token: str) -> HttpResponse:
    follower = _follower_or_404(token, addresses.STOP)
    if request.method == "POST":
        following.stop(follower, now=timezone.now())
    context = {"series": follower.series, "is_stopped": request.method == "POST"}
    return render(request, "meetups/series/stop.html", context)


def _follower_or_404(token: str, purpose: str) -> Follower:
    max_age = following.CONFIRM_WITHIN if purpose == addresses.CONFIRM else None
    try:
        claim = links.read(purpose, token, max_age=max_age)
    except links.BadLink as error:
        raise Http404 from error
    return get_object_or_404(Follower.objects.select_related("series", "person"), pk=claim.pk, person__is_active=True)


@open_to(Audience.EVERYONE)
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]
@require_GET
def embed(request: HttpRequest, slug: str) -> HttpResponse:
    """The next meet-up of a series, for a frame on anybody's site. Sets no cookie."""
    group, now = get_object_or_404(Series.objects.public(), slug=slug), timezone.now()
    return render(request, "meetups/series/embed.html", {"series": group, **_next_of(group, now)})


def _next_of(group: Series, now: datetime) -> dict[str, Any]:
    coming = Meetup.objects.standing().filter(series=group).upcoming(now).for_cards()[:1]
    made = cards.of(coming, now)
    if not made:
        return {"card": None, "url": addresses.series_page(group)}
    return {"card": made[0], "url": addresses.page(made[0].meetup)}
