"""A draw from rows: the facts it is given, kept so that anybody can draw again, and what comes of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from django.db.models import Q

from unmentoring import pairing, pairing_reasons
from unmentoring.models import KeepApart, PairingMember, Participant, Round, Waiting

Pair = tuple[int, int]


@dataclass(frozen=True)
class Facts:
    """What a draw is given. Ids are of participants; `waited` had no partner in the round before."""

    people: list[int]
    organisation: dict[int, str | None] = field(default_factory=dict)
    sector: dict[int, str | None] = field(default_factory=dict)
    last_met: dict[Pair, int] = field(default_factory=dict)
    keep_apart: list[Pair] = field(default_factory=list)
    last_three: dict[int, int] = field(default_factory=dict)
    waited: list[int] = field(default_factory=list)
    round_number: int = 0

    def as_json(self) -> dict[str, Any]:
        return {
            "people": self.people,
            "organisation": [[person, name] for person, name in sorted(self.organisation.items())],
            "sector": [[person, name] for person, name in sorted(self.sector.items())],
            "last_met": [[a, b, number] for (a, b), number in sorted(self.last_met.items())],
            "keep_apart": [list(pair) for pair in sorted(self.keep_apart)],
            "last_three": [[person, number] for person, number in sorted(self.last_three.items())],
            "waited": self.waited,
            "round_number": self.round_number,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Facts:
        return cls(
            people=kept["people"],
            organisation=dict(kept["organisation"]),
            sector=dict(kept["sector"]),
            last_met={(a, b): number for a, b, number in kept["last_met"]},
            keep_apart=[(a, b) for a, b in kept["keep_apart"]],
            last_three=dict(kept["last_three"]),
            waited=kept["waited"],
            round_number=kept["round_number"],
        )


@dataclass(frozen=True)
class Drawn:
    """A draw, and who could not be in it: alone, or kept apart from too many."""

    draw: pairing.Draw
    alone: list[int]


def gather(people: Iterable[Participant], *, number: int) -> Facts:
    """The facts about these people (read `for_letters`) for a draw with this number."""
    found = sorted(people, key=lambda participant: participant.pk)
    ids = [participant.pk for participant in found]
    here = set(ids)
    last_met, last_three = _history(here, number)
    waited = Waiting.objects.filter(round__number=number - 1, ended_at=None, participant__in=here)
    return Facts(
        people=ids,
        organisation={p.pk: key for p in found if (key := p.organisation_key)},
        sector={p.pk: p.sector for p in found},
        last_met=last_met,
        keep_apart=kept_apart(here),
        last_three=last_three,
        waited=sorted(waited.values_list("participant_id", flat=True)),
        round_number=number,
    )


def kept_apart(here: Collection[int]) -> list[Pair]:
    rows = KeepApart.objects.values_list("one_id", "other_id").order_by("one_id", "other_id")
    return [(one, other) for one, other in rows if one in here and other in here]


def _history(here: set[int], number: int) -> tuple[dict[Pair, int], dict[int, int]]:
    """Who was put together before this round, and who was in a three: the last time each."""
    last_met: dict[Pair, int] = {}
    last_three: dict[int, int] = {}
    for together, group in _groups_before(number):
        for pair in pairs_in(group):
            if here.issuperset(pair):
                last_met[pair] = together
        if len(group) > 2:
            last_three.update(dict.fromkeys(here.intersection(group), together))
    return last_met, last_three


def _groups_before(number: int) -> Iterable[tuple[int, list[int]]]:
    """Round number and people of every pairing before, the oldest first; one that ended before a word counts not."""
    rows = PairingMember.objects.filter(Q(left_at=None) | Q(introduced_at__isnull=False), round__number__lt=number)
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for together, group, person in rows.values_list("round__number", "pairing_id", "participant_id").iterator():
        groups[together, group].append(person)
    return ((together, sorted(group)) for (together, _), group in sorted(groups.items()))


def pairs_in(group: Sequence[int]) -> list[Pair]:
    return list(combinations(sorted(group), 2))


def draw(facts: Facts, seed: str) -> Drawn:
    """The draw of these facts. Whoever is kept apart from so many that no draw exists is set aside, the fewest first.

    Those who waited last time are set aside last; among equals chance, from the seed, decides.
    """
    aside: list[int] = []
    while True:
        people = [person for person in facts.people if person not in aside]
        try:
            drawn = _draw(facts, people, seed)
        except pairing.KeepApartImpossible:
            aside.append(_hardest_to_place(people, facts, f"{seed}:{len(aside)}"))
        else:
            return Drawn(drawn, sorted([*aside, *drawn.alone]))


def _draw(facts: Facts, people: Sequence[int], seed: str) -> pairing.Draw:
    return pairing.draw(
        people,
        organisation=facts.organisation,
        sector=facts.sector,
        last_met=facts.last_met,
        keep_apart=facts.keep_apart,
        last_three=facts.last_three,
        round_number=facts.round_number,
        seed=seed,
    )


def _hardest_to_place(people: list[int], facts: Facts, seed: str) -> int:
    here = set(people)
    count = dict.fromkeys(people, 0)
    for pair in facts.keep_apart:
        if here.issuperset(pair):
            for person in pair:
                count[person] += 1
    waited = set(facts.waited)
    most = max((count[person], person not in waited) for person in people)
    equal = [person for person in people if (count[person], person not in waited) == most]
    return equal[int(pairing.dice(seed).random() * len(equal))]


def reason(group: Sequence[int], facts: Facts) -> str:
    """Why these people, in a sentence they may read."""
    return pairing_reasons.reasons(
        group,
        organisation=facts.organisation,
        sector=facts.sector,
        last_met=facts.last_met,
        round_number=facts.round_number,
    )


def facts_of(round_: Round) -> Facts:
    return Facts.from_json(round_.record.facts)
