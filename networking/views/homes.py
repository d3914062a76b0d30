"""The first page of a cohort: what needs me, for councillors, mentors and leads."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from networking.views import loading
from people.access import Audience, SignedInRequest, open_to


@open_to(Audience.COHORT)
@require_safe
def cohort(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    cohort = loading.cohort_or_404(request.user, cohort_slug)
    context = {"cohort": cohort, "sprints": list(cohort.sprints.all()), "breadcrumbs": loading.trail()}
    return render(request, "networking/cohort.html", context)
