"""The first page of a cohort, by role: what needs me comes first."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from networking import homes, pool, pool_home, progress
from networking.models import TaskDone
from networking.needs import Line, Need, in_order
from tests import make
from tests.networking import build

pytestmark = pytest.mark.django_db

# Five days before the first sprint of six weeks ends.
LATE = datetime(2027, 3, 9, 10, 0, tzinfo=UTC)


@pytest.fixture
def frozen(monkeypatch):
    """The clock of the doors stands at build.NOW."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: build.NOW)


def home(member, **query) -> str:
    answer = make.client(member.person).get(member.cohort.get_absolute_url(), query, follow=True)
    return answer.content.decode()


def test_a_councillor_sees_the_sprint_its_tasks_and_the_mentor(frozen):
    pair = build.pair()

    page = home(pair.councillor)

    assert "Sprint 1 of 3: A place to stand. It ends on Sunday 14 March 2027." in page
    assert "Finish the sheet of A place to stand" in page
    assert "Must be done by 14 March" in page
    assert pair.mentor.person.email in page


def test_a_councillor_without_a_mentor_is_told_what_will_happen(frozen):
    assert "You have no mentor yet." in home(build.councillor())


def test_a_task_is_ticked_and_unticked_by_a_button(frozen):
    councillor = build.councillor()
    task = councillor.cohort.sprints.first().tasks.first()
    browser = make.client(councillor.person)
    url = reverse("networking:tick", args=[councillor.cohort.slug, task.pk])

    for _ in range(2):
        browser.post(url, {"done": "yes"})
    assert list(TaskDone.objects.values_list("task", "member", "done_at")) == [(task.pk, councillor.pk, build.NOW)]

    browser.post(url, {"done": "no"})
    assert not TaskDone.objects.exists()


def test_opening_the_address_of_a_tick_changes_nothing(frozen):
    councillor = build.councillor()
    task = councillor.cohort.sprints.first().tasks.first()

    answer = make.client(councillor.person).get(
        reverse("networking:tick", args=[councillor.cohort.slug, task.pk]), {"done": "yes"}
    )

    assert (answer.status_code, TaskDone.objects.count()) == (302, 0)


def test_a_task_of_another_cohort_cannot_be_ticked():
    councillor, elsewhere = build.councillor(), build.cohort()
    task = elsewhere.sprints.first().tasks.first()

    answer = make.client(councillor.person).post(
        reverse("networking:tick", args=[councillor.cohort.slug, task.pk]), {"done": "yes"}
    )

    assert (answer.status_code, TaskDone.objects.count()) == (404, 0)


def test_what_must_be_done_is_asked_for_when_the_end_is_near():
    councillor = build.councillor()

    assert progress.needs_of(councillor, build.NOW) == []
    assert [need.line for need in progress.needs_of(councillor, LATE)] == [
        "1 task must be done by Sunday 14 March 2027, the end of this sprint."
    ]
    must = councillor.cohort.sprints.first().tasks.get(must=True)
    progress.tick(must, councillor, now=LATE)
    assert progress.needs_of(councillor, LATE) == []


def test_a_mentor_sees_their_own_councillors_only(frozen):
    pair = build.pair(build.councillor(person=make.person(name="Ada Mine")))
    build.pair(build.councillor(pair.cohort, person=make.person(name="Bea Other")))

    page = home(pair.mentor)

    assert "Ada Mine" in page
    assert "0 of 2 done, 1 must still be done" in page
    assert "Bea Other" not in page


def test_a_mentor_reads_what_help_each_councillor_wants_the_biggest_gap_first(frozen):
    pair = build.pair()
    build.level(pair.councillor, "Blogging", 1, 2)
    build.level(pair.councillor, "Video", 0, 3)
    build.level(pair.councillor, "Maps", 2, 2)

    cells = {cell.column: cell.line.text for cell in homes.supported_by(pair.mentor, build.NOW)[0].cells}

    assert cells["Wants help with"] == "Video; Blogging"


def test_a_pair_that_ended_is_not_on_the_mentors_home(frozen):
    pair = build.pair(build.councillor(person=make.person(name="Ada Mine")), ended_at=build.NOW)

    assert "Ada Mine" not in home(pair.mentor)


def test_somebody_with_two_parts_gets_from_one_home_to_the_other(frozen):
    person = make.person()
    mentor = build.mentor(person=person)
    build.member("expert", mentor.cohort, person=person)

    assert "My councillors" in home(mentor)
    assert "?as=expert" in home(mentor)
    assert "My councillors" not in home(mentor, **{"as": "expert"})


def test_a_lead_needs_the_second_step():
    member = build.member("lead")

    answer = make.client(member.person).get(member.cohort.get_absolute_url(), follow=True)

    assert answer.redirect_chain[-1][0] == reverse("mfa_activate_totp")


def test_who_needs_attention_comes_first_in_the_leads_table():
    cohort = build.cohort()
    done = build.councillor(cohort, person=make.person(name="Ada"))
    build.councillor(cohort, person=make.person(name="Bea"))
    for task in cohort.sprints.first().tasks.all():
        progress.tick(task, done, now=LATE)

    rows = homes.at_a_glance(cohort, LATE)

    assert [(str(row.member), row.attention, row.cells[0].line.text) for row in rows] == [
        ("Bea", 1, "0 of 2 done, 1 must still be done"),
        ("Ada", 0, "2 of 2 done"),
    ]


def test_a_question_that_waits_too_long_brings_who_asked_to_the_top_of_the_leads_table():
    cohort = build.cohort()
    build.councillor(cohort, person=make.person(name="Ada"))
    asks, expert = build.councillor(cohort, person=make.person(name="Bea")), build.member("expert", cohort)
    build.level(expert, "Video", 3)
    first, _ = (pool.ask(asks, build.skill("Video"), text, now=build.NOW) for text in ("How?", "And how?"))

    def told(days: int) -> list[tuple[str, str, int]]:
        rows = homes.at_a_glance(cohort, build.NOW + timedelta(days=days, hours=1))
        named = {str(row.member): {cell.column: cell.line for cell in row.cells}["Open questions"] for row in rows}
        return [(name, line.text, line.attention) for name, line in named.items()]

    assert told(0) == [("Ada", "–", 0), ("Bea", "2 without an answer", 0)]
    assert told(4) == [("Bea", "2 without an answer, one for 4 days", 1), ("Ada", "–", 0)]
    pool.say(pool.take(first, expert, now=build.NOW), expert, "So.", now=build.NOW)
    assert told(4)[0] == ("Bea", "1 without an answer, for 4 days", 1)
    pool.say(first, asks, "Not yet.", now=build.NOW + timedelta(days=3))
    assert told(4)[0] == ("Bea", "2 without an answer, one for 4 days", 1)


def test_open_questions_take_one_query_however_many(django_assert_num_queries):
    cohort = build.cohort()
    for _ in range(3):
        asks = build.councillor(cohort)
        for text in ("How?", "And how?"):
            pool.ask(asks, build.skill("Video"), text, now=build.NOW)

    with django_assert_num_queries(1):
        lines = pool_home.lines_for(cohort, build.NOW)

    assert [line.text for line in lines.values()] == ["2 without an answer"] * 3


def test_the_lead_finds_somebody_by_name_and_by_need(frozen):
    lead = build.lead()
    build.councillor(lead.cohort, person=make.person(name="Ada Byron"), area="Ipswich")
    build.councillor(lead.cohort, person=make.person(name="Bea Potter"), area="Lowestoft")

    assert "Bea Potter" not in _lead_page(lead, q="ipswich")
    assert "Ada Byron" in _lead_page(lead, q="ipswich")
    assert "Nobody like that." in _lead_page(lead, attention="on")


def _lead_page(lead, **query) -> str:
    answer = make.client(lead.person).get(reverse("networking:lead", args=[lead.cohort.slug]), query)
    return answer.content.decode()


def test_an_organiser_sees_the_cohort_without_being_in_it(frozen):
    cohort = build.cohort()

    answer = make.client(make.organiser()).get(cohort.get_absolute_url(), follow=True)

    assert "No councillor has joined yet." in answer.content.decode()


def test_the_table_goes_out_as_a_spreadsheet_without_formulas(frozen):
    lead = build.lead()
    build.councillor(lead.cohort, person=make.person(name="=HYPERLINK(1)"), area="Ipswich")

    answer = make.client(lead.person).get(reverse("networking:lead_export", args=[lead.cohort.slug]))

    header, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert header[:4] == ["Councillor", "Council", "Where", "This sprint's tasks"]
    assert row[:4] == ["'=HYPERLINK(1)", "", "Ipswich", "0 of 2 done, 1 must still be done"]


@pytest.mark.parametrize("role", ["lead", "mentor"])
def test_homes_ask_as_often_for_one_councillor_as_for_four(role, frozen):
    lead, mentor = build.lead(), None
    mentor = build.mentor(lead.cohort, capacity=5)
    who = lead if role == "lead" else mentor
    counts = []
    for number in (1, 3):
        for _ in range(number):
            build.pair(build.councillor(lead.cohort), mentor)
        browser = make.client(who.person)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(lead.cohort.get_absolute_url(), follow=True).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_before_between_and_after_the_sprints_the_home_says_where_the_cohort_is():
    cohort = build.cohort()

    def line(*when: int) -> str:
        return progress.where(cohort, datetime(*when, tzinfo=UTC)).line

    assert line(2027, 1, 20) == "Sprint 1 of 3, A place to stand, begins on Monday 1 February 2027."
    assert line(2027, 3, 20) == "Sprint 2 of 3: Networks. It ends on Sunday 25 April 2027."
    assert line(2027, 9, 1) == "All sprints are over."


def test_the_most_urgent_need_comes_first():
    some, now = Need("b", "/", "Do", 5), Need("a", "/", "Do", 0)

    assert in_order([some, now]) == [now, some]
    assert Line("late", attention=1).attention == 1
