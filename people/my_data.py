"""Taking one's data out, and leaving. Every app says what it holds about a person and how it forgets them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.db import transaction

from outbox import delivery
from outbox.models import Message
from people.models import Person

# What is shown: a list of records, each a flat mapping of label to value.
Records = list[dict[str, Any]]


@dataclass(frozen=True)
class Section:
    """What one app holds about a person. `forget` removes what names them and keeps what is only counted."""

    title: str
    collect: Callable[[Person], Records]
    forget: Callable[[Person, datetime], None]
    still_needed: Callable[[set[int]], set[int]]
    collect_for: Callable[[Person, Person], Records] | None

    def shown_to(self, reader: Person | None, person: Person) -> Records:
        return self.collect(person) if reader is None or not self.collect_for else self.collect_for(person, reader)


_sections: list[Section] = []


def _nobody(ids: set[int]) -> set[int]:
    return set()


def register(
    title: str,
    *,
    collect: Callable[[Person], Records],
    forget: Callable[[Person, datetime], None],
    still_needed: Callable[[set[int]], set[int]] = _nobody,
    collect_for: Callable[[Person, Person], Records] | None = None,
) -> None:
    """`still_needed` says which of these people the app must go on knowing by name and address.

    `collect_for` is `collect` without what a second person, who answers in the first one's stead, must not see.
    """
    _sections.append(Section(title, collect, forget, still_needed, collect_for))


def collect(person: Person, *, reader: Person | None = None) -> dict[str, Records]:
    """Everything held about this person, by section; `reader` is somebody else who reads it for them."""
    of_apps = {section.title: section.shown_to(reader, person) for section in _sections}
    return {"About you": _about(person), **of_apps, "Emails we wrote to you": _messages(person)}


def _about(person: Person) -> Records:
    return [
        {
            "Name": person.name,
            "Email address": person.email,
            "Council or organisation": person.works_at,
            "Known since": person.joined_at,
            "Roles": ", ".join(grant.get_role_display() for grant in person.grants.all()),
            **{f"Agreed to: {c.purpose}, version {c.version}": c.wording for c in person.consents.all()},
            **{f"Wants {choice.topic}": choice.wanted for choice in person.preferences.all()},
        }
    ]


def _messages(person: Person) -> Records:
    messages = Message.objects.filter(to_email__iexact=person.email).order_by("created_at", "pk")
    return [{"Written": m.created_at, "Subject": m.shown_subject, "State": m.get_state_display()} for m in messages]


@transaction.atomic
def leave(person: Person, *, now: datetime) -> None:
    """Forget who this is. Counts stay (how many came); names, addresses and answers go. Cannot be undone."""
    for section in _sections:
        section.forget(person, now)
    for related in (person.grants, person.consents, person.preferences):
        related.all().delete()
    # What administrators changed about them among the raw data is written down with their name.
    changed = LogEntry.objects.filter(content_type__app_label="people", content_type__model="person")
    changed.filter(object_id=str(person.pk)).update(object_repr=f"Person {person.pk}", change_message="")
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    stand_in = f"left-{person.pk}@invalid"
    delivery.forget_address(person.email, stand_in=stand_in)
    person.email = stand_in
    person.name = person.organisation = ""
    person.council = None
    person.is_active = False
    person.left_at = now
    person.save()


@transaction.atomic
def forget_guests(ids: Iterable[int]) -> int:
    """Forget those of these people who never signed in, have no role, and whom no app needs by name; how many."""
    wanted = set(ids)
    needed = {pk for section in _sections for pk in section.still_needed(wanted)}
    guests = Person.objects.filter(pk__in=wanted - needed, last_login=None, grants=None).exclude(is_active=False)
    for person in guests:
        stand_in = f"guest-{person.pk}@invalid"
        delivery.forget_address(person.email, stand_in=stand_in)
        person.email, person.name, person.organisation, person.council = stand_in, "", "", None
        person.is_active = False
        person.save()
    return len(guests)
