"""What everybody may see: what UnMentoring is, its numbers, what people learned."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from meetups.views import trail
from people import limits
from people.access import Audience, open_to, same_for_strangers
from people.models import Role
from unmentoring import joining, learning, reports, rounds
from unmentoring.forms.month import ReportLearningForm
from unmentoring.models import Learning, Participant

PER_PAGE, LATEST = 20, 3
TOO_OFTEN = (
    "This was sent too often in a short time. Wait ten minutes and send it again. What you entered is still here."
)
HOME = ("UnMentoring", "unmentoring:about")


@same_for_strangers()
@open_to(Audience.EVERYONE)
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    person = request.user if request.user.is_authenticated else None
    context = {
        "numbers": reports.public_numbers(),
        "rules": joining.RULES.text,
        "next_draw": rounds.draws_at(rounds.next_month(now)),
        "learned": list(Learning.objects.for_everyone()[:LATEST]),
        "takes_part": bool(person) and Participant.objects.here().filter(person=person).exists(),
        "is_coordinator": bool(person and person.has_role(Role.COORDINATOR)),
    }
    return render(request, "unmentoring/about.html", context)


@same_for_strangers("page")
@open_to(Audience.EVERYONE)
@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """What people learned and wanted everybody to see, once a coordinator has looked at it."""
    context = {
        **trail.paged(request, Learning.objects.for_everyone(), PER_PAGE),  # type: ignore[arg-type]
        "breadcrumbs": [(HOME[0], reverse(HOME[1]))],
    }
    return render(request, "unmentoring/wall.html", context)


@open_to(Audience.EVERYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def report_learning(request: HttpRequest, learning_pk: int) -> HttpResponse:
    """Say that something on the public wall is not right."""
    shown = get_object_or_404(Learning.objects.for_everyone(), pk=learning_pk)
    return answer_report(request, shown, back=reverse("unmentoring:wall"))


def answer_report(request: HttpRequest, shown: Learning, *, back: str) -> HttpResponse:
    """The form about one learning, and the page after it."""
    form = ReportLearningForm(request.POST if request.method == "POST" else None, back=back)
    context = {"form": form, "learning": shown, "back": back}
    if not form.is_valid():
        return render(request, "unmentoring/report_learning.html", context)
    if not limits.allows(request, "unmentoring:report"):
        form.add_error(None, TOO_OFTEN)
        return render(request, "unmentoring/report_learning.html", context, status=429)
    reporter = request.user if request.user.is_authenticated else None
    learning.report_learning(shown, form.cleaned_data["text"], reporter=reporter, now=timezone.now())
    return redirect(f"{reverse('unmentoring:reported')}")


@open_to(Audience.EVERYONE)
@require_safe
def reported(request: HttpRequest) -> HttpResponse:
    return render(request, "unmentoring/reported.html", {"breadcrumbs": [(HOME[0], reverse(HOME[1]))]})
