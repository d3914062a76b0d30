"""A pair ends: because a lead says so, or because one of the two has left. The row stays as history."""

from datetime import datetime

from django.db import transaction

from networking import emails_matching, support_meetings
from networking.models import Member, Pair
from people.models import Person


@transaction.atomic
def end(pair: Pair, *, why: str, now: datetime, by: Person | None = None) -> bool:
    """End it and tell whoever of the two is still here; False when it had ended already."""
    if not Pair.objects.current().filter(pk=pair.pk).update(ended_at=now, why_ended=why.strip()[:300]):
        return False
    ended = Pair.objects.with_people().get(pk=pair.pk)
    support_meetings.stop(ended, now=now)
    for member in (ended.councillor, ended.mentor):
        if member.is_here:
            emails_matching.ended(ended, member)
    return True


@transaction.atomic
def leave(member: Member, *, now: datetime) -> list[Pair]:
    """Somebody leaves the cohort: all their pairs end, and the others are told. Safe to repeat."""
    pairs = Pair.objects.current().filter(cohort=member.cohort_id).with_people()
    mine = [pair for pair in pairs if member.pk in {pair.councillor_id, pair.mentor_id}]
    return [pair for pair in mine if end(pair, why="One of the two is no longer in the cohort.", now=now)]
