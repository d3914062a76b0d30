"""Readiness before a sprint: the councillor's own page, the lead's table, and what is asked for."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from networking import readiness, readiness_home
from networking.forms.readiness import ChecksForm, RatingForm, ReadyAnywayForm
from networking.models import Cohort, CohortSprint, Member, Sprint
from networking.ready_words import Standing
from networking.views import loading
from people.access import Audience, SignedInRequest, open_to


def _sprint_of(request: SignedInRequest, cohort: Cohort) -> CohortSprint | None:
    """The one that `sprint` in the address names by its place, else the one ahead."""
    asked = request.GET.get("sprint", "")
    if not asked:
        return readiness_home.sprint_ahead(loading.with_sprints(cohort), timezone.now())
    if not (asked.isdecimal() and len(asked) < 4):
        raise Http404
    return get_object_or_404(cohort.sprints, position=int(asked))


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """What should be there before the sprint ahead, what is, and how ready I feel."""
    member = loading.member_or_404(request.user, cohort_slug, Member.Role.COUNCILLOR)
    sprint = _sprint_of(request, member.cohort)
    context: dict[str, Any] = {
        "cohort": member.cohort,
        "sprint": sprint,
        "breadcrumbs": loading.to_cohort(member.cohort),
    }
    if sprint is None:
        return render(request, "networking/readiness/mine.html", context)
    standing = readiness.of(member, sprint)
    said = {"points": standing.points, "note": standing.note}
    form = RatingForm(request.POST if request.method == "POST" else None, initial=said)
    if form.is_valid():
        readiness.rate(member, sprint, form.cleaned_data["points"], form.cleaned_data["note"], now=timezone.now())
        messages.success(request, "Thank you. Your leads see how ready you feel.")
        return redirect(f"{reverse('networking:readiness', args=[cohort_slug])}?sprint={sprint.position}")
    doors = _doors(member)
    checks = [(result, doors[result.door]) for result in standing.results]
    context |= {"standing": standing, "checks": checks, "form": form, "sprints": list(member.cohort.sprints.all())}
    return render(request, "networking/readiness/mine.html", context)


def _doors(member: Member) -> dict[str, str]:
    """Where each kind of thing is done."""
    slug, home = member.cohort.slug, member.cohort.get_absolute_url()
    return {
        "sheet": reverse("networking:sheet", args=[slug]),
        "accounts": reverse("networking:sheet_section", args=[slug, readiness.ACCOUNTS]),
        "maps": reverse("networking:maps", args=[slug]),
        "support": home,
        "home": home,
        "tasks": f"{home}#tasks",
    }


@open_to(Audience.LEADS)
@require_safe
def of_cohort(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """Every councillor of the cohort before a sprint, whoever needs a word first."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    sprint = _sprint_of(request, cohort)
    members = list(cohort.members.joined().councillors().with_people())
    standings = readiness.of_cohort(sprint, members) if sprint else {}
    rows = [(member, standings[member.pk]) for member in members if member.pk in standings]
    context = {
        "cohort": cohort,
        "sprint": sprint,
        "sprints": list(cohort.sprints.all()),
        "rows": sorted(rows, key=_who_first),
        "has_checks": any(standing.results for _, standing in rows),
        "breadcrumbs": loading.to_cohort(cohort),
    }
    return render(request, "networking/readiness/cohort.html", context)


def _who_first(row: tuple[Member, Standing]) -> tuple[bool, int, str]:
    member, standing = row
    return not standing.needs_a_word, -len(standing.unmet), str(member).casefold()


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: SignedInRequest, cohort_slug: str, someone_pk: int, position: int) -> HttpResponse:
    """Take somebody for ready with a reason, or take that back."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    member = get_object_or_404(cohort.members.joined().councillors().with_people(), pk=someone_pk)
    sprint = get_object_or_404(cohort.sprints, position=position)
    table = f"{reverse('networking:readiness_of_cohort', args=[cohort.slug])}?sprint={sprint.position}"
    if request.method == "POST" and request.POST.get("take_back"):
        readiness.take_back(member, sprint)
        messages.success(request, f"The records of {member} count again.")
        return redirect(table)
    standing = readiness.of(member, sprint)
    form = ReadyAnywayForm(
        request.POST if request.method == "POST" else None, initial={"reason": standing.anyway}, back=table
    )
    if form.is_valid():
        readiness.decide(member, sprint, form.cleaned_data["reason"], by=request.user, now=timezone.now())
        messages.success(request, f"{member} counts as ready for “{sprint.name}”.")
        return redirect(table)
    context = {
        "cohort": cohort,
        "sprint": sprint,
        "member": member,
        "standing": standing,
        "form": form,
        "breadcrumbs": loading.to_cohort(cohort, ("Readiness", table)),
    }
    return render(request, "networking/readiness/decide.html", context)


# --- What is asked for --------------------------------------------------------------------------------------------


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "HEAD", "POST"])
def checks_of_programme(request: SignedInRequest, programme_slug: str, sprint_pk: int) -> HttpResponse:
    sprint = get_object_or_404(Sprint.objects.select_related("programme"), pk=sprint_pk, programme__slug=programme_slug)
    back = reverse("networking:sprint", args=[programme_slug, sprint.pk])
    above = loading.trail(
        ("Programmes", reverse("networking:programmes")),
        (sprint.programme.name, reverse("networking:programme", args=[programme_slug])),
        (sprint.name, back),
    )
    return _checks(request, sprint, back, above, "Cohorts that have started keep what they ask for.")


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def checks_of_cohort(request: SignedInRequest, cohort_slug: str, cohort_sprint_pk: int) -> HttpResponse:
    cohort = loading.led_or_404(request.user, cohort_slug)
    sprint = get_object_or_404(cohort.sprints, pk=cohort_sprint_pk)
    back = reverse("networking:cohort_sprint", args=[cohort_slug, sprint.pk])
    return _checks(request, sprint, back, loading.to_cohort(cohort, (sprint.name, back)), "")


def _checks(
    request: SignedInRequest, sprint: Sprint | CohortSprint, back: str, above: loading.Trail, note: str
) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    form = ChecksForm(typed, asked=readiness.asked(sprint), back=back)
    if form.is_valid():
        readiness.ask(sprint, form.wanted())
        messages.success(request, "The checks are saved.")
        return redirect(back)
    lines = ["Each councillor sees what should be there and what is; leads see it of all. It shuts nobody out.", note]
    context = {
        "form": form,
        "title": f"What should be there before “{sprint.name}” begins",
        "lines": [line for line in lines if line],
        "breadcrumbs": above,
    }
    return render(request, "networking/form.html", context)
