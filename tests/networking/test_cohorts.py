"""A cohort is made, planned and begun from pages alone."""

from datetime import date

import pytest
from django.db.models import QuerySet
from django.urls import reverse

from networking import cohorts, ordering, progress, surveys
from networking.forms.cohorts import CohortForm
from networking.models import Cohort, CohortTask, Member
from people.models import Council
from tests import make
from tests.networking import build

pytestmark = pytest.mark.django_db

START = {"name": "Suffolk 2027", "area": "Suffolk", "councils": "", "starts_on": "2027-02-01", "rhythm_days": "14"}


def url(name: str, *args: object) -> str:
    return reverse(f"networking:{name}", args=args)


@pytest.fixture
def councils():
    for name in ("Suffolk County Council", "Babergh District Council"):
        Council.objects.create(name=name, slug=name.lower().replace(" ", "-"), kind="x", nation="England")


def test_a_task_that_a_lead_has_just_taken_out_is_not_ticked():
    task = build.cohort().sprints.first().tasks.first()
    councillor = build.councillor(task.sprint.cohort)
    ordering.remove(CohortTask.objects.get(pk=task.pk), task.sprint.tasks.all())

    progress.tick(task, councillor, now=build.NOW)

    assert not councillor.tasks_done.exists()


def test_a_cohort_gets_its_own_sprints_tasks_councils_and_leads(councils):
    organiser, programme = make.organiser(), build.programme()
    programme.sprints.filter(position=2).update(workshops=2)
    said = {
        **START,
        "councils": "Suffolk County Council\n\nbabergh district council\nSuffolk County Council",
        "leads": organiser.email,
    }

    answer = make.client(organiser).post(url("start_cohort", programme.slug), said)

    cohort = Cohort.objects.get()
    assert answer["Location"] == url("plan", "suffolk-2027")
    assert [(s.name, s.starts_on, s.ends_on, s.workshops_wanted) for s in cohort.sprints.all()] == [
        ("A place to stand", date(2027, 2, 1), date(2027, 3, 14), 1),
        ("Networks", date(2027, 3, 15), date(2027, 4, 25), 2),
        ("Co-production", date(2027, 4, 26), date(2027, 6, 6), 1),
    ]
    assert [(task.text, task.must) for task in cohort.sprints.first().tasks.all()] == [
        ("Finish the sheet of A place to stand", True),
        ("Read about A place to stand", False),
    ]
    assert [council.name for council in cohort.councils.all()] == ["Babergh District Council", "Suffolk County Council"]
    assert [(m.person, m.role, m.state) for m in cohort.members.all()] == [(organiser, "lead", "joined")]
    assert cohort.state == Cohort.State.PREPARING


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            {"councils": "Suffolk"},
            "We do not know a council called “Suffolk”. Did you mean Suffolk County Council?",
        ),
        ({"leads": "nobody@nowhere.example"}, "We do not know nobody@nowhere.example"),
        ({"starts_on": "0001-01-01"}, "Enter a year between 2000 and 2100"),
        ({"starts_on": ""}, "Enter a date"),
        ({"rhythm_days": "0"}, "Days between support meetings must be 1 or more"),
        ({"name": "suffolk  old"}, "There is a cohort with this name already"),
    ],
)
def test_a_wrong_cohort_is_not_made_and_what_was_typed_is_kept(wrong, said, councils):
    programme = build.programme()
    build.cohort(name="Suffolk old")

    page = make.client(make.organiser()).post(url("start_cohort", programme.slug), {**START, **wrong}).content.decode()

    assert said in page
    assert next(iter(wrong.values())) in page
    assert Cohort.objects.count() == 1


@pytest.mark.parametrize("page", ["start_cohort", "change_cohort"])
def test_of_two_who_use_a_name_at_once_the_second_reads_that_it_is_taken(page, monkeypatch):
    lead = build.lead(build.cohort(name="Norfolk 2027"))
    build.cohort(name="Suffolk 2027")
    # The other one saved it after the form had looked.
    monkeypatch.setattr(CohortForm, "clean_name", lambda form: form.cleaned_data["name"])
    who, slug = (
        (make.organiser(), lead.cohort.programme.slug) if page == "start_cohort" else (lead.person, lead.cohort.slug)
    )

    answer = make.client(who).post(url(page, slug), START)

    assert answer.status_code == 200
    assert "There is a cohort with this name already" in answer.content.decode()
    assert sorted(Cohort.objects.values_list("name", flat=True)) == ["Norfolk 2027", "Suffolk 2027"]


def test_changing_the_programme_changes_no_cohort():
    cohort = build.cohort()

    cohort.programme.sprints.all().delete()

    assert cohort.sprints.count() == 3


# --- The plan -----------------------------------------------------------------------------------------------------

SPRINT = {
    "name": "A place to stand",
    "aims": "",
    "starts_on": "2027-02-01",
    "ends_on": "2027-03-21",
    "workshops_wanted": "2",
    "move_later": "on",
}


def change(lead: Member, number: int, **said: str):
    sprint = lead.cohort.sprints.get(position=number)
    path = url("change_cohort_sprint", lead.cohort.slug, sprint.pk)
    answer = make.client(lead.person).post(path, {**SPRINT, **said})
    sprint.refresh_from_db()
    return sprint, answer.content.decode()


def spans(cohort: Cohort) -> list[tuple[str, str]]:
    return [(str(sprint.starts_on), str(sprint.ends_on)) for sprint in cohort.sprints.all()]


def test_the_sprints_after_a_longer_one_move_along():
    lead = build.lead()

    sprint, _ = change(lead, 1)

    assert sprint.workshops_wanted == 2
    assert spans(lead.cohort) == [
        ("2027-02-01", "2027-03-21"),
        ("2027-03-22", "2027-05-02"),
        ("2027-05-03", "2027-06-13"),
    ]


def test_the_cohort_starts_when_its_first_sprint_does():
    lead = build.lead()

    change(lead, 1, starts_on="2027-02-08")

    assert Cohort.objects.get(pk=lead.cohort.pk).starts_on == date(2027, 2, 8)


@pytest.mark.parametrize(
    ("number", "said", "error"),
    [
        (1, {"move_later": ""}, "“Networks” begins on 15 March 2027. Enter an earlier day, or move it along"),
        (1, {"ends_on": "2027-01-01"}, "The last day must not be before the first"),
        (2, {"starts_on": "2027-03-14"}, "“A place to stand” ends on 14 March 2027. Enter a later day"),
        (1, {"workshops_wanted": "9"}, "Select a valid choice"),
        (1, {"ends_on": "9999-12-31"}, "Enter a year between 2000 and 2100"),
    ],
)
def test_sprints_that_overlap_or_run_backwards_are_refused(number, said, error):
    lead = build.lead()
    before = spans(lead.cohort)

    _, page = change(lead, number, **said)

    assert error in page
    assert spans(lead.cohort) == before


def test_a_lead_adds_orders_changes_and_removes_tasks():
    lead = build.lead()
    browser, sprint = make.client(lead.person), lead.cohort.sprints.first()
    slug = lead.cohort.slug
    browser.post(url("cohort_sprint", slug, sprint.pk), {"text": "Say hello", "must": "on"})
    hello = sprint.tasks.get(text="Say hello")

    browser.post(url("shift_cohort_task", slug, hello.pk), {"direction": "up"})
    browser.post(url("change_cohort_task", slug, hello.pk), {"text": "Say good morning"})
    first = sprint.tasks.first()
    progress.tick(first, build.councillor(lead.cohort), now=build.NOW)
    asked = browser.post(url("shift_cohort_task", slug, first.pk), {"direction": "out"}, follow=True)
    assert "1 councillor has ticked it." in asked.content.decode()
    browser.post(url("remove_cohort_task", slug, first.pk))

    assert [(task.position, task.text, task.must) for task in sprint.tasks.all()] == [
        (1, "Say good morning", False),
        (2, "Read about A place to stand", False),
    ]


def test_of_two_tasks_added_at_once_the_second_stands_after_the_first(monkeypatch):
    lead = build.lead()
    sprint = lead.cohort.sprints.get(position=1)
    looks = iter([1, 2])  # the first look was before the other one had added theirs
    monkeypatch.setattr(QuerySet, "aggregate", lambda found, **asked: {"last": next(looks)})

    make.client(lead.person).post(url("cohort_sprint", lead.cohort.slug, sprint.pk), {"text": "Say hello"})

    assert list(sprint.tasks.values_list("position", "text"))[-1] == (3, "Say hello")


def test_a_sprint_of_another_cohort_does_not_exist_for_a_lead():
    lead, other = build.lead(), build.cohort()
    sprint = other.sprints.first()
    browser = make.client(lead.person)

    assert browser.get(url("cohort_sprint", lead.cohort.slug, sprint.pk)).status_code == 404
    assert browser.get(url("cohort_sprint", other.slug, sprint.pk)).status_code == 404
    assert browser.get(url("change_cohort_task", lead.cohort.slug, sprint.tasks.first().pk)).status_code == 404


def test_a_cohort_begins_finishes_and_goes_on():
    lead = build.lead(build.cohort(state="preparing"))
    browser, slug = make.client(lead.person), lead.cohort.slug

    browser.get(url("begin_cohort", slug))
    assert Cohort.objects.get().state == "preparing"
    browser.post(url("begin_cohort", slug))
    assert Cohort.objects.get().state == "running"
    browser.post(url("finish_cohort", slug), {"saw": "running"})
    assert Cohort.objects.get().finished_at is not None
    assert 'name="saw" value="finished"' in browser.get(url("finish_cohort", slug)).content.decode()
    browser.post(url("finish_cohort", slug), {"saw": "finished"})
    assert Cohort.objects.get().state == "running"
    assert not cohorts.begin(lead.cohort)


def test_of_two_leads_who_finish_the_cohort_the_second_does_not_begin_it_again():
    lead = build.lead()
    browser = make.client(lead.person)

    for _ in range(2):
        browser.post(url("finish_cohort", lead.cohort.slug), {"saw": "running"})

    assert Cohort.objects.get().state == "finished"


def test_a_lead_of_a_cohort_that_has_not_begun_is_told_so():
    lead = build.lead(build.cohort(state="preparing"))

    page = make.client(lead.person).get(url("lead", lead.cohort.slug)).content.decode()

    assert "the cohort is still being prepared" in page or "The cohort is being prepared." in page


def test_a_new_lead_is_asked_first_to_invite_then_to_begin_and_to_plan_the_surveys():
    lead = build.lead(build.cohort(state="preparing", starts_on=date(2020, 1, 1)))
    here = lead.cohort.slug
    wanted = [url("invite", here), url("begin_cohort", here), url("surveys", here)]

    needs = [need.url for need in make.client(lead.person).get(url("lead", here)).context["needs"]]

    assert [need for need in needs if need in wanted] == wanted
    surveys.plan(lead.cohort, by=lead.person)
    assert url("surveys", here) not in [
        need.url for need in make.client(lead.person).get(url("lead", here)).context["needs"]
    ]


def test_the_plan_of_a_cohort_that_has_not_begun_leads_to_every_step_before_it():
    lead = build.lead(build.cohort(state="preparing"))
    browser, here = make.client(lead.person), lead.cohort.slug
    steps = [url(name, here) for name in ("invite", "surveys", "begin_cohort", "match")]

    page = browser.get(url("plan", here)).content.decode()
    browser.post(url("begin_cohort", here))
    begun = browser.get(url("plan", here)).content.decode()

    assert [f'href="{step}"' in page for step in steps] == [True] * 4
    assert "Until it begins" in page
    assert "Until it begins" not in begun


def test_the_name_changes_and_the_address_stays(councils):
    lead = build.lead()
    said = {"name": "West Suffolk", "area": "West", "councils": "Babergh District Council", "rhythm_days": "21"}

    make.client(lead.person).post(url("change_cohort", lead.cohort.slug), said)

    changed = Cohort.objects.get()
    assert (changed.name, changed.slug, changed.rhythm_days) == ("West Suffolk", lead.cohort.slug, 21)
    assert [str(council) for council in changed.councils.all()] == ["Babergh District Council"]
