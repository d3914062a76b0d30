"""Topics for the next meet-up: proposed, backed and voted on by link or signed in; polls run by hosts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from meetups import addresses
from meetups import topics as choosing
from meetups.forms.topics import CloseForm, PollForm, ProposeForm, VoteForm
from meetups.models import Backing, Meetup, Poll, Topic, Vote
from meetups.views import loading, trail
from people import limits
from people.access import Audience, SignedInRequest, open_to
from people.models import Person


@open_to(Audience.EVERYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def topics(request: HttpRequest, slug: str) -> HttpResponse:
    """To read for everybody; to take part for whoever is signed in."""
    meetup = loading.published_or_404(slug)
    person = request.user if request.user.is_authenticated else None
    return _page(request, meetup, person, reverse("meetups:topics", args=[slug]))


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@loading.by_link
def topics_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same for somebody who came from an e-mail."""
    signup = loading.signup_or_404(token, addresses.TOPICS)
    return _page(request, signup.meetup, signup.person, reverse("meetups:topics_by_link", args=[token]))


def _page(request: HttpRequest, meetup: Meetup, person: Person | None, here: str) -> HttpResponse:
    do, poll = request.GET.get("do", ""), _poll(meetup)
    if request.method == "POST" and person is None:
        return redirect(f"{reverse('account_login')}?next={here}")
    if request.method == "POST" and not limits.allows(request, "meetups:topics", key=str(person and person.pk)):
        return render(request, "429.html", status=429)
    propose = ProposeForm(request.POST if request.method == "POST" and do == "propose" else None)
    voted = VoteForm(request.POST if request.method == "POST" and do == "vote" else None, poll=poll) if poll else None
    if person and request.method == "POST" and _is_done(request, meetup, person, propose, voted):
        return redirect(here)
    mine = Vote.objects.filter(poll=poll, person=person).first() if poll and person else None
    if voted and mine and not voted.is_bound:
        voted.initial["candidate"] = mine.candidate_id
    context = {
        "meetup": meetup, "person": person, "here": here, "poll": poll, "my_vote": mine,
        "rows": _rows(meetup, person), "form": propose, "vote": voted,
        "may_vote": bool(poll and poll.is_open and person and choosing.may_vote(meetup, person)),
        "results": list(poll.candidates.counted()) if poll and not poll.is_open else [],
        "has_errors": bool(voted and voted.errors),
        "breadcrumbs": [("Meet-ups", reverse("meetups:list")), (meetup.title, meetup.get_absolute_url())],
    }  # fmt: skip
    return render(request, "meetups/afterwards/topics.html", context)


def _poll(meetup: Meetup) -> Poll | None:
    return Poll.objects.filter(meetup=meetup).select_related("winner", "meetup").first()


def _open_topics(meetup: Meetup) -> QuerySet[Topic]:
    return meetup.series.topics.open().by_backing()


def _rows(meetup: Meetup, person: Person | None) -> list[tuple[Topic, bool]]:
    """Each open topic, and whether this person backs it."""
    mine = set(Backing.objects.filter(person=person).values_list("topic_id", flat=True)) if person else set()
    return [(topic, topic.pk in mine) for topic in _open_topics(meetup)]


def _is_done(
    request: HttpRequest, meetup: Meetup, person: Person, propose: ProposeForm, voted: VoteForm | None
) -> bool:
    """Do what was asked for; False when a form has to be shown again."""
    now = timezone.now()
    try:
        if propose.is_bound:
            return propose.is_valid() and _proposed(request, meetup, person, propose)
        if voted and voted.is_bound:
            if not voted.is_valid():
                return False
            choosing.vote(voted.cleaned_data["candidate"].poll, voted.cleaned_data["candidate"], by=person, now=now)
            messages.success(request, "Your vote is counted. You can change it until the poll closes.")
            return True
        topic = _topic_or_404(meetup, request.POST.get("topic", ""))
        choosing.unback(topic, by=person) if "unback" in request.POST else choosing.back(topic, by=person, now=now)
    except choosing.NoPollNow as why:
        messages.error(request, str(why))
    return True


def _proposed(request: HttpRequest, meetup: Meetup, person: Person, form: ProposeForm) -> bool:
    try:
        choosing.propose(meetup.series, form.cleaned_data["title"], by=person, now=timezone.now())
    except choosing.TooManyTopics:
        form.add_error("title", "The list is full. Back one of the topics on it")
        return False
    messages.success(request, "Your topic is on the list.")
    return True


def _topic_or_404(meetup: Meetup, number: str) -> Topic:
    return get_object_or_404(meetup.series.topics.open(), pk=loading.number(number))


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "HEAD", "POST"])
def organise_topics(request: SignedInRequest, slug: str) -> HttpResponse:
    """The list of the series, the poll of this meet-up."""
    meetup = loading.run_by_or_404(request.user, slug)
    poll, do = _poll(meetup), request.GET.get("do", "")
    among = list(_open_topics(meetup))
    leaders = choosing.leaders(poll) if poll and poll.is_open else []
    sent = request.POST if request.method == "POST" else None
    forms: dict[str, Any] = {
        "open": PollForm(sent if do == "open" else None, among=among),
        "close": CloseForm(sent if do == "close" else None, leaders=leaders),
        "propose": ProposeForm(sent if do == "propose" else None),
    }
    if sent is not None and _run(request, meetup, poll, do, forms):
        return redirect("meetups:organise_topics", slug)
    context = {
        "meetup": meetup, "topics": among, "poll": poll, "leaders": leaders, "forms": forms,
        "candidates": list(poll.candidates.counted()) if poll else [],
        "has_errors": any(form.errors for form in forms.values()),
        "breadcrumbs": trail.to(request, meetup),
    }  # fmt: skip
    return render(request, "meetups/organise/topics.html", context)


def _run(request: SignedInRequest, meetup: Meetup, poll: Poll | None, do: str, forms: dict[str, Any]) -> bool:
    """Do what the host asked for; False when a form has to be shown again."""
    actions: dict[str, Callable[[], bool]] = {
        "open": lambda: _opened(request, meetup, forms["open"]),
        "close": lambda: poll is None or _closed(request, poll, forms["close"]),
        "propose": lambda: forms["propose"].is_valid() and _proposed(request, meetup, request.user, forms["propose"]),
        "remove": lambda: _removed(request, meetup),
    }
    try:
        return actions[do]() if do in actions else True
    except choosing.NoPollNow as why:
        messages.error(request, str(why))
        return True


def _opened(request: SignedInRequest, meetup: Meetup, form: PollForm) -> bool:
    if not form.is_valid():
        return False
    choosing.open_poll(meetup, form.cleaned_data["topics"], by=request.user, now=timezone.now())
    messages.success(request, "The poll is open.")
    return True


def _closed(request: SignedInRequest, poll: Poll, form: CloseForm) -> bool:
    if not form.is_valid():
        return False
    closed = choosing.close_poll(poll, form.cleaned_data.get("winner"), now=timezone.now())
    said = f"“{closed.winner}” has won." if closed.winner else "The poll is closed. Nobody voted."
    messages.success(request, said)
    return True


def _removed(request: SignedInRequest, meetup: Meetup) -> bool:
    topic = _topic_or_404(meetup, request.POST.get("topic", ""))
    choosing.remove(topic, now=timezone.now())
    messages.success(request, f"“{topic}” is off the list.")
    return True
