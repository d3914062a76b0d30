"""Sorted lines of a call's chat as Markdown: a heading for each question, a list of takeaways under it."""

import re
from collections.abc import Iterable, Mapping, Sequence

# What Markdown would take for something else than the letter that somebody typed.
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
_LINK = re.compile(r"https?://[^\s<>\"]+")
OTHER = "Also said"


def written(sorted_lines: Iterable[tuple[str, str]], questions: Sequence[str]) -> str:
    """Markdown out of (question, line), in the order of the questions; what has no question comes last."""
    under: dict[str, list[str]] = {question: [] for question in questions}
    for question, line in sorted_lines:
        under.setdefault(question, []).append(line)
    rest = under.pop("", [])
    return _sections({**under, **({OTHER: rest} if rest else {})})


def _sections(under: Mapping[str, Sequence[str]]) -> str:
    parts = [f"## {plain(question)}\n\n" + "\n".join(map(_item, lines)) for question, lines in under.items() if lines]
    return "\n\n".join(parts)


def _item(line: str) -> str:
    return "- " + "\n  ".join(plain(part) for part in line.splitlines() if part.strip())


def plain(words: str) -> str:
    """The words so that Markdown shows them as they are; web addresses become links."""
    words = " ".join(words.split())
    found, end = [], 0
    for link in _LINK.finditer(words):
        found += [_escaped(words[end : link.start()]), f"<{link[0]}>"]
        end = link.end()
    shown = "".join([*found, _escaped(words[end:])])
    return re.sub(r"^(\d+)([.)])|^([-+=])", lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", shown)


def _escaped(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", words)
