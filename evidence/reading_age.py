"""How old one has to be to read a text with ease, roughly. Values in, values out."""

import re

_WORD = re.compile(r"[a-zA-Z][a-zA-Z'’]{0,40}")
_SENTENCE_ENDS = re.compile(r"[.!?:]+(?=\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")
FEWEST_WORDS = 30


def of(text: str) -> int:
    """Years of age: grade of Flesch & Kincaid (1975) plus five; 0 for a text too short to say.

    0.39 words per sentence + 11.8 syllables per word - 15.59. Lists and tables make it less sure.
    """
    words = _WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return 0
    sentences = max(1, len(_SENTENCE_ENDS.findall(text)))
    syllables = sum(_syllables(word.lower()) for word in words)
    grade = 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
    return max(6, min(25, round(grade) + 5))


def _syllables(word: str) -> int:
    groups = len(_VOWELS.findall(word))
    silent = word.endswith("e") and not word.endswith("le") and groups > 1
    return max(1, groups - silent)
