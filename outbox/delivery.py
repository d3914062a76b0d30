"""Send what is in the outbox. Claim a row, send it, write down what happened; whoever dies in between is swept up.

At most one message per worker is between "claimed" and "written down" at any time, so a killed worker can cause at most
one second copy, and that copy has the same Message-ID.
"""

import logging
import smtplib
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NoReturn

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from outbox import headers
from outbox.conversation import Conversation
from outbox.models import Message, Suppression

logger = logging.getLogger(__name__)

# After the n-th temporary refusal wait this long; after the last one we give up.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440))
# When the mail server cannot be reached at all, that says nothing about the message: try again for days.
SERVER_WAIT = timedelta(seconds=60)
GIVE_UP_AFTER = timedelta(days=4)
# The server closes the connection: an answer to anything, about no message in particular (RFC 5321, 3.8).
CLOSING = 421
# A task works for this long and leaves the rest to the next sweep, so that a worker can be stopped politely.
TURN_SECONDS = 60.0
BATCH = 100

State = Message.State


class ServerUnreachable(Exception):
    """The mail server refused or lost the connection; the message itself was not judged."""


def send_due(now: datetime) -> int:
    """Send what is due until nothing is left or the turn is over; return how many were sent."""
    started, sent, conversation = time.monotonic(), 0, Conversation()
    try:
        for pk in _due_ids(now):
            if time.monotonic() - started > TURN_SECONDS:
                break
            sent += send_one(pk, conversation)
    except ServerUnreachable as error:
        logger.warning("The mail server cannot be reached: %s", error)
    finally:
        conversation.end()
    return sent


def _due_ids(now: datetime) -> Iterator[int]:
    while batch := list(Message.objects.due(now).values_list("pk", flat=True)[:BATCH]):
        yield from batch
        if len(batch) < BATCH:
            return


def send_one(pk: int, conversation: Conversation) -> bool:
    """Claim this message and send it; False when it is somebody else's or was not accepted.

    Raises ServerUnreachable when there is no point in going on with the next.
    """
    message = _claim(pk, timezone.now())
    if message is None:
        return False
    if Suppression.objects.filter(email__iexact=message.to_email).exists():
        _finish(message, State.SUPPRESSED)
        return False
    return _hand_over(message, conversation)


def _claim(pk: int, now: datetime) -> Message | None:
    # Claim by UPDATE, not SELECT … FOR UPDATE: SQLite ignores skip_locked without a word.
    claimed = Message.objects.filter(pk=pk, state=State.QUEUED, due_at__lte=now)
    if not claimed.update(state=State.SENDING, claimed_at=now, tries=F("tries") + 1):
        return None
    return Message.objects.get(pk=pk)


def _hand_over(message: Message, conversation: Conversation) -> bool:
    try:
        conversation.send(headers.build(message))
    except (smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError) as error:
        _server_lost(message, conversation, error)
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        if code == CLOSING:
            _server_lost(message, conversation, error)
        _refused(message, code, answer, by_address=True)
    except smtplib.SMTPResponseException as error:
        if error.smtp_code == CLOSING:
            _server_lost(message, conversation, error)
        conversation.end()
        _refused(message, error.smtp_code, error.smtp_error, by_address=False)
    except (smtplib.SMTPException, OSError) as error:
        _server_lost(message, conversation, error)
    except Exception as error:  # one broken message must not keep all others from leaving
        logger.exception("Message %s cannot be sent", message.pk)
        conversation.end()
        _finish(message, State.FAILED, f"{type(error).__name__}: {error}")
    else:
        _finish(message, State.SENT)
        return True
    return False


def _refused(message: Message, code: int, answer: bytes | str, *, by_address: bool) -> None:
    said = f"{code} {answer.decode(errors='replace') if isinstance(answer, bytes) else answer}"
    if code >= 500 and by_address:
        _finish(message, State.BOUNCED, said)
    elif (code >= 500 and message.tries > 1) or message.tries > len(WAITS):
        _finish(message, State.FAILED, said)
    else:
        _put_back(message, WAITS[message.tries - 1], said)


def _server_lost(message: Message, conversation: Conversation, error: Exception) -> NoReturn:
    # Lost in the middle of a conversation, the server may only have had enough of us: greet it again at once.
    wait = SERVER_WAIT if conversation.has_just_begun else timedelta()
    conversation.end()
    said = f"{type(error).__name__}: {error}"
    if timezone.now() - message.created_at > GIVE_UP_AFTER:
        _finish(message, State.FAILED, said)
    else:
        _put_back(message, wait, said)
        Message.objects.filter(pk=message.pk, state=State.QUEUED).update(tries=F("tries") - 1)
    raise ServerUnreachable(said) from error


def _finish(message: Message, state: str, error: str = "") -> None:
    now = timezone.now()
    fields: dict[str, object] = {"state": state, "claimed_at": None, "last_error": error[:500]}
    if state == State.SENT:
        fields["sent_at"] = now
    if message.is_secret:
        fields |= {"text": "", "html": "", "subject": "(a message for signing in)"}
    _write_down(message, **fields)


def _put_back(message: Message, wait: timedelta, error: str) -> None:
    due_at = timezone.now() + wait
    _write_down(message, state=State.QUEUED, claimed_at=None, due_at=due_at, last_error=error[:500])


def _write_down(message: Message, **fields: object) -> None:
    # Only if it is still ours: a sweep may have given it to another worker while we were away.
    Message.objects.filter(pk=message.pk, state=State.SENDING, claimed_at=message.claimed_at).update(**fields)


def reclaim_stuck(now: datetime) -> int:
    """Put back what was claimed by a worker that is gone; return how many."""
    after = timedelta(seconds=settings.OUTBOX_CLAIM_SECONDS)
    put_back = Message.objects.stuck(now, after=after).update(
        state=State.QUEUED, claimed_at=None, due_at=now, last_error="The worker that was sending this went away."
    )
    if put_back:
        logger.warning("%d messages were put back: their worker went away", put_back)
    return put_back


def retry(message: Message, now: datetime) -> bool:
    """Send a message that was given up or refused once more; False when it is not in such a state."""
    ended = Message.objects.filter(pk=message.pk, state__in=[State.FAILED, State.BOUNCED, State.SUPPRESSED])
    return bool(ended.exclude(text="").update(state=State.QUEUED, due_at=now, tries=0, last_error=""))


def forget_old_text(now: datetime) -> int:
    """Drop the words of messages older than the keeping time; that they were sent, and why, stays."""
    before = now - timedelta(days=settings.OUTBOX_KEEP_TEXT_DAYS)
    old = Message.objects.filter(created_at__lt=before).exclude(state__in=[State.QUEUED, State.SENDING])
    return old.exclude(text="").update(text="", html="", calendar="")


def forget_address(email: str, *, stand_in: str) -> None:
    """Drop words and address of what was written to somebody who leaves; what is still on its way keeps both."""
    ended = Message.objects.filter(to_email__iexact=email).exclude(state__in=[State.QUEUED, State.SENDING])
    ended.update(to_email=stand_in, subject="", text="", html="", calendar="", unsubscribe_url="")
