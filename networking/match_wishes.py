"""What a lead wants of a match beside everybody's details, whether it can be, and the match that follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass

from networking import match_words, matching
from networking.match_questions import Question
from networking.models import MatchProposal


class NotPossible(Exception):
    """What was asked for contradicts the rest; the message says how."""


@dataclass(frozen=True)
class Wishes:
    """Pairs that must happen, pairs that must not, and how many councillors a mentor takes where that was changed."""

    locks: dict[int, int]
    forbids: set[tuple[int, int]]
    places: dict[int, int]


def of(proposal: MatchProposal) -> Wishes:
    return Wishes(proposal.locked, proposal.forbidden, proposal.places)


def refuse_impossible_lock(
    question: Question, locks: Mapping[int, int], places: Mapping[int, int], councillor: int, mentor: int
) -> None:
    name = question.names[mentor]
    if (councillor, mentor) in question.excluded:
        raise NotPossible(f"{question.names[councillor]} and {name} are excluded from each other")
    capacity = {each.id: each.capacity for each in question.with_places(places)}[mentor]
    held = sum(1 for each in {**question.settled, **locks}.values() if each == mentor)
    if held > capacity:
        raise NotPossible(f"{name} has places for {capacity}, and they are all settled or locked. Change that first")


def still_possible(wishes: Wishes, question: Question) -> Wishes:
    """Without those who have left, were matched meanwhile, or were excluded since."""
    without, mentors = set(question.without), {each.id for each in question.mentors}
    locks = {
        one: other
        for one, other in wishes.locks.items()
        if one in without and other in mentors and (one, other) not in question.excluded
    }
    forbids = {pair for pair in wishes.forbids if pair[0] in without and pair[1] in mentors}
    return Wishes(locks, forbids, {each: places for each, places in wishes.places.items() if each in mentors})


def solve(question: Question, wishes: Wishes, *, keep: Mapping[int, int]) -> matching.Matching:
    """Everybody, settled pairs included; raises NoFeasibleMatch."""
    if not question.without:
        raise matching.NoFeasibleMatch("Every councillor has a mentor already.")
    wished = still_possible(wishes, question)
    return matching.match(
        question.councillors,
        question.with_places(wished.places),
        excluded=question.excluded | wished.forbids,
        locked={**question.settled, **wished.locks},
        keep=keep,
    )


def cause(question: Question, wishes: Wishes, said: str) -> str:
    """The cause with names, and the way out where there is an obvious one."""
    if too_many := _too_many_locks(question, still_possible(wishes, question)):
        return too_many
    if not question.councillors:
        return "There are no councillors in the cohort yet. Invite them first."
    if not question.mentors:
        return "There are no mentors in the cohort yet. Invite them first."
    if "excluded" in said:
        return "Every councillor is excluded from every mentor who has a place. Lift an exclusion."
    if "capacity is 0" in said:
        return "No mentor takes anybody: every mentor has 0 places. Give one of them a place."
    return said


def _too_many_locks(question: Question, wishes: Wishes) -> str:
    """Of mentors who take fewer than are locked with them: they lowered that since, or support somebody new."""
    names, said = question.names, []
    for mentor in question.with_places(wishes.places):
        locked = sorted(names[one] for one, other in wishes.locks.items() if other == mentor.id)
        free = mentor.capacity - sum(1 for other in question.settled.values() if other == mentor.id)
        if locked and len(locked) > free:
            verb, places = "is" if len(locked) == 1 else "are", "1 free place" if free == 1 else f"{free} free places"
            said.append(f"{match_words.listed(locked)} {verb} locked with {names[mentor.id]}, who has {places}.")
    return " ".join([*said, "Take a lock off, or change the places."]) if said else ""
