"""Says a proposed match in sentences with names: why a pair, who is left and what would help, what the next best costs.

Values in, sentences out. Ids are the members' ids; `names` says who they are.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from networking import match_scores
from networking.match_scores import Councillor, Mentor

MOST_NAMES = 3
AT_EASE, TEACHES = 2, 3

Names = Mapping[int, str]


@dataclass(frozen=True)
class Pool:
    """Who in the cohort is how far in a skill: experts and mentors, by name, the furthest first."""

    of: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)

    def helpers(self, skill: str, *, but: str = "") -> list[str]:
        """Those who could teach it, or who are at ease with it where nobody could."""
        able = [(name, level) for name, level in self.of.get(skill, ()) if name != but]
        least = TEACHES if any(level >= TEACHES for _, level in able) else AT_EASE
        return [name for name, level in able if level >= least]


def listed(names: Collection[str]) -> str:
    """Ann, Bob and Cyd."""
    said = list(names)
    return " and ".join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else "".join(said)


def each_of(skills: Collection[str]) -> str:
    """Skills one after the other; their names have “and” in them."""
    return "; ".join(skills)


def steps(number: int) -> str:
    return "1 step" if number == 1 else f"{number} steps"


def why(
    councillor: Councillor, mentor: Mentor, *, pool: Pool, mentor_name: str, names_others: bool = True
) -> list[str]:
    """Why these two, in sentences that both may read. What is kept names nobody else: they may leave."""
    needs, covered = councillor.needs(), match_scores.steps_covered(councillor, mentor)
    whole = [skill for skill in sorted(covered) if covered[skill] == needs[skill]]
    part = [f"{skill} ({covered[skill]} of {steps(needs[skill])})" for skill in sorted(covered.keys() - set(whole))]
    said = [f"Covers {each_of(whole)}."] if whole else []
    said += [f"Covers in part {each_of(part)}."] if part else []
    said += [_elsewhere(skill, pool, mentor_name, names_others) for skill in sorted(needs.keys() - covered.keys())]
    if not needs:
        said.append("No skill is wanted yet, so area and days decided.")
    languages = shared_languages(councillor, mentor)
    return [*said, _place(councillor, mentor), _days(councillor, mentor), *([languages] if languages else [])]


def _elsewhere(skill: str, pool: Pool, mentor_name: str, names_others: bool) -> str:
    helpers = pool.helpers(skill, but=mentor_name)
    if not helpers:
        return f"Nobody in the cohort has {skill} yet."
    if not names_others:
        return f"For {skill} ask the expert pool."
    more = f" and {len(helpers) - MOST_NAMES} more" if len(helpers) > MOST_NAMES else ""
    who = ", ".join(helpers[:MOST_NAMES]) if more else listed(helpers)
    return f"For {skill} ask the expert pool: {who}{more}."


def _place(councillor: Councillor, mentor: Mentor) -> str:
    if not councillor.area or not mentor.area:
        return "Nothing is known about how near they are."
    if match_scores.is_same_area(councillor, mentor):
        return f"Both are in {councillor.area}."
    return f"Not in the same town or district: {councillor.area} and {mentor.area}."


def _days(councillor: Councillor, mentor: Mentor) -> str:
    if not councillor.days or not mentor.days:
        return "Not both have said which days suit them."
    both = [day for day in DAYS if day in councillor.days & mentor.days]
    return f"Both can do {listed(both)}." if both else "No day suits both."


def languages_in(typed: str) -> tuple[str, ...]:
    """Beside English, each once, as typed into a line: “Welsh, Polish and BSL”."""
    parts = (" ".join(part.split()) for part in _BETWEEN.split(typed))
    found = {part.casefold(): part[:1].upper() + part[1:] for part in parts}
    return tuple(said for key, said in found.items() if key not in _NO_LANGUAGE)


def shared_languages(councillor: Councillor, mentor: Mentor) -> str:
    """A sentence; nothing where there is none."""
    theirs = {each.casefold() for each in mentor.languages}
    both = [each for each in councillor.languages if each.casefold() in theirs]
    return f"Both know {listed(both)}." if both else ""


_BETWEEN = re.compile(r"[,;&\n]|\band\b", re.IGNORECASE)
_NO_LANGUAGE = {"", "-", "english", "no", "none", "n/a", "nothing"}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Weekend")


# --- Somebody else ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Alternative:
    """Another mentor for the same councillor: what they would bring, and what stands in the way."""

    mentor: int
    points: int
    covers: str
    in_the_way: str
    languages: str = ""


def alternatives(
    councillor: Councillor,
    mentors: Sequence[Mentor],
    *,
    excluded: Collection[tuple[int, int]],
    forbidden: Collection[tuple[int, int]],
    taken: Mapping[int, int],
) -> list[Alternative]:
    """Every mentor, the best for this councillor first. `taken` is how many places each has given away."""
    table = match_scores.table([councillor], mentors, excluded=(), locked={}, keep={})
    points = {mentor.id: int(score) for mentor, score in zip(table.mentors, table.points[0], strict=True)}
    found = [
        Alternative(
            mentor.id,
            points[mentor.id],
            _covers(councillor, mentor),
            _in_the_way((councillor.id, mentor.id), mentor, excluded, forbidden, taken.get(mentor.id, 0)),
            shared_languages(councillor, mentor),
        )
        for mentor in mentors
    ]
    return sorted(found, key=lambda one: (-one.points, one.mentor))


def _covers(councillor: Councillor, mentor: Mentor) -> str:
    needs, covered = councillor.needs(), match_scores.steps_covered(councillor, mentor)
    if not covered:
        return "nothing that is wanted" if needs else "nothing is wanted"
    said = (f"{skill} {covered[skill]} of {needs[skill]}" for skill in sorted(covered))
    return each_of(list(said))


def _in_the_way(
    pair: tuple[int, int],
    mentor: Mentor,
    excluded: Collection[tuple[int, int]],
    forbidden: Collection[tuple[int, int]],
    taken: int,
) -> str:
    if pair in excluded:
        return "excluded"
    if pair in forbidden:
        return "ruled out in this match"
    if not mentor.capacity:
        return "takes nobody"
    return _all_taken(mentor.capacity) if taken >= mentor.capacity else ""


def _all_taken(places: int) -> str:
    return "the only place is taken" if places == 1 else f"all {places} places are taken"


# --- Left without -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Left:
    """Somebody without a mentor: the cause, and what would fix it."""

    councillor: int
    cause: str
    fix: str


def left_without(
    councillor: Councillor,
    mentors: Sequence[Mentor],
    *,
    excluded: Collection[tuple[int, int]],
    taken: Mapping[int, int],
    names: Names,
) -> Left:
    with_places = [mentor for mentor in mentors if mentor.capacity]
    possible = [mentor for mentor in with_places if (councillor.id, mentor.id) not in excluded]
    if not possible:
        cause = "Every mentor with a place is excluded or ruled out." if with_places else "No mentor has a place."
        fix = "Lift an exclusion." if with_places else "Give a mentor a place, or invite another mentor."
        return Left(councillor.id, cause, fix)
    covered = {mentor.id: match_scores.steps_covered(councillor, mentor) for mentor in possible}
    best = max(possible, key=lambda mentor: (sum(covered[mentor.id].values()), -mentor.id))
    skills = each_of(sorted(covered[best.id]))
    more = f"one more place with {names[best.id]}" + (f", who covers {skills}" if skills else "")
    spare = [names[mentor.id] for mentor in with_places if taken.get(mentor.id, 0) < mentor.capacity]
    if spare:
        cause = f"The only places left are with {listed(spare)}, who cannot be matched here."
        return Left(councillor.id, cause, f"Lift an exclusion, or find {more}.")
    places = sum(mentor.capacity for mentor in mentors)
    return Left(councillor.id, f"{_all_taken(places).capitalize()}.", f"Find {more}, or invite another mentor.")


# --- Regret -------------------------------------------------------------------------------------------------------


def regret(
    mentor: int | None,
    *,
    cost: int,
    moved: Sequence[int],
    lost: Sequence[int],
    uncovered: Collection[str],
    fall: int,
    names: Names,
) -> list[str]:
    """What the match without this pair would cost, the worst first."""
    who = names[mentor] if mentor is not None else ""
    said = [f"The next best would be {who}." if who else "There would be no mentor instead."]
    if lost:
        said.append(f"{listed([names[each] for each in lost])} would be left without a mentor.")
    if uncovered:
        said.append(f"Nobody matched would have {each_of(sorted(uncovered))} any more.")
    if fall > 0:
        said.append(f"The councillor served worst would have {fall} per cent less of what they need.")
    if cost > 0:
        said.append(f"It would cost {cost} points in all.")
    elif cost < 0:
        said.append(f"It would gain {-cost} points in all, at the price said before.")
    elif who:
        said.append("It would cost nothing: both are equally good.")
    if moved:
        said.append(f"{listed([names[each] for each in moved])} would have somebody else as well.")
    return said
