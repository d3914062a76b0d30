"""Phases as organisers type them: one on each line, “4, fours from pairs, Compare in fours”."""

import re
from collections.abc import Iterable

from meetups.structures import GROUPS, Phase, group_words

LONGEST_MINUTES = 600
LONGEST_NAME = 80
MOST = 40
FROM_PAIRS = "from pairs"
_EXAMPLE = "“5, pairs, Talk in pairs”"


class NotAPhase(ValueError):
    """A line that cannot be read; says which and what to do."""


def _plain(words: str) -> str:
    """Words as they are compared: “Groups of 4–6” is “4-6”."""
    words = re.sub(r"\s+", " ", words.casefold().replace("–", "-").strip())
    words = re.sub(r"^(in )?(groups of )?", "", words)
    return re.sub(r"(\d) ?(?:-|to) ?(\d)", r"\1-\2", words)


_GROUP_OF = {
    **{_plain(group_words(group)): group for group in GROUPS},
    **{group: group for group in GROUPS},
    "everyone": "all",
    "plenary": "all",
    "together": "all",
    "pair": "2",
    "trios": "3",
    "free": "free",
}
_SAID = {"all": "everyone", "free": "as people choose"}


def read(text: str) -> list[Phase]:
    """The phases in the text. Raises NotAPhase with a sentence for the first line that is none."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > MOST:
        raise NotAPhase(f"Enter {MOST} phases or fewer")
    return [_phase(number, line) for number, line in lines]


def _phase(number: int, line: str) -> Phase:
    parts = [part.strip() for part in line.split(",", 2)]
    if len(parts) < 3 or not parts[2]:
        raise NotAPhase(f"Line {number}: enter minutes, group and name with commas between, like {_EXAMPLE}")
    minutes, group, name = parts
    if len(name) > LONGEST_NAME:
        raise NotAPhase(f"Line {number}: the name must be {LONGEST_NAME} characters or fewer")
    return Phase(name, _minutes(number, minutes), *_group(number, group))


def _minutes(number: int, words: str) -> int:
    found = re.fullmatch(r"([0-9]{1,3})(?: ?min(?:ute)?s?\.?)?", words)
    if not found or not 1 <= int(found[1]) <= LONGEST_MINUTES:
        raise NotAPhase(f"Line {number}: begin with the minutes, a whole number from 1 to {LONGEST_MINUTES}")
    return int(found[1])


def _group(number: int, words: str) -> tuple[str, bool]:
    plain = _plain(words)
    from_pairs = plain.endswith(FROM_PAIRS)
    group = _GROUP_OF.get(plain.removesuffix(FROM_PAIRS).strip())
    if group is None or (from_pairs and group != "4"):
        raise NotAPhase(f"Line {number}: “{words}” is not a group. Use alone, pairs, threes, fours, 4–6 or everyone")
    return group, from_pairs


def written(phases: Iterable[Phase]) -> str:
    """The lines that `read` reads back as the same phases."""
    return "\n".join(f"{one.minutes}, {_group_said(one)}, {one.name}" for one in phases)


def _group_said(phase: Phase) -> str:
    words = _SAID.get(phase.group) or group_words(phase.group).removeprefix("groups of ").replace(" to ", "–")
    return f"{words} {FROM_PAIRS}" if phase.keep_pairs_together else words
