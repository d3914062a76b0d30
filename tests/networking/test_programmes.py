"""Programmes: what a new site starts with, and how organisers change, copy and order them."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from networking import ordering, programmes
from networking.models import Programme, Skill, Sprint, SprintTask
from tests import make
from tests.networking import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser():
    return make.client(make.organiser())


def url(name: str, *args: object) -> str:
    return reverse(f"networking:{name}", args=args)


def test_a_new_site_starts_with_a_programme_and_the_skills_once():
    assert programmes.load() == (17, 1)
    assert programmes.load() == (0, 0)

    shipped = Programme.objects.get()
    assert [(sprint.position, sprint.name, sprint.weeks) for sprint in shipped.sprints.all()] == [
        (1, "A place to stand", 6),
        (2, "Your networks", 6),
        (3, "Working with people", 6),
    ]
    assert [sprint.tasks.filter(must=True).count() for sprint in shipped.sprints.all()] == [4, 3, 4]
    assert shipped.questions.exists()
    assert Skill.objects.first().name == "Facebook"


def test_loading_again_leaves_what_organisers_changed():
    programmes.load()
    Programme.objects.update(name="Ours")
    Skill.objects.filter(slug="blogging").update(name="Writing")

    call_command("load_programmes", verbosity=0)

    assert (Programme.objects.get().name, Skill.objects.get(slug="blogging").name) == ("Ours", "Writing")


def test_a_programme_is_made_with_sprints_and_tasks_from_pages_alone(organiser):
    organiser.post(url("new_programme"), {"name": " Social  councillors ", "purpose": "", "rhythm_days": "21"})
    organiser.post(
        url("add_sprint", "social-councillors"), {"name": "One", "aims": "- Be safe", "weeks": "5", "workshops": "2"}
    )
    sprint = Sprint.objects.get()
    organiser.post(url("sprint", "social-councillors", sprint.pk), {"text": "Fill in the sheet", "must": "on"})

    page = organiser.get(url("programme", "social-councillors")).content.decode()

    assert (sprint.programme.name, sprint.programme.rhythm_days) == ("Social councillors", 21)
    assert "<li>Be safe</li>" in page
    assert "5 weeks, 2 workshops, 1 task" in page
    assert "Fill in the sheet <strong>(must be done)</strong>" in page


def test_a_second_programme_of_the_same_name_is_refused_beside_the_field(organiser):
    build.programme(name="Networked", slug="networked")

    page = organiser.post(url("new_programme"), {"name": "networked", "rhythm_days": "14"}).content.decode()

    assert "There is a programme with this name already" in page
    assert "<title>Error: " in page
    assert Programme.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("weeks", "0", "Length in weeks must be 1 or more"),
        ("weeks", "six", "Length in weeks must be a number, like 6"),
        ("workshops", "5", "Workshops must be 4 or less"),
        ("name", "", "Enter a name"),
    ],
)
def test_a_wrong_sprint_is_not_kept_and_says_why(organiser, field, typed, said):
    programme = build.programme()
    right = {"name": "Four", "aims": "", "weeks": "6", "workshops": "1"}

    page = organiser.post(url("add_sprint", programme.slug), {**right, field: typed}).content.decode()

    assert said in page
    assert programme.sprints.count() == 3


def test_a_name_of_an_address_of_ours_gets_another_address():
    assert programmes.slug_for("New") == "new-2"
    assert programmes.slug_for("!!!") == "programme"


def test_a_copy_has_the_same_sprints_tasks_and_questions_and_a_free_name(organiser):
    programmes.load()
    original = Programme.objects.get()
    assert programmes.name_of_copy(original) == "Networked councillors (copy)"

    organiser.post(url("copy_programme", original.slug), {"name": "Second edition"})

    copied = Programme.objects.get(name="Second edition")
    assert contents(copied) == contents(original)
    assert copied.questions.count() == original.questions.count()


def contents(programme: Programme) -> list[tuple[str, int, list[tuple[str, bool]]]]:
    return [
        (sprint.name, sprint.weeks, [(task.text, task.must) for task in sprint.tasks.all()])
        for sprint in programme.sprints.all()
    ]


def test_sprints_and_tasks_change_places_and_close_gaps(organiser):
    programme = build.programme()
    first = programme.sprints.first()

    organiser.post(url("shift_sprint", programme.slug, first.pk), {"direction": "down"})
    organiser.post(url("shift_sprint", programme.slug, first.pk), {"direction": "nonsense"})
    must = first.tasks.first()
    organiser.post(url("shift_task", programme.slug, must.pk), {"direction": "out"})

    assert [(sprint.position, sprint.name) for sprint in programme.sprints.all()] == [
        (1, "Networks"),
        (2, "Co-production"),
        (3, "A place to stand"),
    ]
    assert [(task.position, task.text) for task in first.tasks.all()] == [(1, "Read about A place to stand")]


def test_the_first_cannot_go_up_and_the_last_cannot_go_down():
    programme = build.programme()
    first, last = programme.sprints.first(), programme.sprints.last()

    ordering.shift(first, ordering.UP, programme.sprints.all())
    ordering.shift(last, ordering.DOWN, programme.sprints.all())

    assert list(programme.sprints.values_list("position", "pk"))[::2] == [(1, first.pk), (3, last.pk)]


def test_a_removed_sprint_is_asked_for_once_more_and_cohorts_keep_theirs(organiser):
    cohort = build.cohort()
    sprint = cohort.programme.sprints.first()

    page = organiser.get(url("remove_sprint", cohort.programme.slug, sprint.pk)).content.decode()
    assert "Cohorts that have started keep their sprints." in page
    organiser.post(url("remove_sprint", cohort.programme.slug, sprint.pk))

    assert list(cohort.programme.sprints.values_list("position", "name")) == [(1, "Networks"), (2, "Co-production")]
    assert cohort.sprints.count() == 3


def test_a_sprint_of_another_programme_does_not_exist_here(organiser):
    programme, other = build.programme(), build.programme()

    assert organiser.get(url("sprint", programme.slug, other.sprints.first().pk)).status_code == 404
    task = SprintTask.objects.filter(sprint__programme=other).first()
    assert organiser.get(url("edit_task", programme.slug, task.pk)).status_code == 404


def test_an_ended_programme_starts_no_cohort_until_it_is_opened_again(organiser):
    programme = build.programme()

    organiser.post(url("end_programme", programme.slug))
    assert organiser.get(url("start_cohort", programme.slug)).status_code == 404
    assert "no new cohorts start from it" in organiser.get(url("programme", programme.slug)).content.decode()

    organiser.post(url("end_programme", programme.slug), {"reopen": "yes"})
    assert organiser.get(url("start_cohort", programme.slug)).status_code == 200


def test_a_skill_is_added_ordered_and_asked_for_no_more(organiser):
    first = build.skill("Blogging")
    Skill.objects.filter(pk=first.pk).update(position=1)
    organiser.post(url("skills"), {"name": "Video"})
    video = Skill.objects.get(name="Video")

    organiser.post(url("shift_skill", video.pk), {"direction": "up"})
    assert list(Skill.objects.values_list("name", flat=True)) == ["Video", "Blogging"]

    organiser.post(url("shift_skill", first.pk), {"direction": "out"})
    assert "No longer asked for" in organiser.get(url("skills")).content.decode()
    organiser.post(url("shift_skill", first.pk), {"direction": "back"})
    assert Skill.objects.get(pk=first.pk).retired_at is None
    assert "This skill is in the list already" in organiser.post(url("skills"), {"name": "video"}).content.decode()


def taken_in_this_moment(monkeypatch, module, name: str, do) -> None:
    """Between the form's look and the saving, somebody else takes the name."""
    saved = getattr(module, name)

    def late(*given):
        do()
        return saved(*given)

    monkeypatch.setattr(module, name, late)


def test_of_two_programmes_of_one_name_at_once_the_second_is_refused_beside_the_field(organiser, monkeypatch):
    taken_in_this_moment(monkeypatch, programmes, "keep", lambda: build.programme(name="Networked"))

    made = organiser.post(url("new_programme"), {"name": "Networked", "purpose": "Mine", "rhythm_days": "14"})

    page = made.content.decode()
    assert (made.status_code, Programme.objects.count()) == (200, 1)
    assert 'href="#id_name"' in page
    assert "There is a programme with this name already" in page
    assert "Mine</textarea>" in page


def test_a_copy_of_a_name_taken_at_once_is_refused_and_copies_nothing(organiser, monkeypatch):
    programme = build.programme()
    taken_in_this_moment(monkeypatch, programmes, "copy", lambda: build.programme(name="Networked"))

    page = organiser.post(url("copy_programme", programme.slug), {"name": "Networked"})

    assert (page.status_code, Programme.objects.count()) == (200, 2)
    assert "There is a programme with this name already" in page.content.decode()


def test_a_programme_renamed_to_a_name_taken_at_once_keeps_its_own(organiser, monkeypatch):
    programme = build.programme(name="Mine")
    taken_in_this_moment(monkeypatch, programmes, "keep", lambda: build.programme(name="Networked"))

    page = organiser.post(url("edit_programme", programme.slug), {"name": "Networked", "rhythm_days": "14"})

    assert "There is a programme with this name already" in page.content.decode()
    assert sorted(Programme.objects.values_list("name", flat=True)) == ["Mine", "Networked"]


def test_of_two_skills_of_one_name_at_once_the_second_is_refused_beside_the_field(organiser, monkeypatch):
    other = build.skill("Blogging")
    for name in ("add_skill", "rename_skill"):
        taken_in_this_moment(monkeypatch, programmes, name, lambda: build.skill("Video"))

    answers = [organiser.post(page, {"name": "Video"}) for page in (url("skills"), url("edit_skill", other.pk))]
    Skill.objects.filter(name="Video").delete()
    answers.append(organiser.post(url("edit_skill", other.pk), {"name": "Video"}))

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert ["This skill is in the list already" in answer.content.decode() for answer in answers] == [True] * 3
    assert list(Skill.objects.order_by("name").values_list("name", flat=True)) == ["Blogging", "Video"]


def test_a_task_or_sprint_removed_in_another_window_stays_removed(organiser, monkeypatch):
    programme = build.programme()
    sprint, other = programme.sprints.all()[:2]
    task = sprint.tasks.first()
    ordering.remove(task, sprint.tasks.all())
    gone = Sprint.objects.select_related("programme").get(pk=other.pk)
    ordering.remove(other, programme.sprints.all())

    ordering.shift(task, "up", sprint.tasks.all())
    ordering.shift(gone, "down", programme.sprints.all())
    monkeypatch.setattr("networking.views.programmes._task_or_404", lambda *_: task)
    monkeypatch.setattr("networking.views.programmes._sprint_or_404", lambda *_: gone)
    organiser.post(url("edit_task", programme.slug, 1), {"text": "Back again"})
    organiser.post(
        url("edit_sprint", programme.slug, 1), {"name": "Back again", "aims": "", "weeks": "6", "workshops": "1"}
    )

    assert [one.position for one in programme.sprints.all()] == [1, 2]
    assert not SprintTask.objects.filter(text="Back again").exists()
    assert not Sprint.objects.filter(name="Back again").exists()


def test_the_list_asks_as_often_for_one_programme_as_for_three(organiser, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for _ in range(2):
        build.cohort()
        with CaptureQueriesContext(connection) as queries:
            organiser.get(url("programmes"))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_two_long_skills_that_begin_alike_are_two():
    browser, begin = make.client(make.organiser()), "Handling conflict and abuse on platforms with many members: "

    for end in ("comments", "messages"):
        browser.post(url("skills"), {"name": begin + end})

    assert sorted(Skill.objects.values_list("name", flat=True)) == [f"{begin}comments", f"{begin}messages"]
