"""What a match of a cohort is worked out from: everybody's details as values, and a digest of them."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from networking.match_scores import Councillor, Mentor
from networking.match_words import AT_EASE, Pool, languages_in
from networking.models import Cohort, Exclusion, Member, Pair, Skill

Role = Member.Role


@dataclass(frozen=True)
class Question:
    """Everybody who can be matched, by member id. Councillors who have a mentor are settled: they stay."""

    councillors: list[Councillor]
    mentors: list[Mentor]
    excluded: set[tuple[int, int]]
    settled: dict[int, int]
    members: dict[int, Member]
    pool: Pool

    @property
    def digest(self) -> str:
        """The same for the same details, whatever a lead locks or rules out."""
        facts = [
            [_plain(each) for each in self.councillors],
            [_plain(each) for each in self.mentors],
            sorted(self.excluded),
            sorted(self.settled.items()),
        ]
        return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()

    @property
    def names(self) -> dict[int, str]:
        return {pk: member.person.name for pk, member in self.members.items()}

    @property
    def without(self) -> list[int]:
        """Councillors who have no mentor, in order."""
        return [each.id for each in self.councillors if each.id not in self.settled]

    def with_places(self, changed: Mapping[int, int]) -> list[Mentor]:
        """The mentors, with as many places as the lead says; never fewer than they have given away."""
        given = Counter(self.settled.values())
        return [
            replace(each, capacity=max(changed.get(each.id, each.capacity), given[each.id])) for each in self.mentors
        ]

    def councillor(self, pk: int) -> Councillor:
        return next(each for each in self.councillors if each.id == pk)


def _plain(one: Councillor | Mentor) -> dict[str, Any]:
    said: dict[str, Any] = {"id": one.id, "level": dict(one.level), "area": one.area, "days": sorted(one.days)}
    if isinstance(one, Councillor):
        return {**said, "wanted": dict(one.wanted)}
    return {**said, "capacity": one.capacity}


def of(cohort: Cohort) -> Question:
    """A constant number of queries."""
    here = cohort.members.joined().filter(role__in=[Role.COUNCILLOR, Role.MENTOR, Role.EXPERT])
    rows = list(here.select_related("person__council").prefetch_related("levels").order_by("pk"))
    skills = dict(Skill.objects.values_list("pk", "name"))
    members = {row.pk: row for row in rows}
    pairs = Pair.objects.current().filter(cohort=cohort).values_list("councillor", "mentor")
    settled = {one: other for one, other in pairs if one in members and other in members}
    apart = set(Exclusion.objects.filter(cohort=cohort).values_list("councillor", "mentor"))
    return Question(
        councillors=[_councillor(cohort, row, skills) for row in rows if row.is_councillor],
        mentors=[_mentor(row, skills) for row in rows if row.is_mentor],
        excluded=apart - set(settled.items()),
        settled=settled,
        members=members,
        pool=_pool(rows, skills),
    )


def _councillor(cohort: Cohort, row: Member, skills: Mapping[int, str]) -> Councillor:
    levels = list(row.levels.all())
    return Councillor(
        row.pk,
        str(cohort.pk),
        {skills[each.skill_id]: each.level for each in levels},
        {skills[each.skill_id]: each.wanted for each in levels if each.wanted is not None},
        row.area or None,
        _days(row),
        languages_in(row.languages),
    )


def _mentor(row: Member, skills: Mapping[int, str]) -> Mentor:
    level = {skills[each.skill_id]: each.level for each in row.levels.all()}
    return Mentor(row.pk, level, row.capacity or 0, row.area or None, _days(row), languages_in(row.languages))


def _days(row: Member) -> frozenset[str]:
    return frozenset(str(Member.Day(day).label) for day in row.days if day in Member.Day)


def _pool(rows: Iterable[Member], skills: Mapping[int, str]) -> Pool:
    """Experts and mentors by skill; somebody who is both counts once, at their best."""
    best: dict[str, dict[str, int]] = {}
    for row in rows:
        if not row.is_councillor:
            for each in row.levels.all():
                if each.level >= AT_EASE:
                    levels = best.setdefault(skills[each.skill_id], {})
                    levels[row.person.name] = max(each.level, levels.get(row.person.name, 0))
    return Pool({skill: sorted(able.items(), key=lambda one: (-one[1], one[0])) for skill, able in best.items()})
