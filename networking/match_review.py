"""What a lead looks at before confirming a match: rows, who is left, what changed, what somebody else would cost."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from networking import match_questions, match_wishes, match_words, matches, matching
from networking.match_questions import Question
from networking.match_scores import steps_covered
from networking.models import MatchProposal, Member


@dataclass(frozen=True)
class Row:
    """One proposed pair."""

    councillor: Member
    mentor: Member
    reasons: list[str]
    share: str
    is_locked: bool
    was: str  # whom it was before the last change; empty when nothing changed


@dataclass(frozen=True)
class Places:
    """A mentor, how many they take and have."""

    mentor: Member
    places: int
    supports: int
    proposed: int
    was: int | None  # before the lead changed it in this match

    @property
    def free(self) -> int:
        return self.places - self.supports - self.proposed


@dataclass(frozen=True)
class Review:
    """A proposal with everybody's details, which may have changed since."""

    proposal: MatchProposal
    question: Question

    @property
    def is_up_to_date(self) -> bool:
        return self.proposal.digest == self.question.digest

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """Those whose people are still here, the first name first."""
        known, names = self.question.members, self.question.names
        pairs = [(one, other) for one, other in self.proposal.mentor_of.items() if one in known and other in known]
        return sorted(pairs, key=lambda pair: (names[pair[0]], pair))

    def rows(self, pairs: Sequence[tuple[int, int]]) -> list[Row]:
        return [self._row(one, other) for one, other in pairs]

    def _row(self, one: int, other: int) -> Row:
        people, before = self.question.members, self.before.get(one)
        moved = self.proposal.base is not None and before != other
        was = (self.question.names.get(before, "somebody who left") if before else "nobody") if moved else ""
        return Row(
            people[one],
            people[other],
            matches.reasons(self.question, one, other, names_others=True),
            self._share(one, other),
            self.proposal.locked.get(one) == other,
            was,
        )

    def _share(self, one: int, other: int) -> str:
        councillor = self.question.councillor(one)
        wanted = sum(councillor.needs().values())
        mentor = next(each for each in self.question.mentors if each.id == other)
        done = sum(steps_covered(councillor, mentor).values())
        return f"{done} of {match_words.steps(wanted)}" if wanted else "nothing wanted yet"

    @property
    def before(self) -> dict[int, int]:
        return self.proposal.base.mentor_of if self.proposal.base else {}

    @property
    def left(self) -> list[tuple[Member, match_words.Left]]:
        """Who is without a mentor, why, and what would fix it."""
        wishes, question = match_wishes.of(self.proposal), self.question
        mentors, taken = question.with_places(wishes.places), self._taken
        return [
            (
                question.members[one],
                match_words.left_without(
                    question.councillor(one),
                    mentors,
                    excluded=question.excluded | wishes.forbids,
                    taken=taken,
                    names=question.names,
                ),
            )
            for one in self.proposal.unmatched
            if one in question.members
        ]

    @property
    def changes(self) -> list[str]:
        """What the last change moved, in sentences."""
        names, now = self.question.names, self.proposal.mentor_of
        if self.proposal.base is None or not self.proposal.is_ready:
            return []
        moved = [one for one in sorted({*now, *self.before}) if now.get(one) != self.before.get(one) and one in names]
        return [f"{names[one]}: {_who(names, self.before.get(one))} → {_who(names, now.get(one))}" for one in moved]

    @property
    def _taken(self) -> Counter[int]:
        return Counter([*self.question.settled.values(), *self.proposal.mentor_of.values()])

    def places(self) -> list[Places]:
        supports, proposed = Counter(self.question.settled.values()), Counter(self.proposal.mentor_of.values())
        changed, own = self.proposal.places, {each.id: each.capacity for each in self.question.mentors}
        rows = [
            Places(
                self.question.members[each.id],
                each.capacity,
                supports[each.id],
                proposed[each.id],
                own[each.id] if each.id in changed and changed[each.id] != own[each.id] else None,
            )
            for each in self.question.with_places(changed)
        ]
        return sorted(rows, key=lambda row: (row.mentor.person.name, row.mentor.pk))

    @property
    def stuck_locks(self) -> list[tuple[Member, Member]]:
        """Locks of a match that cannot be: it has no rows in which they could be taken off."""
        people, locks = self.question.members, sorted(self.proposal.locked.items())
        if self.proposal.is_ready:
            return []
        return [(people[one], people[other]) for one, other in locks if one in people and other in people]

    @property
    def ruled_out(self) -> list[tuple[Member, Member]]:
        people = self.question.members
        pairs = sorted(self.proposal.forbidden)
        return [(people[one], people[other]) for one, other in pairs if one in people and other in people]

    def alternatives(self, one: int) -> list[tuple[Member, match_words.Alternative]]:
        """Every mentor for this councillor, the best first, and what stands in the way."""
        wishes, question = match_wishes.of(self.proposal), self.question
        taken = self._taken
        taken[self.proposal.mentor_of.get(one, 0)] -= 1
        found = match_words.alternatives(
            question.councillor(one),
            question.with_places(wishes.places),
            excluded=question.excluded,
            forbidden=wishes.forbids,
            taken=taken,
        )
        return [(question.members[each.mentor], each) for each in found]

    def next_best(self, one: int) -> list[str]:
        """What it would cost to forbid this councillor's pair; nothing where working it out takes too long to wait."""
        if not self.is_up_to_date or len(self.question.councillors) * len(self.question.mentors) > matches.SMALL:
            return []
        wishes = match_wishes.still_possible(match_wishes.of(self.proposal), self.question)
        found = matching.next_best(
            one,
            self._matching(),
            self.question.councillors,
            self.question.with_places(wishes.places),
            excluded=self.question.excluded | wishes.forbids,
            locked={**self.question.settled, **wishes.locks},
            keep=self.before,
        )
        return match_words.regret(
            found.mentor,
            cost=found.cost,
            moved=found.moved,
            lost=found.lost,
            uncovered={skill for _, skill in found.uncovered},
            fall=found.fall,
            names=self.question.names,
        )

    def _matching(self) -> matching.Matching:
        proposal, cohort = self.proposal, str(self.proposal.cohort_id)
        return matching.Matching(
            pairs={**self.question.settled, **proposal.mentor_of},
            unmatched=proposal.unmatched,
            uncovered={(cohort, skill) for skill in proposal.uncovered},
            score=proposal.score or 0,
            worst=proposal.worst or 0,
            reasons={},
        )


def _who(names: Mapping[int, str], mentor: int | None) -> str:
    return "nobody" if mentor is None else names.get(mentor, "somebody who left")


def of(proposal: MatchProposal) -> Review:
    return Review(proposal, match_questions.of(proposal.cohort))
