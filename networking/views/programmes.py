"""Programmes, for organisers: the templates that cohorts start from."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from meetups import markdown
from networking import ordering, programmes
from networking.forms.programmes import CopyForm, ProgrammeForm, SprintForm, TaskForm
from networking.models import Programme, Sprint, SprintTask
from networking.views import loading
from people.access import Audience, SignedInRequest, open_to


def _trail(*further: tuple[str, str]) -> loading.Trail:
    return loading.trail(("Programmes", reverse("networking:programmes")), *further)


def _url(programme: Programme) -> str:
    return reverse("networking:programme", args=[programme.slug])


def _sprint_url(sprint: Sprint) -> str:
    return reverse("networking:sprint", args=[sprint.programme.slug, sprint.pk])


def _sprint_or_404(programme_slug: str, sprint_pk: int) -> Sprint:
    return get_object_or_404(Sprint.objects.select_related("programme"), pk=sprint_pk, programme__slug=programme_slug)


@open_to(Audience.ORGANISERS)
@require_safe
def every_programme(request: SignedInRequest) -> HttpResponse:
    rows = Programme.objects.prefetch_related("sprints", "cohorts")
    return render(request, "networking/programmes/list.html", {"programmes": rows, "breadcrumbs": loading.trail()})


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    form = ProgrammeForm(request.POST if request.method == "POST" else None, back=reverse("networking:programmes"))
    if form.is_valid() and _kept(form):
        messages.success(request, "The programme is made. Now add its sprints.")
        return redirect(_url(form.instance))
    return _form(request, form, "Make a programme", _trail())


def _kept(form: ProgrammeForm) -> bool:
    try:
        programmes.keep(form.instance)
    except programmes.NameTaken as error:
        form.add_error("name", str(error))
    return form.is_valid()


def _form(request: SignedInRequest, form: object, title: str, trail: loading.Trail) -> HttpResponse:
    return render(request, "networking/form.html", {"form": form, "title": title, "breadcrumbs": trail})


@open_to(Audience.ORGANISERS)
@require_safe
def one(request: SignedInRequest, programme_slug: str) -> HttpResponse:
    programme = get_object_or_404(Programme, slug=programme_slug)
    sprints = list(programme.sprints.prefetch_related("tasks"))
    context = {
        "programme": programme,
        "sprints": [(sprint, markdown.to_html(sprint.aims)) for sprint in sprints],
        "cohorts": list(programme.cohorts.all()),
        "weeks": sum(sprint.weeks for sprint in sprints),
        "breadcrumbs": _trail(),
    }
    return render(request, "networking/programmes/programme.html", context)


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, programme_slug: str) -> HttpResponse:
    programme = get_object_or_404(Programme, slug=programme_slug)
    name = programme.name
    form = ProgrammeForm(request.POST if request.method == "POST" else None, instance=programme, back=_url(programme))
    if form.is_valid() and _kept(form):
        messages.success(request, "The programme is saved. Cohorts that have started stay as they are.")
        return redirect(_url(programme))
    return _form(request, form, "Change the programme", _trail((name, _url(programme))))


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: SignedInRequest, programme_slug: str) -> HttpResponse:
    programme = get_object_or_404(Programme, slug=programme_slug)
    known = {"name": programmes.name_of_copy(programme)}
    form = CopyForm(request.POST if request.method == "POST" else None, initial=known, back=_url(programme))
    if form.is_valid():
        try:
            made = programmes.copy(programme, form.cleaned_data["name"])
        except programmes.NameTaken as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, f"“{made.name}” has the same sprints and tasks. Change them as you like.")
            return redirect(_url(made))
    return _form(request, form, f"Copy “{programme.name}”", _trail((programme.name, _url(programme))))


@open_to(Audience.ORGANISERS)
def end(request: SignedInRequest, programme_slug: str) -> HttpResponse:
    """No new cohorts from it, or again."""
    programme = get_object_or_404(Programme, slug=programme_slug)
    if request.method == "POST" and request.POST.get("reopen"):
        programmes.reopen(programme)
    elif request.method == "POST":
        programmes.end(programme, now=timezone.now())
    return redirect(_url(programme))


# --- Sprints and their tasks --------------------------------------------------------------------------------------


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_sprint(request: SignedInRequest, programme_slug: str) -> HttpResponse:
    programme = get_object_or_404(Programme, slug=programme_slug)
    form = SprintForm(request.POST if request.method == "POST" else None, back=_url(programme))
    if form.is_valid():
        form.instance.programme = programme
        sprint = ordering.add(form.instance, programme.sprints.all())
        messages.success(request, "The sprint is added. Now add its tasks.")
        return redirect(_sprint_url(sprint))
    return _form(request, form, "Add a sprint", _trail((programme.name, _url(programme))))


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "HEAD", "POST"])
def sprint(request: SignedInRequest, programme_slug: str, sprint_pk: int) -> HttpResponse:
    """Its tasks in order, and one more."""
    sprint = _sprint_or_404(programme_slug, sprint_pk)
    form = TaskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        ordering.add(SprintTask(sprint=sprint, **form.cleaned_data), sprint.tasks.all())
        messages.success(request, "The task is added.")
        return redirect(_sprint_url(sprint))
    context = {
        "sprint": sprint,
        "aims": markdown.to_html(sprint.aims),
        "tasks": sprint.tasks.all(),
        "form": form,
        "breadcrumbs": _trail((sprint.programme.name, _url(sprint.programme))),
    }
    return render(request, "networking/programmes/sprint.html", context)


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_sprint(request: SignedInRequest, programme_slug: str, sprint_pk: int) -> HttpResponse:
    sprint = _sprint_or_404(programme_slug, sprint_pk)
    above = _trail((sprint.programme.name, _url(sprint.programme)), (sprint.name, _sprint_url(sprint)))
    form = SprintForm(request.POST if request.method == "POST" else None, instance=sprint, back=_sprint_url(sprint))
    if form.is_valid():
        Sprint.objects.filter(pk=sprint.pk).update(**form.cleaned_data)
        messages.success(request, "The sprint is saved.")
        return redirect(_sprint_url(sprint))
    return _form(request, form, "Change the sprint", above)


@open_to(Audience.ORGANISERS)
def shift_sprint(request: SignedInRequest, programme_slug: str, sprint_pk: int) -> HttpResponse:
    sprint = _sprint_or_404(programme_slug, sprint_pk)
    if request.method == "POST":
        ordering.shift(sprint, request.POST.get("direction", ""), sprint.programme.sprints.all())
    return redirect(f"{_url(sprint.programme)}#sprint-{sprint.pk}")


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_sprint(request: SignedInRequest, programme_slug: str, sprint_pk: int) -> HttpResponse:
    sprint = _sprint_or_404(programme_slug, sprint_pk)
    if request.method == "POST":
        ordering.remove(sprint, sprint.programme.sprints.all())
        messages.success(request, f"“{sprint.name}” is removed from the programme.")
        return redirect(_url(sprint.programme))
    context = {
        "title": f"Remove the sprint “{sprint.name}”",
        "lines": [
            f"It goes with its aims and {sprint.tasks.count()} tasks. This cannot be undone.",
            "Cohorts that have started keep their sprints.",
        ],
        "button": "Remove sprint",
        "back": _sprint_url(sprint),
        "breadcrumbs": _trail((sprint.programme.name, _url(sprint.programme)), (sprint.name, _sprint_url(sprint))),
    }
    return render(request, "networking/sure.html", context)


def _task_or_404(programme_slug: str, sprint_task_pk: int) -> SprintTask:
    rows = SprintTask.objects.select_related("sprint__programme")
    return get_object_or_404(rows, pk=sprint_task_pk, sprint__programme__slug=programme_slug)


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_task(request: SignedInRequest, programme_slug: str, sprint_task_pk: int) -> HttpResponse:
    task = _task_or_404(programme_slug, sprint_task_pk)
    here = _sprint_url(task.sprint)
    form = TaskForm(request.POST if request.method == "POST" else None, task=task, back=here)
    if form.is_valid():
        SprintTask.objects.filter(pk=task.pk).update(**form.cleaned_data)
        messages.success(request, "The task is saved.")
        return redirect(here)
    above = _trail((task.sprint.programme.name, _url(task.sprint.programme)), (task.sprint.name, here))
    return _form(request, form, "Change the task", above)


@open_to(Audience.ORGANISERS)
def shift_task(request: SignedInRequest, programme_slug: str, sprint_task_pk: int) -> HttpResponse:
    """Up, down, or out of the list."""
    task = _task_or_404(programme_slug, sprint_task_pk)
    direction = request.POST.get("direction", "")
    if request.method == "POST" and direction == "out":
        ordering.remove(task, task.sprint.tasks.all())
        messages.success(request, f"The task “{task.text}” is removed.")
    elif request.method == "POST":
        ordering.shift(task, direction, task.sprint.tasks.all())
    return redirect(f"{_sprint_url(task.sprint)}#tasks")
