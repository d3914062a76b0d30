"""Builders for networked councillors: a programme, a cohort, who is in it. Say only what matters to the test."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from networking import journal, map_edits, map_lines, map_rows, maps, questions, sheets, support_meetings, surveys
from networking.map_parts import Node
from networking.models import (
    Cohort,
    Member,
    NetworkMap,
    NextMeeting,
    Pair,
    Post,
    Programme,
    Silence,
    Skill,
    SkillLevel,
    SupportMeeting,
    Survey,
    SurveyAnswer,
)
from people.models import Person
from tests import make

# A Wednesday morning in the second week of the first sprint.
NOW = datetime(2027, 2, 10, 10, 0, tzinfo=UTC)
START = date(2027, 2, 1)

_numbers = count(1)


def programme(**fields: Any) -> Programme:
    """Three sprints of six weeks, each with one task that must be done and one that may."""
    n = next(_numbers)
    made = Programme.objects.create(**{"name": f"Programme {n}", "slug": f"programme-{n}", **fields})
    for position, name in enumerate(("A place to stand", "Networks", "Co-production"), start=1):
        sprint = made.sprints.create(position=position, name=name)
        sprint.tasks.create(position=1, text=f"Finish the sheet of {name}", must=True)
        sprint.tasks.create(position=2, text=f"Read about {name}")
    return made


def cohort(**fields: Any) -> Cohort:
    """A running cohort with the sprints of its programme."""
    n = next(_numbers)
    template = fields.pop("programme", None) or programme()
    defaults = {"name": f"Cohort {n}", "slug": f"cohort-{n}", "area": "Suffolk", "starts_on": START, "state": "running"}
    made = Cohort.objects.create(programme=template, **{**defaults, **fields})
    starts_on = made.starts_on
    for sprint in template.sprints.prefetch_related("tasks"):
        ends_on = starts_on + timedelta(weeks=sprint.weeks, days=-1)
        own = made.sprints.create(
            template=sprint, position=sprint.position, name=sprint.name, starts_on=starts_on, ends_on=ends_on
        )
        for task in sprint.tasks.all():
            own.tasks.create(position=task.position, text=task.text, must=task.must)
        starts_on = ends_on + timedelta(days=1)
    return made


def member(role: str, in_cohort: Cohort | None = None, *, person: Person | None = None, **fields: Any) -> Member:
    """Somebody who joined the cohort in this role; a mentor with two places."""
    defaults: dict[str, Any] = {
        "state": Member.State.JOINED,
        "invited_at": NOW - timedelta(days=14),
        "joined_at": NOW - timedelta(days=10),
        "capacity": 2 if role == Member.Role.MENTOR else None,
    }
    return Member.objects.create(
        cohort=in_cohort or cohort(), person=person or make.person(), role=role, **{**defaults, **fields}
    )


def councillor(in_cohort: Cohort | None = None, **fields: Any) -> Member:
    return member(Member.Role.COUNCILLOR, in_cohort, **fields)


def mentor(in_cohort: Cohort | None = None, **fields: Any) -> Member:
    return member(Member.Role.MENTOR, in_cohort, **fields)


def lead(in_cohort: Cohort | None = None, **fields: Any) -> Member:
    """A lead with a second factor, who can so open leads' pages."""
    made = member(Member.Role.LEAD, in_cohort, **fields)
    make.with_second_factor(made.person)
    return made


def skill(name: str = "") -> Skill:
    """The skill of this name, made when it is not there."""
    n = next(_numbers)
    return Skill.objects.get_or_create(slug=(name or f"skill-{n}").lower(), defaults={"name": name or f"Skill {n}"})[0]


def level(of: Member, name: str, level: int = 0, wanted: int | None = None) -> SkillLevel:
    return SkillLevel.objects.create(member=of, skill=skill(name), level=level, wanted=wanted)


def survey(in_cohort: Cohort | None = None, *, closed: bool = False, **fields: Any) -> Survey:
    """A survey at the start that is open now, or closed a week ago, with the usual questions."""
    of = in_cohort or cohort()
    questions.ask_the_usual(of.programme)
    opens_at = NOW - timedelta(days=28 if closed else 1)
    defaults = {"moment": "start", "opens_at": opens_at, "closes_at": opens_at + timedelta(days=21)}
    return Survey.objects.create(cohort=of, **{**defaults, **fields})


def answered(one: Survey, by: Member, said: int | str) -> SurveyAnswer:
    """One answer to the first question of its kind."""
    kind = "text" if isinstance(said, str) else "scale"
    question = next(each for each in one.questions() if each.kind == kind)
    reply = surveys.answer(one, by, {question: said}, now=one.opens_at)
    return reply.answers.get(question=question)


def pair(councillor_: Member | None = None, mentor_: Member | None = None, **fields: Any) -> Pair:
    """Two of one cohort who were matched and introduced a week ago."""
    one = councillor_ or councillor(mentor_.cohort if mentor_ else None)
    other = mentor_ or mentor(one.cohort)
    at = NOW - timedelta(days=7)
    defaults = {"rhythm_days": one.cohort.rhythm_days, "confirmed_at": at, "introduced_at": at}
    return Pair.objects.create(cohort=one.cohort, councillor=one, mentor=other, **{**defaults, **fields})


def post(
    by: Member,
    *,
    title: str = "What I tried",
    body: str = "I asked **one** question.",
    at: datetime = NOW,
    wants_public: bool = False,
) -> Post:
    """Something this member wrote in the journal of the cohort."""
    written = journal.Written(title, body, wants_public)
    return journal.write(by.cohort, written, nonce=uuid4(), by=by.person, now=at)


def sheet(of: Member, key: str = "reach", *, base: int = 0, window: str = "", **answers: str) -> sheets.Saved:
    """Something typed into a section of this councillor's planning sheet."""
    return sheets.save(of, key, sheets.Posted(answers, base=base, window=window), now=NOW)


def network_map(of: Member | None = None, *lines: str, way: str = "local", **settings: Any) -> NetworkMap:
    """A councillor's map with these lines typed into it: “Ann Smith, person, offline”, “Ann Smith > Parish council”."""
    name = settings.pop("name", f"Map {next(_numbers)}")
    made = maps.begin(of or councillor(), way, maps.Settings(name, **settings), now=NOW)
    if lines:
        read = map_lines.read("\n".join(lines), map_rows.data_of(made), like=Node(0, ""))
        assert not read.errors, read.errors
        maps.change(made, lambda data: map_edits.add(data, read.nodes, read.links), "Lines added", now=NOW)
        made.refresh_from_db()
    return made


def node_on(on: NetworkMap, name: str) -> Node:
    """The node of this name as it is now."""
    found = map_edits.named(map_rows.data_of(on), name)
    assert found, name
    return found


def meeting(of: Pair, met_on: date, *, by: Member | None = None, now: datetime = NOW, **said: Any) -> SupportMeeting:
    """The two met, by video unless said otherwise, and the councillor logged it."""
    words = support_meetings.Said(met_on, **{"how": "video", **said})
    return support_meetings.log(of, words, by=by or of.councillor, now=now)


def agreed(of: Pair, on: date, *, now: datetime = NOW, **when: Any) -> NextMeeting:
    """The two meet on that day."""
    made = support_meetings.agree(of, support_meetings.When(on, **when), by=of.mentor, now=now)
    assert made
    return made


def silence(of: Pair, expected_on: date) -> Silence:
    """They were asked on the morning after."""
    return Silence.objects.create(pair=of, expected_on=expected_on, nudged_at=NOW)
