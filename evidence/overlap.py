"""Finds where our words repeat the exact words: a run of six can be searched for, and leads back to who said it."""

import re
import unicodedata

TRACEABLE = 6  # words in a row

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def shared_run(exact: str, ours: str) -> str:
    """The longest run of ours of which every six words in a row are in the exact words too; nothing when there is none.

    However it is capitalised or punctuated. Time: linear in both.
    """
    found = list(_WORD.finditer(ours))
    theirs = set(_sixes([_plain(word) for word in _WORD.findall(exact)]))
    length, start, run = 0, 0, 0
    for place, six in enumerate(_sixes([_plain(word.group()) for word in found])):
        run = run + 1 if six in theirs else 0
        if run > length:
            length, start = run, place - run + 1
    return ours[found[start].start() : found[start + length + TRACEABLE - 2].end()] if length else ""


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().replace("’", "'")


def _sixes(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[n : n + TRACEABLE]) for n in range(len(words) - TRACEABLE + 1)]
