"""Name badges for a room, ten on a sheet of A4; and who is on the list at the door: values in, values out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

PER_SHEET = 10
# Letters that fit on a badge in the largest and in the middle size; a single word does not break over lines.
LARGE_NAME, LARGE_WORD = 24, 11
MIDDLE_NAME, MIDDLE_WORD = 48, 18


@dataclass(frozen=True)
class Badge:
    """What one badge says. An empty one is written by hand, for whoever comes without a place."""

    name: str = ""
    works_at: str = ""

    @property
    def size(self) -> str:
        """How large the name can be: large, middle or small."""
        longest = max((len(word) for word in self.name.split()), default=0)
        if len(self.name) <= LARGE_NAME and longest <= LARGE_WORD:
            return "large"
        return "middle" if len(self.name) <= MIDDLE_NAME and longest <= MIDDLE_WORD else "small"


def sheets(people: Iterable[Badge]) -> list[list[Badge]]:
    """Full sheets of ten, the last one filled up with empty badges."""
    return list(_sheets(list(people)))


def _sheets(people: list[Badge]) -> Iterator[list[Badge]]:
    for begin in range(0, len(people), PER_SHEET):
        sheet = people[begin : begin + PER_SHEET]
        yield [*sheet, *[Badge()] * (PER_SHEET - len(sheet))]
