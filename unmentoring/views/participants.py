"""Who takes part: the list, one of them, and whom to keep apart. No phone numbers: only partners see them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meetups import exports
from meetups.views import trail as pages
from people.access import Audience, SignedInRequest, open_to
from unmentoring import directory, keeping_apart, repairs, resting
from unmentoring.forms.coordinating import KeepApartForm, PeopleFilter, ReasonForm
from unmentoring.models import KeepApart, Pairing, Participant, Round
from unmentoring.views.loading import someone_or_404, trail

PER_PAGE = 50
# The columns of the list that can be sorted: the name of the sort, and what stands above it.
COLUMNS = [("name", "Name"), ("state", "State"), ("joined", "Joined"), ("met", "Met")]


@open_to(Audience.COORDINATORS)
@require_GET
def people(request: SignedInRequest) -> HttpResponse:
    form = PeopleFilter(request.GET)
    wanted = form.wanted()
    context = {
        "filter": form,
        "columns": [(label, _sorted_by(request, name), name == wanted.sort) for name, label in COLUMNS],
        "query": request.GET.urlencode(),
        **pages.paged(request, directory.find(wanted), PER_PAGE),
        "breadcrumbs": trail(),
    }
    return render(request, "unmentoring/coordinate/people.html", context)


def _sorted_by(request: SignedInRequest, name: str) -> str:
    query = request.GET.copy()
    query["sort"] = name
    query.pop("page", None)
    return f"?{query.urlencode()}"


@open_to(Audience.COORDINATORS)
@require_GET
def export(request: SignedInRequest) -> HttpResponse:
    """The list as it is filtered, for a spreadsheet."""
    rows = directory.table(directory.find(PeopleFilter(request.GET).wanted()))
    answer = HttpResponse(exports.csv_file(directory.HEADER, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="unmentoring-people.csv"'
    return answer


@open_to(Audience.COORDINATORS)
@require_GET
def one(request: SignedInRequest, participant_pk: int) -> HttpResponse:
    """Their state and why, whom they were put together with, what can be done."""
    participant = someone_or_404(participant_pk)
    current = Round.objects.taking_late_joiners(timezone.now())
    members = participant.memberships.select_related("round", "pairing").order_by("-round__month", "-pk")
    in_it = current is not None and participant.memberships.filter(round=current, left_at=None).exists()
    context = {
        "participant": participant,
        "members": list(members.prefetch_related("pairing__members__participant__person")),
        "reports": list(participant.reports_about.for_decision_by(request.user)),
        "place_in": current if current and participant.is_active and not in_it else None,
        "breadcrumbs": _to_people(),
    }
    return render(request, "unmentoring/coordinate/participant.html", context)


def _to_people() -> list[tuple[str, str]]:
    return trail(("People", reverse("unmentoring:people")))


def _url(participant: Participant) -> str:
    return reverse("unmentoring:participant", args=[participant.pk])


@open_to(Audience.COORDINATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def pause(request: SignedInRequest, participant_pk: int) -> HttpResponse:
    hint = "They read this in the mail that tells them, which has a link to come back."
    return _with_reason(request, participant_pk, "Pause", hint, _pause)


def _pause(participant: Participant, why: str) -> None:
    resting.pause(participant, why=why, now=timezone.now())


@open_to(Audience.COORDINATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SignedInRequest, participant_pk: int) -> HttpResponse:
    hint = (
        "They read this in the mail that tells them. Their phone number and what they said about themselves are"
        " deleted at once, and they cannot join again with this address. This cannot be undone."
    )
    return _with_reason(request, participant_pk, "Remove", hint, _remove)


def _remove(participant: Participant, why: str) -> None:
    resting.remove(participant, why=why, now=timezone.now())


def _with_reason(request: SignedInRequest, pk: int, button: str, hint: str, act: Any) -> HttpResponse:
    participant = someone_or_404(pk)
    typed = request.POST if request.method == "POST" else None
    form = ReasonForm(typed, button=button, back=_url(participant), hint=hint)
    if not form.is_valid():
        crumbs = [*_to_people(), (str(participant), _url(participant))]
        context = {"form": form, "title": f"{button} {participant}", "breadcrumbs": crumbs}
        return render(request, "unmentoring/coordinate/reason.html", context)
    act(participant, form.cleaned_data["why"])
    participant.refresh_from_db()
    messages.success(request, f"{participant.person.name} is {participant.get_state_display()}.")
    return redirect(_url(participant))


@open_to(Audience.COORDINATORS)
@require_POST
def come_back(request: SignedInRequest, participant_pk: int) -> HttpResponse:
    participant = resting.come_back(someone_or_404(participant_pk), now=timezone.now())
    messages.success(request, f"{participant.person.name} is {participant.get_state_display()}.")
    return redirect(_url(participant))


@open_to(Audience.COORDINATORS)
@require_POST
def place(request: SignedInRequest, participant_pk: int) -> HttpResponse:
    """Put a late joiner into the round that runs."""
    participant = someone_or_404(participant_pk)
    placed = repairs.join_late(participant, now=timezone.now())
    if isinstance(placed, Pairing):
        messages.success(request, f"{participant.person.name} has somebody to meet. Introductions are on their way.")
    elif placed:
        messages.success(request, f"{participant.person.name} waits: {placed.why}")
    else:
        messages.error(request, "Nothing was changed: they are in it already, skip this month, or it is too late.")
    return redirect(_url(participant))


@open_to(Audience.COORDINATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def keep_apart(request: SignedInRequest) -> HttpResponse:
    """Who must not be put together. Nobody but coordinators sees this."""
    known = {"one": request.GET.get("one", "")}
    form = KeepApartForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        said = form.cleaned_data
        keeping_apart.keep_apart(said["one"], said["other"], reason=said["reason"], by=request.user, now=timezone.now())
        messages.success(request, "Kept apart from the next draw on.")
        return redirect("unmentoring:keep_apart")
    pairs = KeepApart.objects.select_related("one__person", "other__person", "created_by")
    context = {"form": form, **pages.paged(request, pairs, PER_PAGE), "breadcrumbs": trail()}
    return render(request, "unmentoring/coordinate/keep_apart.html", context)


@open_to(Audience.COORDINATORS)
@require_POST
def lift(request: SignedInRequest, apart_pk: int) -> HttpResponse:
    keeping_apart.lift(get_object_or_404(KeepApart, pk=apart_pk))
    messages.success(request, "They may be put together again.")
    return redirect("unmentoring:keep_apart")
