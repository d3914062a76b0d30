"""Rounds that were published: who is with whom, who met, and putting right what does not work."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from meetups.views import trail as pages
from people.access import Audience, SignedInRequest, open_to
from unmentoring import directory, repairs, reports
from unmentoring import rounds as drawing
from unmentoring.forms.coordinating import PairingsFilter
from unmentoring.models import Pairing, PairingMember, Waiting
from unmentoring.views.loading import joint, round_or_404, round_url, to_round, trail

PER_PAGE = 50


@open_to(Audience.COORDINATORS)
@require_GET
def rounds(request: SignedInRequest) -> HttpResponse:
    context = {"meetings": reports.meeting_by_round(), "breadcrumbs": trail()}
    return render(request, "unmentoring/coordinate/rounds.html", context)


@open_to(Audience.COORDINATORS)
@require_GET
def one(request: SignedInRequest, year: int, month: int) -> HttpResponse:
    round_ = round_or_404(year, month)
    if not round_.is_published:
        return redirect("unmentoring:preview", year, month)
    form = PairingsFilter(request.GET)
    found = directory.pairings(round_, words=form.said("q"), show=form.said("show"))
    context = {
        "round": round_,
        "filter": form,
        **pages.paged(request, found, PER_PAGE),
        "waiting": list(round_.waiting.filter(ended_at=None).select_related("participant__person")),
        "is_open": timezone.now() < drawing.draws_at(round_.next_month),
        "breadcrumbs": to_round(round_)[:-1],
    }
    return render(request, "unmentoring/coordinate/round.html", context)


@open_to(Audience.COORDINATORS)
@require_GET
def verify(request: SignedInRequest, year: int, month: int) -> HttpResponse:
    """Draw again from what is stored and compare; nothing is changed."""
    round_ = round_or_404(year, month)
    context = {
        "round": round_,
        "verification": drawing.verify(round_),
        "kept_days": settings.UNMENTORING_DRAWS_DAYS,
        "breadcrumbs": to_round(round_),
    }
    return render(request, "unmentoring/coordinate/verify.html", context)


def _pairing_or_404(pk: int) -> Pairing:
    return get_object_or_404(Pairing.objects.with_members(), pk=pk)


def _names(pairing: Pairing) -> str:
    return joint([member.participant.person.name for member in pairing.members.all()])


@open_to(Audience.COORDINATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def pair_again(request: SignedInRequest, pairing_pk: int) -> HttpResponse:
    """End a pairing that does not come about and find each of its people somebody else."""
    pairing = _pairing_or_404(pairing_pk)
    if request.method != "POST":
        context = {"pairing": pairing, "names": _names(pairing), "breadcrumbs": to_round(pairing.round)}
        return render(request, "unmentoring/coordinate/pair_again.html", context)
    found = repairs.pair_again(pairing, now=timezone.now(), by=request.user)
    if not found:
        messages.error(request, "Nothing was changed: the pairing has ended, they met, or the month is over.")
    else:
        waiting = sum(isinstance(one, Waiting) for one in found)
        who = "Everybody has somebody else" if not waiting else f"{waiting} of {len(found)} wait for somebody"
        messages.success(request, f"{who}. New introductions are on their way.")
    return redirect(round_url(pairing.round))


@open_to(Audience.COORDINATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def drop_out(request: SignedInRequest, pairing_pk: int, member_pk: int) -> HttpResponse:
    """Somebody cannot take part after all: their partner is found somebody else where that is possible."""
    member = get_object_or_404(
        PairingMember.objects.select_related("participant__person"), pk=member_pk, pairing=pairing_pk
    )
    pairing = _pairing_or_404(pairing_pk)
    if request.method != "POST":
        context = {"member": member, "pairing": pairing, "breadcrumbs": to_round(pairing.round)}
        return render(request, "unmentoring/coordinate/drop_out.html", context)
    repairs.drop_out(member, now=timezone.now())
    member.refresh_from_db()
    if member.left_at:
        messages.success(request, f"{member.participant.person.name} is out of {pairing.round}.")
    else:
        messages.error(request, "Nothing was changed: they met already, or the month is over.")
    return redirect(round_url(pairing.round))
