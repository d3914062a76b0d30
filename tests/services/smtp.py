"""A real SMTP server on loopback, in a thread, that behaves as badly as a test asks."""

import asyncio
import email
import email.policy
import time
from dataclasses import dataclass, field
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from local import ports


@dataclass(frozen=True)
class Received:
    """One message the server took."""

    sender: str
    recipients: list[str]
    message: EmailMessage
    at: float


class _Server(SMTP):
    """Hangs up where a test wants it to; the rest is aiosmtpd."""

    async def smtp_MAIL(self, arg: str) -> None:
        limit, self.mails = self.event_handler.takes_per_conversation, getattr(self, "mails", 0) + 1
        if limit is not None and self.mails > limit:
            self.transport.close()
            return
        await super().smtp_MAIL(arg)

    async def smtp_DATA(self, arg: str) -> None:
        if self.event_handler.closes_in_data:
            await self.push("354 go on")
            await asyncio.sleep(0.05)
            self.transport.close()
            return
        await super().smtp_DATA(arg)


class _Controller(Controller):
    def factory(self) -> SMTP:
        self.handler.conversations += 1
        return _Server(self.handler, **self.SMTP_kwargs)


@dataclass
class SmtpSink:
    """Takes everything until told otherwise; the switches may be changed while it runs.

    `refusals` answers per address (`{"a@b.example": "550 no such person"}`; 4xx is temporary), `refuse_all` all.
    """

    port: int = field(default_factory=ports.find_free)
    received: list[Received] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    refuse_all: str | None = None
    hangs: bool = False  # takes the message and never answers
    closes_in_data: bool = False  # hangs up while the message is being said: it was not taken
    closes_after_data: bool = False  # takes the message and hangs up before saying so: the twin's case
    takes_per_conversation: int | None = None  # after so many messages it hangs up without a word
    delay_seconds: float = 0.0
    conversations: int = 0  # how often somebody greeted it
    _controller: _Controller | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._controller = _Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        """A mail server that is down; `start` brings it back on the same port."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def behave(self) -> None:
        """Forget every refusal and misbehaviour; what was received stays."""
        self.refusals, self.refuse_all = {}, None
        self.hangs = self.closes_in_data = self.closes_after_data = False
        self.delay_seconds, self.takes_per_conversation = 0.0, None

    def to(self, address: str) -> list[EmailMessage]:
        """Messages taken for this address, in the order they came."""
        return [one.message for one in self.received if address in one.recipients]

    def wait_for(self, count: int, *, seconds: float = 20.0) -> list[Received]:
        """At least this many messages; fails when they do not come."""
        until = time.monotonic() + seconds
        while len(self.received) < count:
            assert time.monotonic() < until, f"{len(self.received)} of {count} messages after {seconds} s"
            time.sleep(0.02)
        return list(self.received)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        refusal = self.refuse_all or self.refusals.get(address)
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(self.delay_seconds)
        while self.hangs:
            await asyncio.sleep(0.05)
        parsed = email.message_from_bytes(
            bytes(envelope.original_content or b""), _class=EmailMessage, policy=email.policy.default
        )
        self.received.append(Received(str(envelope.mail_from), list(envelope.rcpt_tos), parsed, time.monotonic()))
        if self.closes_after_data:
            server.transport.close()
        return "250 taken"
