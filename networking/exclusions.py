"""Who must not be matched with whom: said by a lead, seen by leads alone."""

from datetime import datetime

from django.db import transaction

from networking.models import Exclusion, Member
from people.models import Person


@transaction.atomic
def exclude(
    councillor: Member, mentor: Member, *, reason: str, note: str, now: datetime, by: Person
) -> tuple[Exclusion, bool]:
    """Keep it, and whether it is new; said twice it is one row with the last words."""
    said = {"reason": reason, "note": note.strip(), "said_by": by, "said_at": now, "cohort": councillor.cohort}
    return Exclusion.objects.update_or_create(councillor=councillor, mentor=mentor, defaults=said)


@transaction.atomic
def lift(exclusion: Exclusion) -> None:
    """They may be matched again. Pairs that stand are not touched by either."""
    exclusion.delete()
