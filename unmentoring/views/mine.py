"""Somebody's own page, by their link or from My things."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from meetups.views import trail
from meetups.views.loading import by_link
from people.access import Audience, open_to
from unmentoring import addresses, joining, my_page
from unmentoring.forms.joining import ChangeForm
from unmentoring.models import Learning, Participant
from unmentoring.views import public
from unmentoring.views.joining import mine_url
from unmentoring.views.loading import participant_or_404

PER_PAGE = 20


@open_to(Audience.LINK)
@require_safe
@by_link
def mine(request: HttpRequest, token: str) -> HttpResponse:
    participant = participant_or_404(token, addresses.MINE)
    actions = {
        "skip_url": addresses.SKIP,
        "pause_url": addresses.PAUSE,
        "back_url": addresses.COME_BACK,
        "leave_url": addresses.LEAVE,
    }
    context = {
        "participant": participant,
        "token": token,
        "overview": my_page.overview(participant, timezone.now()),
        "learned": list(participant.learnings.all()),
        **{name: reverse(purpose, args=[addresses.token(purpose, participant)]) for name, purpose in actions.items()},
    }
    return render(request, "unmentoring/mine.html", context)


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def change(request: HttpRequest, token: str) -> HttpResponse:
    """What I say about myself, how often, how to reach me."""
    participant = participant_or_404(token, addresses.MINE)
    if participant.is_gone or participant.is_new:
        return render(request, "unmentoring/not_in.html", {"participant": participant})
    back = mine_url(participant)
    form = ChangeForm(request.POST if request.method == "POST" else None, participant=participant, back=back)
    if not form.is_valid():
        context = {"form": form, "breadcrumbs": _back(participant)}
        return render(request, "unmentoring/change.html", context)
    joining.change(participant, form.details(email=participant.person.email), now=timezone.now())
    messages.success(request, "Saved. Partners of this month keep what they were told.")
    return redirect(back)


def _back(participant: Participant) -> list[tuple[str, str]]:
    return [("My UnMentoring", mine_url(participant))]


@open_to(Audience.LINK)
@require_safe
@by_link
def learning_of_others(request: HttpRequest, token: str) -> HttpResponse:
    """What people learned, for those who take part."""
    participant = _taking_part_or_404(token)
    context = {
        **trail.paged(request, Learning.objects.for_participants(), PER_PAGE),  # type: ignore[arg-type]
        "token": token,
        "breadcrumbs": _back(participant),
    }
    return render(request, "unmentoring/wall.html", context)


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def report_learning(request: HttpRequest, token: str, learning_pk: int) -> HttpResponse:
    """Say that something that only participants see is not right."""
    _taking_part_or_404(token)
    shown = get_object_or_404(Learning.objects.for_participants(), pk=learning_pk)
    return public.answer_report(request, shown, back=reverse("unmentoring:learning_of_others", args=[token]))


def _taking_part_or_404(token: str) -> Participant:
    """Only who has shown that the address is theirs sees what participants see; who left does not."""
    participant = participant_or_404(token, addresses.MINE)
    return get_object_or_404(Participant.objects.here().exclude(state=Participant.State.NEW), pk=participant.pk)
