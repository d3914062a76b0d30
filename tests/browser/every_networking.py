"""The demonstration cohort and the addresses of its pages, by who opens them. Runs inside the site."""

from django.urls import reverse

from networking import addresses
from networking.models import Cohort, Member, Post, Skill, Workshop
from networking.views.invited import join_url

Paths = dict[str, list[str]]


def make() -> Paths:
    cohort = Cohort.objects.get()
    public = Post.objects.public().first()
    invited = Member.objects.get(state="invited")
    assert public
    return {
        "guests": [
            reverse("networking:about"),
            reverse("networking:accept", args=[addresses.token("networking:accept", invited)]),
            "/" + join_url(cohort).split("/", 3)[3],
            reverse("networking:public_journal", args=[cohort.slug]),
            reverse("networking:public_post", args=[cohort.slug, public.pk]),
        ],
        "councillor": [*_of_councillor(cohort), *_workshops(cohort)],
        "lead": [*_of_lead(cohort), *_workshops(cohort), *_programmes(cohort)],
    }


def _here(cohort: Cohort, name: str, *args: object) -> str:
    return reverse(f"networking:{name}", args=[cohort.slug, *args])


def _workshops(cohort: Cohort) -> list[str]:
    shown = Workshop.objects.filter(sprint__cohort=cohort, meetup__state="published")
    return [_here(cohort, "workshops"), *(one.meetup.get_absolute_url() for one in shown)]


def _of_councillor(cohort: Cohort) -> list[str]:
    mine = Post.objects.get(author__email="carl@demo.example")
    return [
        cohort.get_absolute_url(),
        *(_here(cohort, name) for name in ("journal", "write_post")),
        *(_here(cohort, name, mine.pk) for name in ("post", "change_post", "take_post_back")),
        *(_here(cohort, name, "councillor") for name in ("about_me", "leave")),
        *_citizens(cohort),
        _here(cohort, "readiness"),
    ]


def _citizens(cohort: Cohort) -> list[str]:
    me = cohort.members.councillors().get(person__email="carl@demo.example")
    found, search = me.candidates.get(decision="later"), me.citizen_searches.first()
    assert search
    return [
        *(_here(cohort, name) for name in ("citizens", "new_candidate")),
        f"{_here(cohort, 'citizens')}?words=litter&place=Leiston",
        *(_here(cohort, name, found.pk) for name in ("candidate", "delete_candidate")),
        _here(cohort, "citizen_minutes", search.pk),
    ]


def _of_lead(cohort: Cohort) -> list[str]:
    sprint, post = cohort.sprints.all()[1], Post.objects.first()
    task, mentor = sprint.tasks.first(), cohort.members.mentors().first()
    invited = Member.objects.get(state="invited")
    assert post
    assert task
    assert mentor
    names = ("lead", "plan", "change_cohort", "finish_cohort", "people", "invite", "renew_link", "journal")
    return [
        *(_here(cohort, name) for name in names),
        *(_here(cohort, name, sprint.pk) for name in ("cohort_sprint", "change_cohort_sprint", "plan_workshop")),
        _here(cohort, "add_cohort_sprint"),
        _here(cohort, "remove_cohort_sprint", cohort.sprints.last().pk),
        *(_here(cohort, name, task.pk) for name in ("change_cohort_task", "remove_cohort_task")),
        *(_here(cohort, name, mentor.pk) for name in ("change_member", "take_out")),
        _here(cohort, "withdraw", invited.pk),
        *(_here(cohort, name) for name in ("readiness_of_cohort", "citizen_methods")),
        _here(cohort, "decide_readiness", cohort.members.joined().councillors()[1].pk, 3),
        _here(cohort, "cohort_checks", sprint.pk),
        *(_here(cohort, name, post.pk) for name in ("post", "hide_post")),
    ]


def _programmes(cohort: Cohort) -> list[str]:
    slug, sprint = cohort.programme.slug, cohort.programme.sprints.first()
    skill = Skill.objects.first()
    assert sprint
    assert skill
    task = sprint.tasks.first()
    assert task
    return [
        *(reverse(f"networking:{name}") for name in ("programmes", "new_programme", "skills")),
        reverse("networking:edit_skill", args=[skill.pk]),
        *(
            reverse(f"networking:{name}", args=[slug])
            for name in ("programme", "edit_programme", "copy_programme", "start_cohort", "add_sprint")
        ),
        *(reverse(f"networking:{name}", args=[slug, sprint.pk]) for name in ("sprint", "edit_sprint", "remove_sprint")),
        reverse("networking:edit_task", args=[slug, task.pk]),
        reverse("networking:sprint_checks", args=[slug, sprint.pk]),
        *(reverse(f"networking:{name}", args=[slug]) for name in ("survey_questions", "add_survey_question")),
        *(reverse(f"networking:{name}", args=[slug]) for name in ("sheet_template", "add_template_section")),
        reverse("networking:change_template_section", args=[slug, "help"]),
        reverse("networking:add_template_question", args=[slug, "accounts"]),
        reverse("networking:change_template_question", args=[slug, "topics", "topics"]),
    ]
