"""Which mentor supports which councillor: the best match for a stated score, and why."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from networking import match_cover, match_reasons, match_scores, match_solver
from networking.match_scores import Councillor, Mentor, NoFeasibleMatch

__all__ = ["Councillor", "Matching", "Mentor", "NextBest", "NoFeasibleMatch", "match", "next_best"]


@dataclass(frozen=True)
class Matching:
    """A proposal: who goes to whom, who is left, what no matched mentor covers, and the words for each councillor."""

    pairs: dict[int, int]  # councillor id to mentor id, in order of councillor
    unmatched: list[int]  # councillor ids, in order
    uncovered: set[tuple[str, str]]  # (cohort, skill) needed, and nobody matched in the cohort has it
    score: int  # points of all pairs
    worst: int  # per cent of needs met for the worst-served councillor who could be served better; 100 without any
    reasons: dict[int, list[str]]  # per councillor: the terms of the pair's score, or why there is none and what helps
    is_proven: bool = True  # that there is nothing better


def match(
    councillors: Sequence[Councillor],
    mentors: Sequence[Mentor],
    *,
    excluded: Collection[tuple[int, int]] = (),
    locked: Mapping[int, int] = {},
    keep: Mapping[int, int] = {},
    cover: bool = True,
) -> Matching:
    """The best matching there is. Same question, same answer, in whatever order people are listed.

    A councillor has at most one mentor, a mentor at most `capacity` councillors; excluded pairs (councillor, mentor) do
    not happen, locked pairs do. Among all such matchings the best has, compared in this order,

    1. the most pairs;
    2. with `cover`, the fewest (cohort, skill) uncovered. A skill is needed in a cohort when a councillor of it wants a
       higher level than now; covered when a mentor matched in the cohort has it at level 2 or above, or at level 1
       where no mentor with a place is that far;
    3. the highest `worst`: the lowest share of needs among councillors in pairs that are not locked. Share is the steps
       the mentor can take them up (to the mentor's level, not beyond the level wanted), of all steps wanted, in whole
       per cent, rounded down; 100 for no needs. Who already has the best share that any allowed mentor offers counts
       as 100, so that one whom nobody can help much does not hide everybody else;
    4. the highest `score`, in points per pair: 12 a step covered, 6 for the same area, 2 a shared day (two days at
       most), 3 for a pair in `keep`, so that a second run moves people only for a gain.

    Without `cover` this is an assignment problem (Crouse 2016, doi:10.1109/TAES.2016.140952). With it, skills become
    constraints of integer programmes. Both are exact; only where such a programme is not decided after 2,000 branches,
    the best answer found so far is given, and `is_proven` is False.

    Raises ValueError for an id given twice or a capacity below 0, and NoFeasibleMatch, which names the cause, for locks
    that contradict the rest or when not one pair is possible. Exclusions and `keep` may name people who have left.
    """
    table = match_scores.table(councillors, mentors, excluded=excluded, locked=locked, keep=keep)
    match_reasons.refuse_hopeless(table)
    if not cover:
        return _matching(table, match_solver.assign(table), is_proven=True)
    best = match_cover.assign_and_cover(table)
    return _matching(table, best.pairs, is_proven=best.is_proven)


def _matching(table: match_scores.Table, pairs: Mapping[int, int], *, is_proven: bool) -> Matching:
    councillors, mentors = table.councillors, table.mentors
    return Matching(
        pairs={councillors[row].id: mentors[pairs[row]].id for row in sorted(pairs)},
        unmatched=[councillor.id for row, councillor in enumerate(councillors) if row not in pairs],
        uncovered=set(table.goals) - table.met(pairs),
        score=sum(int(table.points[row, column]) for row, column in pairs.items()),
        worst=match_solver.worst(table, pairs),
        reasons=match_reasons.reasons(table, pairs),
        is_proven=is_proven,
    )


@dataclass(frozen=True)
class NextBest:
    """What happens to one councillor when the proposed pair is forbidden."""

    mentor: int | None
    cost: int  # points that the whole match loses; may be below 0 when fairness or cover had cost more than that
    moved: list[int]  # other councillors whose mentor changes
    words: str
    lost: list[int] = field(default_factory=list)  # councillors left without a mentor who had one
    uncovered: set[tuple[str, str]] = field(default_factory=set)  # (cohort, skill) that nobody matched has any more
    fall: int = 0  # per cent less of what they need for the worst-served councillor


def next_best(
    councillor: int,
    matching: Matching,
    councillors: Sequence[Councillor],
    mentors: Sequence[Mentor],
    *,
    excluded: Collection[tuple[int, int]] = (),
    locked: Mapping[int, int] = {},
    keep: Mapping[int, int] = {},
    cover: bool = True,
) -> NextBest:
    """Forbid the pair of this councillor in `matching`, solve again, and say what it costs (regret).

    Takes as long as `match`: ask when somebody looks. Pass what `match` was given. Raises KeyError for a councillor
    who has no pair.
    """
    forbidden = (councillor, matching.pairs[councillor])
    held = {each: mentor for each, mentor in locked.items() if each != councillor}
    try:
        other = match(councillors, mentors, excluded={*excluded, forbidden}, locked=held, keep=keep, cover=cover)
    except NoFeasibleMatch:
        return NextBest(None, matching.score, [], "There is no other way to match anybody.")
    moved = [each for each, mentor in matching.pairs.items() if each != councillor and other.pairs.get(each) != mentor]
    mentor, cost = other.pairs.get(councillor), matching.score - other.score
    lost = [each for each in other.unmatched if each not in matching.unmatched]
    uncovered = other.uncovered - matching.uncovered
    fall = matching.worst - other.worst
    words = match_reasons.regret(mentor, cost, moved, lost, uncovered, fall)
    return NextBest(mentor, cost, moved, words, lost, uncovered, fall)
