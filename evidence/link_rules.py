"""Reads an address by the rules of the platform it belongs to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidence.link_parts import Address

# What a rule takes from a query into an address: nothing that would need escaping there.
_TOKEN = re.compile(r"[A-Za-z0-9_.:~(),-]{1,200}")
# One reply on a page of replies, as forums and comment pages name it in a fragment.
_ANCHOR = re.compile(r"(?:comment|reply|post|message|incoming|outgoing)-?\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of address of a platform. Braces in `key`, `url` and `thread` are filled from path and query.

    `path` must match from end to end, without the last slash. `needs` are parameters that must be there. `narrow` are
    parameters that name one reply: the first one given makes another item of the same thread.
    """

    path: re.Pattern[str]
    key: str
    url: str
    thread: str = ""
    needs: tuple[str, ...] = ()
    narrow: tuple[str, ...] = ()
    fold: tuple[str, ...] = ()  # fields whose case does not matter
    anchors: bool = False  # a fragment may name one reply
    is_profile: bool = False


@dataclass(frozen=True, slots=True)
class Platform:
    """`hosts` are matched with `prefix` before them or without; `short` hosts appear as the first part of the path."""

    name: str
    home: str
    hosts: tuple[str, ...]
    rules: tuple[Rule, ...]
    short: tuple[str, ...] = ()
    prefix: str = "www|m|mobile"
    noise: frozenset[str] = frozenset()  # parameters that mean nothing here; a last * stands for any ending
    dress: re.Pattern[str] = re.compile(r"(?!)")  # parts of a path that only say how the page is shown

    def is_own(self, host: str) -> bool:
        return any(re.fullmatch(rf"(?:(?:{self.prefix})\.)?{re.escape(each)}", host) for each in self.hosts)

    def is_short(self, host: str) -> bool:
        return host.removeprefix("www.") in self.short


@dataclass(frozen=True, slots=True)
class Item:
    url: str
    hard: str
    soft: str
    is_profile: bool


def rule(
    path: str,
    key: str,
    url: str,
    *,
    thread: str = "",
    needs: str = "",
    narrow: str = "",
    fold: str = "",
    anchors: bool = False,
    is_profile: bool = False,
) -> Rule:
    """A line of a table: names separated by spaces."""
    pattern = re.compile(path, re.IGNORECASE if is_profile else 0)
    return Rule(
        pattern, key, url, thread, tuple(needs.split()), tuple(narrow.split()), tuple(fold.split()), anchors, is_profile
    )


def profile(path: str, url: str) -> Rule:
    """The address of an account: names of accounts have no case."""
    return rule(path, "profile:{user}", url, fold="user", is_profile=True)


def platform_of(address: Address, platforms: Sequence[Platform]) -> Platform | None:
    if address.port:
        return None
    return next((each for each in platforms if each.is_own(address.host) or each.is_short(address.host)), None)


def item(platform: Platform, address: Address) -> Item | None:
    """By the first rule that fits; None without any."""
    host = address.host.removeprefix("www.")
    path = f"/{host}{address.path}" if platform.is_short(address.host) else address.path
    for each in platform.rules:
        fields = _fields(each, address, path.rstrip("/"))
        if fields is not None:
            return _item(each, address, fields)
    return None


def _fields(by: Rule, address: Address, path: str) -> Mapping[str, str] | None:
    found = by.path.fullmatch(path)
    values = {name: address.value(name) for name in by.needs}
    if found is None or not all(_TOKEN.fullmatch(value) for value in values.values()):
        return None
    fields = found.groupdict("") | values | {"server": address.host + address.port}
    return {name: value.lower() if name in by.fold else value for name, value in fields.items()}


def _item(by: Rule, address: Address, fields: Mapping[str, str]) -> Item:
    hard, url = by.key.format_map(fields), by.url.format_map(fields)
    soft = by.thread.format_map(fields) if by.thread else hard
    if reply := _reply(by, address):
        return Item(f"{url}{'&' if '?' in url else '?'}{reply}", f"{hard}?{reply}", soft, by.is_profile)
    if by.anchors and _ANCHOR.fullmatch(address.fragment):
        return Item(f"{url}#{address.fragment}", f"{hard}#{address.fragment}", soft, by.is_profile)
    return Item(url, hard, soft, by.is_profile)


def _reply(by: Rule, address: Address) -> str:
    """The parameter that names one reply; a first page is the thread itself."""
    for name in by.narrow:
        value = address.value(name)
        if _TOKEN.fullmatch(value) and (name, value) not in (("page", "1"), ("pg", "1")):
            return f"{'page' if name == 'pg' else name}={value}"
    return ""


# --- addresses around addresses -------------------------------------------------------------------------------------

# Host and path, and the parameter that holds the real address.
_REDIRECTS = (
    (re.compile(r"lm?\.facebook\.com/l\.php"), "u"),
    (re.compile(r"(?:[\w-]+\.)?facebook\.com/(?:sharer/sharer|sharer)\.php"), "u"),
    (re.compile(r"(?:[\w-]+\.)?facebook\.com/(?:plugins/(?:post|video)\.php)"), "href"),
    (re.compile(r"(?:[\w-]+\.)?facebook\.com/login(?:/|\.php)?"), "next"),
    (re.compile(r"l\.(?:instagram|threads)\.com/?"), "u"),
    (re.compile(r"(?:www\.)?google\.(?:com|co\.uk)/url"), "q"),
    (re.compile(r"(?:www\.)?google\.(?:com|co\.uk)/url"), "url"),
    (re.compile(r"(?:www\.|m\.)?youtube\.com/redirect"), "q"),
    (re.compile(r"out\.reddit\.com/.*"), "url"),
    (re.compile(r"(?:www\.)?linkedin\.com/(?:redir/redirect|safety/go)/?"), "url"),
    (re.compile(r"[\w.-]+\.safelinks\.protection\.outlook\.com/.*"), "url"),
)
_CACHED = re.compile(r"/(?:amp|c)/s/(?P<rest>.+)|/c/(?P<plain>[^/]+\..+)")
_AMP_HOST = re.compile(r"(?:www\.)?google\.(?:com|co\.uk)|(?:[\w-]+\.)?cdn\.ampproject\.org")


def inside(address: Address) -> str:
    """The address that this one only leads to, still escaped; empty when it is the thing itself."""
    for place, name in _REDIRECTS:
        if (value := address.value(name)) and place.fullmatch(address.host + address.path):
            return value
    if _AMP_HOST.fullmatch(address.host) and (found := _CACHED.fullmatch(address.path)):
        return "https://" + (found["rest"] or found["plain"])
    return ""


_AT = re.compile(r"at://(?P<who>[\w.:-]+)/app\.bsky\.feed\.post/(?P<post>[\w~.:-]+)/?")
_URN = re.compile(r"urn:li:(?:activity|share|ugcPost):\d+")


def as_web_address(text: str) -> str:
    """Names that platforms give to posts beside their addresses."""
    if found := _AT.fullmatch(text):
        return f"https://bsky.app/profile/{found['who']}/post/{found['post']}"
    return f"https://www.linkedin.com/feed/update/{text}" if _URN.fullmatch(text) else text
