"""What a web page says about itself. Values in, values out; never raises, and takes a time that grows with the length
of the page and no faster, whatever somebody put into it."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from html import unescape
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

from evidence import reading_age

LONGEST_TEXT, LONGEST_LINE, DEEPEST = 20_000, 300, 50
# Neither quotes nor nesting are looked at: every step of the search moves on by at least one letter.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,20})([^<>]{0,4000})>")
_PART = re.compile(r"([a-zA-Z][\w:-]{0,40})\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_CHARSET = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?([\w-]{2,30})", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_UNREAD = ("script", "style", "noscript", "template", "svg")
_BESIDE = ("nav", "header", "footer", "aside", "form")
_BLOCKS = ("p", "li", "h1", "h2", "h3", "h4", "td", "div", "br", "section", "article", "title")


@dataclass(frozen=True)
class PageFacts:
    """What was found; empty where nothing was."""

    url: str = ""
    content_type: str = "text/html"
    title: str = ""
    description: str = ""
    site: str = ""
    published: str = ""
    og_title: str = ""
    og_description: str = ""
    image: str = ""
    image_alt: str = ""
    language: str = ""
    has_viewport: bool = False
    headings: int = 0
    images: int = 0
    images_without_alt: int = 0
    pdf_links: int = 0
    words: int = 0
    reading_age: int = 0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Self:
        return cls(**{name: said[name] for name in cls.__dataclass_fields__ if name in said})


def read(body: bytes | str, *, url: str = "", content_type: str = "text/html") -> PageFacts:
    """The facts of one HTML page."""
    html = body if isinstance(body, str) else _decoded(body, content_type)
    kept = _without_unread(html)
    found = _Found()
    for closes, name, inside, text in _tags(kept):
        found.take(name, _parts(inside), closes=closes, text=text)
    return _facts(found, _linked_data(html), url, content_type)


def _facts(found: "_Found", linked: Mapping[str, str], url: str, content_type: str) -> PageFacts:
    meta, text = found.meta, " ".join(found.text)[:LONGEST_TEXT]
    day = meta.get("article:published_time") or linked.get("datePublished") or found.time
    return PageFacts(
        url=url,
        content_type=content_type.partition(";")[0].strip().lower(),
        title=_line(found.title) or meta.get("og:title", "") or linked.get("headline", ""),
        description=meta.get("description", "") or meta.get("og:description", ""),
        site=meta.get("og:site_name", "") or (urlsplit(url).hostname or "").removeprefix("www."),
        published=_day(day),
        og_title=meta.get("og:title", ""),
        og_description=meta.get("og:description", ""),
        image=_joined(url, meta.get("og:image", "")),
        image_alt=meta.get("og:image:alt", "") or meta.get("twitter:image:alt", ""),
        language=found.language,
        has_viewport="width=device-width" in meta.get("viewport", "").replace(" ", ""),
        headings=found.headings,
        images=found.images,
        images_without_alt=found.images_without_alt,
        pdf_links=found.pdf_links,
        words=len(text.split()),
        reading_age=reading_age.of(text),
    )


class _Found:
    """What the tags say, one after the other."""

    def __init__(self) -> None:
        self.meta: dict[str, str] = {}
        self.title = self.language = self.time = ""
        self.headings = self.images = self.images_without_alt = self.pdf_links = 0
        self.text: list[str] = []
        self.inside: list[str] = []
        self.in_title = False

    def take(self, name: str, parts: Mapping[str, str], *, closes: bool, text: str) -> None:
        if name == "title":
            self.in_title = not closes and not self.title
        elif name in _BESIDE:
            self._enter(name, closes=closes)
        elif not closes:
            self._take_opening(name, parts)
        if self.in_title:
            self.title += text
        elif not self.inside and text.strip():
            # A block ends a sentence, also without a full stop.
            self.text.append(_line(text, 2000) + (". " if name in _BLOCKS and text.strip()[-1] not in ".!?:," else ""))

    def _enter(self, name: str, *, closes: bool) -> None:
        if not closes and len(self.inside) < DEEPEST:
            self.inside.append(name)
        elif closes and name in self.inside:
            while self.inside.pop() != name:
                continue

    def _take_opening(self, name: str, parts: Mapping[str, str]) -> None:
        if name == "meta":
            key = (parts.get("property") or parts.get("name") or "").lower()
            self.meta.setdefault(key, _line(parts.get("content", "")))
        elif name == "html":
            self.language = parts.get("lang", "")[:20]
        elif name == "img":
            self.images += 1
            self.images_without_alt += "alt" not in parts
        elif name == "h1":
            self.headings += 1
        elif name == "time":
            self.time = self.time or parts.get("datetime", "")[:40]
        elif name == "a":
            self.pdf_links += urlsplit_path(parts.get("href", "")).endswith(".pdf")


def urlsplit_path(address: str) -> str:
    """The path without what follows it, in small letters."""
    return re.split("[?#]", address, maxsplit=1)[0].lower()


def _tags(html: str) -> Iterator[tuple[bool, str, str, str]]:
    """Each tag: whether it closes, its name, what is in it, and the text up to the next."""
    found = list(_TAG.finditer(html))
    ends = [*(tag.start() for tag in found[1:]), len(html)]
    for tag, end in zip(found, ends, strict=False):  # without any tag there is one end more
        yield bool(tag[1]), tag[2].lower(), tag[3], unescape(html[tag.end() : end])


def _parts(inside: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in _PART.finditer(inside):
        found.setdefault(part[1].lower(), unescape(part[2] or part[3] or part[4] or ""))
    # An attribute without a value, as in <img alt>.
    return found | ({"alt": ""} if re.search(r"\salt\b", inside) and "alt" not in found else {})


def _without_unread(html: str) -> str:
    """Without comments and without what browsers do not show as text."""
    html = _cut(html, "<!--", "-->")
    for name in _UNREAD:
        html = _cut(html, f"<{name}", f"</{name}")
    return html


def _cut(html: str, begins: str, ends: str) -> str:
    small, kept, at = html.lower(), [], 0
    if len(small) != len(html):  # letters that change their length would shift everything
        small = html
    while (start := small.find(begins, at)) >= 0:
        kept.append(html[at:start])
        end = small.find(ends, start + len(begins))
        if end < 0:
            return "".join(kept)
        at = end + len(ends)
    return "".join([*kept, html[at:]])


def _linked_data(html: str) -> dict[str, str]:
    """Headline and day from JSON-LD, of the first block that can be read."""
    small = html.lower() if len(html.lower()) == len(html) else html
    start = small.find("application/ld+json")
    start = small.find(">", start) if start >= 0 else -1
    end = small.find("</script", start) if start >= 0 else -1
    if end < 0 or end - start > 100_000:
        return {}
    try:
        said = json.loads(html[start + 1 : end])
    except (ValueError, RecursionError):
        return {}
    said = said[0] if isinstance(said, list) and said else said
    if not isinstance(said, dict):
        return {}
    return {name: _line(said[name]) for name in ("headline", "datePublished") if isinstance(said.get(name), str)}


def _decoded(body: bytes, content_type: str) -> str:
    named = _CHARSET.search(content_type.encode(errors="replace")) or _CHARSET.search(body[:2048])
    try:
        return body.decode(named[1].decode() if named else "utf-8", errors="replace").replace("\0", "")
    except (LookupError, UnicodeError, ValueError):
        return body.decode("utf-8", errors="replace").replace("\0", "")


def _line(text: str, longest: int = LONGEST_LINE) -> str:
    """One line, without what no database keeps: zero bytes and halves of letters."""
    return " ".join(text.encode(errors="replace").decode().replace("\0", "").split())[:longest]


def _day(text: str) -> str:
    found = _DAY.match(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat() if found else ""
    except ValueError:
        return ""


def _joined(url: str, address: str) -> str:
    try:
        whole = urljoin(url, address) if address else ""
    except ValueError:
        return ""
    return whole if whole.startswith(("http://", "https://")) else ""
