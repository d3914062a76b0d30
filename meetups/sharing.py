"""Telling others about a meet-up: words and links for networks, calendars and search engines. Nothing private."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import quote, urlencode

# A post there may have this many characters; X and Mastodon count every address as 23.
LINKEDIN_LIMIT, WHATSAPP_LIMIT = 3000, 1000
X_LIMIT, BLUESKY_LIMIT, MASTODON_LIMIT = 280, 300, 500
X_ADDRESS = 23


@dataclass(frozen=True)
class Subject:
    """What is told about."""

    title: str
    when: str
    url: str
    hashtag: str = ""
    summary: str = ""

    def words(self, *, room: int) -> str:
        """Title, date and hashtag in at most `room` characters; the title gives way."""
        tail = f", {self.when}" + (f" #{self.hashtag.lstrip('#')}" if self.hashtag else "")
        left = room - len(tail)
        return (self.title if len(self.title) <= left else f"{self.title[: left - 1].rstrip()}…") + tail


@dataclass(frozen=True)
class Share:
    """Where one can tell others, and the address that opens it with the words filled in."""

    label: str
    url: str


def post_text(subject: Subject, limit: int = MASTODON_LIMIT) -> str:
    """Ready to paste: within the limit, address included."""
    return f"{subject.words(room=limit - len(subject.url) - 1)}\n{subject.url}"


def shares(subject: Subject) -> list[Share]:
    words = subject.words(room=X_LIMIT - X_ADDRESS - 1)
    mail = {"subject": subject.words(room=200), "body": f"{subject.title}\n{subject.when}\n\n{subject.url}\n"}
    return [
        Share("LinkedIn", _with("https://www.linkedin.com/sharing/share-offsite/", url=subject.url)),
        Share("X", _with("https://x.com/intent/post", text=words, url=subject.url)),
        Share("Bluesky", _with("https://bsky.app/intent/compose", text=post_text(subject, BLUESKY_LIMIT))),
        # It asks for the server one is on, in the browser: so the words stand behind the #, not the ?.
        Share("Mastodon", f"https://share.joinmastodon.org/#text={quote(post_text(subject), safe='')}"),
        Share("WhatsApp", _with("https://wa.me/", text=post_text(subject))),
        Share("Email", _with("mailto:", **mail)),
    ]


@dataclass(frozen=True)
class Post:
    """Words for one network; `length` as that network counts."""

    network: str
    text: str
    length: int
    limit: int


def posts(subject: Subject) -> list[Post]:
    """For every network words within its limit, with the summary where there is room for it."""
    return [
        _post("LinkedIn", subject, LINKEDIN_LIMIT),
        _post("X", subject, X_LIMIT, address_counts=X_ADDRESS),
        _post("Bluesky", subject, BLUESKY_LIMIT),
        _post("Mastodon", subject, MASTODON_LIMIT, address_counts=X_ADDRESS),
        _post("WhatsApp", subject, WHATSAPP_LIMIT),
    ]


def _post(network: str, subject: Subject, limit: int, *, address_counts: int | None = None) -> Post:
    address = len(subject.url) if address_counts is None else address_counts
    words = subject.words(room=limit - address - 1)
    longer = f"{words}\n\n{subject.summary}\n"
    if subject.summary and len(longer) + 1 + address <= limit:
        words = longer
    return Post(network, f"{words}\n{subject.url}", len(words) + 1 + address, limit)


def embed_html(url: str, name: str) -> str:
    """Lines for another site that show what is at `url` in a frame."""
    return f'<iframe src="{escape(url)}" title="Next meet-up: {escape(name)}" width="100%" height="260"></iframe>'


def _with(address: str, **values: str) -> str:
    return f"{address}?{urlencode(values, quote_via=quote)}"


def calendar_links(subject: Subject, starts_at: datetime, ends_at: datetime, where: str) -> list[Share]:
    """Calendars in the browser that take an entry from an address."""
    start, end = starts_at.astimezone(UTC), ends_at.astimezone(UTC)
    google = {"action": "TEMPLATE", "text": subject.title, "details": subject.url, "location": where}
    outlook = {"path": "/calendar/action/compose", "rru": "addevent", "subject": subject.title, "body": subject.url}
    outlook |= {"location": where, "startdt": f"{start:%Y-%m-%dT%H:%M:%SZ}", "enddt": f"{end:%Y-%m-%dT%H:%M:%SZ}"}
    dates = f"{start:%Y%m%dT%H%M%SZ}/{end:%Y%m%dT%H%M%SZ}"
    return [
        Share("Google", _with("https://calendar.google.com/calendar/render", dates=dates, **google)),
        Share("Outlook", _with("https://outlook.office.com/calendar/deeplink/compose", **outlook)),
    ]


def in_script(data: dict[str, Any]) -> str:
    """JSON that cannot end the script element it stands in."""
    escapes = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
    return json.dumps(data, ensure_ascii=False).translate(escapes)
