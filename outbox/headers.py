"""The headers of everything we send, in one place."""

import re

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from outbox.models import Message

# Line ends of every kind, other control characters, and signs that turn the direction of all that follows: none belongs
# in a header.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")


def one_line(value: str) -> str:
    """The value on one line, so that it cannot begin a header of its own (header injection)."""
    return " ".join(_CONTROL.sub(" ", value).replace("=?", "= ?").split())  # “=?” would begin encoded words


def sender() -> str:
    """The site's name and one bare mailbox, quoted where the name needs it."""
    name = one_line(settings.SITE_NAME).replace("\\", "").replace('"', "")
    return f'"{name}" <{settings.DEFAULT_FROM_EMAIL}>'


def build(message: Message) -> EmailMultiAlternatives:
    """The e-mail for a row: text and HTML, the calendar part inside the alternative, the same file attached.

    Outlook reads an invitation only inside the first part of multipart/mixed; Apple Mail and Gmail like the attachment.
    """
    email = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=sender(),
        to=[message.to_email],
        reply_to=[address for address in message.reply_to.split(", ") if address],
        headers=_extra(message),
    )
    email.attach_alternative(message.html, "text/html")
    if message.calendar:
        email.attach_alternative(message.calendar, f"text/calendar; method={message.calendar_method}")
        email.attach("invite.ics", message.calendar.encode(), "application/ics")
    return email


def _extra(message: Message) -> dict[str, str]:
    headers = {
        "Message-ID": message.message_id,
        # Out-of-office machines should not answer us.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
    }
    if message.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{message.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers
