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
    """A link that is good today. 404 however it is bad: forged, revoked, too old."""
    found = get_object_or_404(ReportLink.objects.select_related("report__inquiry"), pk=_claimed(addresses.READ, token))
    if not found.is_good(timezone.localdate()):
        raise Http404
    return found


def _claimed(purpose: str, token: str) -> int:
    try:
        return links.read(purpose, token).pk
    except links.BadLink as bad:
        raise Http404 from bad


# Opening a link is written down (a council has to be able to say that it was read); nothing else changes.
@open_to(Audience.LINK)
@require_safe
def read_report(request: HttpRequest, token: str) -> HttpResponse:
    link = _link_or_404(token)
    reports.opened(link, "page", now=timezone.now())
    context = {"link": link, "report": link.report, "content": link.report.content, "token": token}
    return _private(render(request, "evidence/reports/public.html", context))


@open_to(Audience.LINK)
@require_safe
def read_report_docx(request: HttpRequest, token: str) -> HttpResponse:
    link = _link_or_404(token)
    reports.opened(link, "docx", now=timezone.now())
    return _private(word(request, link.report))


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest, token: str) -> HttpResponse:
    """What another committee was handed, and where it says that it has it."""
    rows = HandOff.objects.select_related("report__inquiry")
    found = get_object_or_404(rows, pk=_claimed(addresses.RECEIVE, token))
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
