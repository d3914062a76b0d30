"""What is known of a structure: facts about names, sizes and minutes, and words of ours."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

SITE = "https://www.liberatingstructures.com/"
CREDIT = "Liberating Structures were developed by Henri Lipmanowicz and Keith McCandless."

EVERYONE, FREE, QUARTERS = "all", "free", "quarters"
_WORDS = {
    "1": "alone",
    "2": "pairs",
    "3": "threes",
    "4": "fours",
    "5": "fives",
    "6": "sixes",
    EVERYONE: "everyone together",
    FREE: "as people choose",
    QUARTERS: "four groups",
}
# What an organiser can choose from, smallest first.
GROUPS = (
    *("1", "1-2", "2", "2-3", "2-4", "2-6", "3", "3-4", "3-5", "4", "4-5", "4-6", "4-7", "4-10"),
    *("5", "5-6", "5-7", "5-8", "6", "6-8", "8-10", QUARTERS, FREE, EVERYONE),
)


def group_words(group: str) -> str:
    """How people sit in a phase, in words: “pairs”, “groups of 4 to 6”."""
    if group in _WORDS:
        return _WORDS[group]
    if group == "1-2":
        return "alone or in pairs"
    least, most = group_sizes(group) or (0, 0)
    return f"groups of {least} to {most}" if most > least else f"groups of {least}"


def group_sizes(group: str) -> tuple[int, int] | None:
    """The smallest and the largest room of a phase; None where there are no rooms of a size."""
    found = re.fullmatch(r"(\d+)(?:-(\d+))?", group)
    return (int(found[1]), int(found[2] or found[1])) if found else None


@dataclass(frozen=True)
class Phase:
    """A part of a structure. `keep_pairs_together`: the pairs before meet others and are not parted."""

    name: str
    minutes: int
    group: str
    keep_pairs_together: bool = False

    @property
    def group_words(self) -> str:
        return group_words(self.group)


@dataclass(frozen=True)
class Structure:
    """A way to talk together. `line` says what people will do; `minutes` is what it usually takes.

    `invitation` is an example of what a host could ask; `least` and `most` people (0: no limit) are for the meet-up.
    """

    slug: str
    name: str
    line: str
    minutes: int
    groups: str
    url: str
    purpose: str = ""
    invitation: str = ""
    phases: tuple[Phase, ...] = ()
    notes: str = ""
    least: int = 0
    most: int = 0
    works_online: bool = True

    @property
    def is_own(self) -> bool:
        """Whether it is one of the organisers' own, which have no page for the public."""
        return self.slug.startswith("own-")

    @property
    def people_words(self) -> str:
        if self.least and self.most:
            return f"{self.least} to {self.most} people"
        if self.least:
            return f"{self.least} people or more"
        return f"up to {self.most} people" if self.most else "any number of people"


def phase(name: str, minutes: int, group: str, *, keep: bool = False) -> Phase:
    return Phase(name, minutes, group, keep)


def of_the_menu(
    slug: str,
    name: str,
    minutes: int,
    groups: str,
    line: str,
    *,
    page: str = "",
    purpose: str,
    invitation: str,
    phases: Sequence[Phase],
    notes: str,
    least: int = 4,
    most: int = 0,
    online: bool = True,
) -> Structure:
    """A structure with a page on the site of its authors: at its slug, or at `page`; “/” is the front page."""
    url = SITE if page == "/" else f"{SITE}{page or slug}/"
    return Structure(
        *(slug, name, line, minutes, groups, url, purpose, invitation, tuple(phases), notes, least, most, online)
    )
