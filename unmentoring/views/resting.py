"""Behind the links in mails: skip, pause, come back, leave, still in, yes or no for a month. A GET only shows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from meetups import dates
from meetups.views.loading import by_link
from people.access import Audience, open_to
from unmentoring import addresses, resting, rounds
from unmentoring.emails import month_name
from unmentoring.forms.month import PauseForm, SkipForm
from unmentoring.models import Participant
from unmentoring.views.loading import month_or_404, participant_or_404


@dataclass(frozen=True)
class Click:
    """One button: what stands above it, what it says, and what is said after."""

    title: str
    lines: tuple[str, ...]
    button: str
    done: str
    then: tuple[str, ...] = ()
    warns: bool = False


def _one_click(
    request: HttpRequest, participant: Participant, click: Click, act: Callable[[datetime], object]
) -> HttpResponse:
    """The page with the button, and after it the page that says what happened. Actions are safe to repeat."""
    if participant.is_gone or (participant.is_new and not click.warns):
        return render(request, "unmentoring/not_in.html", {"participant": participant})
    if request.method != "POST":
        return render(request, "unmentoring/one_click.html", {"click": click})
    act(timezone.now())
    return render(request, "unmentoring/done.html", {"title": click.done, "lines": click.then})


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def skip(request: HttpRequest, token: str) -> HttpResponse:
    participant = participant_or_404(token, addresses.SKIP)
    now = timezone.now()
    if participant.is_gone or participant.is_new:
        return render(request, "unmentoring/not_in.html", {"participant": participant})
    form = SkipForm(
        request.POST if request.method == "POST" else None,
        months=resting.months_to_skip(participant, now),
        chosen=resting.month_to_skip(participant, now),
    )
    if not form.is_valid():
        return render(request, "unmentoring/skip.html", {"form": form})
    resting.skip(participant, form.month(), now=now)
    lines = ("The month after it all goes on as before. The link to your details takes you back in.",)
    return render(request, "unmentoring/done.html", {"title": f"You skip {month_name(form.month())}", "lines": lines})


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def pause(request: HttpRequest, token: str) -> HttpResponse:
    participant = participant_or_404(token, addresses.PAUSE)
    now = timezone.now()
    form = PauseForm(request.POST if request.method == "POST" else None, first=rounds.next_month(now))
    if participant.is_gone or participant.is_new:
        return render(request, "unmentoring/not_in.html", {"participant": participant})
    if not form.is_valid():
        return render(request, "unmentoring/pause.html", {"form": form, "participant": participant})
    resting.pause(participant, until=form.month(), now=now)
    until = f"until {month_name(form.month())}" if form.month() else "until you come back"
    lines = ("A mail with a link to come back is on its way. A partner you were introduced to stays yours.",)
    return render(request, "unmentoring/done.html", {"title": f"You are paused {until}", "lines": lines})


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def come_back(request: HttpRequest, token: str) -> HttpResponse:
    participant = participant_or_404(token, addresses.COME_BACK)
    click = Click(
        title="Come back" if participant.is_paused else "You are taking part",
        lines=(f"You are paused. {participant.why}",)
        if participant.is_paused
        else ("There is nothing to do. You are in the draw.",),
        button="Come back" if participant.is_paused else "",
        done="You are back",
        then=(_next_draw(),),
    )
    return _one_click(request, participant, click, lambda now: resting.come_back(participant, now=now))


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def leave(request: HttpRequest, token: str) -> HttpResponse:
    participant = participant_or_404(token, addresses.LEAVE)
    click = Click(
        title="Leave UnMentoring",
        lines=(
            "We delete your phone number and what you said about yourself at once.",
            "Whoever is put together with you now is told, and we look for somebody else for them.",
            "Only a rest? Pause instead: the link is in every mail beside this one.",
        ),
        button="Leave UnMentoring",
        done="You have left",
        then=("You get no more mails about UnMentoring. You can join again whenever you like.",),
        warns=True,
    )
    return _one_click(request, participant, click, lambda now: resting.leave(participant, now=now))


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def still_in(request: HttpRequest, token: str) -> HttpResponse:
    participant = participant_or_404(token, addresses.STILL_IN)
    click = Click(
        title="Are you still in?",
        lines=("We have not heard from you for two rounds. One click, and everything goes on.",),
        button="Yes, I am still in",
        done="Good to know",
        then=(_next_draw(),),
    )
    return _one_click(request, participant, click, lambda now: resting.still_in(participant, now=now))


def _next_draw() -> str:
    return f"The next draw is on {dates.moment(rounds.draws_at(rounds.next_month(timezone.now())))}."


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def month(request: HttpRequest, token: str, year: int, month: int) -> HttpResponse:
    """Yes or no for one month."""
    participant = participant_or_404(token, addresses.MONTH)
    which, now = month_or_404(year, month), timezone.now()
    if participant.is_gone or participant.is_new:
        return render(request, "unmentoring/not_in.html", {"participant": participant})
    name = month_name(which)
    context = {"month": name, "is_open": resting.may_choose(which, now)}
    said = request.POST.get("taking_part")
    if request.method != "POST" or not context["is_open"] or said not in {"yes", "no"}:
        return render(request, "unmentoring/month.html", {**context, "has_errors": request.method == "POST"})
    act = resting.take_part if said == "yes" else resting.skip
    act(participant, which, now=now)
    title = f"You take part in {name}" if said == "yes" else f"You do not take part in {name}"
    return render(request, "unmentoring/done.html", {"title": title, "lines": _after_choice(said, participant)})


def _after_choice(said: str, participant: Participant) -> tuple[str, ...]:
    if said == "yes" and participant.is_paused:
        return ("You are still paused. Come back first: the link is in the mail about your pause.",)
    return ("Use the same link to change your mind before the draw.",)


@open_to(Audience.LINK)
@csrf_exempt  # mail programs post here without a page of ours (RFC 8058); the token is the right
@require_POST
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """One click in the mail program pauses; nothing is lost and one click brings them back."""
    resting.stop(participant_or_404(token, addresses.STOP), now=timezone.now())
    return HttpResponse(
        "You are out of the draws. If you were in, one mail says how to come back.\n", content_type="text/plain"
    )
