"""For leads: who meets, who has fallen silent and why, and what is known and fine."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from meetups import dates
from networking import silences, support_home, support_reading
from networking.forms.support import FineForm
from networking.models import Cohort, Pair
from networking.views import loading
from people.access import Audience, SignedInRequest, open_to

PER_PAGE = 50


def _support_url(cohort: Cohort) -> str:
    return reverse("networking:support", args=[cohort.slug])


@open_to(Audience.LEADS)
@require_safe
def support(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """Who needs attention, with what the two said; then everybody."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    standings = support_home.of_cohort(cohort, timezone.now())
    pages = Paginator(standings, PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "cohort": cohort,
        "silent": [one for one in standings if one.needs_lead],
        "late": sum(1 for one in standings if one.is_late),
        "page": page,
        "page_numbers": list(pages.get_elided_page_range(page.number)),
        "breadcrumbs": loading.to_cohort(cohort),
    }
    return render(request, "networking/support/support.html", context)


def _pair_or_404(cohort: Cohort, pair_pk: int) -> Pair:
    return get_object_or_404(Pair.objects.current().with_people(), cohort=cohort, pk=pair_pk)


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def fine(request: SignedInRequest, cohort_slug: str, pair_pk: int) -> HttpResponse:
    """Known, fine until a day."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    pair, now = _pair_or_404(cohort, pair_pk), timezone.now()
    standing = support_reading.of_one(pair, now)
    first = {"until": standing.fine.until, "why": standing.fine.why} if standing.fine else None
    typed = request.POST if request.method == "POST" else None
    form = FineForm(typed, initial=first, today=support_reading.today(now), back=_support_url(cohort))
    if form.is_valid():
        said = form.cleaned_data
        silences.call_fine(pair, until=said["until"], why=said["why"], now=now, by=request.user)
        messages.success(request, f"Known, fine until {dates.day(said['until'])}. Nobody is asked before.")
        return redirect(_support_url(cohort))
    trail = loading.to_cohort(cohort, ("Support meetings", _support_url(cohort)))
    context = {"cohort": cohort, "pair": pair, "standing": standing, "form": form, "breadcrumbs": trail}
    return render(request, "networking/support/fine.html", context)


@open_to(Audience.LEADS)
def lift_fine(request: SignedInRequest, cohort_slug: str, pair_pk: int) -> HttpResponse:
    """Watch the pair as before."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    pair = _pair_or_404(cohort, pair_pk)
    if request.method == "POST":
        silences.lift_fine(pair, now=timezone.now())
        messages.success(request, "The pair is watched as before.")
    return redirect(_support_url(cohort))
