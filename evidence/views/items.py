"""Items that were handed in: the list with its filters, one item, its exact words."""

from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from evidence import custody, history, links, listing, overrides
from evidence.forms.items import ItemFilter
from evidence.models import Inquiry, Item, ItemEvent
from evidence.views import loading
from people.access import Audience, SignedInRequest, open_to


@open_to(Audience.MEMBERS)
@require_safe
def items(request: SignedInRequest, inquiry: str) -> HttpResponse:
    found = loading.member_or_404(request.user, inquiry)
    role = found.role_of(request.user)
    form = ItemFilter(request.GET, inquiry=found, found_in=listing.found_in(found, role), role=role)
    wanted = form.wanted()
    before, after = _number(request.GET.get("before")), _number(request.GET.get("after"))
    context = {
        "inquiry": found,
        "role": role,
        "form": form,
        "is_filtered": wanted.is_anything,
        "counted_to": listing.COUNTED_TO,
        "shown": listing.page(found, role, wanted, before=before, after=after),
        "breadcrumbs": loading.to(found),
    }
    return render(request, "evidence/items/list.html", context)


def _number(typed: str | None) -> int | None:
    """Nonsense counts as the first page."""
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 10 else None


@open_to(Audience.MEMBERS)
@require_safe
def item(request: SignedInRequest, inquiry: str, shown_pk: int) -> HttpResponse:
    found = loading.member_or_404(request.user, inquiry)
    role = found.role_of(request.user)
    return _show(request, found, loading.visible_item_or_404(found, role, shown_pk), role)


@open_to(Audience.OFFICERS)
def reveal(request: SignedInRequest, inquiry: str, item_pk: int) -> HttpResponse:
    """The exact words of a sensitive item, for this once; the history keeps who looked."""
    found = loading.officer_or_404(request.user, inquiry)
    shown = loading.item_or_404(found, item_pk)
    if request.method != "POST":  # after the loader: others learn nothing, not even how it is asked for
        return HttpResponseNotAllowed(["POST"])
    pictures = shown.screenshots.count()
    facts = {"screenshots": str(pictures)} if pictures else {}
    history.record(shown, ItemEvent.Kind.REVEALED, now=timezone.now(), by=request.user, facts=facts)
    return _show(request, found, shown, "officer", is_revealed=True)


def _show(
    request: SignedInRequest, found: Inquiry, shown: Item, role: str, *, is_revealed: bool = False
) -> HttpResponse:
    own = shown.saved_by_id == request.user.pk
    may_read = role == "officer" or own or (role == "contributor" and not shown.hides_exact_words)
    may_read_exact = may_read and (own or is_revealed or not shown.hides_exact_words)
    standing = list(shown.overrides.filter(lifted_at=None).select_related("by")) if role == "officer" else []
    context = {
        "inquiry": found,
        "item": shown,
        "role": role,
        "screenshots": list(shown.screenshots.all()) if may_read_exact else [],
        "platform": links.platform_name(shown.platform) if shown.platform else "",
        "may_read_exact": may_read_exact,
        "may_reveal": role == "officer" and shown.hides_exact_words and not own and not is_revealed,
        "quotation": overrides.quotation_of(shown),
        "standing": standing,
        # A quote that takes a reason is taken back with its reason.
        "may_stop_quoting": role == "officer" and shown.quote and not any(one.kind == "quote" for one in standing),
        "sightings": list(shown.sightings.select_related("person")) if role != "reader" else [],
        "run": overrides.shared_run(shown) if role == "officer" else "",
        "may_edit": role == "contributor" and shown.may_change(request.user, role),
        "events": list(ItemEvent.objects.filter(item_ref=shown.ref).select_related("by").order_by("number")),
        "breadcrumbs": loading.to(found, ("Items", reverse("evidence:items", args=[found.slug]))),
    }
    return render(request, "evidence/items/one.html", context)


@open_to(Audience.OFFICERS)
@require_safe
def custody_sheet(request: SignedInRequest, inquiry: str, item_pk: int) -> HttpResponse:
    """To print: what happened to the item from the start, and whether it is still what it was."""
    found = loading.officer_or_404(request.user, inquiry)
    shown = loading.item_or_404(found, item_pk)
    listed, own = reverse("evidence:items", args=[found.slug]), reverse("evidence:item", args=[found.slug, shown.pk])
    context = {
        "inquiry": found,
        "item": shown,
        "faults": custody.faults_of(shown),
        "events": list(ItemEvent.objects.filter(item_ref=shown.ref).select_related("by").order_by("number")),
        "screenshots": list(shown.screenshots.all()),
        "now": timezone.now(),
        "breadcrumbs": loading.to(found, ("Items", listed), (shown.name, own)),
    }
    return render(request, "evidence/items/custody.html", context)
