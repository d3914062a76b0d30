"""Seeing it: the network as a picture and a table, growth, who met, reach."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from people.access import Audience, SignedInRequest, open_to
from unmentoring import bars, reports
from unmentoring import network as networks
from unmentoring.forms.coordinating import RoundChoice
from unmentoring.models import Round
from unmentoring.views.loading import trail

PER_PAGE, REACH_SHOWN = 100, 50


@open_to(Audience.COORDINATORS)
@require_GET
def network(request: SignedInRequest) -> HttpResponse:
    """Names only here: everybody who may open this page coordinates."""
    form = RoundChoice(request.GET, rounds=list(Round.objects.published()))
    picture = networks.picture(form.chosen(), named=True)
    page = Paginator(picture.rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": form,
        "picture": picture,
        "page": page,
        "page_numbers": list(page.paginator.get_elided_page_range(page.number)),
        "breadcrumbs": trail(),
    }
    return render(request, "unmentoring/coordinate/network.html", context)


@open_to(Audience.COORDINATORS)
@require_GET
def numbers(request: SignedInRequest) -> HttpResponse:
    reach, growth = reports.reach(), reports.growth(timezone.now())
    months = [(f"{row.month:%b %y}", row.members) for row in growth]
    context = {
        "growth": growth,
        "growth_svg": bars.draw(months, title="People in UnMentoring at the end of each month"),
        "meetings": reports.meeting_by_round(),
        "reasons": reports.reasons_why_not(),
        "reach": reach[:REACH_SHOWN],
        "reach_shown": REACH_SHOWN,
        "reach_total": len(reach),
        "spread": reports.spread_of_reach(reach),
        "far": reports.how_far(),
        "breadcrumbs": trail(),
    }
    return render(request, "unmentoring/coordinate/numbers.html", context)
