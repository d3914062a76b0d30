"""Removing what is held about somebody who asks for it by letter: by an administrator, with a reason, written down."""

from datetime import datetime

from django.db import transaction

from people import my_data
from people.models import Person, Removal, Role, RoleGrant


class NotAllowed(Exception):
    """Nobody removes themselves this way (they leave), nor the last administrator."""


def may_remove(person: Person, *, by: Person) -> bool:
    administrators = Person.objects.filter(is_active=True, grants__role=Role.ADMINISTRATOR)
    return person != by and administrators.exclude(pk=person.pk).exists()


@transaction.atomic
def remove(person: Person, *, reason: str, by: Person, now: datetime) -> Removal:
    """Forget who this is, as if they had left themselves, and keep that, when, by whom and why.

    Raises Person.DoesNotExist when somebody else just did it.
    """
    # Two administrators who remove each other at once: the second finds that they are the last one.
    list(RoleGrant.objects.select_for_update().filter(role=Role.ADMINISTRATOR).order_by("pk"))
    person = Person.objects.still_named().get(pk=person.pk)
    if not may_remove(person, by=by):
        raise NotAllowed
    my_data.leave(person, now=now)
    return Removal.objects.create(person=person, removed_by=by, removed_at=now, reason=reason)
