"""Who can help: people who said that they may be asked, and asking them through the app."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from evidence import emails
from evidence.models import Helper, HelpRequest
from people.models import Person


class AskedAlready(Exception):
    """The same person asked the same helper a short time ago."""


@transaction.atomic
def offer(
    person: Person, *, platforms: Sequence[str], what_for: str, is_councillor: bool, now: datetime, name: str = ""
) -> Helper:
    """List this person, or change what is listed. `since` stays. `name` is of somebody who gave none before."""
    if name:
        person.name = name
        person.save(update_fields=["name"])
    said = {"platforms": list(platforms), "what_for": what_for, "is_councillor": is_councillor}
    helper, _ = Helper.objects.update_or_create(person=person, defaults=said, create_defaults={**said, "since": now})
    return helper


def stop(person: Person) -> None:
    """Take them off the list; who asked them before is forgotten with it. Safe to repeat."""
    Helper.objects.filter(person=person).delete()


@transaction.atomic
def ask(helper: Helper, text: str, *, now: datetime, by: Person) -> HelpRequest:
    """Send the question by mail; the answer goes straight to whoever asked. Raises AskedAlready for the same words."""
    helper = Helper.objects.select_for_update(of=("self",)).select_related("person").get(pk=helper.pk)
    if helper.requests.filter(asked_by=by, text=text).exists():
        raise AskedAlready
    request = HelpRequest.objects.create(helper=helper, asked_by=by, text=text, sent_at=now)
    emails.help_asked(request)
    return request
