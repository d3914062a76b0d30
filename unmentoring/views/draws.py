"""The draw before it is published: look at it, draw again with a reason, publish once."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from people.access import Audience, SignedInRequest, open_to
from unmentoring import rounds
from unmentoring.forms.coordinating import RerollForm
from unmentoring.models import Participant, Round
from unmentoring.views.loading import month_or_404, round_or_404, round_url, to_round, trail

PER_PAGE = 50


@open_to(Audience.COORDINATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: SignedInRequest, year: int, month: int) -> HttpResponse:
    """The draft, or how to make one. Drawing is a POST; looking changes nothing."""
    which, now = month_or_404(year, month), timezone.now()
    if request.method == "POST":
        try:
            rounds.preview(which, now=now, by=request.user)
        except rounds.TooLate as error:
            messages.error(request, str(error))
        return redirect("unmentoring:preview", year, month)
    round_ = Round.objects.filter(month=which).first()
    if round_ and round_.is_published:
        return redirect(round_url(round_))
    context = {
        "month": which,
        "round": round_,
        "may_draw": which in rounds.months_to_draw(now),
        "draws_at": rounds.draws_at(which),
        "will_be_in": Participant.objects.eligible(which).count(),
        "unanswered": Participant.objects.not_yet_answered(which).count(),
        "breadcrumbs": trail(),
    }
    return render(request, "unmentoring/coordinate/preview.html", {**context, **_drawn(request, round_)})


def _drawn(request: SignedInRequest, round_: Round | None) -> dict[str, object]:
    if round_ is None or not round_.record.facts:
        return {}
    page = Paginator(rounds.preview_groups(round_), PER_PAGE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "page_numbers": list(page.paginator.get_elided_page_range(page.number)),
        "alone": rounds.alone_in(round_),
        "is_up_to_date": rounds.is_up_to_date(round_),
    }


@open_to(Audience.COORDINATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def reroll(request: SignedInRequest, year: int, month: int) -> HttpResponse:
    """Another draw; the one before is kept with the reason."""
    round_ = round_or_404(year, month)
    if round_.is_published:
        return _is_published(request, round_)
    typed = request.POST if request.method == "POST" else None
    form = RerollForm(typed, back=f"{round_url(round_)}preview/")
    if not form.is_valid():
        context = {"form": form, "round": round_, "breadcrumbs": trail()}
        return render(request, "unmentoring/coordinate/reroll.html", context)
    try:
        rounds.reroll(round_, why=form.cleaned_data["why"], now=timezone.now(), by=request.user)
    except rounds.TooLate as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Drawn again. The draw before is kept with your reason.")
    return redirect("unmentoring:preview", year, month)


def _is_published(request: SignedInRequest, round_: Round) -> HttpResponse:
    messages.success(request, f"{round_} is published already. Everybody is told once.")
    return redirect(round_url(round_))


@open_to(Audience.COORDINATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: SignedInRequest, year: int, month: int) -> HttpResponse:
    """Who will be written to and with what; the button does it, once whatever happens."""
    round_ = round_or_404(year, month)
    if round_.is_published:
        return _is_published(request, round_)
    if request.method != "POST":
        context = {
            "round": round_,
            "month": round_.month,
            "paired": round_.people - len(round_.alone),
            "unanswered": Participant.objects.not_yet_answered(round_.month).count(),
            "breadcrumbs": to_round(round_),
        }
        return render(request, "unmentoring/coordinate/publish.html", context)
    try:
        rounds.publish(round_, now=timezone.now(), by=request.user)
    except (rounds.PeopleChanged, rounds.TooLate) as error:
        messages.error(request, f"{error} Nothing was published.")
        return redirect("unmentoring:preview", year, month)
    messages.success(request, f"{round_} is published. Introductions are on their way.")
    return redirect(round_url(round_))
