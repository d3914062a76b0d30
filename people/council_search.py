"""Type-ahead over council names: which councils did somebody mean by what they have typed so far?"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

SMALL_WORDS = frozenset({"and", "of", "the", "upon", "on"})
KIND_WORDS = frozenset({"metropolitan", "county", "city", "borough", "district", "council"})
# "York" should find the City of York as surely as it finds York-anything.
LEADING_STYLE = re.compile(r"^(city|isle|council of the isles) of ")
# Shorter pieces turn up inside almost every name.
SHORTEST_PIECE = 3


@dataclass(frozen=True)
class CouncilName:
    slug: str
    name: str
    aliases: tuple[str, ...] = ()


class Closeness(IntEnum):
    """How well a council answers a query; lower is better."""

    NAME_START = 0
    WHOLE_ALIAS = 1
    NAME_WORDS = 2
    ALIAS_WORDS = 3
    ANYWHERE = 4


@dataclass(frozen=True)
class _Spellings:
    """One council's names ready to compare: folded, with their words and initials."""

    name: str
    short_name: str
    aliases: tuple[str, ...]
    name_words: frozenset[str]
    all_words: frozenset[str]
    kind_initials: str
    initials: frozenset[str]


def best_matches(query: str, councils: Sequence[CouncilName], limit: int = 8) -> list[CouncilName]:
    """The councils a person may mean by `query`, the likeliest first; none for an empty query.

    Order: the name starts so; an alias is exactly so ("BCP"); words of the name start so; words
    of the aliases start so; the letters stand somewhere inside. Equals are in alphabetical order.
    Case, accents, apostrophes and hyphens do not count; "&" is "and", "saint" is "st". Initials
    work too: "Essex CC", "LBH".
    """
    wanted = _fold(query)
    if not wanted:
        return []
    found = []
    for council in councils:
        spellings = _spellings(council)
        closeness = _closeness(wanted, spellings)
        if closeness is not None:
            found.append((closeness, spellings.short_name, council.slug, council))
    return [council for *_, council in sorted(found, key=lambda match: match[:3])[:limit]]


def exact_match(query: str, councils: Sequence[CouncilName]) -> CouncilName | None:
    """The one council with this name, or else with this alias; None when there is none or the alias is not enough."""
    wanted = _fold(query)
    if not wanted:
        return None
    by_name = [council for council in councils if _spellings(council).name == wanted]
    by_alias = [council for council in councils if wanted in _spellings(council).aliases]
    found = by_name or by_alias
    return found[0] if len(found) == 1 else None


def _closeness(wanted: str, spellings: _Spellings) -> Closeness | None:
    words = wanted.split()
    if spellings.name.startswith(wanted) or spellings.short_name.startswith(wanted):
        return Closeness.NAME_START
    if wanted in spellings.aliases:
        return Closeness.WHOLE_ALIAS
    if _begin_all(words, spellings.name_words, whole={spellings.kind_initials}):
        return Closeness.NAME_WORDS
    if _begin_all(words, spellings.all_words, whole=spellings.initials):
        return Closeness.ALIAS_WORDS
    if _stands_inside(wanted, (spellings.name, *spellings.aliases)):
        return Closeness.ANYWHERE
    return None


def _begin_all(starts: Iterable[str], words: Iterable[str], *, whole: Iterable[str]) -> bool:
    """Whether each start begins one of the words, or is one of the `whole` ones."""
    return all(start in whole or any(word.startswith(start) for word in words) for start in starts)


def _stands_inside(wanted: str, names: Iterable[str]) -> bool:
    piece = wanted.replace(" ", "")
    return len(piece) >= SHORTEST_PIECE and any(piece in name.replace(" ", "") for name in names)


# Every keystroke asks about every council, and their names do not change in between.
@lru_cache(maxsize=1024)
def _spellings(council: CouncilName) -> _Spellings:
    name = _fold(council.name)
    aliases = tuple(_fold(alias) for alias in council.aliases)
    kind_initials = _initials(word for word in name.split() if word in KIND_WORDS)
    return _Spellings(
        name=name,
        short_name=LEADING_STYLE.sub("", name),
        aliases=aliases,
        name_words=frozenset(name.split()),
        all_words=frozenset(word for text in (name, *aliases) for word in text.split()),
        kind_initials=kind_initials,
        initials=frozenset({kind_initials, *(_initials(text.split()) for text in (name, *aliases))}),
    )


def _initials(words: Iterable[str]) -> str:
    return "".join(word[0] for word in words if word not in SMALL_WORDS)


def _fold(text: str) -> str:
    """Lower-case words without accents or punctuation, in the one spelling we compare."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    letters = re.sub(r"['’‘ʼ`´]", "", letters).replace("&", " and ")
    words = re.sub(r"[^a-z0-9]+", " ", letters).strip()
    words = re.sub(r"\bsaint\b", "st", words)
    return words.removeprefix("the ")
