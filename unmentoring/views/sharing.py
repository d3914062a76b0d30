"""Moderation: what people learned, and reports."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meetups.views import trail as pages
from people.access import Audience, SignedInRequest, open_to
from unmentoring import learning
from unmentoring.forms.coordinating import DecisionForm, LearningFilter
from unmentoring.models import Learning, Report
from unmentoring.views.loading import trail

PER_PAGE = 30


@open_to(Audience.COORDINATORS)
@require_GET
def moderate(request: SignedInRequest) -> HttpResponse:
    """What waits for a look before everybody sees it; by the filter also what is shown or taken down."""
    form = LearningFilter(request.GET)
    state = form.said("state") or Learning.State.WAITING
    found = Learning.objects.filter(state=state).select_related("participant__person__council")
    context = {"filter": form, "state": state, **pages.paged(request, found, PER_PAGE), "breadcrumbs": trail()}
    return render(request, "unmentoring/coordinate/moderate.html", context)


@open_to(Audience.COORDINATORS)
@require_POST
def approve(request: SignedInRequest, learning_pk: int) -> HttpResponse:
    learning.approve(get_object_or_404(Learning, pk=learning_pk), by=request.user, now=timezone.now())
    messages.success(request, "It is shown.")
    return redirect("unmentoring:moderate")


@open_to(Audience.COORDINATORS)
@require_POST
def take_down(request: SignedInRequest, learning_pk: int) -> HttpResponse:
    learning.take_down(get_object_or_404(Learning, pk=learning_pk), by=request.user, now=timezone.now())
    messages.success(request, "It is taken down. You find it under “Taken down” and can show it again.")
    return redirect("unmentoring:moderate")


def _reports_for(request: SignedInRequest) -> QuerySet[Report]:
    whole = Report.objects.for_decision_by(request.user)
    return whole.select_related("about__person", "learning", "reported_by", "decided_by")


@open_to(Audience.COORDINATORS)
@require_GET
def reports(request: SignedInRequest) -> HttpResponse:
    """Open ones first."""
    whole = _reports_for(request)
    context = {
        "open": list(whole.filter(state=Report.State.OPEN)),
        **pages.paged(request, whole.exclude(state=Report.State.OPEN), PER_PAGE),
        "breadcrumbs": trail(),
    }
    return render(request, "unmentoring/coordinate/reports.html", context)


@open_to(Audience.COORDINATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: SignedInRequest, pitch_pk: int) -> HttpResponse:
    report = get_object_or_404(_reports_for(request), pk=pitch_pk)
    back = reverse("unmentoring:reports")
    form = DecisionForm(request.POST if request.method == "POST" else None, report=report, back=back)
    if report.state != Report.State.OPEN or not form.is_valid():
        context = {"form": form, "report": report, "breadcrumbs": trail(("Reports", back))}
        return render(request, "unmentoring/coordinate/decide.html", context)
    what, note, now = form.cleaned_data["what"], form.cleaned_data["decision"], timezone.now()
    if what == form.NOTHING:
        learning.dismiss(report, decision=note, by=request.user, now=now)
    else:
        learning.uphold(report, remove=what == form.REMOVE, decision=note, by=request.user, now=now)
    messages.success(request, "Decided.")
    return redirect(back)
