"""The coordinator's first page: what needs them, in order of urgency; then the next draw; numbers last."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from people.access import Audience, SignedInRequest, open_to
from unmentoring import needs, reports, rounds
from unmentoring.models import Participant, Round


@open_to(Audience.COORDINATORS)
@require_GET
def coordinate(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    month = rounds.next_month(now)
    summary = reports.coordinator_summary(now)
    context = {
        "summary": summary,
        "needs": needs.of(summary, request.user),
        "month": month,
        "draws_at": rounds.draws_at(month),
        "will_be_in": Participant.objects.eligible(month).count(),
        "draft": Round.objects.filter(month=month).first(),
        "preview_url": reverse("unmentoring:preview", args=[month.year, month.month]),
        "latest": Round.objects.published().first(),
        "numbers": reports.public_numbers(),
    }
    return render(request, "unmentoring/coordinate/home.html", context)
