"""Following a series: asked for on its page, agreed to by a link in an e-mail, stopped by one click."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from meetups import emails_following as emails
from meetups.models import CalendarFeed, Follower, Series
from people import my_data
from people.models import Person

# A request that nobody confirms is forgotten after this long, and the link in the mail is good for as long.
CONFIRM_WITHIN = timedelta(days=7)


@transaction.atomic
def ask(series: Series, email: str, *, now: datetime) -> None:
    """Write to this address to ask whether it wants to follow. Known, unknown and following ones all get one mail."""
    person = _person(email)
    follower = Follower.objects.select_for_update().filter(series=series, person=person).first()
    if follower is None:
        follower, _ = Follower.objects.get_or_create(series=series, person=person, defaults={"asked_at": now})
    if follower.is_following:
        emails.already_following(follower, now=now)
        return
    follower.asked_at = now
    follower.save(update_fields=["asked_at"])
    emails.confirm_following(follower, now=now)


def _person(email: str) -> Person:
    person = Person.objects.known_as(email)
    if person is None:
        try:
            with transaction.atomic():
                person = Person.objects.create_user(email)
        except IntegrityError:  # the same address asked in this very moment
            person = Person.objects.get_by_natural_key(email)
    return person


def start(follower: Follower, *, now: datetime) -> None:
    """They said yes. Safe to repeat."""
    if not follower.is_following:
        Follower.objects.filter(pk=follower.pk).update(confirmed_at=now, stopped_at=None)


def start_signed_in(series: Series, person: Person, *, now: datetime) -> None:
    """Somebody who is signed in has shown already that the address is theirs."""
    follower, _ = Follower.objects.get_or_create(series=series, person=person, defaults={"asked_at": now})
    start(follower, now=now)


def stop(follower: Follower, *, now: datetime) -> None:
    """No more e-mails about this series. Safe to repeat."""
    Follower.objects.filter(pk=follower.pk, stopped_at=None).update(stopped_at=now)


@transaction.atomic
def keep_only(person: Person, wanted: Collection[int], *, now: datetime) -> None:
    """Go on following these and stop the others; nobody begins to follow by it."""
    person.follows.following().exclude(pk__in=wanted).update(stopped_at=now)
    person.follows.filter(confirmed_at__isnull=False, pk__in=wanted).update(stopped_at=None)


def forget_old(now: datetime) -> int:
    """Forget requests that nobody confirmed and who stopped long ago, and whose nothing else is theirs; how many."""
    stopped_before = now - timedelta(days=settings.SIGNUPS_KEEP_DAYS)
    old = Follower.objects.filter(
        Q(confirmed_at=None, asked_at__lt=now - CONFIRM_WITHIN) | Q(stopped_at__lt=stopped_before)
    )
    people = list(old.values_list("person_id", flat=True))
    count, _ = old.delete()
    my_data.forget_guests(people)
    return count


@transaction.atomic
def own_calendar(person: Person, *, now: datetime) -> CalendarFeed:
    """The address of their calendar; made when they first look for it."""
    feed, _ = CalendarFeed.objects.get_or_create(person=person, defaults={"made_at": now})
    return feed


@transaction.atomic
def renew_calendar(person: Person, *, now: datetime) -> None:
    """A new address; whoever has the old one sees nothing any more."""
    feed = CalendarFeed.objects.select_for_update().get(pk=own_calendar(person, now=now).pk)
    feed.version, feed.made_at = feed.version + 1, now
    feed.save()
