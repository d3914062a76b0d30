"""One-click searches: topic words × place × words to leave out → an address. For topics, never for a person."""

import re
from dataclasses import dataclass
from urllib.parse import quote, quote_plus, urlsplit

LONGEST = 200  # characters of each part

# Operators that search what one account said, on any platform, and the names of accounts themselves.
_OF_A_PERSON = re.compile(
    r"""(?ix)
    [-+]?\b(?:from|to|author|user|username|by|mentions?|profile|account|in_reply_to|reply_to|filter_by|owner|channel|
    inauthor|allinauthor|posted_by|with|list)\s*[:=]\s*(?:"[^"]*"|'[^']*'|\S+)?     # from:name, author:"Name"
    | (?:^|(?<=[\s("'“‘]))\.?/?u/[\w-]+                                     # u/name
    | [@＠][\w.-]+(?:@[\w.-]+)?                                             # @name, @name@server
    | \S*@\S+                                                               # name@example.org
    """
)
_ADDRESS = re.compile(r"(?i)\b(?:https?://|www\.)\S+|\b(?:[\w-]+\.)+[a-z]{2,}/\S+")
_SITE = re.compile(r"(?i)[-+]?\b(?:site|inurl|allinurl|url|link)\s*:\s*(\S+)?")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_PART = re.compile(r"\{(query|words|place|tag)\}")
_NOT_IN_TAG = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What is left to search for, and what was taken out because it would look for a person."""

    text: str
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for, where, and without which words. Built by `query`, which takes persons out."""

    words: str
    place: str = ""
    without: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


def clean(typed: str) -> Cleaned:
    """Words without operators and addresses that lead to one person's account."""
    text, dropped = _UNSEEN.sub(" ", typed)[: LONGEST * 2], []
    for pattern in (_ADDRESS, _OF_A_PERSON, _SITE, _OF_A_PERSON):
        dropped += [found.group().strip() for found in pattern.finditer(text)]
        text = pattern.sub(" ", text)
    # A lone sign that could become an operator together with what follows it.
    text = re.sub(r"[@＠]", " ", text)
    return Cleaned(" ".join(text.split())[:LONGEST].strip(), tuple(each for each in dropped if each))


def looks_for_a_person(typed: str) -> bool:
    """Whether these words search for what one account said; looking within a site does not."""
    text = _SITE.sub(" ", _ADDRESS.sub(" ", _UNSEEN.sub(" ", typed)[: LONGEST * 2]))
    return _OF_A_PERSON.search(text) is not None


def query(words: str, place: str = "", without: str = "") -> Query:
    """What may be searched for, from what was typed; `dropped` says what was left out."""
    parts = [clean(part) for part in (words, place, without)]
    excluded = tuple(dict.fromkeys(word.lstrip("-") for word in re.split(r"[\s,]+", parts[2].text) if word.strip("-")))
    return Query(parts[0].text, parts[1].text, excluded, tuple(each for part in parts for each in part.dropped))


def address(template: str, what: Query, *, excludes: bool = False) -> str:
    """The address of the platform's own search. `{query}` is all of it, `{tag}` the words as one tag."""
    whole = " ".join(part for part in (what.words, _place(what.place), _excluded(what) if excludes else "") if part)
    before_query = "?" not in template.partition("{")[0]
    written = quote if before_query else quote_plus
    parts = {"query": whole, "words": what.words, "place": what.place, "tag": tag(what.words)}
    return _PART.sub(lambda found: written(parts[found[1]], safe=""), template)


def _place(place: str) -> str:
    return f'"{place}"' if " " in place else place


def _excluded(what: Query) -> str:
    return " ".join(f"-{word}" for word in what.without)


def tag(words: str) -> str:
    """Young carers → youngcarers."""
    return _NOT_IN_TAG.sub("", words).lower()


def host(template: str) -> str:
    """Where a template leads, for people to read."""
    return urlsplit(template).netloc.removeprefix("www.")
