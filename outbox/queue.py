"""Put a message into the outbox, in the transaction of whatever caused it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from outbox import headers, nudges, tasks
from outbox.models import Message

_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")


@dataclass(frozen=True)
class Calendar:
    """A calendar file for a message: `method` is REQUEST or CANCEL (RFC 5546)."""

    text: str
    method: str


@dataclass(frozen=True)
class Words:
    """What a message says, rendered."""

    subject: str
    text: str
    html: str


def queue(
    *,
    key: str,
    to: str,
    template: str,
    context: Mapping[str, Any],
    reply_to: Sequence[str] = (),
    calendar: Calendar | None = None,
    unsubscribe_url: str = "",
    due_at: datetime | None = None,
) -> Message:
    """Write one message for one reason and return its row; the same key returns the row that is there already.

    `template` names three files, `templates/<app>/emails/<name>.{subject.txt,txt,html}`: pass "meetups/signed_up".
    Written in the caller's transaction: a roll-back sends nothing. After the commit a worker is nudged; if the broker
    is away the sweep finds the row.
    """
    existing = Message.objects.filter(key=key).first()
    if existing:
        return existing
    words = render(template, context)
    message = _compose(key=key, to=to, kind=template, words=words, reply_to=reply_to, due_at=due_at)
    message.unsubscribe_url = unsubscribe_url
    if calendar:
        message.calendar, message.calendar_method = calendar.text, calendar.method
    return _save(message)


def queue_secret(*, key: str, to: str, kind: str, words: Words) -> Message:
    """Write a message whose words open a door, such as a sign-in code: they are forgotten once it is sent."""
    message = _compose(key=key, to=to, kind=kind, words=words, reply_to=(), due_at=None)
    message.is_secret = True
    return _save(message)


def render(template: str, context: Mapping[str, Any]) -> Words:
    """What a message would say, without writing one: for a preview."""
    folder, name = template.split("/")
    full = {"site": site_context(), **context}
    path = f"{folder}/emails/{name}"
    subject = headers.one_line(render_to_string(f"{path}.subject.txt", full))
    # Conditions in a text template leave empty lines behind: one is enough.
    text = _EMPTY_LINES.sub("\n\n", render_to_string(f"{path}.txt", full)).strip() + "\n"
    return Words(subject, text, render_to_string(f"{path}.html", {**full, "subject": subject}))


def _compose(
    *, key: str, to: str, kind: str, words: Words, reply_to: Sequence[str], due_at: datetime | None
) -> Message:
    now = timezone.now()
    return Message(
        key=key,
        kind=kind,
        to_email=headers.one_line(to),
        subject=words.subject[:255],
        text=words.text,
        html=words.html,
        reply_to=", ".join(reply_to),
        message_id=make_msgid(domain=settings.SITE_HOST),
        created_at=now,
        due_at=due_at or now,
    )


def _save(message: Message) -> Message:
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        # Somebody else wrote the message for this reason between our look and our insert.
        return Message.objects.get(key=message.key)
    nudges.after_commit(tasks.deliver)
    return message


def site_context() -> dict[str, str]:
    """What every e-mail may say about this site."""
    return {"name": settings.SITE_NAME, "url": settings.SITE_URL, "contact_email": settings.CONTACT_EMAIL}
