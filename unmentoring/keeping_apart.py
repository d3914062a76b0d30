"""People who must not be put together. Private: never a reason given to anybody."""

from datetime import datetime

from django.db import transaction

from people.models import Person
from unmentoring.models import KeepApart, Participant


class SamePerson(Exception):
    """Somebody cannot be kept apart from themselves."""


@transaction.atomic
def keep_apart(one: Participant, other: Participant, *, reason: str = "", by: Person, now: datetime) -> KeepApart:
    """From the next draw on these two are not put together; a pairing that stands stays. Safe to repeat."""
    if one.pk == other.pk:
        raise SamePerson("Choose two different people.")
    first, second = sorted((one, other), key=lambda participant: participant.pk)
    defaults = {"reason": reason, "created_by": by, "created_at": now}
    return KeepApart.objects.get_or_create(one=first, other=second, defaults=defaults)[0]


def lift(pair: KeepApart) -> None:
    """They may be put together again."""
    pair.delete()
