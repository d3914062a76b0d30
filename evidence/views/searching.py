"""The search deck, the search log, and the places to search."""

from csp.decorators import csp_update
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from evidence import looking
from evidence.forms.searching import DeckForm, FoundForm, RunForm, SourceForm
from evidence.views import loading
from meetups.views import trail as pages_of
from people.access import Audience, SignedInRequest, open_to
from searchdeck.models import Source

PER_PAGE = 25


# Browsers hold a form's redirect to form-action too: from here one click leads to the search of a platform.
@csp_update({"form-action": ["https:"]})  # type: ignore[arg-type]
@open_to(Audience.CONTRIBUTORS)
@require_safe
def deck(request: SignedInRequest, inquiry: str) -> HttpResponse:
    """Topic × place × words to leave out: one button per place, the least intrusive first."""
    found = loading.contributor_or_404(request.user, inquiry)
    topic = found.topics.first()
    form = DeckForm(request.GET or ({"topic": topic.pk} if topic else None), inquiry=found)
    chosen, query = form.chosen_topic(), form.query()
    context = {
        "inquiry": found,
        "form": form,
        "query": query,
        "topic": chosen,
        "groups": _groups() if query.words else [],
        "breadcrumbs": loading.to(found),
    }
    return render(request, "evidence/searching/deck.html", context)


def _groups() -> list[tuple[str, list[Source]]]:
    """Places by how likely one meets a private life there."""
    groups: dict[str, list[Source]] = {}
    for source in Source.objects.in_use():
        groups.setdefault(source.get_intrusiveness_display(), []).append(source)
    return list(groups.items())


@open_to(Audience.CONTRIBUTORS)
def search(request: SignedInRequest, inquiry: str) -> HttpResponse:
    """Write the search down, then lead to the platform. The place comes from our list, so no address is taken over."""
    found = loading.contributor_or_404(request.user, inquiry)
    if request.method != "POST":  # after the loader: others learn nothing, not even how it is asked for
        return HttpResponseNotAllowed(["POST"])
    form = RunForm(request.POST, inquiry=found)
    source, query = form.chosen_source(), form.query()
    if source is None or not query.words or not found.is_open:
        messages.warning(request, "Nothing to search for there. Choose a topic or enter words.")
        return redirect("evidence:deck", found.slug)
    if source.needs_place and not query.place:
        messages.warning(request, f"{source.name} searches for a place. Enter one first.")
        return redirect("evidence:deck", found.slug)
    begun = looking.begin(found, source, query, topic=form.chosen_topic(), now=timezone.now(), by=request.user)
    answer = HttpResponse(status=303, headers={"Location": begun.url})
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@open_to(Audience.MEMBERS)
@require_safe
def searches(request: SignedInRequest, inquiry: str) -> HttpResponse:
    """The log: the method of the inquiry, also where nothing was found."""
    found = loading.member_or_404(request.user, inquiry)
    rows = found.searches.select_related("topic", "searched_by", "finished_by")
    role = found.role_of(request.user)
    context = {
        "inquiry": found,
        "may_log": role != "reader",
        "is_officer": role == "officer",
        "found_nothing": found.searches.found_nothing().count(),
        "breadcrumbs": loading.to(found),
        **pages_of.paged(request, rows, PER_PAGE),
    }
    return render(request, "evidence/searching/log.html", context)


@open_to(Audience.CONTRIBUTORS)
@require_http_methods(["GET", "HEAD", "POST"])
def found(request: SignedInRequest, inquiry: str, search_pk: int) -> HttpResponse:
    """Looked at so many, logged so many, took so long: said by whoever searched, or put right by an officer."""
    inquiry_ = loading.contributor_or_404(request.user, inquiry)
    row = get_object_or_404(inquiry_.searches, pk=search_pk)
    if not row.may_be_finished(request.user, inquiry_.role_of(request.user)):
        raise Http404
    listed = reverse("evidence:searches", args=[inquiry_.slug])
    form = FoundForm(request.POST or None, instance=row, back=listed)
    if form.is_valid():
        looking.finish(row, form.said(), now=timezone.now(), by=request.user)
        messages.success(request, "Written down.")
        return redirect(listed)
    context = {
        "inquiry": inquiry_,
        "search": row,
        "form": form,
        "may_log_from_it": inquiry_.is_open and row.searched_by_id == request.user.pk,
        "breadcrumbs": loading.to(inquiry_),
    }
    return render(request, "evidence/searching/found.html", context)


@open_to(Audience.ORGANISERS)
@require_safe
def sources(request: SignedInRequest) -> HttpResponse:
    context = {"sources": list(Source.objects.all()), "breadcrumbs": loading.trail()}
    return render(request, "evidence/sources/list.html", context)


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_source(request: SignedInRequest, source_slug: str) -> HttpResponse:
    listed = reverse("evidence:sources")
    form = SourceForm(request.POST or None, instance=get_object_or_404(Source, slug=source_slug), back=listed)
    if form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect(listed)
    context = {"form": form, "source": form.instance, "breadcrumbs": loading.trail(("Places to search", listed))}
    return render(request, "evidence/sources/edit.html", context)
