"""Readiness before a sprint, read from the real records."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetups.models import SignUp
from networking import cohorts, homes, programmes, readiness, readiness_home, ready_words, sheet_templates
from networking.models import Programme, ReadyAnyway, SelfRating, TaskDone, Workshop
from networking.ready_words import Result, Standing
from tests import make, reading
from tests.networking import build

pytestmark = pytest.mark.django_db
ALL = dict.fromkeys(ready_words.KINDS, 1)
# Ten days before the second sprint begins on 15 March.
BEFORE_SECOND = build.NOW + timedelta(days=23)


@pytest.fixture
def second():
    """The second sprint of a cohort."""
    return build.cohort().sprints.get(position=2)


def kinds_met(member, sprint) -> list[str]:
    return [result.kind for result in readiness.of(member, sprint).results if result.is_met]


# --- Words ---------------------------------------------------------------------------------------------------------


def test_a_check_is_a_sentence_that_is_true_once_it_is_met():
    assert ready_words.ask("meetings", 1) == "You have met your mentor once"
    assert ready_words.ask("names", 15) == "15 names are on your network maps"
    assert Result("names", 15, 9).so_far == "9 of 15 so far"
    assert [Result("names", 15, have).is_met for have in (14, 15, 16)] == [False, True, True]


@pytest.mark.parametrize(
    ("standing", "ready", "needs_a_word", "line"),
    [
        (Standing(()), True, False, "no checks"),
        (Standing((Result("names", 2, 2),), 4), True, False, "1 of 1 checks met, feels nearly ready"),
        (Standing((Result("names", 2, 2),), 2), True, True, "1 of 1 checks met, feels a little ready"),
        (Standing((Result("names", 2, 1),)), False, True, "0 of 1 checks met"),
        (Standing((Result("names", 2, 1),), 1, anyway="Knows all"), True, False, "ready anyway: Knows all"),
    ],
)
def test_who_is_ready_and_who_needs_a_word(standing, ready, needs_a_word, line):
    assert (standing.is_ready, standing.needs_a_word, standing.line) == (ready, needs_a_word, line)


# --- The records ---------------------------------------------------------------------------------------------------


def test_nothing_is_met_by_somebody_without_any_records(second):
    readiness.ask(second, ALL)

    assert kinds_met(build.councillor(second.cohort), second) == []


def test_each_check_is_met_by_the_record_it_asks_for(second):
    readiness.ask(second, ALL)
    pair = build.pair(build.councillor(second.cohort))
    member = pair.councillor

    build.sheet(member, people="Parents at the new estate")
    assert kinds_met(member, second) == ["sections"]
    build.sheet(member, "accounts", **{"rows.65f0a1.platform": "Facebook page"})
    assert kinds_met(member, second) == ["sections", "accounts"]
    build.network_map(member, "Ann Smith, person, offline")
    assert kinds_met(member, second) == ["sections", "accounts", "names", "layers"]
    build.meeting(pair, date(2027, 2, 9))
    assert kinds_met(member, second)[4:] == ["meetings"]
    first = second.cohort.sprints.get(position=1)
    meetup = make.meetup()
    Workshop.objects.create(sprint=first, meetup=meetup)
    SignUp.objects.filter(pk=make.signup(meetup=meetup, email=member.person.email).pk).update(came_at=build.NOW)
    assert kinds_met(member, second)[5:] == ["workshops"]
    TaskDone.objects.create(task=first.tasks.get(must=True), member=member, done_at=build.NOW)
    assert kinds_met(member, second) == list(ready_words.KINDS)


def test_no_more_sections_are_asked_for_than_the_sheet_has(second):
    programme = second.cohort.programme
    readiness.ask(second, {"sections": 9})
    for key in ("voice", "sources"):
        sheet_templates.move(programme, key, "", "hide", now=build.NOW)

    (check,) = readiness.of(build.councillor(second.cohort), second).results

    assert check.at_least == 7


def test_what_somebody_else_did_does_not_count(second):
    readiness.ask(second, ALL)
    other = build.pair(build.councillor(second.cohort))
    build.sheet(other.councillor, people="Parents")
    build.meeting(other, date(2027, 2, 9))

    assert kinds_met(build.councillor(second.cohort), second) == []


def test_a_meeting_that_was_taken_out_does_not_count(second):
    readiness.ask(second, {"meetings": 1})
    pair = build.pair(build.councillor(second.cohort))
    meeting = build.meeting(pair, date(2027, 2, 9))
    meeting.removed_at = build.NOW
    meeting.save()

    assert kinds_met(pair.councillor, second) == []


def test_only_what_had_to_be_done_before_counts(second):
    readiness.ask(second, {"tasks": 1})
    member = build.councillor(second.cohort)
    first = second.cohort.sprints.get(position=1)

    TaskDone.objects.create(task=first.tasks.get(must=False), member=member, done_at=build.NOW)
    assert kinds_met(member, second) == []
    TaskDone.objects.create(task=first.tasks.get(must=True), member=member, done_at=build.NOW)
    assert kinds_met(member, second) == ["tasks"]


def test_the_number_of_queries_is_the_same_for_one_councillor_and_for_many(second):
    readiness.ask(second, ALL)
    members = []

    def queries() -> int:
        member = build.pair(build.councillor(second.cohort)).councillor
        build.sheet(member, people="Parents")
        build.network_map(member, "Ann Smith, person, offline")
        members.append(member)
        with CaptureQueriesContext(connection) as seen:
            readiness.of_cohort(second, members)
        return len(seen)

    one, *more = [queries() for _ in range(4)]
    assert more == [one] * 3


# --- Asking --------------------------------------------------------------------------------------------------------


def test_a_cohort_has_its_own_copy_of_what_its_programme_asks_for():
    programme = build.programme()
    template = programme.sprints.get(position=2)
    readiness.ask(template, {"names": 15, "layers": 2})
    about = cohorts.About("New", "Kent", [], 14)
    organiser = make.organiser()

    cohort = cohorts.start(programme, about, starts_on=build.START, leads=[], now=build.NOW, by=organiser)
    readiness.ask(template, {"names": 20})
    copied = programmes.copy(programme, "Copy")

    assert readiness.asked(cohort.sprints.get(position=2)) == {"names": 15, "layers": 2}
    assert readiness.asked(copied.sprints.get(position=2)) == {"names": 20}


def test_the_shipped_programme_asks_before_its_second_and_third_sprint():
    programmes.load()

    shipped = Programme.objects.get().sprints.order_by("position")
    assert [bool(readiness.asked(sprint)) for sprint in shipped] == [False, True, True]


def test_a_lead_changes_what_is_asked_for(second):
    lead = build.lead(second.cohort)
    readiness.ask(second, {"names": 15, "meetings": 1})
    url = reverse("networking:cohort_checks", args=[second.cohort.slug, second.pk])

    make.client(lead.person).post(url, {"names": "10", "tasks": "on"})

    assert readiness.asked(second) == {"names": 10, "tasks": 1}


def test_a_number_that_makes_no_sense_is_refused_beside_its_field(second):
    lead = build.lead(second.cohort)
    url = reverse("networking:cohort_checks", args=[second.cohort.slug, second.pk])

    said = reading.words(make.client(lead.person).post(url, {"layers": "4", "names": "many"}))

    assert "Layers of network maps with names in them must be 3 or less" in said
    assert "Names on network maps must be a number, like 2" in said
    assert readiness.asked(second) == {}


def test_an_organiser_chooses_checks_of_a_programme():
    sprint = build.programme().sprints.get(position=2)
    browser = make.client(make.organiser())

    browser.post(reverse("networking:sprint_checks", args=[sprint.programme.slug, sprint.pk]), {"names": "15"})

    page = reading.words(browser.get(reverse("networking:sprint", args=[sprint.programme.slug, sprint.pk])))
    assert "15 names are on your network maps" in page


# --- The pages -----------------------------------------------------------------------------------------------------


@pytest.fixture
def frozen(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: BEFORE_SECOND)


def test_a_councillor_sees_what_is_done_and_what_to_do_next(second, frozen):
    readiness.ask(second, {"names": 2, "meetings": 1})
    member = build.councillor(second.cohort)
    build.network_map(member, "Ann Smith, person, offline")

    said = reading.words(make.client(member.person).get(reverse("networking:readiness", args=[second.cohort.slug])))

    assert "“Networks” begins on Monday 15 March 2027." in said
    assert "Open 2 names are on your network maps: 1 of 2 so far. Add names to your map" in said
    assert "Open You have met your mentor once. Agree on a day with your mentor" in said


def test_how_ready_somebody_feels_is_kept_once_and_seen_by_the_lead(second, frozen):
    member, lead = build.councillor(second.cohort), build.lead(second.cohort)
    url = reverse("networking:readiness", args=[second.cohort.slug])

    for points in ("4", "2"):
        make.client(member.person).post(url, {"points": points, "note": "An hour with video"})

    assert list(SelfRating.objects.values_list("points", "note")) == [(2, "An hour with video")]
    table = reading.words(
        make.client(lead.person).get(reverse("networking:readiness_of_cohort", args=[second.cohort.slug]))
    )
    assert "A little ready (2 of 5) An hour with video" in table


def test_saying_nothing_is_answered_beside_the_question(second, frozen):
    member = build.councillor(second.cohort)

    said = make.client(member.person).post(
        reverse("networking:readiness", args=[second.cohort.slug]), {"note": "An hour with video"}
    )

    assert "Select how ready you feel" in reading.words(said)
    assert "An hour with video" in said.content.decode()
    assert not SelfRating.objects.exists()


def test_a_lead_takes_somebody_for_ready_with_a_reason_and_takes_that_back(second, frozen):
    readiness.ask(second, {"meetings": 1})
    member, lead = build.councillor(second.cohort), build.lead(second.cohort)
    browser = make.client(lead.person)
    url = reverse("networking:decide_readiness", args=[second.cohort.slug, member.pk, 2])

    assert "Enter why they are ready" in reading.words(browser.post(url, {"reason": " "}))
    assert not ReadyAnyway.objects.exists()

    browser.post(url, {"reason": "Did all this at the county"})
    assert readiness.of(member, second).is_ready
    own = reading.words(make.client(member.person).get(reverse("networking:readiness", args=[second.cohort.slug])))
    assert "Your lead takes you for ready: Did all this at the county" in own

    browser.post(url, {"take_back": "yes"})
    assert not readiness.of(member, second).is_ready


def test_a_sprint_that_is_not_there_does_not_exist(second):
    member = build.councillor(second.cohort)
    url = reverse("networking:readiness", args=[second.cohort.slug])

    answers = [make.client(member.person).get(url, {"sprint": asked}).status_code for asked in ("9", "x", "1" * 30)]

    assert answers == [404, 404, 404]


# --- The homes -----------------------------------------------------------------------------------------------------


def test_before_a_sprint_councillors_and_leads_are_told_what_is_open(second):
    readiness.ask(second, {"meetings": 1})
    member, lead = build.councillor(second.cohort), build.lead(second.cohort)

    def told(one, now) -> list[str]:
        return [need.line for need in readiness_home.needs_of(one, now)]

    assert told(member, BEFORE_SECOND) == ["1 thing is open before “Networks” begins on Monday 15 March 2027."]
    assert told(lead, BEFORE_SECOND) == [
        "1 councillor is not ready for “Networks”, which begins on Monday 15 March 2027."
    ]
    assert told(member, build.NOW) == told(lead, build.NOW) == []


def test_the_cohort_at_a_glance_has_a_column_that_mentors_do_not_see(second):
    readiness.ask(second, {"meetings": 1})
    pair = build.pair(build.councillor(second.cohort))

    def columns(rows) -> dict[str, str]:
        return {cell.column: cell.line.text for cell in rows[0].cells}

    name = "Ready for the next sprint"
    assert columns(homes.at_a_glance(second.cohort, BEFORE_SECOND))[name] == "0 of 1 checks met"
    assert name not in columns(homes.supported_by(pair.mentor, BEFORE_SECOND))


# --- What is held --------------------------------------------------------------------------------------------------


def test_what_was_said_can_be_taken_out_and_goes_with_the_person(second):
    member = build.councillor(second.cohort)
    readiness.rate(member, second, 4, "Nothing", now=build.NOW)
    readiness.decide(member, second, "Did it before", by=build.lead(second.cohort).person, now=build.NOW)

    assert [record["Said"] for record in readiness.collect(member.person)] == ["4 of 5. Nothing", "Did it before"]
    readiness.forget(member.person, build.NOW)
    assert readiness.collect(member.person) == []
