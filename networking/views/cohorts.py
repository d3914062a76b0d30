"""Starting a cohort, and its plan: what its leads change."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from meetups import dates
from networking import cohorts, surveys
from networking.forms.cohorts import CohortForm, StartForm
from networking.models import Cohort, Programme
from networking.views import loading
from people.access import Audience, SignedInRequest, open_to


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SignedInRequest, programme_slug: str) -> HttpResponse:
    """A cohort from this programme; then its plan is looked through."""
    programme = get_object_or_404(Programme, slug=programme_slug, ended_at=None)
    back = reverse("networking:programme", args=[programme.slug])
    data = request.POST if request.method == "POST" else None
    form = StartForm(data, programme=programme, by=request.user, back=back)
    if form.is_valid() and (cohort := _started(request, programme, form)):
        messages.success(
            request, "The cohort is made. Its leads are not written to: send them the address of this page."
        )
        return redirect("networking:plan", cohort.slug)
    context = {
        "form": form,
        "title": "Start a cohort",
        "lines": [f"It gets its own copy of “{programme.name}”. Nobody is written to before you invite them."],
        "breadcrumbs": loading.trail(("Programmes", reverse("networking:programmes")), (programme.name, back)),
    }
    return render(request, "networking/form.html", context)


def _started(request: SignedInRequest, programme: Programme, form: StartForm) -> Cohort | None:
    """The cohort, or None with the error beside its field."""
    said, now = form.cleaned_data, timezone.now()
    try:
        return cohorts.start(
            programme, form.about(), starts_on=said["starts_on"], leads=said["leads"], now=now, by=request.user
        )
    except (cohorts.NameTaken, cohorts.ProgrammeEnded) as error:
        form.add_error("name" if isinstance(error, cohorts.NameTaken) else None, str(error))
        return None


def plan_url(cohort: Cohort) -> str:
    return reverse("networking:plan", args=[cohort.slug])


def to_plan(cohort: Cohort, *further: tuple[str, str]) -> loading.Trail:
    return loading.to_cohort(cohort, ("Plan", plan_url(cohort)), *further)


@open_to(Audience.LEADS)
@require_safe
def plan(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """Everything a lead can change about the cohort, on one page."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    context: dict[str, Any] = {
        "cohort": cohort,
        "sprints": list(cohort.sprints.prefetch_related("tasks", "workshops__meetup")),
        "leads": list(cohort.members.joined().leads().with_people()),
        "councils": list(cohort.councils.all()),
        "breadcrumbs": loading.to_cohort(cohort),
    }
    return render(request, "networking/cohorts/plan.html", context)


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """Name, area, councils and rhythm."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    form = CohortForm(request.POST if request.method == "POST" else None, cohort=cohort, back=plan_url(cohort))
    if form.is_valid():
        try:
            cohorts.change(cohort, form.about())
        except cohorts.NameTaken as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, "The cohort is saved.")
            return redirect(plan_url(cohort))
    context = {"form": form, "title": "Change the cohort", "breadcrumbs": to_plan(cohort)}
    return render(request, "networking/form.html", context)


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    cohort = loading.led_or_404(request.user, cohort_slug)
    if request.method == "POST":
        if cohorts.begin(cohort):
            messages.success(request, "The cohort has begun.")
        return redirect(plan_url(cohort))
    lines = [
        "From now on councillors are asked in surveys, and you see when a pair does not meet.",
        "You can go on inviting people and changing the plan.",
    ]
    return _sure(request, cohort, "Begin the cohort", lines, "Begin", harmless=True)


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """Over, or not over after all."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    # By what the page said, not by what has become of the cohort: of two who finish it, the second does not begin it.
    if request.method == "POST" and request.POST.get("saw") == Cohort.State.FINISHED:
        if cohorts.go_on(cohort):
            messages.success(request, "The cohort goes on.")
        return redirect(plan_url(cohort))
    if request.method == "POST":
        if cohorts.finish(cohort, now=timezone.now()):
            messages.success(request, "The cohort is finished. Everything stays to be read.")
        return redirect(plan_url(cohort))
    if cohort.state == Cohort.State.FINISHED:
        return _sure(request, cohort, "Go on with the cohort", ["Surveys are sent again."], "Go on", harmless=True)
    return _sure(request, cohort, "Finish the cohort", _when_it_ends(cohort), "Finish", harmless=False)


def _when_it_ends(cohort: Cohort) -> list[str]:
    last = surveys.still_to_come(cohort, timezone.now())
    planned = f"Councillors are still asked three months after: from {dates.day(last.opens_at)}." if last else ""
    return [
        "No surveys about sprints are sent any more, and nobody is asked why a pair does not meet.",
        f"{planned or 'No survey three months after is planned.'} You can change that under Surveys.",
        "Everything stays to be read, and you can go on with the cohort.",
    ]


def _sure(
    request: SignedInRequest, cohort: Cohort, title: str, lines: list[str], button: str, *, harmless: bool
) -> HttpResponse:
    context = {
        "title": title,
        "lines": lines,
        "button": button,
        "harmless": harmless,
        "saw": cohort.state,
        "back": plan_url(cohort),
        "breadcrumbs": to_plan(cohort),
    }
    return render(request, "networking/sure.html", context)
