"""Pages that stop somebody: what was shown to whom, what they typed, and that an officer read it."""

from datetime import datetime, timedelta

from django.db import transaction

from evidence import emails
from evidence.models import Inquiry, Item, StopShown
from people.models import Person


@transaction.atomic
def show(
    kind: str, *, to: Person, now: datetime, inquiry: Inquiry | None = None, item: Item | None = None
) -> StopShown:
    """Write down that somebody was stopped. A draft that stands before the same stop again has one row."""
    same = item.stops.filter(kind=kind, inquiry=inquiry, outcome=StopShown.Outcome.STOPPED) if item else None
    if same and (open_one := same.first()):
        return open_one
    return StopShown.objects.create(kind=kind, inquiry=inquiry, item=item, shown_to=to, shown_at=now)


MAKING_TAKES = timedelta(hours=1)


def take_over(inquiry: Inquiry, *, now: datetime, by: Person) -> None:
    """Topics that were refused while this person made it, as it was not there yet, are part of its record."""
    of_none = StopShown.objects.filter(inquiry=None, kind=StopShown.Kind.PERSON_TOPIC, shown_to=by)
    of_none.filter(shown_at__gte=now - MAKING_TAKES).update(inquiry=inquiry)


@transaction.atomic
def go_on(stop: StopShown, reason: str, *, now: datetime) -> StopShown:
    """They say why they need it all the same; every other officer of the inquiry is told by mail, and finds the reason
    among what needs them."""
    stop.outcome, stop.reason, stop.answered_at = StopShown.Outcome.WENT_ON, reason, now
    stop.save(update_fields=["outcome", "reason", "answered_at"])
    for part in stop.inquiry.memberships.officers().select_related("person") if stop.inquiry else ():
        if part.person_id != stop.shown_to_id:
            emails.went_past_a_stop(stop, part.person)
    return stop


@transaction.atomic
def see(stop: StopShown, *, now: datetime, by: Person) -> None:
    """An officer read it. The first one is kept."""
    StopShown.objects.filter(pk=stop.pk, seen_at=None).update(seen_at=now, seen_by=by)
