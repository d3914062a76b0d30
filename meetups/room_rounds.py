"""Rounds in rooms: how a host chooses them, which ones an agenda asks for, and which planned one is which."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Protocol

from meetups.grouping import RoundSpec
from meetups.structures import group_sizes

MOST_ROUNDS = 10
SMALLEST, LARGEST = 2, 8
# In these every phase in rooms is with new people; elsewhere a group stays together from phase to phase.
_WITH_NEW_PEOPLE = {"impromptu-networking", "nine-minute-networking", "mad-tea", "25-10-crowdsourcing"}
_BY_NEED = {"troika-consulting", "helping-heuristics", "wise-crowds"}
_NUMBERS = {2: "pairs", 3: "threes", 4: "fours", 5: "fives", 6: "sixes", 7: "sevens", 8: "eights"}


@dataclass(frozen=True)
class Wanted:
    """One round as the host chose it. Written as “4”, “merge-4” or “need-3”."""

    size: int
    merge_previous: bool = False
    by_need: bool = False

    @property
    def code(self) -> str:
        kind = "merge-" if self.merge_previous else "need-" if self.by_need else ""
        return f"{kind}{self.size}"

    @property
    def words(self) -> str:
        """In rooms of how many, in a few words."""
        if self.merge_previous:
            return f"the rooms before, merged into {_NUMBERS[self.size]}"
        return f"{_NUMBERS[self.size]}{' by what people need and offer' if self.by_need else ''}"

    @property
    def spec(self) -> RoundSpec:
        return RoundSpec(self.size, self.merge_previous)


def read(code: str) -> Wanted:
    """The round a code stands for. Raises ValueError."""
    kind, _, size = code.rpartition("-")
    if kind not in {"", "merge", "need"} or not SMALLEST <= int(size) <= LARGEST:
        raise ValueError(code)
    return Wanted(int(size), merge_previous=kind == "merge", by_need=kind == "need")


CHOICES = [
    *(Wanted(size) for size in range(SMALLEST, LARGEST + 1)),
    *(Wanted(size, merge_previous=True) for size in (4, 6, 8)),
    *(Wanted(size, by_need=True) for size in (2, 3, 4)),
]


class Phase(Protocol):
    """A phase of a structure or of an item of the agenda."""

    @property
    def group(self) -> str: ...

    @property
    def keep_pairs_together(self) -> bool: ...


def of_agenda(items: Iterable[tuple[str, Iterable[Phase]]]) -> list[Wanted]:
    """The rounds that these items need, in order, as many as can be planned: slugs of structures with phases."""
    return _walk(items)[0][:MOST_ROUNDS]


def of_phases(items: Iterable[tuple[str, Iterable[Phase]]]) -> list[list[int | None]]:
    """For each item and phase the number of its round in `of_agenda`, from 1; None for a phase in no rooms."""
    return _walk(items)[1]


def _walk(items: Iterable[tuple[str, Iterable[Phase]]]) -> tuple[list[Wanted], list[list[int | None]]]:
    rounds: list[Wanted] = []
    numbers: list[list[int | None]] = []
    for slug, phases in items:
        first = len(rounds)
        numbers.append([_number(phase, slug, rounds, first) for phase in phases])
    return rounds, numbers


def _number(phase: Phase, slug: str, rounds: list[Wanted], first: int) -> int | None:
    """The round of this phase, added unless its item, whose rounds begin at `first`, was in it before."""
    wanted = _of_phase(phase, by_need=slug in _BY_NEED, is_first=len(rounds) == first)
    if wanted is None:
        return None
    if slug in _WITH_NEW_PEOPLE or wanted not in rounds[first:]:
        rounds.append(wanted)
        return len(rounds)
    return rounds.index(wanted, first) + 1


def planned_as(asked: Sequence[Wanted], planned: Sequence[Wanted]) -> dict[int, int]:
    """Which planned round stands for which round of the agenda, numbered from 1.

    One after the other where there are as many; otherwise those in rooms of one size, in their order, and no more.
    """
    if len(asked) == len(planned):
        return {number: number for number in range(1, len(asked) + 1)}
    alike = SequenceMatcher(None, [one.size for one in asked], [one.size for one in planned], autojunk=False)
    return {
        a + place + 1: b + place + 1 for a, b, length in alike.get_matching_blocks() for place in range(length)
    }  # fmt: skip


def _of_phase(phase: Phase, *, by_need: bool, is_first: bool) -> Wanted | None:
    """In rooms of four where they may be four, otherwise in the smallest allowed; nothing for one person or for all."""
    sizes = group_sizes(phase.group)
    if sizes is None or sizes[1] < SMALLEST or sizes[0] > LARGEST:
        return None
    size = sizes[1] if sizes[1] <= 4 else max(sizes[0], 4)
    merges = phase.keep_pairs_together and not is_first and size in {4, 6, 8}
    return Wanted(size, merge_previous=merges, by_need=by_need and size <= 4 and not merges)
