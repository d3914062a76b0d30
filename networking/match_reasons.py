"""Says in words why a pair was made, why somebody is left without, and what would help."""

from collections.abc import Collection, Mapping

import numpy as np

from networking.match_scores import (
    KEPT,
    MOST_DAYS,
    SAME_AREA,
    SHARED_DAY,
    STEP,
    NoFeasibleMatch,
    Table,
    is_same_area,
    steps_covered,
)


def refuse_hopeless(table: Table) -> None:
    """Raises NoFeasibleMatch when there are councillors and not one pair is possible."""
    if not table.councillors or table.locked:
        return
    if not table.mentors:
        raise NoFeasibleMatch("There are no mentors to match with.")
    if not any(mentor.capacity for mentor in table.mentors):
        raise NoFeasibleMatch("No mentor has a place: every capacity is 0.")
    if not table.allowed.any():
        raise NoFeasibleMatch("Every pair of a councillor and a mentor with a place is excluded.")


def reasons(table: Table, pairs: Mapping[int, int]) -> dict[int, list[str]]:
    """Per councillor id, in order."""
    left = [row for row in range(len(table.councillors)) if row not in pairs]
    used = np.bincount(list(pairs.values()), minlength=len(table.mentors))
    spare = [column for column, mentor in enumerate(table.mentors) if used[column] < mentor.capacity]
    said = {row: _why(table, row, column) for row, column in pairs.items()}
    said |= {row: _why_not(table, row, len(left), spare) for row in left}
    return {table.councillors[row].id: said[row] for row in sorted(said)}


def _why(table: Table, row: int, column: int) -> list[str]:
    """The terms of the pair's score, those worth nothing included where they matter."""
    councillor, mentor = table.councillors[row], table.mentors[column]
    needs, covered = councillor.needs(), steps_covered(councillor, mentor)
    terms = [f"meets {sum(covered.values())} of {_steps(sum(needs.values()))}"] if needs else ["nothing is wanted"]
    terms += [
        f"covers {skill}: {steps} of {_steps(needs[skill])} ({STEP * steps} points)"
        for skill, steps in sorted(covered.items())
    ]
    terms += [f"does not cover {skill}" for skill in sorted(needs.keys() - covered.keys())]
    if is_same_area(councillor, mentor):
        terms.append(f"same area: {councillor.area} ({SAME_AREA} points)")
    if days := sorted(councillor.days & mentor.days):
        terms.append(f"both can do {', '.join(days)} ({SHARED_DAY * min(len(days), MOST_DAYS)} points)")
    if table.kept.get(row) == column:
        terms.append(f"already paired ({KEPT} points)")
    if table.locked.get(row) == column:
        terms.append("locked")
    return terms


def _steps(number: int) -> str:
    return "1 step" if number == 1 else f"{number} steps"


def _why_not(table: Table, row: int, left: int, spare: list[int]) -> list[str]:
    """The cause, then what would fix it."""
    councillor = table.councillors[row]
    if not table.allowed[row].any():
        return ["every mentor with a place is excluded for this councillor", "to fix it: lift one of these exclusions"]
    best = int(np.argmax(np.where(table.allowed[row], table.points[row], -1)))
    mentor = table.mentors[best]
    skills = ", ".join(sorted(steps_covered(councillor, mentor)))
    more = f"one more place with mentor {mentor.id}" + (f" (covers {skills})" if skills else "")
    if spare:
        ids = ", ".join(str(table.mentors[column].id) for column in spare)
        return [f"the only places left are with excluded mentors ({ids})", f"to fix it: lift an exclusion, or {more}"]
    places = sum(each.capacity for each in table.mentors)
    who = "1 councillor is" if left == 1 else f"{left} councillors are"
    return [f"all {places} places are taken and {who} left without one", f"to fix it: {more}, or another mentor"]


def regret(
    mentor: int | None,
    cost: int,
    moved: Collection[int],
    lost: Collection[int],
    uncovered: Collection[tuple[str, str]],
    fall: int,
) -> str:
    """What the match without this pair would cost, worst consequence first."""
    said = [f"The next best would be mentor {mentor}." if mentor is not None else "There would be no mentor instead."]
    if lost:
        said.append(f"Left without a mentor: {_ids(lost)}.")
    if uncovered:
        said.append(
            "No longer covered: " + ", ".join(f"{skill} in {cohort}" for cohort, skill in sorted(uncovered)) + "."
        )
    if fall > 0:
        said.append(f"The worst-served councillor would have {fall} per cent less of what they need.")
    said.append(f"It would cost {cost} points." if cost >= 0 else f"It would gain {-cost} points.")
    if moved:
        said.append(f"Others who would move: {_ids(moved)}.")
    return " ".join(said)


def _ids(ids: Collection[int]) -> str:
    return ", ".join(str(each) for each in sorted(ids))
