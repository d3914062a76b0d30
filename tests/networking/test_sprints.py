"""Leads add a sprint to a cohort that is running, and take one out while nobody has done anything in it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from meetups.timings import LONDON
from networking import cohorts, progress, readiness, sheets, sprints, surveys
from networking.models import Cohort, CohortTask, Survey
from tests import make
from tests.networking import build

pytestmark = pytest.mark.django_db

NEW = {"name": "A breather", "aims": "", "starts_on": "2027-03-15", "ends_on": "2027-03-21", "workshops_wanted": "0"}


@pytest.fixture
def cohort():
    """Three sprints of six weeks from 1 February 2027."""
    return build.cohort()


@pytest.fixture
def lead(cohort):
    return make.client(build.lead(cohort).person)


def url(name, cohort, *further):
    return reverse(f"networking:{name}", args=[cohort.slug, *further])


def plan(starts_on, ends_on, name="More"):
    return sprints.Plan(name, "", starts_on, ends_on, 1)


def dates_of(cohort):
    return [(one.position, one.name, one.starts_on, one.ends_on) for one in cohort.sprints.order_by("position")]


def names(cohort):
    return list(cohort.sprints.order_by("position").values_list("name", flat=True))


def test_a_sprint_is_added_between_two_and_those_after_it_make_room(cohort, lead):
    page = lead.post(url("add_cohort_sprint", cohort), {**NEW, "move_later": "on"}, follow=True)

    assert "The sprint is added" in page.content.decode()
    assert dates_of(cohort) == [
        (1, "A place to stand", date(2027, 2, 1), date(2027, 3, 14)),
        (2, "A breather", date(2027, 3, 15), date(2027, 3, 21)),
        (3, "Networks", date(2027, 3, 22), date(2027, 5, 2)),
        (4, "Co-production", date(2027, 5, 3), date(2027, 6, 13)),
    ]


def test_a_sprint_at_the_end_moves_nobody_and_the_form_begins_after_the_last(cohort, lead):
    form = lead.get(url("add_cohort_sprint", cohort)).context["form"]
    assert (form["starts_on"].value(), form["ends_on"].value()) == (date(2027, 6, 7), date(2027, 7, 18))

    before = dates_of(cohort)
    sprints.add(cohort, plan(date(2027, 6, 7), date(2027, 7, 18)), move_later=True)

    assert dates_of(cohort) == [*before, (4, "More", date(2027, 6, 7), date(2027, 7, 18))]


def test_a_sprint_before_all_others_is_where_the_cohort_begins(cohort):
    sprints.add(cohort, plan(date(2027, 1, 18), date(2027, 1, 31)), move_later=True)

    assert names(cohort) == ["More", "A place to stand", "Networks", "Co-production"]
    assert Cohort.objects.get().starts_on == date(2027, 1, 18)


def test_a_cohort_without_sprints_gets_its_first():
    empty = build.cohort()
    empty.sprints.all().delete()

    sprints.add(empty, plan(date(2027, 2, 1), date(2027, 2, 28)), move_later=False)

    assert dates_of(empty) == [(1, "More", date(2027, 2, 1), date(2027, 2, 28))]


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"starts_on": "2027-03-10"}, "starts_on", "“A place to stand” ends on 14 March 2027. Enter a later day"),
        ({}, "ends_on", "“Networks” begins on 15 March 2027. Enter an earlier day, or move it along"),
        ({"ends_on": "2027-03-01"}, "ends_on", "The last day must not be before the first"),
        ({"name": " "}, "name", "Enter a name"),
    ],
)
def test_days_that_another_sprint_has_are_refused_beside_the_field(cohort, lead, wrong, field, words):
    before = dates_of(cohort)

    page = lead.post(url("add_cohort_sprint", cohort), {**NEW, **wrong})

    assert page.context["form"].errors == {field: [words]}
    assert "Error: " in page.content.decode()
    assert dates_of(cohort) == before


def test_of_two_clicks_the_second_is_told_that_the_days_are_taken(cohort):
    sprints.add(cohort, plan(date(2027, 6, 7), date(2027, 6, 20)), move_later=False)

    with pytest.raises(sprints.Overlaps):
        sprints.add(cohort, plan(date(2027, 6, 7), date(2027, 6, 20)), move_later=False)


def test_councillors_see_the_new_sprint_and_its_survey_can_be_planned(cohort):
    surveys.plan(cohort, by=None)
    made, _ = sprints.add(cohort, plan(date(2027, 6, 7), date(2027, 6, 20)), move_later=False)

    surveys.plan(cohort, by=None)

    assert Survey.objects.filter(sprint=made).count() == 1
    where = progress.where(cohort, build.NOW + timedelta(days=120))
    assert where.line == "Sprint 4 of 4: More. It ends on Sunday 20 June 2027."


def opening(cohort) -> dict[str, tuple[str, str]]:
    """By survey, its first moment and its last, as London has them."""
    return {
        str(one): tuple(f"{moment.astimezone(LONDON):%d %b %H:%M}" for moment in (one.opens_at, one.closes_at))
        for one in cohort.surveys.all()
    }


def test_surveys_nobody_was_asked_yet_move_with_their_sprints_and_the_others_stay(cohort, lead):
    surveys.plan(cohort, by=None)
    Survey.objects.get(moment="start").replies.create(member=build.councillor(cohort), asked_at=build.NOW)
    first = cohort.sprints.get(position=1)
    before = opening(cohort)
    typed = {"name": first.name, "aims": "", "workshops_wanted": "1"}
    form = lead.get(url("change_cohort_sprint", cohort, first.pk)).content.decode()

    page = lead.post(
        url("change_cohort_sprint", cohort, first.pk),
        {**typed, "starts_on": "2027-02-08", "ends_on": "2027-04-04", "move_later": "on"},
        follow=True,
    )

    assert "Surveys that nobody was asked yet move along with the sprints they belong to." in form
    assert opening(cohort) == {
        "At the start": before["At the start"],
        "After “A place to stand”": ("01 Apr 09:00", "22 Apr 09:00"),  # summer time has begun
        "After “Networks”": ("13 May 09:00", "03 Jun 09:00"),
        "After “Co-production”": ("24 Jun 09:00", "15 Jul 09:00"),
        "Three months after": ("26 Sep 09:00", "17 Oct 09:00"),
    }
    assert (
        "The sprint is saved. Surveys that nobody was asked yet moved along: "
        "after “A place to stand” from Thursday 1 April 2027; after “Networks” from Thursday 13 May 2027; "
        "after “Co-production” from Thursday 24 June 2027; three months after from Sunday 26 September 2027."
    ) in page.content.decode()


def test_a_sprint_that_moves_alone_takes_only_its_own_survey_along(cohort):
    surveys.plan(cohort, by=None)
    second = cohort.sprints.get(position=2)

    moved = sprints.change(second, plan(second.starts_on, date(2027, 4, 20), second.name), move_later=False)

    assert [(str(one), one.opens_at.date()) for one in moved] == [("After “Networks”", date(2027, 4, 17))]


def test_the_survey_at_the_start_goes_with_the_first_sprint_and_the_last_with_the_end(cohort, lead):
    surveys.plan(cohort, by=None)

    sprints.add(cohort, plan(date(2027, 1, 18), date(2027, 1, 31)), move_later=False)
    made, _ = sprints.add(cohort, plan(date(2027, 6, 7), date(2027, 6, 20), name="Last"), move_later=False)
    added = opening(cohort)
    page = lead.post(url("remove_cohort_sprint", cohort, made.pk), follow=True).content.decode()

    assert (added["At the start"][0], added["Three months after"][0]) == ("11 Jan 09:00", "19 Sep 09:00")
    assert opening(cohort)["Three months after"][0] == "05 Sep 09:00"
    assert "“Last” is removed. Surveys that nobody was asked yet moved along: three months after from Sunday" in page


def test_an_empty_sprint_goes_with_its_tasks_and_the_gap_is_closed(cohort, lead):
    surveys.plan(cohort, by=None)
    second = cohort.sprints.get(position=2)
    readiness.ask(second, {"sections": 6})
    page = lead.get(url("remove_cohort_sprint", cohort, second.pk)).content.decode()
    assert "It goes with its aims, its checks, 2 tasks and the survey after it." in page

    lead.post(url("remove_cohort_sprint", cohort, second.pk))

    assert dates_of(cohort) == [
        (1, "A place to stand", date(2027, 2, 1), date(2027, 3, 14)),
        (2, "Co-production", date(2027, 4, 26), date(2027, 6, 6)),
    ]
    assert CohortTask.objects.filter(sprint__cohort=cohort).count() == 4


def test_when_the_first_sprint_goes_the_cohort_begins_with_the_second(cohort):
    sprints.remove(cohort.sprints.get(position=1))

    assert Cohort.objects.get().starts_on == date(2027, 3, 15)


def _a_tick(sprint, one):
    progress.tick(sprint.tasks.first(), one, now=build.NOW)


def _a_rating(sprint, one):
    readiness.rate(one, sprint, 3, "", now=build.NOW)


def _a_survey(sprint, one):
    surveys.plan(sprint.cohort, by=None)
    Survey.objects.get(sprint=sprint).replies.create(member=one, asked_at=build.NOW)


def _a_version(sprint, one):
    build.sheet(one, people="Parents")
    sheets.sheet_of(one, now=build.NOW).versions.create(sprint=sprint, name="End", kept_at=build.NOW)


def _a_workshop(sprint, one):
    sprint.workshops.create(meetup=make.meetup())


@pytest.mark.parametrize(
    ("does", "words"),
    [
        (_a_tick, "Somebody has ticked a task."),
        (_a_rating, "Somebody has said how ready they are for it."),
        (_a_survey, "Councillors were asked in the survey after it."),
        (_a_version, "Planning sheets or maps were kept at its end."),
        (_a_workshop, "It has a workshop."),
    ],
)
def test_a_sprint_in_which_somebody_did_something_stays_and_says_why(cohort, lead, does, words):
    first = cohort.sprints.get(position=1)
    does(first, build.councillor(cohort))

    page = lead.post(url("remove_cohort_sprint", cohort, first.pk), follow=True)

    assert f"“A place to stand” stays. {words}" in page.content.decode()
    assert len(names(cohort)) == 3
    assert lead.get(url("remove_cohort_sprint", cohort, first.pk)).url == url("cohort_sprint", cohort, first.pk)
    assert f"It stays: {words}" in lead.get(url("cohort_sprint", cohort, first.pk)).content.decode()


def test_the_page_of_a_sprint_shows_checks_and_workshops(cohort, lead):
    page = lead.get(url("cohort_sprint", cohort, cohort.sprints.first().pk)).content.decode()

    assert "What should be there before it begins" in page
    assert "None is planned yet." in page


def test_a_new_sprint_copies_nothing_and_the_programme_stays(cohort):
    sprints.add(cohort, plan(date(2027, 6, 7), date(2027, 6, 20)), move_later=False)

    assert list(cohort.programme.sprints.values_list("name", flat=True)) == [
        "A place to stand",
        "Networks",
        "Co-production",
    ]
    assert cohorts.begin(cohort) is False
