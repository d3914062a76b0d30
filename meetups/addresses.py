"""Addresses that carry a right to one sign-up: the booking and the personal join link."""

from django.conf import settings
from django.urls import reverse

from meetups.models import CalendarFeed, Follower, Meetup, Series, SignUp
from people import links
from people.models import Person

BOOKING = "meetups:booking"
CONFIRM, FOLLOWING, STOP = "meetups:confirm_following", "meetups:following", "meetups:stop_following"
OWN_CALENDAR = "meetups:own_calendar"
JOIN = "meetups:join"
FEEDBACK = "meetups:feedback"
TOPICS = "meetups:topics_by_link"


class NoSuchBooking(Exception):
    """The link is forged, was made void, or is for something else."""


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def page(meetup: Meetup) -> str:
    return absolute(meetup.get_absolute_url())


def notes_path(meetup: Meetup) -> str:
    """Where its notes are read; those of a closed one stand on its page."""
    if meetup.series.is_closed:
        return f"{meetup.get_absolute_url()}#notes"
    return reverse("meetups:notes", args=[meetup.slug])


def booking_token(signup: SignUp) -> str:
    return links.make(BOOKING, signup.pk, signup.link_version)


def booking(signup: SignUp) -> str:
    """Where somebody sees and changes their booking."""
    return absolute(reverse("meetups:booking", args=[booking_token(signup)]))


def join(signup: SignUp) -> str:
    """The personal join link: leads to the call of the day, whatever its link is by then."""
    return absolute(reverse("meetups:join", args=[links.make(JOIN, signup.pk, signup.link_version)]))


def feedback(signup: SignUp) -> str:
    """Where somebody says what they thought, without signing in."""
    return absolute(reverse("meetups:feedback", args=[links.make(FEEDBACK, signup.pk, signup.link_version)]))


def topics(signup: SignUp) -> str:
    """Where somebody proposes, backs and votes, without signing in."""
    return absolute(reverse("meetups:topics_by_link", args=[links.make(TOPICS, signup.pk, signup.link_version)]))


def preferences(person: Person) -> str:
    return absolute(reverse("people:preferences_by_link", args=[links.make("people:preferences", person.pk)]))


def unsubscribe(person: Person, topic: str) -> str:
    """For one click in the mail program (RFC 8058)."""
    return absolute(reverse("people:unsubscribe", args=[topic, links.make("people:preferences", person.pk)]))


def signup_of(token: str, purpose: str) -> SignUp:
    """The sign-up this link is for; raises NoSuchBooking."""
    try:
        claim = links.read(purpose, token)
        return SignUp.objects.for_letters().get(pk=claim.pk, link_version=claim.version, person__is_active=True)
    except (links.BadLink, SignUp.DoesNotExist) as error:
        raise NoSuchBooking from error


def series_page(series: Series) -> str:
    return absolute(reverse("meetups:series", args=[series.slug]))


def confirm_following(follower: Follower) -> str:
    """Where somebody says yes to following; looking at it does nothing."""
    return _of_follower(CONFIRM, follower)


def following(follower: Follower) -> str:
    """What they follow, to change without signing in."""
    return _of_follower(FOLLOWING, follower)


def stop_following(follower: Follower) -> str:
    """For one click in the mail program (RFC 8058); looking at it only asks."""
    return _of_follower(STOP, follower)


def _of_follower(purpose: str, follower: Follower) -> str:
    return absolute(reverse(purpose, args=[links.make(purpose, follower.pk)]))


def own_calendar(feed: CalendarFeed) -> str:
    """For a calendar program: everything this person is signed up for."""
    return absolute(reverse(OWN_CALENDAR, args=[links.make(OWN_CALENDAR, feed.pk, feed.version)]))
