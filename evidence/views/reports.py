"""Reports for those in the inquiry: versions, files, links, hand-off, “Was it useful?” and the audit export."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from documents import checking, docx
from evidence import addresses, audit, report_files, reports, sessions, usefulness
from evidence.forms.reports import HandOffForm, PublishForm, ReportForm
from evidence.models import Inquiry, Report
from evidence.views import loading
from meetups import exports
from people.access import Audience, SignedInRequest, open_to


@open_to(Audience.MEMBERS)
@require_safe
def all_reports(request: SignedInRequest, inquiry: str) -> HttpResponse:
    found = loading.member_or_404(request.user, inquiry)
    context = {
        "inquiry": found,
        "role": found.role_of(request.user),
        "reports": list(found.reports.select_related("made_by")),
        "breadcrumbs": loading.to(found),
    }
    return render(request, "evidence/reports/list.html", context)


def _trail(found: Inquiry, *further: tuple[str, str]) -> loading.Trail:
    return loading.to(found, ("Reports", reverse("evidence:reports", args=[found.slug])), *further)


def _to_report(report: Report) -> tuple[str, str]:
    return f"Version {report.number}", reverse("evidence:report", args=[report.inquiry.slug, report.pk])


def _report_or_404(inquiry: Inquiry, pk: int) -> Report:
    return get_object_or_404(inquiry.reports.select_related("inquiry", "made_by"), pk=pk)


@open_to(Audience.OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_report(request: SignedInRequest, inquiry: str) -> HttpResponse:
    """The next version, unless somebody could be traced by it, or something is missing: then where, or what."""
    found = loading.officer_or_404(request.user, inquiry)
    form = ReportForm(request.POST or None, inquiry=found, back=reverse("evidence:reports", args=[found.slug]))
    if form.is_valid():
        try:
            made = reports.make(found, form.said(), now=timezone.now(), by=request.user)
        except reports.WouldLeak as refused:
            for fault in refused.faults:
                form.add_error(None, fault)
        except reports.Unfinished as unfinished:
            form.ask_about(unfinished.gaps)
        else:
            messages.success(request, f"Version {made.number} is made. Nobody but those in the inquiry reads it yet.")
            return redirect("evidence:report", found.slug, made.pk)
    context = {"inquiry": found, "form": form, "title": "Make a report", "breadcrumbs": _trail(found)}
    context["has_no_themes"] = not found.themes.exists()
    return render(request, "evidence/reports/form.html", context)


@open_to(Audience.MEMBERS)
@require_safe
def report(request: SignedInRequest, inquiry: str, report_pk: int) -> HttpResponse:
    found = loading.member_or_404(request.user, inquiry)
    shown = _report_or_404(found, report_pk)
    today = timezone.localdate()
    links = shown.links.select_related("made_by").prefetch_related("openings")
    context = {
        "inquiry": found,
        "report": shown,
        "content": shown.content,
        "role": found.role_of(request.user),
        "links": [(link, addresses.of_link(link), link.is_good(today)) for link in links],
        "hand_offs": [(handed, handed.is_good(today)) for handed in shown.hand_offs.all()],
        "breadcrumbs": _trail(found),
    }
    return render(request, "evidence/reports/one.html", context)


@open_to(Audience.MEMBERS)
@require_safe
def report_docx(request: SignedInRequest, inquiry: str, report_pk: int) -> HttpResponse:
    """The Word document, after the checker has found nothing wrong with it."""
    found = loading.member_or_404(request.user, inquiry)
    return word(request, _report_or_404(found, report_pk))


def word(request: Any, shown: Report) -> HttpResponse:
    data, faults = reports.as_docx(shown)
    if faults:
        return render(request, "evidence/reports/not_accessible.html", {"report": shown, "faults": faults}, status=500)
    return download(data, docx.MIME, f"{shown.inquiry.slug}-version-{shown.number}.docx")


def download(data: bytes, mime: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=mime)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@open_to(Audience.MEMBERS)
@require_safe
def report_csv(request: SignedInRequest, inquiry: str, report_pk: int) -> HttpResponse:
    """The items it rests on, in our words."""
    shown = _report_or_404(loading.member_or_404(request.user, inquiry), report_pk)
    name = f"{shown.inquiry.slug}-version-{shown.number}.csv"
    return download(report_files.as_csv(shown.content), "text/csv; charset=utf-8", name)


@open_to(Audience.MEMBERS)
@require_safe
def report_json(request: SignedInRequest, inquiry: str, report_pk: int) -> HttpResponse:
    shown = _report_or_404(loading.member_or_404(request.user, inquiry), report_pk)
    name = f"{shown.inquiry.slug}-version-{shown.number}.json"
    return download(report_files.as_json(shown.content), "application/json", name)


@open_to(Audience.OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: SignedInRequest, inquiry: str, report_pk: int) -> HttpResponse:
    """A link for readers without an account."""
    found = loading.officer_or_404(request.user, inquiry)
    shown = _report_or_404(found, report_pk)
    own = _to_report(shown)
    form = PublishForm(request.POST or None, inquiry=found, today=timezone.localdate(), back=own[1])
    if form.is_valid():
        reports.publish(shown, now=timezone.now(), by=request.user, **form.cleaned_data)
        messages.success(request, "The link is made. Copy it from below and send it to them.")
        return redirect(own[1])
    context = {"inquiry": found, "form": form, "title": "Publish by link", "breadcrumbs": _trail(found, own)}
    return render(request, "evidence/reports/form.html", context)


@open_to(Audience.OFFICERS)
def revoke_link(request: SignedInRequest, inquiry: str, report_pk: int, link_pk: int) -> HttpResponse:
    found = loading.officer_or_404(request.user, inquiry)
    shown = _report_or_404(found, report_pk)
    link = get_object_or_404(shown.links, pk=link_pk)
    if request.method != "POST":  # after the loader: others learn nothing, not even how it is asked for
        return HttpResponseNotAllowed(["POST"])
    reports.revoke(link, now=timezone.now())
    messages.success(request, f"The link for {link} opens nothing any more.")
    return redirect(_to_report(shown)[1])


@open_to(Audience.OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_off(request: SignedInRequest, inquiry: str, report_pk: int) -> HttpResponse:
    """To another committee, by mail, with a receipt."""
    found = loading.officer_or_404(request.user, inquiry)
    shown = _report_or_404(found, report_pk)
    own = _to_report(shown)
    form = HandOffForm(request.POST or None, report=shown, today=timezone.localdate(), back=own[1])
    if form.is_valid():
        made = reports.hand_off(shown, form.said(), now=timezone.now(), by=request.user)
        messages.success(request, f"On its way to {made.committee}. You hear when they say that they have it.")
        return redirect(own[1])
    context = {"inquiry": found, "form": form, "title": "Hand it to another committee"}
    context["breadcrumbs"] = _trail(found, own)
    return render(request, "evidence/reports/form.html", context)


@open_to(Audience.OFFICERS)
def take_back(request: SignedInRequest, inquiry: str, report_pk: int, handed_pk: int) -> HttpResponse:
    """It went to the wrong address, or is not theirs to read any more."""
    found = loading.officer_or_404(request.user, inquiry)
    shown = _report_or_404(found, report_pk)
    handed = get_object_or_404(shown.hand_offs, pk=handed_pk)
    if request.method != "POST":  # after the loader: others learn nothing, not even how it is asked for
        return HttpResponseNotAllowed(["POST"])
    reports.take_back(handed, now=timezone.now())
    messages.success(request, f"The link for {handed.committee} opens nothing any more.")
    return redirect(_to_report(shown)[1])


@open_to(Audience.MEMBERS)
@require_safe
def useful(request: SignedInRequest, inquiry: str) -> HttpResponse:
    """“Was it useful?”, for the Board, as things are now."""
    found = loading.member_or_404(request.user, inquiry)
    context = {"inquiry": found, "content": _useful(found), "breadcrumbs": _trail(found)}
    return render(request, "evidence/reports/useful.html", context)


def _useful(found: Inquiry) -> dict[str, Any]:
    return usefulness.content(found, reports.tellable(found, sessions.answers(found)), now=timezone.now())


@open_to(Audience.MEMBERS)
@require_safe
def useful_docx(request: SignedInRequest, inquiry: str) -> HttpResponse:
    found = loading.member_or_404(request.user, inquiry)
    data = report_files.as_docx(_useful(found), author=found.committee, made_at=timezone.now())
    if faults := checking.faults(data):
        return render(request, "evidence/reports/not_accessible.html", {"faults": faults}, status=500)
    return download(data, docx.MIME, f"{found.slug}-was-it-useful.docx")


@open_to(Audience.OFFICERS)
@require_safe
def audit_export(request: SignedInRequest, inquiry: str) -> HttpResponse:
    """How we used social media: every search, item, decision, stop and override."""
    found = loading.officer_or_404(request.user, inquiry)
    data = exports.csv_file(audit.HEADER, reports.tellable_rows(found, audit.rows(found)))
    return download(data, "text/csv; charset=utf-8", f"{found.slug}-audit.csv")
