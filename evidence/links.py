"""Tells whether two web addresses lead to the same thing."""

import hashlib
import re
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import unquote

from evidence import link_meta, link_parts, link_people, link_rules, link_sites, link_social
from evidence.link_parts import Address

LONGEST_KEY = 200  # characters; longer keys are replaced by their SHA-256
NOT_A_LINK = "other"  # platform of text that is not a web address
PLATFORMS = (*link_meta.PLATFORMS, *link_social.PLATFORMS, *link_sites.PLATFORMS)


@dataclass(frozen=True, slots=True)
class Link:
    """Equal hard keys: the same item. Equal soft keys: the same thread, or the same page in another dress.

    `canonical_url` opens in a browser unless `platform` is "other", where it is the text as given, cleaned. Keys have
    at most 200 characters. `is_profile`: the address is of an account, or of a search for one, not of something said.
    """

    platform: str
    canonical_url: str
    hard_key: str
    soft_key: str
    is_profile: bool = False


def canonicalise(url: str) -> Link:
    """The link behind an address, by the rules of its platform; only known tracking parameters are dropped.

    Takes any text and never raises. Idempotent: the canonical address gives the same link again.
    """
    text = link_parts.clean(url)
    link = _link(text)
    # A rule that is not idempotent would let one item in twice: better take the text as it is.
    return link if len(link.canonical_url) <= link_parts.LONGEST and _link(link.canonical_url) == link else _as_is(text)


def _link(text: str) -> Link:
    address = _unwrapped(text) if len(text) <= link_parts.LONGEST else None
    if address is None:
        return _as_is(text)
    platform = link_rules.platform_of(address, PLATFORMS)
    if platform:
        address = replace(address, path=platform.dress.sub("", address.path) or "/")
    for each in [platform] if platform else link_sites.ANYWHERE:
        if found := link_rules.item(each, address):
            keys = f"{each.name}:{found.hard}", f"{each.name}:{found.soft}"
            return _sealed(Link(each.name, found.url, *keys, found.is_profile))
    return _page(platform, address)


def _unwrapped(text: str) -> Address | None:
    """The address inside a redirect, however deep: each layer is shorter than the one around it."""
    address = link_parts.parse(link_rules.as_web_address(text))
    while address and (inside := link_rules.inside(address)):
        deeper = link_parts.parse(link_parts.clean(unquote(inside, errors="replace")))
        if deeper is None or len(deeper.text()) >= len(address.text()):
            break
        address = deeper
    return address


def _as_is(text: str) -> Link:
    return _sealed(Link(NOT_A_LINK, text, f"{NOT_A_LINK}:{text}", f"{NOT_A_LINK}:{text}"))


def _sealed(link: Link) -> Link:
    return replace(link, hard_key=_short(link.hard_key), soft_key=_short(link.soft_key))


def _short(key: str) -> str:
    if len(key) <= LONGEST_KEY:
        return key
    return f"{key.partition(':')[0]}:sha256:{hashlib.sha256(key.encode()).hexdigest()}"


# --- a page without a rule of its own -------------------------------------------------------------------------------

# One reply among many on a page: #comment-12, #post_9, #p55, #incoming-3. Other fragments are places on the page.
_REPLY = re.compile(
    r"(?:(?:issue)?comment|post|reply|message|msg|answer|response|incoming|outgoing|p|c)[-_=]?\d+", re.IGNORECASE
)
_ROUTE = re.compile(r"!?/.+|!.+", re.DOTALL)  # a page within a page: #!/meetings/4
_PAGING = re.compile(r"/(?:page-\d{1,6}|page/\d{1,6}|amp)$")
_PAGE_PARAMETERS = frozenset({"page", "pg", "amp", "outputtype"})


def _page(platform: link_rules.Platform | None, address: Address) -> Link:
    """Any other page: all but tracking counts, case too; `www.`, http or https and a last slash do not."""
    kept = replace(address.without(platform.noise if platform else ()), fragment=_telling(address.fragment))
    if platform and platform.is_own(address.host):
        kept = replace(kept, scheme="https", host=platform.home)
    name = platform.name if platform else "web"
    reply = kept.fragment if _REPLY.fullmatch(kept.fragment) else ""
    whole = replace(kept, path=_PAGING.sub("", kept.path.rstrip("/")), fragment=kept.fragment.removesuffix(reply))
    soft = replace(whole, query=tuple(each for each in kept.query if each[0].lower() not in _PAGE_PARAMETERS))
    is_profile = link_people.is_account(kept) or any(map(_is_for_one_person, link_people.searched_for(kept)))
    return _sealed(Link(name, kept.text(), f"{name}:{_key(kept)}", f"{name}:{_key(soft)}", is_profile))


def _is_for_one_person(typed: str) -> bool:
    return link_people.is_for_one_person(typed) or any(map(_is_at_an_account, link_people.places(typed)))


def _is_at_an_account(text: str) -> bool:
    """By the tables, not deeper: an address that was searched for may be a search in its turn."""
    address = link_parts.parse(text)
    if address is None:
        return False
    platform = link_rules.platform_of(address, PLATFORMS)
    found = link_rules.item(platform, address) if platform else None
    return found.is_profile if found else link_people.is_account(address)


def _telling(fragment: str) -> str:
    """What of a fragment says which item it is; a highlighted passage (#:~:text=) does not."""
    before = fragment.partition(":~:")[0]
    return before if _REPLY.fullmatch(before) or _ROUTE.fullmatch(before) else ""


def _key(address: Address) -> str:
    """Without scheme, `www.` and last slash; parameters in order of name, so that their order does not matter."""
    query = sorted(address.query, key=lambda each: each[0])
    fragment = f"#{address.fragment}" if address.fragment else ""
    host = address.host.removeprefix("www.")
    return f"{host}{address.port}{address.path.rstrip('/')}{link_parts.written(query)}{fragment}"


# --- for people to read -------------------------------------------------------------------------------------------

_NAMES = {
    "x": "X",
    "youtube": "YouTube",
    "linkedin": "LinkedIn",
    "tiktok": "TikTok",
    "bbc": "BBC",
    "careopinion": "Care Opinion",
    "fixmystreet": "FixMyStreet",
    "whatdotheyknow": "WhatDoTheyKnow",
    "web": "Other sites",
}


def platform_said(link: Link | None, said: str) -> str:
    """Where something was said: as its address tells; else, also for short addresses, as somebody said."""
    return link.platform if link and (link.platform != "web" or not said) else said


def platform_name(platform: str) -> str:
    """How people write it."""
    return _NAMES.get(platform, platform.replace("_", " ").replace("-", " ").capitalize())


# --- shared text ----------------------------------------------------------------------------------------------------

_ADDRESS = re.compile(r"https?://[^\s<>\"“”«»]+", re.IGNORECASE)
_PUNCTUATION = frozenset(".,;:!?…'’*|")
_BRACKETS = {")": "(", "]": "[", "}": "{"}


class Shared(NamedTuple):
    """What somebody shared from a phone: the address, if there was one, and the words around it."""

    address: str | None
    words: str


def first_link(text: str) -> Shared:
    """The first http or https address in a text, and the rest as the exact words.

    Punctuation after an address belongs to the words; a bracket does when it was not opened within the address.
    """
    found = _ADDRESS.search(text)
    if found is None:
        return Shared(None, text.strip())
    address = _without_punctuation(found.group())
    before, after = text[: found.start()], text[found.start() + len(address) :]
    return Shared(address, _joined(before, after))


def _without_punctuation(address: str) -> str:
    stray = {closing: address.count(closing) - address.count(opening) for closing, opening in _BRACKETS.items()}
    end = len(address)
    while end and (address[end - 1] in _PUNCTUATION or stray.get(address[end - 1], 0) > 0):
        end -= 1
        stray[address[end]] = stray.get(address[end], 0) - 1
    return address[:end]


def _joined(before: str, after: str) -> str:
    """With one space where the address was, or the line break that stood there."""
    gap = before[len(before.rstrip()) :] + after[: len(after) - len(after.lstrip())]
    between = "\n" if "\n" in gap else " " if gap else ""
    return (before.rstrip() + between + after.lstrip()).strip()
