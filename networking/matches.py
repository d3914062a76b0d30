"""Proposing a match, changing it, confirming it once: who supports whom from then on.

One proposal per cohort is open at a time. Every change is a new row, worked out with the last one's pairs kept where
that costs nothing, so that what moved can be told. Nobody hears of it before it is confirmed.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from networking import emails_matching, match_questions, match_wishes, match_words, matching
from networking.match_questions import Question
from networking.match_wishes import Wishes
from networking.models import Cohort, MatchProposal, Member, Pair
from people.models import Person

# Possible pairs up to which a request works the match out itself; more goes to a worker.
SMALL = 6_000
CLAIM = timedelta(minutes=5)

State = MatchProposal.State


class PeopleChanged(Exception):
    """Somebody's details changed since the proposal was worked out."""


class NotOpen(Exception):
    """Another proposal has replaced this one, or it was confirmed already."""


# --- Proposing ----------------------------------------------------------------------------------------------------


@transaction.atomic
def propose(cohort: Cohort, *, now: datetime, by: Person) -> MatchProposal:
    """Work the match out from the start, for everybody without a mentor. An open proposal is dropped."""
    return _open(cohort, Wishes({}, set(), {}), base=None, change="", now=now, by=by)


@transaction.atomic
def again(proposal: MatchProposal, *, now: datetime, by: Person) -> MatchProposal:
    """Bring the proposal up to date with everybody's details; what the lead locked and ruled out stays."""
    question = match_questions.of(proposal.cohort)
    return _open(
        proposal.cohort,
        match_wishes.still_possible(match_wishes.of(proposal), question),
        base=proposal,
        change="Brought up to date with everybody’s details.",
        now=now,
        by=by,
    )


@transaction.atomic
def lock(proposal: MatchProposal, councillor: int, mentor: int, *, now: datetime, by: Person) -> MatchProposal:
    """This pair happens; the rest is worked out around it. Raises NotPossible, NotOpen."""
    question, said = match_questions.of(proposal.cohort), match_wishes.of(proposal)
    locks = {**said.locks, councillor: mentor}
    match_wishes.refuse_impossible_lock(question, locks, said.places, councillor, mentor)
    wishes = Wishes(locks, said.forbids - {(councillor, mentor)}, said.places)
    change = f"{question.names[councillor]} locked with {question.names[mentor]}."
    return _change(proposal, wishes, change, now=now, by=by)


@transaction.atomic
def unlock(proposal: MatchProposal, councillor: int, *, now: datetime, by: Person) -> MatchProposal:
    """The pair is free to change again."""
    said = match_wishes.of(proposal)
    locks = {one: other for one, other in said.locks.items() if one != councillor}
    return _change(proposal, Wishes(locks, said.forbids, said.places), "A lock was taken off.", now=now, by=by)


@transaction.atomic
def forbid(proposal: MatchProposal, councillor: int, mentor: int, *, now: datetime, by: Person) -> MatchProposal:
    """Not this pair, in this match only."""
    question, said = match_questions.of(proposal.cohort), match_wishes.of(proposal)
    locks = {one: other for one, other in said.locks.items() if (one, other) != (councillor, mentor)}
    wishes = Wishes(locks, said.forbids | {(councillor, mentor)}, said.places)
    change = f"{question.names[councillor]} not with {question.names[mentor]}."
    return _change(proposal, wishes, change, now=now, by=by)


@transaction.atomic
def allow(proposal: MatchProposal, councillor: int, mentor: int, *, now: datetime, by: Person) -> MatchProposal:
    """Take back that this pair is ruled out."""
    said = match_wishes.of(proposal)
    wishes = Wishes(said.locks, said.forbids - {(councillor, mentor)}, said.places)
    return _change(proposal, wishes, "A pair is allowed again.", now=now, by=by)


@transaction.atomic
def change_places(proposal: MatchProposal, mentor: int, places: int, *, now: datetime, by: Person) -> MatchProposal:
    """How many councillors a mentor takes; kept for good once the match is confirmed. Raises NotPossible, NotOpen."""
    question, said = match_questions.of(proposal.cohort), match_wishes.of(proposal)
    name = question.names[mentor]
    held = sum(1 for each in {**question.settled, **said.locks}.values() if each == mentor)
    if places < held:
        raise match_wishes.NotPossible(f"{name} supports or is locked with {held} already: enter {held} or more")
    wishes = Wishes(said.locks, said.forbids, {**said.places, mentor: places})
    return _change(proposal, wishes, f"{name} takes {places}.", now=now, by=by)


@transaction.atomic
def drop(proposal: MatchProposal) -> bool:
    """Throw an open proposal away; False when it was not open any more."""
    return bool(MatchProposal.objects.open().filter(pk=proposal.pk).update(state=State.DROPPED))


def _change(proposal: MatchProposal, wishes: Wishes, change: str, *, now: datetime, by: Person) -> MatchProposal:
    Cohort.objects.select_for_update().get(pk=proposal.cohort_id)
    if not MatchProposal.objects.open().filter(pk=proposal.pk).exists():
        raise NotOpen("Somebody else has changed or confirmed this match")
    return _open(proposal.cohort, wishes, base=proposal, change=change, now=now, by=by)


def _open(
    cohort: Cohort, wishes: Wishes, *, base: MatchProposal | None, change: str, now: datetime, by: Person
) -> MatchProposal:
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    cohort.proposals.open().update(state=State.DROPPED)
    proposal = MatchProposal.objects.create(
        cohort=cohort,
        base=base,
        change=change[:300],
        locks={str(one): other for one, other in sorted(wishes.locks.items())},
        forbids=[list(pair) for pair in sorted(wishes.forbids)],
        capacities={str(mentor): places for mentor, places in sorted(wishes.places.items())},
        made_by=by,
        made_at=now,
    )
    question = match_questions.of(cohort)
    if len(question.councillors) * len(question.mentors) <= SMALL:
        _work_out(proposal, question, now=now)
    return proposal


# --- Working it out -----------------------------------------------------------------------------------------------


def work_out_waiting(now: datetime) -> int:
    """In a worker: work out what waits, each once; how many. A claim that is too old is taken again."""
    due = Q(state=State.QUEUED) | Q(state=State.WORKING, claimed_at__lt=now - CLAIM)
    done = 0
    for proposal in MatchProposal.objects.filter(due).select_related("cohort").order_by("made_at"):
        # Claim by UPDATE: whoever changes the row works it out.
        if MatchProposal.objects.filter(due, pk=proposal.pk).update(state=State.WORKING, claimed_at=now):
            _work_out(proposal, match_questions.of(proposal.cohort), now=now)
            done += 1
    return done


def _work_out(proposal: MatchProposal, question: Question, *, now: datetime) -> None:
    """Write the answer, unless a lead has replaced or dropped the proposal meanwhile."""
    answer: dict[str, object] = {"digest": question.digest, "worked_out_at": now}
    wishes = match_wishes.of(proposal)
    try:
        found = match_wishes.solve(question, wishes, keep=_before(proposal))
    except matching.NoFeasibleMatch as error:
        answer |= {"state": State.IMPOSSIBLE, "cause": match_wishes.cause(question, wishes, str(error))[:500]}
    else:
        new = {one: other for one, other in found.pairs.items() if one not in question.settled}
        answer |= {
            "state": State.READY,
            "pairs": [[one, other] for one, other in new.items()],
            "unmatched": found.unmatched,
            "uncovered": sorted(skill for _, skill in found.uncovered),
            "score": found.score,
            "worst": found.worst,
            "is_proven": found.is_proven,
        }
    if MatchProposal.objects.waiting().filter(pk=proposal.pk).update(**answer):
        proposal.refresh_from_db()


def _before(proposal: MatchProposal) -> dict[int, int]:
    return proposal.base.mentor_of if proposal.base else {}


# --- Confirming ---------------------------------------------------------------------------------------------------


def is_up_to_date(proposal: MatchProposal, question: Question | None = None) -> bool:
    """Whether everybody's details are still those that it was worked out from."""
    return proposal.digest == (question or match_questions.of(proposal.cohort)).digest


@transaction.atomic
def confirm(proposal: MatchProposal, *, now: datetime, by: Person) -> list[Pair]:
    """Make the pairs and introduce both of each; once, whoever confirms and however often.

    The second time nothing happens and the list is empty. Raises PeopleChanged.
    """
    cohort = Cohort.objects.select_for_update().get(pk=proposal.cohort_id)
    mine = MatchProposal.objects.filter(pk=proposal.pk, state=State.READY)
    if not mine.update(state=State.CONFIRMED, confirmed_at=now, confirmed_by=by):
        return []
    proposal.refresh_from_db()
    question = match_questions.of(cohort)
    if not is_up_to_date(proposal, question):
        raise PeopleChanged("Somebody’s details changed since. Bring the match up to date, then confirm it")
    for mentor, places in proposal.places.items():
        Member.objects.filter(pk=mentor).update(capacity=places)
    pairs = [_pair(cohort, question, one, other, now=now, by=by) for one, other in proposal.pairs]
    for pair in pairs:
        emails_matching.introduction(pair)
    return pairs


def _pair(cohort: Cohort, question: Question, one: int, other: int, *, now: datetime, by: Person) -> Pair:
    return Pair.objects.create(
        cohort=cohort,
        councillor=question.members[one],
        mentor=question.members[other],
        reasons=reasons(question, one, other, names_others=False),
        rhythm_days=cohort.rhythm_days,
        confirmed_at=now,
        confirmed_by=by,
        introduced_at=now,
    )


def reasons(question: Question, one: int, other: int, *, names_others: bool) -> list[str]:
    """Why these two; for a lead with who in the pool could help, for the pair without."""
    mentor = next(each for each in question.mentors if each.id == other)
    return match_words.why(
        question.councillor(one),
        mentor,
        pool=question.pool,
        mentor_name=question.members[other].person.name,
        names_others=names_others,
    )
