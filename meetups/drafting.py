"""Making a meet-up, and keeping what an organiser changes about it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from meetups import filling, publishing, sponsors
from meetups.models import Meetup
from people.models import Person

WAS_PUBLISHED = "It was published. Cancel it instead, so that everybody is told."


@transaction.atomic
def start(meetup: Meetup, *, hosts: Sequence[Person], by: Person) -> Meetup:
    """Keep a new meet-up as a draft, as the next of its series, with whose default agenda and sponsors it starts.

    Without hosts it gets those of the series.
    """
    publishing.number(meetup)
    meetup.created_by = by
    meetup.save(force_insert=True)
    meetup.hosts.set(hosts or meetup.series.hosts.all())
    filling.copy_agenda(meetup.series, to=meetup)
    sponsors.copy(meetup.series, to=meetup)
    return meetup


@transaction.atomic
def keep(meetup: Meetup, *, hosts: Sequence[Person], now: datetime) -> Meetup:
    """Keep changes to a meet-up; a draft that changed its series gets a number there. Raises publishing.NotNow."""
    if meetup.is_draft and Meetup.objects.get(pk=meetup.pk).series_id != meetup.series_id:
        publishing.number(meetup)
    publishing.save_changes(meetup, now=now)
    meetup.hosts.set(hosts)
    return meetup


@transaction.atomic
def delete(meetup: Meetup) -> None:
    """Forget a draft. Raises publishing.NotNow when it was published: people may rely on it, so it can be cancelled.

    Safe to repeat: what somebody else deleted in the same moment is deleted.
    """
    found = Meetup.objects.select_for_update().filter(pk=meetup.pk).first()
    if found and not found.is_draft:
        raise publishing.NotNow(WAS_PUBLISHED)
    if found:
        sponsors.remove_all(found)
        found.delete()
