"""Whether somebody agreed to be quoted: asked by an officer, written down with how and when."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from evidence import history
from evidence.models import Item, ItemEvent
from people.models import Person


@transaction.atomic
def log(item: Item, state: str, note: str, *, now: datetime, by: Person) -> None:
    """Keep what they answered; the history has the answer and not the note, which may say who they are."""
    Item.objects.filter(pk=item.pk).update(consent=state, consent_note=note, version=F("version") + 1, changed_at=now)
    item.refresh_from_db()
    history.record(item, ItemEvent.Kind.CONSENT, now=now, by=by, facts={"consent": state or "not asked"})
