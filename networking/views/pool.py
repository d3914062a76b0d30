"""The expert pool: what waits, asking, how to hear of questions, what was answered; for leads, who has which skill."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from networking import pool, pool_reading
from networking.forms.pool import AskForm, HowForm, KeptFilter
from networking.models import Cohort, Member
from networking.views import loading
from people.access import Audience, SignedInRequest, open_to
from people.models import Person

FORM = ["GET", "HEAD", "POST"]
PER_PAGE = 20
_FIRST = [Member.Role.COUNCILLOR, Member.Role.MENTOR, Member.Role.EXPERT, Member.Role.LEAD]


def url(cohort: Cohort) -> str:
    return reverse("networking:questions", args=[cohort.slug])


def trail(cohort: Cohort) -> loading.Trail:
    return loading.to_cohort(cohort, ("Questions and answers", url(cohort)))


def parts_of(person: Person, cohort: Cohort) -> list[Member]:
    """Their rows in the cohort, as councillor first; none for an organiser who looks in."""
    rows = cohort.members.with_people().joined().filter(person=person)
    return sorted(rows, key=lambda member: _FIRST.index(Member.Role(member.role)))


@open_to(Audience.COHORT)
@require_safe
def questions(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """What waits for me, what I asked, what was answered for everybody."""
    cohort = loading.cohort_or_404(request.user, cohort_slug)
    mine = parts_of(request.user, cohort)
    helper = next((member for member in mine if member.helps), None)
    form = KeptFilter(request.GET)
    said = form.cleaned_data if form.is_valid() else {}
    page = Paginator(pool_reading.kept(cohort, said.get("q", ""), said.get("skill")), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "cohort": cohort,
        "may_ask": bool(mine),
        "helper": helper,
        "how": pool.how_of(helper) if helper else "",
        "waiting": list(pool_reading.waiting_for(helper)) if helper else [],
        "own": list(pool_reading.own(request.user, cohort)),
        "filter": form,
        "is_searching": bool(said.get("q") or said.get("skill")),
        "page": page,
        "page_numbers": list(page.paginator.get_elided_page_range(page.number)),
        "breadcrumbs": loading.to_cohort(cohort),
    }
    return render(request, "networking/pool/questions.html", context)


@open_to(Audience.COHORT)
@require_http_methods(FORM)
def ask(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    cohort = loading.cohort_or_404(request.user, cohort_slug)
    mine = parts_of(request.user, cohort)
    if not mine:
        return redirect(url(cohort))
    typed = request.POST if request.method == "POST" else None
    form = AskForm(typed, initial={"skill": _number(request.GET.get("skill", ""))}, back=url(cohort))
    if not form.is_valid():
        context = {"cohort": cohort, "form": form, "breadcrumbs": trail(cohort)}
        return render(request, "networking/pool/ask.html", context)
    asked = pool.ask(mine[0], form.cleaned_data["skill"], form.cleaned_data["text"], now=timezone.now())
    messages.success(request, _asked_line(asked.offers.count()))
    return redirect("networking:question", cohort.slug, asked.pk)


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else None


def _asked_line(number: int) -> str:
    if not number:
        return "Your question is saved. Nobody in the cohort could teach this, so your leads see it at once."
    who = "1 person is" if number == 1 else f"{number} people are"
    return f"{who} asked. Whoever takes your question answers here and by mail."


@open_to(Audience.COHORT)
@require_http_methods(FORM)
def how(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """How somebody who helps wants to hear of questions."""
    cohort = loading.cohort_or_404(request.user, cohort_slug)
    helper = next((member for member in parts_of(request.user, cohort) if member.helps), None)
    if helper is None:
        return redirect(url(cohort))
    typed = request.POST if request.method == "POST" else None
    form = HowForm(typed, initial={"how": pool.how_of(helper)}, back=url(cohort))
    if form.is_valid():
        pool.choose(request.user, cohort, form.cleaned_data["how"])
        messages.success(request, "Your choice is saved.")
        return redirect(url(cohort))
    context = {"cohort": cohort, "form": form, "breadcrumbs": trail(cohort)}
    return render(request, "networking/pool/how.html", context)


@open_to(Audience.LEADS)
@require_safe
def skills_of_cohort(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """Which skills are wanted and who could help with them; gaps first."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    rows = pool_reading.coverage_of(cohort)
    context = {
        "cohort": cohort,
        "rows": rows,
        "gaps": [row for row in rows if row.is_gap],
        "is_anything_said": any(row.wanted_by or row.teach or row.at_ease for row in rows),
        "breadcrumbs": loading.to_cohort(cohort),
    }
    return render(request, "networking/pool/coverage.html", context)
