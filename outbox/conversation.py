"""One conversation with the mail server for many messages: greeting it anew for each would take as long as the mail."""

import logging
import smtplib

from django.core.mail import EmailMultiAlternatives, get_connection

logger = logging.getLogger(__name__)

# Some mail servers hang up after a number of messages they do not tell; most that do allow a hundred.
MESSAGES_PER_CONVERSATION = 50


class Conversation:
    """Begins with the first message and begins again when enough was said."""

    def __init__(self) -> None:
        self._server = get_connection()
        self._said = 0

    @property
    def has_just_begun(self) -> bool:
        """Whether nothing but the last message was said in it: a server lost now was not just tired of us."""
        return self._said <= 1

    def send(self, email: EmailMultiAlternatives) -> None:
        """Raises what smtplib raises."""
        if self._said >= MESSAGES_PER_CONVERSATION:
            self.end()
        self._said += 1
        self._server.open()
        self._server.send_messages([email])

    def end(self) -> None:
        self._said = 0
        try:
            self._server.close()
        except (smtplib.SMTPException, OSError) as error:
            logger.info("The mail server did not say goodbye: %s", error)
