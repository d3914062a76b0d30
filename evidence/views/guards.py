"""For officers: who was stopped and why they went on, consent, closing an inquiry."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from evidence import consent, inquiries, stops
from evidence.forms.guards import CloseForm, ConsentForm
from evidence.models import Item
from evidence.views import loading
from meetups.views import trail
from people.access import Audience, SignedInRequest, open_to

PER_PAGE = 50


@open_to(Audience.OFFICERS)
@require_safe
def all_stops(request: SignedInRequest, inquiry: str) -> HttpResponse:
    """Pages that stopped somebody, with the reasons of those who went on. Says nothing of who was looked at."""
    found = loading.officer_or_404(request.user, inquiry)
    rows = found.stops.select_related("shown_to", "seen_by", "item")
    context = {"inquiry": found, **trail.paged(request, rows, PER_PAGE), "breadcrumbs": loading.to(found)}
    return render(request, "evidence/guards/stops.html", context)


@open_to(Audience.OFFICERS)
def see_stop(request: SignedInRequest, inquiry: str, stop_pk: int) -> HttpResponse:
    found = loading.officer_or_404(request.user, inquiry)
    shown = get_object_or_404(found.stops, pk=stop_pk)
    if request.method != "POST":  # after the loader: others learn nothing, not even how it is asked for
        return HttpResponseNotAllowed(["POST"])
    stops.see(shown, now=timezone.now(), by=request.user)
    return redirect("evidence:stops", found.slug)


@open_to(Audience.OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def consent_of(request: SignedInRequest, inquiry: str, item_pk: int) -> HttpResponse:
    """Exact words of a private person leave only when they agreed, and that is written down here."""
    found = loading.officer_or_404(request.user, inquiry)
    item = loading.item_or_404(found, item_pk)
    back = reverse("evidence:item", args=[found.slug, item.pk])
    form = ConsentForm(request.POST or None, item=item, back=back)
    if form.is_valid():
        said = form.cleaned_data
        consent.log(item, said["consent"], said["consent_note"], now=timezone.now(), by=request.user)
        messages.success(request, "Written down.")
        return redirect(back)
    context = {"inquiry": found, "item": item, "form": form, "breadcrumbs": loading.to(found, (str(item), back))}
    return render(request, "evidence/guards/consent.html", context)


@open_to(Audience.OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: SignedInRequest, inquiry: str) -> HttpResponse:
    """What still waits, what happens to drafts, and when everything goes."""
    found = loading.officer_or_404(request.user, inquiry)
    back = reverse("evidence:inquiry", args=[found.slug])
    form = CloseForm(request.POST if request.method == "POST" else None, back=back)
    if form.is_valid():
        inquiries.close(found, now=timezone.now())
        messages.success(request, "The inquiry is closed. You can open it again.")
        return redirect(back)
    items = Item.objects.of(found)
    context = {
        "inquiry": found,
        "form": form,
        "waiting": items.waiting().count(),
        "relied_on": items.filter(reliance=Item.Reliance.RELIED).count(),
        "seen_only": items.filter(reliance=Item.Reliance.SEEN).count(),
        "gone": found.tombstones.count(),
        "breadcrumbs": loading.to(found),
    }
    return render(request, "evidence/guards/close.html", context)
