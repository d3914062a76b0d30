"""The sprints of a cohort and their tasks, for its leads."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from meetups import dates, markdown
from networking import ordering, sprints
from networking.forms.cohorts import FOLLOW, CohortSprintForm, NewSprintForm
from networking.forms.programmes import TaskForm
from networking.models import Cohort, CohortSprint, CohortTask, Survey
from networking.views import loading
from networking.views.cohorts import plan_url, to_plan
from people.access import Audience, SignedInRequest, open_to


def _url(sprint: CohortSprint) -> str:
    return reverse("networking:cohort_sprint", args=[sprint.cohort.slug, sprint.pk])


def _sprint_or_404(request: SignedInRequest, cohort_slug: str, cohort_sprint_pk: int) -> CohortSprint:
    cohort = loading.led_or_404(request.user, cohort_slug)
    return get_object_or_404(cohort.sprints.select_related("cohort"), pk=cohort_sprint_pk)


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def sprint(request: SignedInRequest, cohort_slug: str, cohort_sprint_pk: int) -> HttpResponse:
    """Its tasks in order, and one more."""
    sprint = _sprint_or_404(request, cohort_slug, cohort_sprint_pk)
    form = TaskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        ordering.add(CohortTask(sprint=sprint, **form.cleaned_data), sprint.tasks.all())
        messages.success(request, "The task is added. Councillors see it at once.")
        return redirect(_url(sprint))
    context = {
        "sprint": sprint,
        "cohort": sprint.cohort,
        "aims": markdown.to_html(sprint.aims),
        "tasks": list(sprint.tasks.all()),
        "workshops": list(sprint.workshops.select_related("meetup")),
        "form": form,
        "holds": sprints.holds(sprint),
        "breadcrumbs": to_plan(sprint.cohort),
    }
    return render(request, "networking/cohorts/sprint.html", context)


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_sprint(request: SignedInRequest, cohort_slug: str, cohort_sprint_pk: int) -> HttpResponse:
    sprint = _sprint_or_404(request, cohort_slug, cohort_sprint_pk)
    form = CohortSprintForm(request.POST if request.method == "POST" else None, sprint=sprint, back=_url(sprint))
    if form.is_valid():
        moved = sprints.change(sprint, form.plan(), move_later=form.cleaned_data.get("move_later", False))
        messages.success(request, f"The sprint is saved.{_with_it(moved)}")
        return redirect(_url(sprint))
    return _form(request, form, "Change the sprint", to_plan(sprint.cohort, (sprint.name, _url(sprint))))


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_sprint(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """One more, also while the cohort is running."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    form = NewSprintForm(request.POST if request.method == "POST" else None, cohort=cohort, back=plan_url(cohort))
    if form.is_valid():
        try:
            made, moved = sprints.add(cohort, form.plan(), move_later=form.cleaned_data.get("move_later", False))
        except sprints.Overlaps as error:
            form.overlaps(error)
        else:
            then = "Now add its tasks, and a survey after it under Surveys."
            messages.success(request, f"The sprint is added.{_with_it(moved)} {then}")
            return redirect(_url(made))
    return _form(request, form, "Add a sprint", to_plan(cohort))


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_sprint(request: SignedInRequest, cohort_slug: str, cohort_sprint_pk: int) -> HttpResponse:
    """While nobody has done anything in it."""
    sprint = _sprint_or_404(request, cohort_slug, cohort_sprint_pk)
    if request.method == "POST":
        try:
            moved = sprints.remove(sprint)
        except sprints.NotEmpty as error:
            messages.error(request, f"“{sprint.name}” stays. {error}")
            return redirect(_url(sprint))
        messages.success(request, f"“{sprint.name}” is removed.{_with_it(moved)}")
        return redirect(plan_url(sprint.cohort))
    if sprints.holds(sprint):
        return redirect(_url(sprint))  # its page says why
    tasks = sprint.tasks.count()
    goes = f"It goes with its aims, its checks, {tasks} task{'' if tasks == 1 else 's'} and the survey after it."
    context = {
        "title": f"Remove the sprint “{sprint.name}”",
        "lines": [
            f"{goes} This cannot be undone.",
            f"The other sprints keep their dates. {FOLLOW}",
        ],
        "button": "Remove sprint",
        "back": _url(sprint),
        "breadcrumbs": to_plan(sprint.cohort, (sprint.name, _url(sprint))),
    }
    return render(request, "networking/sure.html", context)


def _with_it(moved: list[Survey]) -> str:
    """Which surveys have new dates because of it."""
    if not moved:
        return ""
    when = "; ".join(f"{survey.in_a_sentence} from {dates.day(survey.opens_at)}" for survey in moved)
    return f" Surveys that nobody was asked yet moved along: {when}."


def _form(request: SignedInRequest, form: object, title: str, trail: loading.Trail) -> HttpResponse:
    return render(request, "networking/form.html", {"form": form, "title": title, "breadcrumbs": trail})


def _task_or_404(cohort: Cohort, cohort_task_pk: int) -> CohortTask:
    rows = CohortTask.objects.select_related("sprint__cohort")
    return get_object_or_404(rows, pk=cohort_task_pk, sprint__cohort=cohort)


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_task(request: SignedInRequest, cohort_slug: str, cohort_task_pk: int) -> HttpResponse:
    task = _task_or_404(loading.led_or_404(request.user, cohort_slug), cohort_task_pk)
    here = _url(task.sprint)
    form = TaskForm(request.POST if request.method == "POST" else None, task=task, back=here)
    if form.is_valid():
        CohortTask.objects.filter(pk=task.pk).update(**form.cleaned_data)
        messages.success(request, "The task is saved.")
        return redirect(here)
    return _form(request, form, "Change the task", to_plan(task.sprint.cohort, (task.sprint.name, here)))


@open_to(Audience.LEADS)
def shift_task(request: SignedInRequest, cohort_slug: str, cohort_task_pk: int) -> HttpResponse:
    """Up or down; out of the list is asked for once more."""
    task = _task_or_404(loading.led_or_404(request.user, cohort_slug), cohort_task_pk)
    direction = request.POST.get("direction", "")
    if request.method == "POST" and direction == "out":
        return redirect("networking:remove_cohort_task", cohort_slug, task.pk)
    if request.method == "POST":
        ordering.shift(task, direction, task.sprint.tasks.all())
    return redirect(f"{_url(task.sprint)}#tasks")


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_task(request: SignedInRequest, cohort_slug: str, cohort_task_pk: int) -> HttpResponse:
    task = _task_or_404(loading.led_or_404(request.user, cohort_slug), cohort_task_pk)
    here = _url(task.sprint)
    if request.method == "POST":
        ordering.remove(task, task.sprint.tasks.all())
        messages.success(request, f"The task “{task.text}” is removed.")
        return redirect(f"{here}#tasks")
    ticked = task.done.count()
    who = "1 councillor has" if ticked == 1 else f"{ticked} councillors have"
    context = {
        "title": "Remove the task",
        "lines": [f"“{task.text}”", f"{who} ticked it. What they ticked goes with it; this cannot be undone."],
        "button": "Remove task",
        "back": here,
        "breadcrumbs": to_plan(task.sprint.cohort, (task.sprint.name, here)),
    }
    return render(request, "networking/sure.html", context)
