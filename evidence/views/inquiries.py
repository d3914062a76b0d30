"""An inquiry for those who have a part in it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evidence.views import loading
from people.access import Audience, SignedInRequest, open_to


@open_to(Audience.MEMBERS)
@require_safe
def inquiry(request: SignedInRequest, inquiry: str) -> HttpResponse:
    """Its first page: what there is to do for whoever looks."""
    shown = loading.member_or_404(request.user, inquiry)
    context = {
        "inquiry": shown,
        "role": shown.role_of(request.user),
        "topics": list(shown.topics.all()),
        "breadcrumbs": loading.trail(),
    }
    return render(request, "evidence/inquiry.html", context)
