"""Bytes of one public page, fetched so that nobody is led to a private place. Nothing else in this app opens a socket.

Called by the worker only, never while somebody waits for a page of ours.
"""

import ipaddress
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from django.conf import settings
from requests_hardened.client import HTTPSession
from requests_hardened.config import Config
from requests_hardened.ip_filter import InvalidIPAddress
from requests_hardened.ip_filter_adapter import IPFilterAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

LONGEST_URL = 2_000
READABLE = ("text/html", "application/xhtml+xml", "application/json", "application/ld+json")
CHUNK = 16 * 1024
MOVED = (301, 302, 303, 307, 308)
# What may pass: the server had a bad moment, or asks for patience.
PASSING = (408, 425, 429, 500, 502, 503, 504)


class NotFetched(Exception):
    """Why there is no page, as a sentence; asking again does not help."""


class NotNow(NotFetched):
    """It may work later."""


class OtherKind(NotFetched):
    """There is something, and it is no page: a PDF, a picture."""

    def __init__(self, content_type: str) -> None:
        self.content_type = content_type
        super().__init__(f"That is not a web page but a file of the kind {content_type or 'unknown'}.")


@dataclass(frozen=True)
class Limits:
    """Only tests have others than these."""

    seconds: float = 8
    size: int = 512 * 1024
    redirects: int = 3
    ports: tuple[int, ...] = (80, 443)
    loopback: bool = False


LIMITS = Limits()


@dataclass(frozen=True)
class Page:
    """What came: where it was in the end, and its first bytes, whole or not."""

    url: str
    status: int
    content_type: str
    body: bytes
    is_whole: bool
    hops: tuple[str, ...] = ()


def fetch(url: str, *, limits: Limits | None = None) -> Page:
    """The page at this address, within the limits as a whole, redirects included.

    Raises NotFetched with a sentence to show; NotNow when it may work later.
    """
    limits = limits or LIMITS
    deadline = Deadline(limits.seconds)
    answers: list[Page | BaseException] = []

    def work() -> None:
        try:
            answers.append(_follow(url, limits, deadline))
        except BaseException as error:  # noqa: BLE001 -- raised again below, in the thread that asked
            answers.append(error)

    # A thread of its own, so that a name server that never answers cannot hold up the worker either.
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(limits.seconds)
    if thread.is_alive():
        deadline.cut()
        thread.join(1)
    if not answers or deadline.is_cut:
        raise NotNow("It took too long to answer.")
    if isinstance(answers[0], BaseException):
        raise answers[0]
    return answers[0]


def check(url: str, limits: Limits | None = None) -> str:
    """The address as it will be asked for; raises NotFetched for one that is none of ours to open.

    Where its name leads is checked when we connect, so that it cannot change in between.
    """
    plain = url.strip()
    if len(plain) > LONGEST_URL or any(ord(letter) <= 32 or letter == "\\" for letter in plain):
        raise NotFetched("That is not a web address we can open.")
    try:
        parts, port = urlsplit(plain), urlsplit(plain).port
    except ValueError as error:
        raise NotFetched("That is not a web address we can open.") from error
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        raise NotFetched("Only addresses that begin with http:// or https:// are opened.")
    if parts.username is not None or parts.password is not None:
        raise NotFetched("An address with a user name or a password in it is not opened.")
    if (port or {"http": 80, "https": 443}[parts.scheme.lower()]) not in (limits or LIMITS).ports:
        raise NotFetched("Only the usual ports of web pages, 80 and 443, are opened.")
    return plain


def _follow(url: str, limits: Limits, deadline: "Deadline") -> Page:
    hops: list[str] = []
    while True:
        url = check(url, limits)
        with _session(limits, deadline) as session, _ask(session, url, deadline) as answer:
            if answer.status_code not in MOVED or "Location" not in answer.headers:
                return _read(answer, url, limits, deadline, tuple(hops))
        if len(hops) >= limits.redirects:
            raise NotFetched("It sends us on from one address to the next too often.")
        hops.append(url)
        url = urljoin(url, answer.headers["Location"])


def _ask(session: requests.Session, url: str, deadline: "Deadline") -> requests.Response:
    try:
        return session.get(url, stream=True, allow_redirects=False, timeout=deadline.left())
    except InvalidIPAddress as error:
        raise NotFetched("That address does not lead to a public page.") from error
    except (requests.Timeout, requests.ConnectionError) as error:
        raise NotNow("It could not be reached.") from error
    except (requests.RequestException, HTTPError, ValueError, OSError) as error:
        raise NotFetched("That is not a web address we can open.") from error


def _read(answer: requests.Response, url: str, limits: Limits, deadline: "Deadline", hops: tuple[str, ...]) -> Page:
    status = answer.status_code
    if status in PASSING:
        raise NotNow(f"The site answered {status}: it has trouble, or wants us to wait.")
    if status >= 400:
        raise NotFetched(f"The site answered {status}{_MEANING.get(status, '')}.")
    content_type = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if content_type not in READABLE:
        raise OtherKind(content_type)
    if answer.headers.get("Content-Encoding", "identity").strip().lower() not in {"", "identity"}:
        raise NotFetched("The site sent it compressed although we asked for it plain.")
    body = _first_bytes(answer, limits.size, deadline)
    return Page(url, status, answer.headers["Content-Type"], body[: limits.size], len(body) <= limits.size, hops)


_MEANING = {
    401: ": it wants a login",
    403: ": it does not let us in",
    404: ": there is no such page",
    410: ": it is gone",
}


def _first_bytes(answer: requests.Response, size: int, deadline: "Deadline") -> bytes:
    """At most one byte more than `size`, as they come, nothing unpacked."""
    body = bytearray()
    try:
        while len(body) <= size and deadline.left():
            chunk = answer.raw.read1(min(CHUNK, size + 1 - len(body)), decode_content=False)
            if not chunk:
                break
            body += chunk
    except (HTTPError, OSError, ValueError) as error:
        raise NotNow("The connection broke while we were reading.") from error
    return bytes(body)


# --- Connections --------------------------------------------------------------------------------------------------


@dataclass
class Deadline:
    """When everything has to be over. Cutting ends every connection at once, whatever a thread is waiting for."""

    seconds: float
    begun: float = field(default_factory=time.monotonic)
    sockets: list[socket.socket] = field(default_factory=list)
    is_cut: bool = False

    def left(self) -> float:
        left = self.begun + self.seconds - time.monotonic()
        if left <= 0 or self.is_cut:
            raise NotNow("It took too long to answer.")
        return left

    def watch(self, connected: socket.socket) -> socket.socket:
        # A second handle on the same connection: TLS takes the first one away.
        self.sockets.append(connected.dup())
        if self.is_cut:
            self.cut()
        return connected

    def cut(self) -> None:
        self.is_cut = True
        for one in self.sockets:
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:  # it has ended by itself
                continue

    def close(self) -> None:
        while self.sockets:
            self.sockets.pop().close()


class _Session(HTTPSession):
    """Closes our second handles with the rest."""

    deadline: Deadline

    def close(self) -> None:
        super().close()
        self.deadline.close()


def _session(limits: Limits, deadline: Deadline) -> requests.Session:
    """A new one for each address: no cookies, no proxy or password from the environment, no automatic redirects."""
    config = Config(
        ip_filter_enable=True,
        ip_filter_allow_loopback_ips=limits.loopback,
        never_redirect=True,
        default_timeout=(limits.seconds, limits.seconds),
        user_agent_override=f"{settings.SITE_NAME} (+{settings.SITE_URL})",
    )
    session = _Session(config)
    session.deadline = deadline
    session.trust_env = False
    session.headers.update({"Accept": "text/html, application/json;q=0.5", "Accept-Encoding": "identity"})
    for scheme in ("http", "https"):
        session.mount(f"{scheme}://", _Adapter(scheme == "https", allow_loopback=limits.loopback, deadline=deadline))
    return session


class _Adapter(IPFilterAdapter):
    """Connects to the address that was checked and to no other, never tries again, and can be cut off."""

    def __init__(self, is_https: bool, *, allow_loopback: bool, deadline: Deadline) -> None:
        super().__init__(is_https, allow_loopback)
        self.deadline = deadline
        self.allow_loopback = allow_loopback

    def build_connection_pool_key_attributes(self, *args: Any, **kwargs: Any) -> tuple[Any, Any]:
        host, pool = super().build_connection_pool_key_attributes(*args, **kwargs)
        found = ipaddress.ip_address(str(host["host"]).strip("[]"))
        if not _is_public(found) and not (self.allow_loopback and found.is_loopback):
            raise InvalidIPAddress(found)
        return host, pool

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        pool = super().get_connection_with_tls_context(*args, **kwargs)
        pool.ConnectionCls = _watched(pool.ConnectionCls, self.deadline.watch)
        return pool


def _is_public(found: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Stricter than “not private”: also nothing that is reserved, many, of one site, or an older address inside."""
    if isinstance(found, ipaddress.IPv6Address):
        inside = found.ipv4_mapped or found.sixtofour or found.teredo or found.is_site_local
        if inside or int(found) >> 32 == 0:
            return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def _watched(
    kind: type[HTTPConnection | HTTPSConnection], watch: Callable[[socket.socket], socket.socket]
) -> type[HTTPConnection | HTTPSConnection]:
    class Watched(kind):  # type: ignore[misc, valid-type]
        def _new_conn(self) -> socket.socket:
            return watch(super()._new_conn())

    return Watched
