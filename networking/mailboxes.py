"""Addresses as mail programs write and copy them: `Name <address>; Name <address>`. Text in, values out."""

import re
from dataclasses import dataclass, replace

_NAMED = re.compile(r"^(?P<name>[^<>]*)<(?P<email>[^<>]+)>$")
# An address in a line that may have several: in angle brackets, or a word by itself.
_MAILBOX = re.compile(r"<[^<>@]*@[^<>]*>|(?<![^\s<>,;\"])[^\s<>,;\"@]*@[^\s<>,;\"]*")
_LABEL = re.compile(r"^\s*(to|cc|bcc)\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Mailbox:
    """An address as a mail program writes it. Unclear: what stands beside it may be somebody else's name."""

    email: str
    name: str
    is_unclear: bool


def without_label(text: str) -> str:
    """Without the “To:” that was copied along."""
    return _LABEL.sub("", text)


def in_line(text: str) -> list[Mailbox]:
    """Every address in a line, with the name before it."""
    people, end = [], 0
    for found in _MAILBOX.finditer(text):
        name = _trimmed(text[end : found.start()])
        people.append(Mailbox(_trimmed(found[0]), name, is_unclear=bool(name) and (";" in name or found[0][0] != "<")))
        end = found.end()
    if people and _trimmed(text[end:]):
        people[-1] = replace(people[-1], is_unclear=True)
    return people


def _trimmed(words: str) -> str:
    return " ".join(words.split()).strip(" ,;<>'\"")


def named(text: str) -> tuple[str, str] | None:
    """Name and address of `Name <address>`; a name that is an address itself says nothing."""
    found = _NAMED.match(text)
    if not found:
        return None
    name = _trimmed(found["name"])
    return "" if "@" in name else name, found["email"]
