"""Where every view starts: the row somebody may see, or 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from meetups import addresses, programme
from meetups.models import Meetup, SignUp, Sponsor
from people.models import Person

LONGEST_NUMBER = 18  # what a key of the database can hold
View = Callable[..., HttpResponse]


def published_or_404(slug: str) -> Meetup:
    """What strangers may know of, with its places counted."""
    named = Exists(Sponsor.objects.filter(meetup=OuterRef("pk")))
    return get_object_or_404(Meetup.objects.public().for_cards().annotate(has_sponsors=named), slug=slug)


def booked_or_404(slug: str) -> Meetup:
    """The same for who holds a link to their booking: also in a closed series."""
    return get_object_or_404(Meetup.objects.published().for_cards(), slug=slug)


def run_by_or_404(person: Person, slug: str) -> Meetup:
    """A meet-up this person may run, in whatever state, with its places counted."""
    return get_object_or_404(Meetup.objects.run_by(person).for_cards(), slug=slug)


def shared_by_or_404(person: Person, slug: str) -> Meetup:
    """The same, for words to the public: of a closed series nothing is told outside."""
    return get_object_or_404(Meetup.objects.run_by(person).filter(series__home_path="").for_cards(), slug=slug)


def booking_or_404(token: str) -> SignUp:
    """The sign-up a booking link is for."""
    return _signup_or_404(token, addresses.BOOKING)


def joining_or_404(token: str) -> SignUp:
    """The sign-up a personal join link is for."""
    return _signup_or_404(token, addresses.JOIN)


def signup_or_404(token: str, purpose: str) -> SignUp:
    """The sign-up a link for another purpose is for."""
    return _signup_or_404(token, purpose)


def _signup_or_404(token: str, purpose: str) -> SignUp:
    try:
        return addresses.signup_of(token, purpose)
    except addresses.NoSuchBooking as error:
        raise Http404 from error


def number(typed: str) -> int:
    """A whole number out of a form; 0 for what is none, or is longer than any of ours."""
    return int(typed) if typed.isdecimal() and len(typed) <= LONGEST_NUMBER else 0


def agenda_rows(meetup: Meetup) -> list[programme.Row]:
    return programme.of(meetup).rows


def by_link(view: View) -> View:
    """For pages whose address is a right: kept by no browser, proxy or search engine.

    The site's Referrer-Policy is same-origin, so the address reaches no other site. It is not no-referrer: browsers
    would then send forms with “Origin: null”, which the check against forged requests has to refuse.
    """

    @wraps(view)
    def private(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return private
