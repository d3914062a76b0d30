"""The first page of a cohort: what needs me, for councillors, mentors and leads."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetups import exports, markdown
from networking import homes, progress
from networking.forms.homes import GlanceFilter
from networking.models import Cohort, CohortTask, Member
from networking.views import loading
from people.access import Audience, SignedInRequest, open_to

# Whose home comes first for somebody with several roles.
ORDER = [Member.Role.LEAD, Member.Role.MENTOR, Member.Role.COUNCILLOR, Member.Role.EXPERT]


@open_to(Audience.COHORT)
@require_safe
def cohort(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """My home in this cohort; with several roles, the one that is asked for by `as`."""
    cohort = loading.cohort_or_404(request.user, cohort_slug)
    mine = _mine(request, cohort)
    member = _chosen(mine, request.GET.get("as", ""))
    if member is None or member.is_lead:
        return redirect("networking:lead", cohort.slug)
    now = timezone.now()
    context = {**_home(member, now), "others": [other for other in mine if other.pk != member.pk]}
    if member.is_councillor:
        return render(request, "networking/homes/councillor.html", {**context, **_councillor(member, now)})
    context["rows"] = homes.supported_by(member, now) if member.is_mentor else []
    return render(request, f"networking/homes/{member.role}.html", context)


def _mine(request: SignedInRequest, cohort: Cohort) -> list[Member]:
    rows = cohort.members.with_people().joined().filter(person=request.user)
    return sorted(rows, key=lambda member: ORDER.index(Member.Role(member.role)))


def _chosen(mine: list[Member], role: str) -> Member | None:
    """Nobody for an organiser who is not in the cohort."""
    return next((member for member in mine if member.role == role), mine[0] if mine else None)


def _home(member: Member, now: datetime) -> dict[str, Any]:
    """What every home has; the cohort with its sprints is read once."""
    cohort = loading.with_sprints(member.cohort)
    member.cohort = cohort
    return {
        "cohort": cohort,
        "member": member,
        "where": progress.where(cohort, now),
        "needs": homes.needs_of(member, now),
        "coming": homes.coming_for(member, now),
        "doors": homes.doors_of(member),
        "breadcrumbs": loading.trail(),
    }


def _councillor(member: Member, now: datetime) -> dict[str, Any]:
    sprint = progress.where(member.cohort, now).sprint
    return {
        "pair": member.pairs_as_councillor.current().with_people().first(),
        "aims": markdown.to_html(sprint.aims) if sprint else "",
        "tasks": progress.to_do(member, sprint) if sprint else [],
    }


@open_to(Audience.COHORT)
def tick(request: SignedInRequest, cohort_slug: str, task_pk: int) -> HttpResponse:
    """A councillor says that a task is done, or that it is not."""
    cohort = loading.cohort_or_404(request.user, cohort_slug)
    if request.method != "POST":
        return redirect(cohort)
    member = loading.member_or_404(request.user, cohort_slug, Member.Role.COUNCILLOR)
    task = get_object_or_404(CohortTask, pk=task_pk, sprint__cohort=member.cohort_id)
    if request.POST.get("done") == "yes":
        progress.tick(task, member, now=timezone.now())
    else:
        progress.untick(task, member)
    return redirect(f"{member.cohort.get_absolute_url()}?as=councillor#tasks")


@open_to(Audience.LEADS)
@require_safe
def lead(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """The cohort at a glance: what needs the lead, then one row per councillor."""
    now = timezone.now()
    cohort = loading.led_or_404(request.user, cohort_slug)
    mine = _mine(request, cohort)
    form = GlanceFilter(request.GET)
    rows = homes.at_a_glance(cohort, now)
    context = {
        **_home(_as_lead(cohort, mine, request), now),
        "others": [other for other in mine if not other.is_lead],
        "filter": form,
        "rows": form.found(rows),
        "all_rows": rows,
        "columns": homes.COLUMNS,
        "attention": sum(1 for row in rows if row.attention),
        "figures": homes.figures_of(cohort, now),
    }
    return render(request, "networking/homes/lead.html", context)


def _as_lead(cohort: Cohort, mine: list[Member], request: SignedInRequest) -> Member:
    """The lead's row, or one that is nowhere kept for an organiser who looks in."""
    found = next((member for member in mine if member.is_lead), None)
    return found or Member(cohort=cohort, person=request.user, role=Member.Role.LEAD, state=Member.State.JOINED)


@open_to(Audience.LEADS)
@require_safe
def lead_export(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """The cohort at a glance as a spreadsheet."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    header, rows = homes.table(homes.at_a_glance(cohort, timezone.now()))
    answer = HttpResponse(exports.csv_file(header, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{cohort.slug}.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer
