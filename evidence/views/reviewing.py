"""The officer's list of what waits, one decision after the other, each of which can be taken back."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from evidence import reviewing
from evidence.forms.items import AsideForm
from evidence.models import Inquiry, Item, ItemQuerySet, Sighting
from evidence.views import loading
from people.access import Audience, SignedInRequest, open_to

PER_PAGE = 20
CHANGED = "Somebody else did something with {item} in the meantime. Nothing of yours was kept: look at it again."


@open_to(Audience.OFFICERS)
@require_safe
def review(request: SignedInRequest, inquiry: str) -> HttpResponse:
    """What waits, the oldest first; `done` says what was decided last, so that it can be taken back."""
    found = loading.officer_or_404(request.user, inquiry)
    waiting = Item.objects.of(found).waiting()
    after = request.GET.get("after", "")
    rows = waiting.filter(number__gt=int(after)) if _is_number(after) else waiting
    shown = list(_rows(rows)[: PER_PAGE + 1])
    done = request.GET.get("done", "")
    context = {
        "inquiry": found,
        "items": shown[:PER_PAGE],
        "more_after": shown[PER_PAGE - 1].number if len(shown) > PER_PAGE else None,
        "waiting": waiting.count(),
        "done": Item.objects.of(found).filter(pk=int(done)).first() if _is_number(done) else None,
        "breadcrumbs": loading.to(found),
    }
    return render(request, "evidence/review/list.html", context)


def _rows(items: ItemQuerySet) -> ItemQuerySet:
    seen = Prefetch("sightings", Sighting.objects.select_related("person"))
    return items.select_related("topic", "saved_by", "reviewed_by").prefetch_related(seen).order_by("number")


def _is_number(typed: str) -> bool:
    """One that a database knows; nonsense counts as nothing."""
    return typed.isascii() and typed.isdigit() and len(typed) < 10


@open_to(Audience.OFFICERS)
def decide(request: SignedInRequest, inquiry: str, item_pk: int) -> HttpResponse:
    """One press of a button: take it, accept it, take the last decision back."""
    found = loading.officer_or_404(request.user, inquiry)
    item = loading.item_or_404(found, item_pk)
    if request.method != "POST":  # after the loader: others learn nothing, not even how it is asked for
        return HttpResponseNotAllowed(["POST"])
    version = request.POST.get("version", "")
    try:
        _decide(request, item, int(version) if _is_number(version) else -1)
    except reviewing.ChangedMeanwhile:
        messages.warning(request, CHANGED.format(item=item))
    except reviewing.NothingToUndo:
        messages.warning(request, f"Something else happened to {item} since. There is nothing to take back.")
    else:
        return _back(request, found, item)
    return redirect("evidence:item", found.slug, item.pk)


def _decide(request: SignedInRequest, item: Item, version: int) -> None:
    now, by, what = timezone.now(), request.user, request.POST.get("what")
    match what:
        case "take":
            reviewing.take(item, version=version, now=now, by=by)
        case "relied" | "seen":
            reviewing.accept(item, relied_on=what == "relied", version=version, now=now, by=by)
        case "undo":
            reviewing.undo(item, version=version, now=now, by=by)
            messages.success(request, f"Taken back: {item} is {item.get_state_display()} again.")
        case _:
            raise reviewing.ChangedMeanwhile


def _back(request: SignedInRequest, found: Inquiry, item: Item) -> HttpResponseRedirect:
    """To the page it was decided on; in the list to the item that follows."""
    what = request.POST.get("what")
    if request.POST.get("from") == "item":
        return HttpResponseRedirect(reverse("evidence:item", args=[found.slug, item.pk]))
    listed = reverse("evidence:review", args=[found.slug])
    if what in {"relied", "seen"}:
        return HttpResponseRedirect(f"{listed}?done={item.pk}#waiting")
    return HttpResponseRedirect(f"{listed}#item-{item.pk}")


@open_to(Audience.OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def aside(request: SignedInRequest, inquiry: str, item_pk: int) -> HttpResponse:
    """Set it aside, with a reason."""
    found = loading.officer_or_404(request.user, inquiry)
    item = loading.item_or_404(found, item_pk)
    listed = reverse("evidence:review", args=[found.slug])
    form = AsideForm(request.POST or None, item=item, back=listed)
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            reviewing.set_aside(item, reason=form.said(), version=version, now=timezone.now(), by=request.user)
        except reviewing.ChangedMeanwhile:
            messages.warning(request, CHANGED.format(item=item))
            return redirect("evidence:item", found.slug, item.pk)
        return HttpResponseRedirect(f"{listed}?done={item.pk}#waiting")
    context = {"inquiry": found, "item": item, "form": form}
    context["breadcrumbs"] = loading.to(found, ("Review", listed))
    return render(request, "evidence/review/aside.html", context)
