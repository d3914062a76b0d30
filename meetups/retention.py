"""How long sign-up details live: some weeks after the meet-up they are reduced to what is only counted."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from meetups import feedback, topics
from meetups.models import (
    Answer,
    AttendanceImport,
    CalendarFeed,
    Follower,
    KeepApart,
    LearnedAlias,
    Presence,
    RoomMember,
    SignUp,
    SignUpEvent,
)
from people import my_data
from people.models import Person


def forget_old_signups(now: datetime) -> int:
    """Remove answers, access needs and events of meet-ups long past; names too, unless the person signs in here.

    Who came from which council stays, so that counts stay right. Returns how many sign-ups were reduced.
    """
    before = now - timedelta(days=settings.SIGNUPS_KEEP_DAYS)
    old = SignUp.objects.filter(meetup__ends_at__lt=before)
    _forget_the_day(before)
    topics.forget_old(now, keep=timedelta(days=settings.SIGNUPS_KEEP_DAYS))
    return _reduce(old.filter(Q(answers__isnull=False) | ~Q(access_needs="") | Q(events__isnull=False))) + _unname(old)


@transaction.atomic
def _forget_the_day(before: datetime) -> None:
    """Who was marked as here, who was kept apart, and what reports said."""
    Presence.objects.filter(signup__meetup__ends_at__lt=before).delete()
    KeepApart.objects.filter(meetup__ends_at__lt=before).delete()
    AttendanceImport.objects.filter(meetup__ends_at__lt=before).exclude(attendees=[]).update(attendees=[])


@transaction.atomic
def _reduce(signups: Any) -> int:
    ids = list(signups.values_list("pk", flat=True).distinct())
    Answer.objects.filter(signup__in=ids).delete()
    SignUpEvent.objects.filter(signup__in=ids).delete()
    SignUp.objects.filter(pk__in=ids).update(access_needs="")
    return len(ids)


@transaction.atomic
def _unname(signups: Any) -> int:
    """Guests who never signed in keep nothing here: their name goes, and the person when nothing else is theirs."""
    guests = signups.filter(person__last_login=None).exclude(name="")
    people = list(guests.values_list("person_id", flat=True))
    RoomMember.objects.filter(signup__in=list(guests.values_list("pk", flat=True))).delete()
    feedback.forget_of(guests.values_list("pk", flat=True))
    count = guests.update(name="")
    named = SignUp.objects.exclude(name="").filter(person=OuterRef("person"))
    LearnedAlias.objects.filter(~Exists(named), person__in=people).delete()
    my_data.forget_guests(people)
    return count


def still_needed(ids: set[int]) -> set[int]:
    """Whom meet-ups know by name: hosts, followers, and whoever has a sign-up that was not reduced."""
    hosts = Person.objects.filter(pk__in=ids, hosting__isnull=False).values_list("pk", flat=True)
    guests = SignUp.objects.filter(person__in=ids).exclude(name="").values_list("person_id", flat=True)
    followers = Follower.objects.following().filter(person__in=ids).values_list("person_id", flat=True)
    return {*hosts, *guests, *followers}


def forget_person(person: Person, now: datetime) -> None:
    """What leaving means here: coming places are given back by the caller; past ones stay as counts without a name."""
    ids = list(person.signups.values_list("pk", flat=True))
    Answer.objects.filter(signup__in=ids).delete()
    SignUpEvent.objects.filter(signup__in=ids).delete()
    RoomMember.objects.filter(signup__in=ids).delete()
    Presence.objects.filter(signup__in=ids).delete()
    KeepApart.objects.filter(Q(one__in=ids) | Q(other__in=ids)).delete()
    LearnedAlias.objects.filter(person=person).delete()
    Follower.objects.filter(person=person).delete()
    CalendarFeed.objects.filter(person=person).delete()
    SignUp.objects.filter(pk__in=ids).update(name="", access_needs="", organisation="")
