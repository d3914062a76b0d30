"""A cohort in its second sprint for script/server. Nobody is written to."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from meetups.timings import LONDON
from networking import cohorts, matches, programmes, progress, sheet_templates, sheets, surveys
from networking.models import Cohort, Member, Programme, Skill, SkillLevel, Survey
from outbox.models import Message
from pages import demo_citizens, demo_journal, demo_support
from pages import demo_networking_texts as texts
from people import councils
from people.models import Council, Person

WEEKS_IN = 8  # the second of six weeks of the second sprint
COUNCILS = [
    "Suffolk County Council", "Babergh District Council", "East Suffolk Council", "Ipswich Borough Council",
    "Mid Suffolk District Council", "West Suffolk Council",
]  # fmt: skip
# How many of the first and of the second sprint's tasks each councillor has done.
DONE = [(7, 3), (6, 1), (7, 2), (4, 0), (5, 1), (6, 0), (7, 3), (7, 4), (3, 0), (5, 0), (4, 1)]


@dataclass(frozen=True)
class Demo:
    """The cohort, for whoever adds more to it."""

    cohort: Cohort
    lead: Person
    councillors: list[Member]
    mentors: list[Member]
    began: datetime
    now: datetime


def seed(people: dict[str, Person], now: datetime) -> Demo:
    """A cohort that began eight weeks ago: matched, at work, some on track and some not."""
    last = Message.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    programmes.load()
    lead = people["lena@demo.example"]
    monday = now.astimezone(LONDON).date() - timedelta(days=now.astimezone(LONDON).weekday(), weeks=WEEKS_IN - 1)
    began = datetime.combine(monday, time(9), LONDON)
    cohort = cohorts.start(
        Programme.objects.get(slug="networked-councillors"),
        cohorts.About("Suffolk networked councillors", "Suffolk", [_council(name) for name in COUNCILS], 14),
        starts_on=monday, leads=[lead], now=began - timedelta(weeks=4), by=people["olive@demo.example"],
    )  # fmt: skip
    cohorts.begin(cohort)
    demo = Demo(cohort, lead, _councillors(cohort, people, began), _mentors(cohort, people, began), began, now)
    _match(demo)
    _others(demo)
    _tasks(demo)
    _sheets(demo)
    _surveys(demo)
    demo_support.seed(cohort, lead, now)
    demo_journal.seed(cohort, lead, demo.councillors, now)
    demo_citizens.seed(cohort, demo.councillors[0], "Did all of this at the county.", now)
    Message.objects.filter(pk__gt=last).delete()
    return demo


def _council(name: str) -> Council:
    found = councils.named(name)
    assert found, name
    return found


def _person(name: str, council: str, people: dict[str, Person]) -> Person:
    """One of the demonstration accounts, or somebody new."""
    email = f"{name.split()[0].lower()}@demo.example"
    if email not in people:
        people[email] = Person.objects.create_user(email, name=name, council=councils.named(council))
    return people[email]


def _member(cohort: Cohort, person: Person, role: str, joined: datetime, **fields: object) -> Member:
    came = {"invited_at": joined - timedelta(days=6), "joined_at": joined, "state": Member.State.JOINED}
    return Member.objects.create(cohort=cohort, person=person, role=role, **{**came, **fields})


def _councillors(cohort: Cohort, people: dict[str, Person], began: datetime) -> list[Member]:
    joined = began - timedelta(weeks=2)
    made = []
    for name, council, area, days, skills in texts.COUNCILLORS:
        who = _person(name, council, people)
        made.append(_member(cohort, who, Member.Role.COUNCILLOR, joined, area=area, days=days, **_speaks(name)))
        _wants(made[-1], skills)
    return made


def _speaks(name: str) -> dict[str, str]:
    return {"languages": texts.LANGUAGES.get(name, "")}


def _wants(member: Member, skills: dict[str, tuple[int, int]]) -> None:
    for slug, (level, wanted) in skills.items():
        SkillLevel.objects.create(member=member, skill=Skill.objects.get(slug=slug), level=level, wanted=wanted)


def _can(member: Member, skills: dict[str, int]) -> None:
    for slug, level in skills.items():
        SkillLevel.objects.create(member=member, skill=Skill.objects.get(slug=slug), level=level)


def _mentors(cohort: Cohort, people: dict[str, Person], began: datetime) -> list[Member]:
    joined = began - timedelta(weeks=2)
    made = []
    for name, council, area, days, capacity, skills in texts.MENTORS:
        who = _person(name, council, people)
        more = {"area": area, "days": days, "capacity": capacity, **_speaks(name)}
        made.append(_member(cohort, who, Member.Role.MENTOR, joined, **more))
        _can(made[-1], skills)
    for name, council, area, skills in texts.EXPERTS:
        who = _person(name, council, people)
        _can(_member(cohort, who, Member.Role.EXPERT, joined, area=area), skills)
    return made


def _match(demo: Demo) -> None:
    """Worked out and confirmed a week before the first workshop."""
    at = demo.began - timedelta(days=7)
    matches.confirm(matches.propose(demo.cohort, now=at, by=demo.lead), now=at, by=demo.lead)


def _others(demo: Demo) -> None:
    """Somebody who came late and has no mentor, one who has not answered, one who said no."""
    name, council, area, days, skills = texts.LATE
    week_ago = demo.now - timedelta(days=7)
    people: dict[str, Person] = {}
    late = _member(demo.cohort, _person(name, council, people), Member.Role.COUNCILLOR, week_ago, area=area, days=days)
    _wants(late, skills)
    for (name, council, area), state in ((texts.INVITED, "invited"), (texts.DECLINED, "declined")):
        fields = {"area": area, "state": state, "joined_at": None, "invited_by": demo.lead, "mailed_at": week_ago}
        _member(demo.cohort, _person(name, council, people), Member.Role.COUNCILLOR, week_ago, **fields)


def _tasks(demo: Demo) -> None:
    first, second = demo.cohort.sprints.all()[:2]
    for n, (councillor, done) in enumerate(zip(demo.councillors, DONE, strict=True)):
        for sprint, many in zip((first, second), done, strict=True):
            for task in sprint.tasks.all()[:many]:
                at = datetime.combine(sprint.starts_on, time(19), LONDON) + timedelta(days=2 * task.position + n % 3)
                progress.tick(task, councillor, now=min(at, demo.now))


def _sheets(demo: Demo) -> None:
    """Carl's is nearly whole and talked about; others have begun."""
    for n, councillor in enumerate(demo.councillors):
        parts = texts.PARTS if n == 0 else texts.PARTS[: (n * 3) % 7]
        for day, key in enumerate(parts):
            at = demo.began + timedelta(days=3 + 2 * day + n % 4)
            sheets.save(councillor, key, sheets.Posted(texts.SHEET[key], base=0), now=at)
    carl = demo.councillors[0]
    mentor = carl.pairs_as_councillor.current().with_people().get().mentor
    _sheet_questions(demo)
    words = "“Never after ten” is good. Put it on the page, so that people know."
    sheets.comment(carl, "voice", words, by=mentor.person, now=demo.began + timedelta(days=20))


def _sheet_questions(demo: Demo) -> None:
    """What the first weeks taught: a question in better words, one more, and one that nobody knew an answer to."""
    programme, at = demo.cohort.programme, demo.began + timedelta(days=24)
    words = sheet_templates.Words(
        "How do you want to sound, in three words?", "Such as calm, plain, local.", needed=True
    )
    sheet_templates.reword_question(programme, "voice", "voice", words, seen=1, now=at)
    asked = sheet_templates.Words("Which question will you ask your residents this month?", "One is enough.")
    sheet_templates.add_question(programme, "topics", asked, "line", in_table=False)
    sheet_templates.move(programme, "topics", "why", "hide", now=at)


def _surveys(demo: Demo) -> None:
    """Planned by the lead; the first was answered by most, the one after the first sprint by some."""
    surveys.plan(demo.cohort, by=demo.lead)
    for number, survey in enumerate(demo.cohort.surveys.filter(opens_at__lte=demo.now).order_by("opens_at")):
        for n, councillor in enumerate(demo.councillors[: 10 - 2 * number]):
            _answer(survey, councillor, n, number)


def _answer(survey: Survey, councillor: Member, n: int, number: int) -> None:
    said = {
        question: texts.WORDS[(n + question.position) % len(texts.WORDS)]
        if question.kind == "text"
        else min(5, 1 + (n + question.position // 10) % 3 + number * (n % 4 > 0))
        for question in survey.questions()
    }
    surveys.answer(survey, councillor, said, now=survey.opens_at + timedelta(hours=5 + n))
