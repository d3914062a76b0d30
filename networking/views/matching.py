"""A match before it is confirmed: worked out, looked through, changed, previewed, confirmed once."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from networking import emails_matching, match_review, match_wishes, matches, tasks
from networking.forms.matching import ChangePairForm, PlacesForm
from networking.match_review import Review
from networking.models import Cohort, MatchProposal, Member, Pair
from networking.views import loading
from outbox import nudges
from people.access import Audience, SignedInRequest, open_to

PER_PAGE = 50


def match_url(cohort: Cohort) -> str:
    return reverse("networking:match", args=[cohort.slug])


def to_match(cohort: Cohort) -> loading.Trail:
    return loading.to_cohort(cohort, ("Match", match_url(cohort)))


def _proposal(cohort: Cohort) -> MatchProposal | None:
    return cohort.proposals.open().select_related("base", "made_by", "cohort").first()


def _ready_or_404(cohort: Cohort) -> MatchProposal:
    proposal = _proposal(cohort)
    if proposal is None or proposal.is_waiting:
        raise Http404
    return proposal


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def match(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """The proposal that is open, or how to make one. Working it out is a POST; looking changes nothing."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    if request.method == "POST":
        return _after(cohort, matches.propose(cohort, now=timezone.now(), by=request.user))
    proposal = _proposal(cohort)
    context: dict[str, object] = {"cohort": cohort, "proposal": proposal, "breadcrumbs": loading.to_cohort(cohort)}
    if proposal is None or proposal.is_waiting:
        return render(request, "networking/matching/start.html", {**context, **_numbers(cohort)})
    review = match_review.of(proposal)
    pages = Paginator(review.pairs, PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context |= {
        "review": review,
        "page": page,
        "page_numbers": list(pages.get_elided_page_range(page.number)),
        "rows": review.rows(list(page.object_list)),
        "places": review.places(),
    }
    return render(request, "networking/matching/match.html", context)


def _numbers(cohort: Cohort) -> dict[str, int]:
    members, pairs = cohort.members.joined(), Pair.objects.current().filter(cohort=cohort)
    mentors = list(members.mentors().values_list("capacity", flat=True))
    return {
        "councillors": members.councillors().count(),
        "without": members.councillors().exclude(pk__in=pairs.values("councillor")).count(),
        "mentors": len(mentors),
        "places": max(0, sum(places or 0 for places in mentors) - pairs.count()),
        "paired": pairs.count(),
    }


def _after(cohort: Cohort, proposal: MatchProposal) -> HttpResponse:
    if proposal.is_waiting:
        nudges.after_commit(tasks.work_out_matches)
    return redirect(match_url(cohort))


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """Bring the open proposal up to date."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    proposal = _proposal(cohort)
    if request.method != "POST" or proposal is None or proposal.is_waiting:
        return redirect(match_url(cohort))
    return _after(cohort, matches.again(proposal, now=timezone.now(), by=request.user))


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """Throw the open proposal away."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    proposal = _proposal(cohort)
    if request.method == "POST":
        if proposal and matches.drop(proposal):
            messages.success(request, "The proposal is gone. Nobody was told of it.")
        return redirect(match_url(cohort))
    context = {"cohort": cohort, "proposal": proposal, "breadcrumbs": to_match(cohort)}
    return render(request, "networking/matching/drop.html", context)


# --- What if ------------------------------------------------------------------------------------------------------


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_pair(request: SignedInRequest, cohort_slug: str, councillor_pk: int) -> HttpResponse:
    """Why this mentor and not somebody else; lock, rule out, or choose."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    proposal = _ready_or_404(cohort)
    review = match_review.of(proposal)
    if councillor_pk not in review.question.without:
        raise Http404
    form = _change_form(request, review, councillor_pk)
    if request.method == "POST" and form.is_valid():
        said, now = form.cleaned_data, timezone.now()
        mentor = int(said["mentor"]) if said["what"] == form.GIVE else _mentor_of(proposal, councillor_pk) or 0

        def act() -> MatchProposal:
            if said["what"] == form.UNLOCK:
                return matches.unlock(proposal, councillor_pk, now=now, by=request.user)
            change = matches.forbid if said["what"] == form.FORBID else matches.lock
            return change(proposal, councillor_pk, mentor, now=now, by=request.user)

        answer = _try(request, cohort, form, "mentor", act)
        if answer:
            return answer
    return _change_page(request, review, councillor_pk, form)


def _change_form(request: SignedInRequest, review: Review, councillor_pk: int) -> ChangePairForm:
    current = _mentor_of(review.proposal, councillor_pk)
    return ChangePairForm(
        request.POST if request.method == "POST" else None,
        mentors=[(row.mentor.pk, row.mentor.person.name) for row in review.places()],
        current=review.question.names.get(current, "") if current else "",
        is_locked=councillor_pk in review.proposal.locked,
        back=match_url(review.proposal.cohort),
    )


def _mentor_of(proposal: MatchProposal, councillor_pk: int) -> int | None:
    """Proposed, or locked where there is no such match."""
    return proposal.mentor_of.get(councillor_pk) or proposal.locked.get(councillor_pk)


def _change_page(request: SignedInRequest, review: Review, councillor_pk: int, form: ChangePairForm) -> HttpResponse:
    mentor = review.proposal.mentor_of.get(councillor_pk)
    is_here = mentor in review.question.members
    context = {
        "cohort": review.proposal.cohort,
        "councillor": review.question.members[councillor_pk],
        "row": review.rows([(councillor_pk, mentor)])[0] if mentor and is_here else None,
        "next_best": review.next_best(councillor_pk) if mentor and is_here else [],
        "alternatives": review.alternatives(councillor_pk),
        "form": form,
        "breadcrumbs": to_match(review.proposal.cohort),
    }
    return render(request, "networking/matching/change_pair.html", context)


def _try(
    request: SignedInRequest,
    cohort: Cohort,
    form: ChangePairForm | PlacesForm,
    field: str,
    act: Callable[[], MatchProposal],
) -> HttpResponse | None:
    """Where to go after the change; None, with the error in the form, when it cannot be."""
    try:
        return _after(cohort, act())
    except match_wishes.NotPossible as error:
        form.add_error(field, str(error))
        return None
    except matches.NotOpen as error:
        messages.error(request, f"{error}. This is how it stands now.")
        return redirect(match_url(cohort))


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_places(request: SignedInRequest, cohort_slug: str, mentor_pk: int) -> HttpResponse:
    """How many councillors a mentor takes."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    proposal = _ready_or_404(cohort)
    found = [row for row in match_review.of(proposal).places() if row.mentor.pk == mentor_pk]
    if not found:
        raise Http404
    row = found[0]
    typed = request.POST if request.method == "POST" else None
    form = PlacesForm(typed, initial={"places": row.places}, back=match_url(cohort))
    if form.is_valid():
        places = form.cleaned_data["places"]

        def act() -> MatchProposal:
            return matches.change_places(proposal, mentor_pk, places, now=timezone.now(), by=request.user)

        answer = _try(request, cohort, form, "places", act)
        if answer:
            return answer
    context = {"cohort": cohort, "row": row, "form": form, "breadcrumbs": to_match(cohort)}
    return render(request, "networking/matching/places.html", context)


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def allow(request: SignedInRequest, cohort_slug: str, councillor_pk: int, mentor_pk: int) -> HttpResponse:
    """Take back that a pair is ruled out in this match."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    proposal = _proposal(cohort)
    if request.method != "POST" or proposal is None or proposal.is_waiting:
        return redirect(match_url(cohort))
    try:
        return _after(cohort, matches.allow(proposal, councillor_pk, mentor_pk, now=timezone.now(), by=request.user))
    except matches.NotOpen as error:
        messages.error(request, f"{error}. This is how it stands now.")
        return redirect(match_url(cohort))


# --- Confirming ---------------------------------------------------------------------------------------------------


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """Who is introduced to whom, in which words; then once."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    proposal = _proposal(cohort)
    if request.method == "POST":
        return _confirm(request, cohort, proposal)
    if proposal is None or not proposal.is_ready or not proposal.pairs:
        return redirect(match_url(cohort))
    review = match_review.of(proposal)
    if not review.is_up_to_date:
        return redirect(match_url(cohort))
    pages = Paginator(review.pairs, PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "cohort": cohort,
        "proposal": proposal,
        "page": page,
        "page_numbers": list(pages.get_elided_page_range(page.number)),
        "rows": review.rows(list(page.object_list)),
        "letters": _letters(review, review.pairs[0]),
        "mails": 2 * len(review.pairs),
        "left": review.left,
        "changed_places": [row for row in review.places() if row.was is not None],
        "breadcrumbs": to_match(cohort),
    }
    return render(request, "networking/matching/confirm.html", context)


def _letters(review: Review, ids: tuple[int, int]) -> list[tuple[Member, object]]:
    """The two messages of one pair, as they would arrive."""
    row = review.rows([ids])[0]
    cohort = review.proposal.cohort
    pair = Pair(
        cohort=cohort,
        councillor=row.councillor,
        mentor=row.mentor,
        reasons=matches.reasons(review.question, *ids, names_others=False),
        rhythm_days=cohort.rhythm_days,
    )
    return [(member, emails_matching.introduction_words(pair, member)) for member in (row.councillor, row.mentor)]


def _confirm(request: SignedInRequest, cohort: Cohort, proposal: MatchProposal | None) -> HttpResponse:
    if proposal is None or request.POST.get("proposal") != str(proposal.pk):
        messages.error(request, "This match was confirmed already, or changed by somebody else. Nobody is told twice.")
        return redirect("networking:match_history", cohort.slug)
    try:
        pairs = matches.confirm(proposal, now=timezone.now(), by=request.user)
    except matches.PeopleChanged as error:
        messages.error(request, f"{error}.")
        return redirect(match_url(cohort))
    if pairs:
        count = "1 pair is" if len(pairs) == 1 else f"{len(pairs)} pairs are"
        messages.success(request, f"{count} introduced. Both of each get a message with names and reasons.")
    return redirect("networking:match_history", cohort.slug)


@open_to(Audience.LEADS)
@require_safe
def history(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """Every pair there is and was, and who confirmed it."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    pages = Paginator(Pair.objects.with_people().filter(cohort=cohort).select_related("confirmed_by"), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "cohort": cohort,
        "page": page,
        "page_numbers": list(pages.get_elided_page_range(page.number)),
        "breadcrumbs": to_match(cohort),
    }
    return render(request, "networking/matching/history.html", context)
