"""Active citizens: where to look, whom to note, what to decide; for leads, which ways of looking pay."""

from csp.decorators import csp_update
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from meetups import dates
from networking import citizens, map_edits
from networking.forms.citizens import CandidateForm, DecideForm, DeckForm, MinutesForm, RunForm, initial
from networking.models import Candidate, CitizenSearch, Member
from networking.views import loading
from people.access import Audience, SignedInRequest, open_to
from searchdeck.models import Source

SEARCHES_SHOWN = 20


def _me_or_404(request: SignedInRequest, cohort_slug: str) -> Member:
    return loading.member_or_404(request.user, cohort_slug, Member.Role.COUNCILLOR)


def _url(member: Member) -> str:
    return reverse("networking:citizens", args=[member.cohort.slug])


def _trail(member: Member) -> loading.Trail:
    return loading.to_cohort(member.cohort, ("Active citizens", _url(member)))


# Browsers hold a form's redirect to form-action too: from here one click leads to the search of a platform.
@csp_update({"form-action": ["https:"]})  # type: ignore[arg-type]
@open_to(Audience.COHORT)
@require_safe
def mine(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """Whom I noted, those to decide about first; places to search; my searches."""
    member = _me_or_404(request, cohort_slug)
    form = DeckForm(request.GET or None)
    query = form.query()
    noted = list(member.candidates.filter(forgotten_at=None))
    context = {
        "cohort": member.cohort,
        "to_decide": [one for one in noted if not one.decision],
        "decided": [one for one in noted if one.decision],
        "form": form,
        "query": query,
        "sources": list(Source.objects.in_use()) if query.words else [],
        "searches": list(member.citizen_searches.all()[:SEARCHES_SHOWN]),
        "comparison": citizens.compared([member]),
        "breadcrumbs": loading.to_cohort(member.cohort),
    }
    return render(request, "networking/citizens/mine.html", context)


@open_to(Audience.COHORT)
def search(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """Write the search down, then lead to the platform. The place comes from our list, so no address is taken over."""
    member = _me_or_404(request, cohort_slug)
    form = RunForm(request.POST if request.method == "POST" else None)
    source, query = (form.chosen_source(), form.query()) if form.is_bound else (None, None)
    if source is None or query is None or not query.words:
        if form.is_bound:
            messages.warning(request, "Nothing to search for there. Enter a topic, never a person.")
        return redirect(_url(member))
    citizens.begin(member, source, query, now=timezone.now())
    answer = HttpResponse(status=303, headers={"Location": source.address(query)})
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request: SignedInRequest, cohort_slug: str, citizen_search_pk: int) -> HttpResponse:
    """How long a search took."""
    member = _me_or_404(request, cohort_slug)
    row = get_object_or_404(member.citizen_searches, pk=citizen_search_pk)
    known = {"minutes": row.minutes}
    form = MinutesForm(request.POST if request.method == "POST" else None, initial=known, back=_url(member))
    if form.is_valid():
        CitizenSearch.objects.filter(pk=row.pk).update(minutes=form.cleaned_data["minutes"])
        messages.success(request, "The minutes are saved.")
        return redirect(_url(member))
    context = {"form": form, "title": f"How long did it take: {row}", "breadcrumbs": _trail(member)}
    return render(request, "networking/form.html", context)


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    member, now = _me_or_404(request, cohort_slug), timezone.now()
    typed = request.POST if request.method == "POST" else None
    form = CandidateForm(typed, member=member, back=_url(member), initial={"way": request.GET.get("search", "")})
    if form.is_valid():
        by_hand = form.cleaned_data
        looked = form.search() or citizens.note(member, by_hand["way"], "", by_hand["minutes"], now=now)
        candidate, is_new = citizens.found(looked, form.said(), now=now)
        if is_new:
            messages.success(request, f"“{candidate}” is noted until {dates.day(candidate.keep_until)}. Now decide.")
        else:
            messages.info(request, f"You have noted this as “{candidate}” already. Now you have found it twice.")
        return redirect("networking:candidate", cohort_slug, candidate.pk)
    lines = ["Note the least: a name, a public address, what they do for the place. You are the data controller."]
    context = {"form": form, "title": "Note somebody you found", "lines": lines, "breadcrumbs": _trail(member)}
    return render(request, "networking/form.html", context)


def _candidate_or_404(member: Member, candidate_pk: int) -> Candidate:
    return get_object_or_404(member.candidates.filter(forgotten_at=None), pk=candidate_pk)


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def candidate(request: SignedInRequest, cohort_slug: str, candidate_pk: int) -> HttpResponse:
    """Four questions and a decision. A yes puts them on the map."""
    member = _me_or_404(request, cohort_slug)
    row = _candidate_or_404(member, candidate_pk)
    form = DecideForm(request.POST if request.method == "POST" else None, initial=initial(row), back=_url(member))
    if form.is_valid() and _decide(request, row, form):
        return redirect(_url(member))
    context = {
        "candidate": row,
        "ways": list(row.found_by.all()),
        "form": form,
        "cohort": member.cohort,
        "breadcrumbs": _trail(member),
    }
    return render(request, "networking/citizens/candidate.html", context)


def _decide(request: SignedInRequest, row: Candidate, form: DecideForm) -> bool:
    try:
        decided = citizens.decide(row, form.answer(), now=timezone.now())
    except citizens.Forgotten as error:
        raise Http404 from error
    except map_edits.NotPossible as error:
        form.add_error("decision", str(error))
        return False
    on_map = " It is on your map, in the aspirational layer." if decided.decision == Candidate.Decision.YES else ""
    messages.success(request, f"Decided: {decided.get_decision_display()}.{on_map}")
    return True


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: SignedInRequest, cohort_slug: str, candidate_pk: int) -> HttpResponse:
    member = _me_or_404(request, cohort_slug)
    row = _candidate_or_404(member, candidate_pk)
    if request.method == "POST":
        citizens.delete(row)
        messages.success(request, "It is deleted.")
        return redirect(_url(member))
    context = {
        "title": f"Delete “{row}”",
        "lines": ["It goes at once, with what you decided. If you put it on a map, delete it there too."],
        "button": "Delete",
        "back": reverse("networking:candidate", args=[cohort_slug, row.pk]),
        "breadcrumbs": _trail(member),
    }
    return render(request, "networking/sure.html", context)


@open_to(Audience.LEADS)
@require_safe
def methods(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """Which ways of looking pay, over the whole cohort, without a name."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    context = {"cohort": cohort, "comparison": citizens.of_cohort(cohort), "breadcrumbs": loading.to_cohort(cohort)}
    return render(request, "networking/citizens/methods.html", context)
