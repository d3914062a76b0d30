"""Readiness before a sprint, read from the real records, with what councillors and leads say about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from meetups.models import SignUp
from networking import maps, sheet_parts, sheet_templates, sheet_words
from networking.models import (
    CohortSprint,
    CohortTask,
    Member,
    ReadyAnyway,
    SelfRating,
    Sheet,
    Sprint,
    SupportMeeting,
)
from networking.ready_words import Standing, results
from people.models import Person

ACCOUNTS = "accounts"


def of_cohort(sprint: CohortSprint, members: Iterable[Member]) -> dict[int, Standing]:
    """By the id of each of these councillors: where they stand before this sprint. The same number of queries for all.

    Only what a check asks for is counted.
    """
    records = _Records(sprint)
    checks = records.within_reach(asked(sprint))
    have = {kind: records.count(kind) for kind in checks}
    ratings = {rating.member_id: rating for rating in sprint.ratings.all()}
    anyway = dict(sprint.ready_anyway.values_list("member", "reason"))
    standings = {}
    for member in members:
        mine = {kind: counted.get(_key(kind, member), 0) for kind, counted in have.items()}
        rating = ratings.get(member.pk)
        standings[member.pk] = Standing(
            results(checks.items(), mine),
            points=rating.points if rating else None,
            note=rating.note if rating else "",
            anyway=anyway.get(member.pk, ""),
        )
    return standings


def of(member: Member, sprint: CohortSprint) -> Standing:
    return of_cohort(sprint, [member])[member.pk]


def _key(kind: str, member: Member) -> int:
    return member.person_id if kind == "workshops" else member.pk


# --- What there is of each kind, by member ------------------------------------------------------------------------


@dataclass(frozen=True)
class _Records:
    """What the records of a cohort hold before one of its sprints; each kind is read when it is asked for."""

    sprint: CohortSprint

    def count(self, kind: str) -> Mapping[int, int]:
        """By member, or for workshops by person: meet-ups know people, not members of a cohort."""
        counted: Mapping[int, int] = getattr(self, kind)
        return counted

    def within_reach(self, checks: Mapping[str, int]) -> Mapping[str, int]:
        """A sheet that has fewer sections than a check wants is done when all of them are."""
        if "sections" not in checks:
            return checks
        return {**checks, "sections": min(checks["sections"], sum(not one.hidden for one in self._template))}

    @cached_property
    def _template(self) -> sheet_parts.Template:
        return sheet_templates.of(self.sprint.cohort.programme_id)

    @cached_property
    def _sheets(self) -> dict[int, dict[str, Mapping[str, str]]]:
        sheets = Sheet.objects.filter(member__cohort=self.sprint.cohort_id).prefetch_related("sections")
        return {sheet.member_id: {one.key: one.answers for one in sheet.sections.all()} for sheet in sheets}

    @cached_property
    def _maps(self) -> dict[int, maps.Counts]:
        return maps.counts_by_member(self.sprint.cohort)

    @property
    def sections(self) -> dict[int, int]:
        return {pk: sheet_words.done(answers, self._template) for pk, answers in self._sheets.items()}

    @property
    def accounts(self) -> dict[int, int]:
        return {pk: len(sheet_parts.row_ids(answers.get(ACCOUNTS, {}))) for pk, answers in self._sheets.items()}

    @property
    def names(self) -> dict[int, int]:
        return {pk: counts.nodes for pk, counts in self._maps.items()}

    @property
    def layers(self) -> dict[int, int]:
        return {pk: counts.layers for pk, counts in self._maps.items()}

    @property
    def meetings(self) -> dict[int, int]:
        """Those of pairs that have ended too: it was support all the same."""
        met = SupportMeeting.objects.standing().filter(pair__cohort=self.sprint.cohort_id)
        return _by(met, "pair__councillor")

    @property
    def workshops(self) -> dict[int, int]:
        of_cohort = SignUp.objects.filter(meetup__workshop__sprint__cohort=self.sprint.cohort_id)
        return _by(of_cohort.exclude(came_at=None), "person")

    @property
    def tasks(self) -> dict[int, int]:
        """1 for whoever has done all that had to be done in the sprints before, else 0."""
        before = CohortTask.objects.filter(
            sprint__cohort=self.sprint.cohort_id, sprint__position__lt=self.sprint.position
        )
        wanted = list(before.filter(must=True).values_list("pk", flat=True))
        councillors = self.sprint.cohort.members.councillors()
        did = councillors.annotate(did=Count("tasks_done", filter=Q(tasks_done__task__in=wanted)))
        return {pk: int(done == len(wanted)) for pk, done in did.values_list("pk", "did")}


def _by(rows: QuerySet[Any], field: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(field).annotate(many=Count("pk")))


# --- What people say ----------------------------------------------------------------------------------------------


@transaction.atomic
def rate(member: Member, sprint: CohortSprint, points: int, note: str, *, now: datetime) -> SelfRating:
    """How ready they feel; said again, the last word counts."""
    said = {"points": points, "note": note, "rated_at": now}
    return SelfRating.objects.update_or_create(sprint=sprint, member=member, defaults=said)[0]


@transaction.atomic
def decide(member: Member, sprint: CohortSprint, reason: str, *, by: Person, now: datetime) -> ReadyAnyway:
    """A lead takes them for ready, whatever the records say."""
    said = {"reason": reason, "said_by": by, "said_at": now}
    return ReadyAnyway.objects.update_or_create(sprint=sprint, member=member, defaults=said)[0]


@transaction.atomic
def take_back(member: Member, sprint: CohortSprint) -> None:
    """The records count again. Safe to repeat."""
    ReadyAnyway.objects.filter(sprint=sprint, member=member).delete()


# --- What is asked ------------------------------------------------------------------------------------------------


@transaction.atomic
def ask(sprint: Sprint | CohortSprint, wanted: Mapping[str, int]) -> None:
    """Ask for at least so many of each kind before this sprint, and for nothing else."""
    sprint.checks.exclude(kind__in=wanted).delete()
    for kind, at_least in wanted.items():
        sprint.checks.update_or_create(kind=kind, defaults={"at_least": at_least})


def asked(sprint: Sprint | CohortSprint) -> dict[str, int]:
    return dict(sprint.checks.values_list("kind", "at_least"))


# --- What is held about somebody ----------------------------------------------------------------------------------


def collect(person: Person) -> list[dict[str, object]]:
    """How ready they said they felt, and what leads decided."""
    rated = SelfRating.objects.filter(member__person=person).select_related("sprint__cohort")
    decided = ReadyAnyway.objects.filter(member__person=person).select_related("sprint__cohort")
    return [
        *(_record(one, "How ready I feel", f"{one.points} of 5. {one.note}".strip(), one.rated_at) for one in rated),
        *(_record(one, "A lead takes me for ready", one.reason, one.said_at) for one in decided),
    ]


def _record(one: SelfRating | ReadyAnyway, what: str, said: str, at: datetime) -> dict[str, object]:
    return {"What": what, "Cohort": one.sprint.cohort.name, "Sprint": one.sprint.name, "Said": said, "When": at}


def forget(person: Person, now: datetime) -> None:
    SelfRating.objects.filter(member__person=person).delete()
    ReadyAnyway.objects.filter(member__person=person).delete()
