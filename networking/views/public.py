"""What everybody may see: what the programme is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from networking.models import Cohort, Programme
from people.access import Audience, open_to


@open_to(Audience.EVERYONE)
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    person = request.user if request.user.is_authenticated else None
    mine = (Cohort.objects.of(person) | Cohort.objects.led_by(person).distinct()) if person else Cohort.objects.none()
    context = {
        "programmes": list(Programme.objects.filter(ended_at=None).prefetch_related("sprints")),
        "cohorts": list(mine.order_by("-starts_on")),
        "is_organiser": bool(person and person.is_organiser),
    }
    return render(request, "networking/about.html", context)
