"""Who came: a report of the call is read, looked through, taken over, and can be undone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from meetups import counting_in
from meetups.attendance import UnknownReport
from meetups.forms.attendance import ReportForm, ReviewForm
from meetups.models import AttendanceImport, Meetup
from meetups.views import trail
from meetups.views.loading import run_by_or_404
from people.access import Audience, SignedInRequest, open_to

State = AttendanceImport.State
ANOTHER_REPORT = "Another report was read after you opened this page. Nothing was taken over. Look this one through."


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def attendance(request: SignedInRequest, slug: str) -> HttpResponse:
    """Choose a report; what was read before, with a way to undo it."""
    meetup = run_by_or_404(request.user, slug)
    form = ReportForm(request.POST, request.FILES) if request.method == "POST" else ReportForm()
    if form.is_valid() and _is_read(request, meetup, form):
        return redirect("meetups:review_attendance", slug)
    context = {
        "meetup": meetup,
        "form": form,
        "in_review": meetup.attendance_imports.filter(state=State.REVIEW).first(),
        "imports": list(meetup.attendance_imports.exclude(state=State.REVIEW).select_related("read_by")),
        "came": meetup.signups.filter(came_at__isnull=False).count(),
        "has_started": meetup.has_started(timezone.now()),
        "breadcrumbs": trail.to(request, meetup),
    }
    return render(request, "meetups/attendance/attendance.html", context)


def _is_read(request: SignedInRequest, meetup: Meetup, form: ReportForm) -> bool:
    """Whether it could be read; otherwise the form says why not."""
    file = form.cleaned_data["report"]
    try:
        counting_in.read(meetup, file.read(), file.name or "", now=timezone.now(), by=request.user)
    except UnknownReport as error:
        form.add_error("report", str(error))
        return False
    return True


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def review_attendance(request: SignedInRequest, slug: str) -> HttpResponse:
    """Nothing counts before it is confirmed here."""
    meetup = run_by_or_404(request.user, slug)
    report = meetup.attendance_imports.filter(state=State.REVIEW).select_related("meetup").first()
    if report is None:
        return redirect("meetups:attendance", slug)
    attendees = counting_in.attendees_of(report)
    matches, signups = counting_in.compare(report, attendees)
    names = counting_in.names_of(signups)
    sent = request.POST if request.method == "POST" else None
    form = ReviewForm(sent, attendees=attendees, matches=matches, names=names, initial={"report": report.pk})
    if form.is_bound and not form.is_about(report):
        messages.error(request, ANOTHER_REPORT)
        return redirect("meetups:review_attendance", slug)
    if form.is_valid():
        return _confirm(request, report, form)
    context = {
        "meetup": meetup,
        "report": report,
        "form": form,
        "people": len(attendees),
        "why_another_call": counting_in.why_another_call(meetup, attendees),
        "absent": [names[one.id] for one in matches.absent if signups[one.id].is_confirmed],
        "breadcrumbs": trail.to(request, meetup, ("Who came", reverse("meetups:attendance", args=[slug]))),
    }
    return render(request, "meetups/attendance/review.html", context)


def _confirm(request: SignedInRequest, report: AttendanceImport, form: ReviewForm) -> HttpResponse:
    try:
        came = counting_in.confirm(report, form.decisions(), now=timezone.now(), by=request.user)
    except counting_in.NotAnyMore as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{came} {'person is' if came == 1 else 'people are'} newly noted as having come.")
    return redirect("meetups:attendance", report.meetup.slug)


@open_to(Audience.HOSTS)
def discard_attendance(request: SignedInRequest, slug: str) -> HttpResponse:
    """Not this file after all."""
    meetup = run_by_or_404(request.user, slug)
    report = meetup.attendance_imports.filter(state=State.REVIEW).first()
    if request.method == "POST" and report:
        counting_in.discard(report)
        messages.success(request, "The report is thrown away. Nothing was changed.")
    return redirect("meetups:attendance", slug)


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def undo_attendance(request: SignedInRequest, slug: str, import_pk: int) -> HttpResponse:
    """Ask first, then take back what this import said."""
    meetup = run_by_or_404(request.user, slug)
    report = get_object_or_404(meetup.attendance_imports.select_related("meetup"), pk=import_pk)
    if request.method == "POST":
        try:
            count = counting_in.undo(report, now=timezone.now())
        except counting_in.NotAnyMore as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"Undone. {count} {'person' if count == 1 else 'people'} no longer counted.")
        return redirect("meetups:attendance", slug)
    context = {
        "meetup": meetup,
        "report": report,
        "count": report.counted.count(),
        "breadcrumbs": trail.to(request, meetup, ("Who came", reverse("meetups:attendance", args=[slug]))),
    }
    return render(request, "meetups/attendance/undo.html", context)
