"""What must not be in anything that leaves: names of accounts, addresses of what people said, their exact words."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from evidence import links, overlap

_HANDLE = re.compile(r"(?<![\w.@/])[@＠]\s?[\w.]{2,}|(?<![\w/])/?u/[\w-]{2,}", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+%'-]+[@＠](?:[\w-]+\.)+\w{2,}")
_ADDRESS = re.compile(
    r"https?://[^\s<>\"“”)]+|\bwww\.[^\s<>\"“”)]+|\b(?:[\w-]+\.)+(?:com|org|net|uk|social|me|be|it|tv|app)/[^\s<>\"“”)]+",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NAME = re.compile(r"[\w.-]{4,}")
_FEWEST = 3  # shorter exact words, such as “too bad”, anybody may say

Words = tuple[str, ...]


@dataclass(frozen=True)
class Private:
    """What of one item stays here: where it was said and in which words. `label` is how people speak of it.

    `let_through` is what of these words may leave all the same; `account` is who said it, where the address tells.
    """

    label: str
    exact_words: Sequence[str] = ()
    keys: Collection[str] = ()
    let_through: Sequence[str] = ()
    account: str = ""


class Guard:
    """Knows what must not leave, and looks for it in one text after the other. Time: linear in what it is given."""

    def __init__(self, private: Iterable[Private], *, own_addresses: Collection[str] = ()) -> None:
        """`own_addresses` are email addresses of the inquiry itself, that everybody may read."""
        self.own = {address.casefold() for address in own_addresses}
        self.runs: dict[Words, str] = {}
        self.keys: dict[str, str] = {}
        self.accounts: dict[str, str] = {}
        for item in private:
            self.keys |= dict.fromkeys(item.keys, item.label)
            if name := _account(item.account):
                self.accounts[name] = item.label
            free = {run for text in item.let_through for run in _any_runs(_words(text))}
            for words in item.exact_words:
                self.runs |= {run: item.label for run in _runs_of(words) if run not in free}

    def leaks(self, text: str) -> list[str]:
        """Why this text may not leave, in words for whoever can mend it; nothing when it may."""
        found = ["has the name of an account in it"] if _HANDLE.search(text) else []
        if any(one.group().strip("'.").casefold() not in self.own for one in _EMAIL.finditer(text)):
            found.append("has an email address in it")
        named = (one.group().casefold().rstrip(".-") for one in _NAME.finditer(text))
        found += [f"has the name of the account of {label} in it" for label in _labels(self.accounts, named)]
        addresses = [links.canonicalise(one.group().rstrip(".,;")) for one in _ADDRESS.finditer(text)]
        if any(one.is_profile for one in addresses):
            found.append("has the address of somebody's profile in it")
        keys = {key for one in addresses for key in (one.hard_key, one.soft_key)}
        found += [f"has the address of {label} in it" for label in _labels(self.keys, keys)]
        runs = set(_any_runs(_words(text)))
        return found + [f"repeats the exact words of {label}" for label in _labels(self.runs, runs)]


def _account(name: str) -> str:
    """The account as people write it without @; nothing when it could be a word that anybody says, such as “carers”."""
    plain = unicodedata.normalize("NFKC", name).casefold().rpartition("@")[2].rstrip(".-")
    return plain if len(plain) >= 4 and re.search(r"[\d_.]", plain) else ""


def _labels(known: dict[Any, str], found: Iterable[Any]) -> list[str]:
    return sorted({known[each] for each in found if each in known})


def _runs_of(text: str) -> Iterator[Words]:
    """Every six words in a row, or all of what was said when that is shorter."""
    words = _words(text)
    if len(words) >= _FEWEST:
        yield from _runs(words, min(len(words), overlap.TRACEABLE))


def _any_runs(words: Words) -> Iterator[Words]:
    for length in range(_FEWEST, overlap.TRACEABLE + 1):
        yield from _runs(words, length)


def _runs(words: Words, length: int) -> Iterator[Words]:
    return (words[n : n + length] for n in range(len(words) - length + 1))


def _words(text: str) -> Words:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return tuple(_WORD.findall(plain))
