"""Builders for tests: say only what matters to the test."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from meetups import signups, timings
from meetups.models import AgendaItem, Meetup, Series, SignUp
from people.models import Person

_numbers = count(1)

# A Wednesday in term time, ten in the morning, before the meet-up that most tests make.
NOW = datetime(2027, 2, 10, 10, 0, tzinfo=UTC)
START = datetime(2027, 2, 24, 10, 0, tzinfo=UTC)


def person(*roles: str, email: str = "", name: str = "", **fields: Any) -> Person:
    n = next(_numbers)
    made = Person.objects.create_user(email or f"person{n}@council{n}.gov.uk", name=name or f"Person {n}", **fields)
    for role in roles:
        made.grants.create(role=role)
    return made


def organiser(**fields: Any) -> Person:
    """An organiser with a second factor, who can so open organisers' pages."""
    return with_second_factor(person("organiser", **fields))


def administrator(**fields: Any) -> Person:
    return with_second_factor(person("administrator", **fields))


def with_second_factor(whom: Person) -> Person:
    TOTP.activate(whom, "JBSWY3DPEHPK3PXP")
    assert Authenticator.objects.filter(user=whom).exists()
    return whom


def client(whom: Person | None = None) -> Client:
    """A browser, signed in as somebody when said."""
    made = Client()
    if whom:
        made.force_login(whom)
    return made


def series(**fields: Any) -> Series:
    n = next(_numbers)
    return Series.objects.create(**{"name": f"Scrutiny network {n}", "slug": f"scrutiny-network-{n}", **fields})


def meetup(*, agenda: int = 2, hosts: list[Person] | None = None, **fields: Any) -> Meetup:
    """A published online meet-up of two hours with 72 places, unless said otherwise."""
    group = fields.pop("series", None) or series()
    starts_at = fields.pop("starts_at", START)
    state = fields.get("state", Meetup.State.PUBLISHED)
    defaults: dict[str, Any] = {
        "number": group.next_number(),
        "title": "Scrutiny and social media",
        "summary": "How committees can hear more people.",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "closes_at": timings.default_closing(starts_at),
        "details_at": timings.default_details(starts_at),
        "join_url": "https://video.example.org/j/123456",
        "places_online": 72,
        "state": state,
        "published_at": None if state == Meetup.State.DRAFT else NOW - timedelta(days=7),
        "cancelled_at": NOW if state == Meetup.State.CANCELLED else None,
    }
    made = Meetup(series=group, **{**defaults, **fields})
    made.slug = made.slug or f"{group.slug}-{made.number}"
    made.save()
    made.hosts.set([person(name="Hosting Holly")] if hosts is None else hosts)
    for position in range(agenda):
        AgendaItem.objects.create(meetup=made, position=position, title=f"Topic {position + 1}", minutes=30)
    return made


def room_meetup(**fields: Any) -> Meetup:
    """In a committee room."""
    room = {"venue": "Committee Room 1", "address": "County Hall, Market Road, Chelmsford CM1 1QH"}
    return meetup(**{"mode": "room", "places_online": None, "join_url": "", "places_room": 20, **room, **fields})


def both_meetup(**fields: Any) -> Meetup:
    room = {"venue": "Committee Room 1", "address": "County Hall, Market Road, Chelmsford CM1 1QH"}
    return meetup(**{"mode": "both", "places_online": 20, "places_room": 10, **room, **fields})


def details(**fields: Any) -> signups.Details:
    n = next(_numbers)
    who = {"name": f"Guest {n}", "email": f"guest{n}@council.gov.uk", "organisation": "Wessex Council"}
    return signups.Details(**{**who, **fields})


def signup(*, meetup: Meetup, now: datetime = NOW, **fields: Any) -> SignUp:
    """Somebody who signed up through the front door; their mail is in the outbox."""
    return signups.sign_up(meetup, details(**fields), now=now).signup
