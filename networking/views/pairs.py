"""One pair, and who must not be one: exclusions are for leads alone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from networking import exclusions as keeping_apart
from networking import parting, support_reading
from networking.forms.matching import EndPairForm, ExclusionForm
from networking.models import Exclusion, Pair
from networking.views import loading
from networking.views.matching import to_match
from people.access import Audience, SignedInRequest, open_to


@open_to(Audience.COHORT)
@require_safe
def pair(request: SignedInRequest, cohort_slug: str, pair_pk: int) -> HttpResponse:
    """For the two, and for leads."""
    found = loading.pair_or_404(request.user, cohort_slug, pair_pk)
    now = timezone.now()
    context = {
        "pair": found,
        "cohort": found.cohort,
        "standing": support_reading.of_one(found, now) if found.is_current else None,
        "history": support_reading.history(found, request.user, now),
        "breadcrumbs": loading.to_cohort(found.cohort),
    }
    return render(request, "networking/pair.html", context)


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: SignedInRequest, cohort_slug: str, pair_pk: int) -> HttpResponse:
    """End a pair: both are told, the row stays, and the councillor can be matched again."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    found = get_object_or_404(Pair.objects.with_people(), cohort=cohort, pk=pair_pk)
    form = EndPairForm(request.POST if request.method == "POST" else None, back=_pair_url(found))
    if not form.is_valid():
        context = {"form": form, "pair": found, "cohort": cohort, "breadcrumbs": loading.to_cohort(cohort)}
        return render(request, "networking/matching/end.html", context)
    if parting.end(found, why=form.cleaned_data["why"], now=timezone.now(), by=request.user):
        name = found.councillor.person.name
        messages.success(request, f"The pair has ended. Work out a match to find {name} another mentor.")
    else:
        messages.error(request, "This pair had ended already.")
    return redirect("networking:match", cohort.slug)


def _pair_url(found: Pair) -> str:
    return f"{found.cohort.get_absolute_url()}pairs/{found.pk}/"


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def exclusions(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """Who must not be matched with whom."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    members = cohort.members.joined().with_people()
    form = ExclusionForm(
        request.POST if request.method == "POST" else None,
        councillors=list(members.councillors()),
        mentors=list(members.mentors()),
    )
    if form.is_valid():
        said, now = form.cleaned_data, timezone.now()
        councillor, mentor = form.member("councillor"), form.member("mentor")
        keeping_apart.exclude(councillor, mentor, reason=said["reason"], note=said["note"], now=now, by=request.user)
        messages.success(request, f"{councillor.person.name} and {mentor.person.name} are not matched from now on.")
        return redirect("networking:exclusions", cohort.slug)
    kept = cohort.exclusions.select_related("councillor__person", "mentor__person", "said_by").order_by("pk")
    context = {"cohort": cohort, "form": form, "exclusions": list(kept), "breadcrumbs": to_match(cohort)}
    return render(request, "networking/matching/exclusions.html", context)


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: SignedInRequest, cohort_slug: str, exclusion_pk: int) -> HttpResponse:
    """They may be matched again."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    found = get_object_or_404(
        Exclusion.objects.select_related("councillor__person", "mentor__person"), cohort=cohort, pk=exclusion_pk
    )
    if request.method == "POST":
        keeping_apart.lift(found)
        messages.success(request, "They may be matched again.")
        return redirect("networking:exclusions", cohort.slug)
    context = {"cohort": cohort, "exclusion": found, "breadcrumbs": to_match(cohort)}
    return render(request, "networking/matching/lift.html", context)
