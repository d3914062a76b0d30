"""What meet-ups tell the apps below: its door, its shelf of “My things”, what it holds about a person."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

from meetups import addresses, dates, emails, emails_afterwards, records, retention, signups
from meetups.models import Meetup, SignUp
from people import access, my_data, my_things, preferences
from people.models import Person


def register() -> None:
    access.register_members(access.Audience.HOSTS, lambda person: Meetup.objects.filter(hosts=person).exists())
    preferences.register(emails.REMINDERS, "a short reminder before a meet-up I have a place at")
    preferences.register(emails_afterwards.FEEDBACK, "a question the morning after a meet-up, what I thought of it")
    preferences.register(emails_afterwards.NOTES, "word of the notes of a meet-up I came to")
    my_data.register("Meet-ups afterwards", collect=records.collect, forget=records.forget)
    my_things.register(
        "Meet-ups I attended",
        empty="Meet-ups you came to appear here afterwards, with their notes and a certificate.",
        cards=_attended,
    )
    my_data.register("Meet-ups", collect=collect, forget=forget, still_needed=retention.still_needed)
    my_things.register(
        "My meet-ups", empty="You are not signed up for a meet-up. The next ones are on the meet-ups page.", cards=cards
    )


def cards(person: Person, now: datetime) -> list[my_things.Card]:
    """Coming meet-ups of this person, then those they host."""
    coming = (
        person.signups.active().filter(meetup__ends_at__gt=now).select_related("meetup").order_by("meetup__starts_at")
    )
    hosting = Meetup.objects.filter(hosts=person).upcoming(now)
    return [*(_my_place(signup, now) for signup in coming), *(_my_hosting(meetup) for meetup in hosting)]


def _attended(person: Person, now: datetime) -> list[my_things.Card]:
    """One card for all of them."""
    line = records.summary(person, now)
    return [my_things.Card("My record", line, reverse("meetups:my_record"), "See them all", urgency=6)] if line else []


def _my_place(signup: SignUp, now: datetime) -> my_things.Card:
    when = dates.moment(signup.meetup.starts_at)
    state = "Cancelled by the organisers" if signup.meetup.is_cancelled else f"You have {_having(signup)}"
    url = reverse("meetups:booking", args=[addresses.booking_token(signup)])
    if signup.is_waiting and signup.has_offer(now) and signup.offer_until:
        state = f"A place is free for you. Take it by {dates.moment(signup.offer_until)}"
        return my_things.Card(signup.meetup.title, f"{when}. {state}.", url, "Take it or leave it", urgency=0)
    return my_things.Card(signup.meetup.title, f"{when}. {state}.", url, "See my booking", urgency=1)


def _having(signup: SignUp) -> str:
    return "a place" if signup.is_confirmed else "a place on the waiting list"


def _my_hosting(meetup: Meetup) -> my_things.Card:
    when = dates.moment(meetup.starts_at)
    url = reverse("meetups:overview", args=[meetup.slug])
    return my_things.Card(meetup.title, f"{when}. You host it.", url, "Run this meet-up", urgency=2)


def collect(person: Person) -> my_data.Records:
    """Every sign-up with all that was said, and the series this person follows."""
    rows = person.signups.select_related("meetup", "council").prefetch_related("answers__question")
    return [*(_record(signup) for signup in rows), *_follows(person)]


def _record(signup: SignUp) -> dict[str, Any]:
    return {
        "Meet-up": signup.meetup.title,
        "When": signup.meetup.starts_at,
        "Signed up": signup.signed_up_at,
        "State": signup.get_state_display(),
        "Name": signup.name,
        "Council or organisation": signup.works_at,
        "Role": signup.get_role_display(),
        "Access needs": signup.access_needs,
        "Came": signup.came_at,
        **{answer.question.label: answer.text for answer in signup.answers.all()},
    }


def _follows(person: Person) -> my_data.Records:
    return [
        {
            "Follows the series": follower.series.name,
            "Asked for": follower.asked_at,
            "Confirmed": follower.confirmed_at,
            "Stopped": follower.stopped_at,
        }
        for follower in person.follows.select_related("series")
    ]


def forget(person: Person, now: datetime) -> None:
    """Give back places of meet-ups to come, then forget who it was."""
    still_to_come = Q(meetup__starts_at__gt=now, meetup__state=Meetup.State.PUBLISHED)
    for signup in person.signups.active().filter(still_to_come):
        signups.cancel(signup, now=now)
    retention.forget_person(person, now)
