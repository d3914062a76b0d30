"""The first page of listening, and what everybody may read about an inquiry."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evidence.models import Inquiry, Membership
from evidence.views import loading
from people.access import Audience, open_to
from people.models import Person


@open_to(Audience.EVERYONE)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What listening is, which inquiries listen now, and mine."""
    person = request.user if isinstance(request.user, Person) else None
    context = {
        "inquiries": Inquiry.objects.open().select_related("council"),
        "mine": _parts_of(person) if person else [],
        "may_begin": bool(person and person.is_organiser),
    }
    return render(request, "evidence/home.html", context)


def _parts_of(person: Person) -> list[Membership]:
    return list(person.inquiry_parts.select_related("inquiry").order_by("-inquiry__created_at"))


@open_to(Audience.EVERYONE)
@require_safe
def public(request: HttpRequest, inquiry: str) -> HttpResponse:
    """What we look at, why, how long we keep it, how to object or complain."""
    shown = loading.public_or_404(inquiry)
    context = {"inquiry": shown, "topics": list(shown.topics.all()), "breadcrumbs": loading.trail()}
    return render(request, "evidence/public.html", context)
