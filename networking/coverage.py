"""Which skills a cohort wants and who in it has them: names in, rows and sentences out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

AT_EASE, TEACHES = 2, 3


@dataclass(frozen=True)
class Coverage:
    """A skill, how many want to get further in it, and who could help, the furthest first."""

    skill: str
    wanted_by: int
    teach: tuple[str, ...]
    at_ease: tuple[str, ...]

    @property
    def is_gap(self) -> bool:
        """Wanted, and nobody in the cohort is at ease with it."""
        return bool(self.wanted_by) and not self.teach and not self.at_ease

    @property
    def hangs_on_one(self) -> bool:
        """Wanted by more than one, and one person alone could help."""
        return self.wanted_by > 1 and len(self.teach) + len(self.at_ease) == 1

    @property
    def line(self) -> str:
        """What follows from it."""
        if self.is_gap:
            return "Nobody has it. Find an expert, or a workshop."
        if not self.wanted_by:
            return "Nobody asks for it now."
        if not self.teach:
            return "Nobody could teach it; somebody is at ease with it."
        return "It hangs on one person." if self.hangs_on_one else "Covered."


def coverage(
    skills: Sequence[str], wanted_by: Mapping[str, int], able: Mapping[str, Sequence[tuple[str, int]]]
) -> list[Coverage]:
    """Gaps first, then what hangs on one, then the rest; of equals what most want. `able`: names with their level."""
    rows = [_row(skill, wanted_by.get(skill, 0), able.get(skill, ())) for skill in skills]
    return sorted(rows, key=lambda row: (not row.is_gap, not row.hangs_on_one, -row.wanted_by, skills.index(row.skill)))


def _row(skill: str, wanted_by: int, able: Sequence[tuple[str, int]]) -> Coverage:
    teach = sorted({name for name, level in able if level >= TEACHES})
    at_ease = sorted({name for name, level in able if level == AT_EASE} - set(teach))
    return Coverage(skill, wanted_by, tuple(teach), tuple(at_ease))
