"""The messages the sink has taken: one .eml file each, newest first, the oldest forgotten."""

import email
import email.policy
import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

KEEP = 1000
LONDON = ZoneInfo("Europe/London")
_counter = itertools.count()


@dataclass(frozen=True)
class Part:
    """One part of a message that a reader may look at or save."""

    number: int
    content_type: str
    name: str
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")


@dataclass(frozen=True)
class Mail:
    """One message as it arrived; `sent_to` is who the server was told to give it to."""

    key: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "(no subject)")

    @property
    def sent_to(self) -> str:
        return str(self.message["X-Sink-Recipients"] or self.message["To"] or "")

    @property
    def date(self) -> str:
        try:
            return (
                parsedate_to_datetime(str(self.message["Date"])).astimezone(LONDON).strftime("%A %-d %B %Y, %H:%M:%S")
            )
        except (ValueError, TypeError):
            return "no date"

    @property
    def text(self) -> str | None:
        body = self.message.get_body(("plain",))
        return _decoded(body).decode("utf-8", "replace") if body else None

    @property
    def html(self) -> str | None:
        body = self.message.get_body(("html",))
        return _decoded(body).decode("utf-8", "replace") if body else None

    def parts(self) -> list[Part]:
        """Calendar parts and attachments: everything but the two bodies."""
        bodies = [self.message.get_body(("plain",)), self.message.get_body(("html",))]
        leaves = [leaf for leaf in self.message.walk() if not leaf.is_multipart() and leaf not in bodies]
        return [_part(number, leaf) for number, leaf in enumerate(leaves)]


def _part(number: int, leaf: MIMEPart) -> Part:
    kind = leaf.get_content_type()
    name = leaf.get_filename() or ("invitation.ics" if kind == "text/calendar" else f"part-{number}")
    return Part(number, kind, name, _decoded(leaf))


def _decoded(leaf: MIMEPart) -> bytes:
    """The content; text of any character set as UTF-8."""
    payload = leaf.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    if leaf.get_content_maintype() != "text":
        return content
    try:
        return content.decode(leaf.get_content_charset("utf-8")).encode()
    except (LookupError, UnicodeDecodeError):
        return content


@dataclass(frozen=True)
class Mailbox:
    folder: Path

    def add(self, content: bytes, recipients: list[str]) -> str:
        """Keep one message; its key. Written beside and renamed, so a half-written message is never read."""
        self.folder.mkdir(parents=True, exist_ok=True)
        key = f"{time.time_ns():020}-{next(_counter) % 10000:04}"
        new = self.folder / f"{key}.new"
        new.write_bytes(b"X-Sink-Recipients: " + ", ".join(recipients).encode() + b"\r\n" + content)
        new.replace(self.folder / f"{key}.eml")
        for path in self._paths()[KEEP:]:
            path.unlink(missing_ok=True)
        return key

    def newest(self, *, recipient: str = "") -> Iterator[Mail]:
        """Messages from the newest to the oldest; only to addresses with `recipient` in them."""
        wanted = recipient.strip().lower()
        mails = (self.get(path.stem) for path in self._paths())
        return (mail for mail in mails if mail and wanted in mail.sent_to.lower())

    def get(self, key: str) -> Mail | None:
        try:
            content = self._path(key).read_bytes()
        except (FileNotFoundError, ValueError):
            return None
        return Mail(key, email.message_from_bytes(content, _class=EmailMessage, policy=email.policy.default))

    def raw(self, key: str) -> bytes:
        """The message as it arrived, without the line the sink added."""
        return self._path(key).read_bytes().partition(b"\r\n")[2]

    def clear(self) -> None:
        for path in self._paths():
            path.unlink(missing_ok=True)

    def __len__(self) -> int:
        return len(self._paths())

    def _paths(self) -> list[Path]:
        return sorted(self.folder.glob("*.eml"), reverse=True)

    def _path(self, key: str) -> Path:
        if not key.replace("-", "").isdigit():
            raise ValueError(key)
        return self.folder / f"{key}.eml"
