"""Inquiries are about services, never about persons: what may not be a topic, or evidence, and why in a sentence."""

import re
from urllib.parse import urlsplit

from evidence import authors, links

_HANDLE = re.compile(r"(?:^|[\s(,;:\"'“‘])[@＠]\s?\w|(?:^|\s)/?u/\w", re.IGNORECASE)
# As a search understands it: at the start, in the words to search for (after a colon), or with a name right behind it.
# “Hear from: parents” is prose.
_OPERATOR = re.compile(
    r"(?:^\s*|:.*\b|\b(?=\w+\s?:\S))(?:from|to|author|user|username|account|profile|by)\s?:", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://\S+|\b(?:[\w-]+\.)+[a-z]{2,}/\S*|\bwww\.\S+", re.IGNORECASE)
_EMAIL = re.compile(r"\S+@\S+")

A_HANDLE = "has the name of an account in it. An inquiry is about a service, never about a person"
A_PROFILE = "has the address of somebody's profile in it. An inquiry is about a service, never about a person"
AN_ADDRESS = "has a web address in it. Say in words what the topic is about"
A_POST = "has the address of what one person said in it. An inquiry is about a service, never about a person"
AN_OPERATOR = "searches for what one person said. An inquiry is about a service, never about a person"

NAMES_SOMEBODY = "has the name of an account or an email address in it. Leave it out: reports use these words"
LINK_IS_A_NAME = "This is the name of an account. Use the address of the one post you want to log"

PROFILE_AS_EVIDENCE = (
    "This is the address of somebody's profile, or of a search for one person. Looking at a person's profile "
    "again and again can be directed surveillance, so neither is kept. Use the address of the one post you want to log"
)


def why_not_a_topic(text: str) -> str:
    """What is wrong with these words as a topic, to follow the topic's name; nothing when it may be one."""
    addresses = [found.group() for found in _ADDRESS.finditer(text)]
    if any(is_profile(address) for address in addresses):
        return A_PROFILE
    if _EMAIL.search(text) or _HANDLE.search(text):
        return A_HANDLE
    if addresses:
        return AN_ADDRESS
    return AN_OPERATOR if _OPERATOR.search(text) else ""


def why_not_prose(text: str) -> str:
    """What is wrong with a title, a purpose or questions, to follow “This”; addresses of pages may stand in them."""
    addresses = [found.group() for found in _ADDRESS.finditer(text)]
    if any(is_profile(address) for address in addresses):
        return A_PROFILE
    if any(_is_of_one_account(address) for address in addresses):
        return A_POST
    return A_HANDLE if _EMAIL.search(text) or _HANDLE.search(_ADDRESS.sub(" ", text)) else ""


def _is_of_one_account(address: str) -> bool:
    return bool(authors.of_link(links.canonicalise(address).platform, f"//{address.rpartition('//')[2]}"))


def why_not_our_words(text: str) -> str:
    """What is wrong with words that reports use, to follow “This”; nothing when they lead to nobody."""
    if any(is_profile(found.group()) for found in _ADDRESS.finditer(text)):
        return A_PROFILE
    return NAMES_SOMEBODY if _EMAIL.search(text) or _HANDLE.search(text) else ""


def is_handle(text: str) -> bool:
    """@name and u/name, alone."""
    return bool(_HANDLE.match(text.strip())) and " " not in text.strip()


def is_profile(address: str) -> bool:
    return links.canonicalise(address).is_profile


def site_of(address: str) -> str:
    """The host, for people to read: what a link leads to without saying whose it is."""
    return (urlsplit(address).hostname or "").removeprefix("www.")
