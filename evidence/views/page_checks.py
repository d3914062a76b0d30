"""Is this page shareable? The address goes to the worker; pasted HTML is read at once."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from evidence import fetches, shareable
from evidence.forms.starting import PageForm
from evidence.models import Fetch
from evidence.views import loading
from people import limits
from people.access import Audience, SignedInRequest, open_to

TOO_OFTEN = "You have looked at many pages in a short time. Wait ten minutes. What you entered is still here"
LATEST = 10


def _trail(*further: tuple[str, str]) -> loading.Trail:
    return loading.trail(("Getting started", reverse("evidence:started")), *further)


@open_to(Audience.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def check_page(request: SignedInRequest) -> HttpResponse:
    fetches_pages = settings.EVIDENCE_FETCH != "off"
    form = PageForm(request.POST if request.method == "POST" else None, fetches=fetches_pages)
    looked_at = request.user.fetches.filter(kind=Fetch.Kind.CHECK)
    context = {"form": form, "fetches_pages": fetches_pages, "latest": looked_at[:LATEST], "breadcrumbs": _trail()}
    if not form.is_valid():
        return render(request, "evidence/starting/check_page.html", context)
    if not limits.allows(request, "evidence:fetch"):
        form.add_error(None, TOO_OFTEN)
        return render(request, "evidence/starting/check_page.html", context, status=429)
    return redirect("evidence:page_check", _asked(request, form).pk)


def _asked(request: SignedInRequest, form: PageForm) -> Fetch:
    now = timezone.now()
    if html := form.cleaned_data["html"].strip():
        return fetches.read_pasted(html, now=now, by=request.user)
    return fetches.ask(form.cleaned_data["url"], Fetch.Kind.CHECK, now=now, by=request.user)


@open_to(Audience.SIGNED_IN)
@require_safe
def page_check(request: SignedInRequest, check_pk: int) -> HttpResponse:
    """What was found, or how far it is."""
    row = get_object_or_404(request.user.fetches.filter(kind=Fetch.Kind.CHECK), pk=check_pk)
    facts = fetches.facts_of(row)
    found = shareable.findings(facts) if facts else []
    context = {
        "check": row,
        "findings": found,
        "todo": sum(not one.is_good for one in found),
        "share_text": shareable.share_text(facts) if facts else "",
        "breadcrumbs": _trail(("Is this page shareable?", reverse("evidence:check_page"))),
    }
    return render(request, "evidence/starting/page_check.html", context)
