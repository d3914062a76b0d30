"""Reports for readers without an account: by link, and the receipt of another committee."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from evidence import addresses, reports
from evidence.forms.reports import ReceiptForm
from evidence.models import HandOff, ReportLink
from evidence.views.reports import word
from people import links
from people.access import Audience, open_to


def _link_or_404(token: str) -> ReportLink:
    return get_object_or_404(ReportLink.objects.select_related("report__inquiry"), pk=_claimed(addresses.READ, token))


def _ended(request: HttpRequest, link: ReportLink | HandOff) -> HttpResponse:
    """For whoever holds a link that we made: that it ended, and whom to ask. Says nothing of what it opened."""
    context = {"link": link, "contact_email": link.report.inquiry.contact_email}
    return _private(render(request, "evidence/reports/ended.html", context, status=404))


def _claimed(purpose: str, token: str) -> int:
    try:
        return links.read(purpose, token).pk
    except links.BadLink as bad:
        raise Http404 from bad


def _note_opening(request: HttpRequest, link: ReportLink, what: str) -> None:
    """A council has to be able to say that it was read. Scanners of mail look with HEAD, browsers load in advance."""
    if request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        reports.opened(link, what, now=timezone.now())


# Opening a link is written down; nothing else changes.
@open_to(Audience.LINK)
@require_safe
def read_report(request: HttpRequest, token: str) -> HttpResponse:
    link = _link_or_404(token)
    if not link.is_good(timezone.localdate()):
        return _ended(request, link)
    _note_opening(request, link, "page")
    context = {"link": link, "report": link.report, "content": link.report.content, "token": token}
    return _private(render(request, "evidence/reports/public.html", context))


@open_to(Audience.LINK)
@require_safe
def read_report_docx(request: HttpRequest, token: str) -> HttpResponse:
    link = _link_or_404(token)
    if not link.is_good(timezone.localdate()):
        return _ended(request, link)
    _note_opening(request, link, "docx")
    return _private(word(request, link.report))


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest, token: str) -> HttpResponse:
    """What another committee was handed, and where it says that it has it."""
    rows = HandOff.objects.select_related("report__inquiry")
    found = get_object_or_404(rows, pk=_claimed(addresses.RECEIVE, token))
    if not found.is_good(timezone.localdate()):
        return _ended(request, found)
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if not found.received_at and form.is_valid():
        reports.receive(found, now=timezone.now(), **form.cleaned_data)
        return redirect(request.path)
    context = {"hand_off": found, "report": found.report, "content": found.report.content, "form": form}
    return _private(render(request, "evidence/reports/receive.html", context))


def _private(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
