"""For officers: going past a rule for one item, with a reason that stays, and taking that back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from evidence import overrides
from evidence.forms.guards import OverrideForm, QuoteForm
from evidence.models import Inquiry, Item
from evidence.views import loading
from meetups.views import trail
from people.access import Audience, SignedInRequest, open_to

PER_PAGE = 50


@open_to(Audience.OFFICERS)
@require_safe
def all_overrides(request: SignedInRequest, inquiry: str) -> HttpResponse:
    """Where an officer went past a rule, why, and whether it was taken back."""
    found = loading.officer_or_404(request.user, inquiry)
    rows = found.overrides.select_related("item", "by", "lifted_by")
    context = {"inquiry": found, **trail.paged(request, rows, PER_PAGE), "breadcrumbs": loading.to(found)}
    return render(request, "evidence/guards/overrides.html", context)


def _own(found: Inquiry, item: Item) -> str:
    return reverse("evidence:item", args=[found.slug, item.pk])


def _context(found: Inquiry, item: Item, form: Any, **more: Any) -> dict[str, Any]:
    trail_of_item = loading.to(found, (str(item), _own(found, item)))
    return {"inquiry": found, "item": item, "form": form, "breadcrumbs": trail_of_item, **more}


@open_to(Audience.OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def quote_item(request: SignedInRequest, inquiry: str, item_pk: int) -> HttpResponse:
    """A passage of the exact words for reports: where that is allowed, or with a reason."""
    found = loading.officer_or_404(request.user, inquiry)
    item = loading.item_or_404(found, item_pk)
    quotation = overrides.quotation(item, is_overridden=False)
    may_be_quoted = bool(item.exact_words) and quotation.may_be_overridden
    form = QuoteForm(request.POST or None, item=item, needs_reason=not quotation.ground, back=_own(found, item))
    if may_be_quoted and form.is_valid():
        said, now = form.cleaned_data, timezone.now()
        overrides.quote(item, said["passage"], reason=said.get("reason", ""), now=now, by=request.user)
        messages.success(request, "The next version of a report quotes it. Versions that were made stay as they are.")
        return redirect(_own(found, item))
    shows_words = not item.hides_exact_words or item.saved_by_id == request.user.pk
    more = {"quotation": quotation, "may_be_quoted": may_be_quoted, "shows_words": shows_words}
    return render(request, "evidence/guards/quote.html", _context(found, item, form, **more))


@open_to(Audience.OFFICERS)
def stop_quoting(request: SignedInRequest, inquiry: str, item_pk: int) -> HttpResponse:
    found = loading.officer_or_404(request.user, inquiry)
    item = loading.item_or_404(found, item_pk)
    if request.method != "POST":  # after the loader: others learn nothing, not even how it is asked for
        return HttpResponseNotAllowed(["POST"])
    overrides.stop_quoting(item, now=timezone.now(), by=request.user)
    messages.success(request, "Reports say it in our words again. Versions that were made stay as they are.")
    return redirect(_own(found, item))


@open_to(Audience.OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def let_overlap(request: SignedInRequest, inquiry: str, item_pk: int) -> HttpResponse:
    """Our words repeat theirs, and a report would not be made: mend it or, with a reason, let it be."""
    found = loading.officer_or_404(request.user, inquiry)
    item = loading.item_or_404(found, item_pk)
    form = OverrideForm(request.POST or None, button="Let it be, with this reason", back=_own(found, item))
    if form.is_valid():
        try:
            overrides.let_overlap(item, reason=form.cleaned_data["reason"], now=timezone.now(), by=request.user)
        except overrides.NotNeeded:
            messages.info(request, "Our words do not repeat theirs any more. Nothing stands in the way.")
        else:
            messages.success(request, "A report may say it so. The reason is kept in the history.")
        return redirect(_own(found, item))
    more = {"run": overrides.shared_run(item)}
    return render(request, "evidence/guards/overlap.html", _context(found, item, form, **more))


@open_to(Audience.OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def keep_item(request: SignedInRequest, inquiry: str, item_pk: int) -> HttpResponse:
    """It was only seen, and is kept as long as a background paper all the same."""
    found = loading.officer_or_404(request.user, inquiry)
    item = loading.item_or_404(found, item_pk)
    form = OverrideForm(request.POST or None, button="Keep it longer", back=_own(found, item))
    if form.is_valid():
        overrides.keep(item, reason=form.cleaned_data["reason"], now=timezone.now(), by=request.user)
        messages.success(request, "It is kept longer. The reason is kept in the history.")
        return redirect(_own(found, item))
    handed_in_on = timezone.localdate(item.submitted_at)
    more = {"last_day": found.only_seen_until(handed_in_on, is_sensitive=item.is_sensitive)}
    return render(request, "evidence/guards/keep.html", _context(found, item, form, **more))


@open_to(Audience.OFFICERS)
def lift_override(request: SignedInRequest, inquiry: str, override_pk: int) -> HttpResponse:
    """Take it back. A legal hold of the whole inquiry has its own button."""
    found = loading.officer_or_404(request.user, inquiry)
    override = get_object_or_404(found.overrides.filter(item__isnull=False).select_related("item"), pk=override_pk)
    if request.method != "POST":  # after the loader: others learn nothing, not even how it is asked for
        return HttpResponseNotAllowed(["POST"])
    assert override.item
    overrides.lift(override, now=timezone.now(), by=request.user)
    messages.success(request, "Taken back: the rule holds again.")
    return redirect(_own(found, override.item))
