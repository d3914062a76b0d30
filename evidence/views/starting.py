"""Getting started: ten ideas, plans made of them, and what stands in the way."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from evidence import ideas, starting
from evidence.forms.starting import BarrierForm, DoneForm, PlanForm
from evidence.models import Barrier, Plan
from evidence.views import loading
from people.access import Audience, SignedInRequest, open_to, same_for_strangers
from people.models import Person

MOST_SHOWN = 50


def _trail(*further: tuple[str, str]) -> loading.Trail:
    return loading.trail(("Getting started", reverse("evidence:started")), *further)


def _my_plan_or_404(person: Person, pk: int) -> Plan:
    return get_object_or_404(Plan, pk=pk, made_by=person)


def _my_barrier_or_404(person: Person, pk: int) -> Barrier:
    return get_object_or_404(Barrier, pk=pk, made_by=person)


@same_for_strangers()
@open_to(Audience.EVERYONE)
@require_safe
def started(request: HttpRequest) -> HttpResponse:
    """The ten ideas, and what helps to begin."""
    return render(request, "evidence/starting/ideas.html", {"ideas": ideas.IDEAS, "breadcrumbs": loading.trail()})


# --- Plans --------------------------------------------------------------------------------------------------------


@open_to(Audience.SIGNED_IN)
@require_safe
def plans(request: SignedInRequest) -> HttpResponse:
    """Mine, those of my council, and what other teams shared as examples."""
    others = Plan.objects.select_related("council", "made_by")
    context = {
        "mine": list(request.user.started_plans.all()),
        "colleagues": list(others.of_colleagues(request.user)[:MOST_SHOWN]),
        "examples": list(others.examples_for(request.user).order_by("-changed_at")[:MOST_SHOWN]),
        "today": timezone.localdate(),
        "breadcrumbs": _trail(),
    }
    return render(request, "evidence/starting/plans.html", context)


@open_to(Audience.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def new_plan(request: SignedInRequest) -> HttpResponse:
    return _answer_plan(request, None)


@open_to(Audience.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_plan(request: SignedInRequest, plan_pk: int) -> HttpResponse:
    return _answer_plan(request, _my_plan_or_404(request.user, plan_pk))


def _answer_plan(request: SignedInRequest, plan: Plan | None) -> HttpResponse:
    back = reverse("evidence:plans")
    typed = request.POST if request.method == "POST" else None
    form = PlanForm(typed, plan=plan, idea=request.GET.get("idea", ""), back=back)
    if not form.is_valid():
        context = {"form": form, "plan": plan, "breadcrumbs": _trail(("Plans", back))}
        return render(request, "evidence/starting/plan.html", context)
    starting.keep_plan(plan, form.words(), now=timezone.now(), by=request.user)
    messages.success(request, "The plan is saved.")
    return redirect(back)


@open_to(Audience.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def finish_plan(request: SignedInRequest, plan_pk: int) -> HttpResponse:
    """It is done: when, and what was learned."""
    plan, back = _my_plan_or_404(request.user, plan_pk), reverse("evidence:plans")
    typed = request.POST if request.method == "POST" else None
    form = DoneForm(typed, plan=plan, today=timezone.localdate(), back=back)
    if not form.is_valid():
        context = {"form": form, "plan": plan, "breadcrumbs": _trail(("Plans", back))}
        return render(request, "evidence/starting/done.html", context)
    starting.keep_plan(plan, form.words(), now=timezone.now(), by=request.user)
    messages.success(request, "Done, and what you learned is kept with the plan.")
    return redirect(back)


@open_to(Audience.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def delete_plan(request: SignedInRequest, plan_pk: int) -> HttpResponse:
    plan, back = _my_plan_or_404(request.user, plan_pk), reverse("evidence:plans")
    return _answer_delete(request, plan, f"the plan “{plan}”", back)


def _answer_delete(request: SignedInRequest, row: Plan | Barrier, what: str, back: str) -> HttpResponse:
    if request.method != "POST":
        context = {"what": what, "back": back, "breadcrumbs": _trail()}
        return render(request, "evidence/starting/delete.html", context)
    row.delete()
    messages.success(request, f"Deleted: {what}.")
    return redirect(back)


# --- Barriers -----------------------------------------------------------------------------------------------------


@open_to(Audience.SIGNED_IN)
@require_safe
def barriers(request: SignedInRequest) -> HttpResponse:
    """Counts across councils, mine, and what others shared."""
    shared = Barrier.objects.filter(is_shared=True).exclude(made_by=request.user).select_related("council")
    context = {
        "counts": starting.barrier_counts(),
        "mine": list(request.user.started_barriers.all()),
        "shared": list(shared[:MOST_SHOWN]),
        "breadcrumbs": _trail(),
    }
    return render(request, "evidence/starting/barriers.html", context)


@open_to(Audience.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def new_barrier(request: SignedInRequest) -> HttpResponse:
    return _answer_barrier(request, None)


@open_to(Audience.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_barrier(request: SignedInRequest, barrier_pk: int) -> HttpResponse:
    return _answer_barrier(request, _my_barrier_or_404(request.user, barrier_pk))


def _answer_barrier(request: SignedInRequest, barrier: Barrier | None) -> HttpResponse:
    back = reverse("evidence:barriers")
    form = BarrierForm(request.POST if request.method == "POST" else None, barrier=barrier, back=back)
    if not form.is_valid():
        context = {"form": form, "barrier": barrier, "breadcrumbs": _trail(("Barriers", back))}
        return render(request, "evidence/starting/barrier.html", context)
    starting.keep_barrier(barrier, form.words(), now=timezone.now(), by=request.user)
    messages.success(request, "The barrier is saved.")
    return redirect(back)


@open_to(Audience.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def delete_barrier(request: SignedInRequest, barrier_pk: int) -> HttpResponse:
    barrier, back = _my_barrier_or_404(request.user, barrier_pk), reverse("evidence:barriers")
    return _answer_delete(request, barrier, f"the barrier “{barrier}”", back)
