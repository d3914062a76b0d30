"""The evaluation on one page: which surveys it compares, and what its figures from records say."""

from datetime import timedelta
from io import BytesIO

import docx as reader
import pytest
import time_machine
from django.urls import reverse

from meetups.models import SignUp
from networking import evaluation
from networking.models import Cohort, CohortSprint, Survey
from tests import make, reading
from tests.networking import build

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(build.NOW, tick=False):
        yield


# --- Which surveys ------------------------------------------------------------------------------------------------


def asked(*answers: tuple[int, int]) -> list[Survey]:
    """Closed surveys one after the other, with how many answered and which point: at the start, then by sprint."""
    cohort = build.cohort()
    people = [build.councillor(cohort) for _ in range(6)]
    made = []
    for place, (number, point) in enumerate(answers):
        sprint = {"moment": "sprint", "sprint": cohort.sprints.get(position=place)} if place else {}
        opens_at = build.NOW - timedelta(days=100 - 25 * place)
        one = build.survey(cohort, opens_at=opens_at, closes_at=opens_at + timedelta(days=21), **sprint)
        for member in people[:number]:
            build.answered(one, member, point)
        made.append(one)
    return made


def read(cohort: Cohort, named: str = "") -> tuple[str, list[list[str]]]:
    """The page in words, and what the file for Word has as changes."""
    lead = make.client(build.lead(cohort).person)
    page = lead.get(reverse("networking:evaluation", args=[cohort.slug]) + named)
    link = next(part for part in page.text.split('"') if document_of(cohort) in part).replace("&amp;", "&")
    tables = reader.Document(BytesIO(lead.get(link).content)).tables
    rows = [[cell.text for cell in row.cells][1:5] for row in tables[1].rows][1:]
    return reading.words(page), rows


def document_of(cohort: Cohort) -> str:
    return reverse("networking:evaluation_document", args=[cohort.slug])


def test_a_last_survey_that_too_few_answered_is_left_out_unless_it_is_chosen():
    start, first, second = asked((6, 2), (6, 4), (2, 5))

    words, rows = read(start.cohort)
    chosen, _ = read(start.cohort, f"?from={first.pk}&to={second.pk}")

    assert "At the start, and after “A place to stand”." in words
    assert rows == [["6", "2.0", "4.0", "2.0"]]
    assert "After “A place to stand”, and after “Networks”." in chosen


def test_two_surveys_are_chosen_for_the_page_and_for_word():
    start, first, second = asked((6, 2), (6, 3), (6, 5))

    words, rows = read(start.cohort, f"?from={first.pk}&to={second.pk}")
    as_usual = read(start.cohort, "?from=nonsense&to=")[1]

    assert "After “A place to stand”, and after “Networks”." in words
    assert rows == [["6", "3.0", "5.0", "2.0"]]
    assert as_usual == [["6", "2.0", "5.0", "3.0"]]


def test_one_survey_chosen_twice_is_told_that_two_are_needed():
    start, _ = asked((6, 2), (6, 4))
    lead = make.client(build.lead(start.cohort).person)
    twice = f"?from={start.pk}&to={start.pk}"

    said = {
        name: reading.words(lead.get(reverse(f"networking:{name}", args=[start.cohort.slug]) + twice))
        for name in ("evaluation", "survey_results")
    }

    assert all("A change is between two surveys: choose two that differ." in words for words in said.values())


def test_the_results_compare_the_same_two_as_the_report_and_lead_to_it():
    start, first, _second = asked((6, 2), (6, 4), (2, 5))
    lead = make.client(build.lead(start.cohort).person)

    page = lead.get(reverse("networking:survey_results", args=[start.cohort.slug]))

    assert "At the start, and after “A place to stand”" in reading.words(page)
    assert (
        f"{reverse('networking:evaluation', args=[start.cohort.slug])}?from={start.pk}&amp;to={first.pk}" in page.text
    )


# --- From records -------------------------------------------------------------------------------------------------


def figures(cohort: Cohort) -> dict[str, str]:
    return {one.label: one.value for one in evaluation.of(cohort, now=build.NOW).taking_part}


def workshop(sprint: CohortSprint, *came, days: int = -3, **fields) -> None:
    """Planned for so many days from now; these councillors came."""
    meetup = make.meetup(starts_at=build.NOW + timedelta(days=days), **fields)
    sprint.workshops.create(meetup=meetup)
    for member in came:
        signup = make.signup(meetup=meetup, email=member.person.email, now=meetup.starts_at - timedelta(days=9))
        SignUp.objects.filter(pk=signup.pk).update(came_at=meetup.starts_at)


def test_only_workshops_that_were_held_are_counted_and_two_of_a_sprint_together():
    cohort = build.cohort()
    stand, networks, together = cohort.sprints.order_by("position")
    ann, ben, _cleo = (build.councillor(cohort) for _ in range(3))
    workshop(stand, ann)
    workshop(stand, ann, ben, days=-2)
    workshop(networks, ben)
    workshop(networks, days=9)
    workshop(together, state="cancelled")
    workshop(together, state="draft")

    said = {label: value for label, value in figures(cohort).items() if "workshop" in label}

    assert said == {
        "A place to stand: came to at least one of 2 workshops": "2 of 3 councillors",
        "Networks: came to the workshop": "1 of 3 councillors",
    }


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(1, "1 minute"), (30, "30 minutes"), (60, "1 hour"), (80, "1 hour"), (100, "2 hours")],
)
def test_time_in_meetings_is_told_in_minutes_below_an_hour(minutes, said):
    pair = build.pair()
    build.meeting(pair, build.NOW.date(), minutes=minutes)

    assert figures(pair.cohort)["Time in support meetings"] == said
