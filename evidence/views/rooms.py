"""A listening session for whoever is in the room, with or without an account: only this session, only until its end."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from evidence import addresses, captures, sessions
from evidence.forms.sessions import NO_SESSION, FindingsForm, JoinForm, RoomLogForm, SurveyForm
from evidence.models import ListeningSession, Seat, StopShown
from people import limits, links
from people.access import Audience, open_to

TOO_OFTEN = "Too many people came in from here at once. Wait some minutes and try again"
TOO_MUCH = "That is more than can be sent in ten minutes. Wait a little and send it again: it is still here"
ONE_AUTHOR = (
    "This would be another item by one private person. We listen to what is said about services, and follow nobody: "
    "look for somebody else who says it. Nothing was kept"
)


@open_to(Audience.EVERYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def join_session(request: HttpRequest) -> HttpResponse:
    """Come in by the code on the wall. After too many wrong ones no code is looked at, so that nobody finds one."""
    if request.method != "POST":
        return _door(request, JoinForm(initial={"code": request.GET.get("code", "")[:20]}, may_try=True))
    may_try = not limits.is_used_up(request, "evidence:wrong_code")
    form = JoinForm(request.POST, may_try=may_try)
    if form.has_error("code", "unknown"):
        limits.allows(request, "evidence:wrong_code")
    session: ListeningSession | None = form.cleaned_data.get("code")
    if not limits.allows(request, "evidence:join_session", key=str(session.pk) if session else ""):
        form.add_error(None, TOO_OFTEN)
        return _door(request, form, status=429)
    if session and form.is_valid():
        try:
            return redirect(addresses.of_room(sessions.join(session, form.arrival(), now=timezone.now())))
        except sessions.NotNow:
            form.add_error("code", NO_SESSION)
    return _door(request, form, status=200 if may_try else 429)


def _door(request: HttpRequest, form: JoinForm, *, status: int = 200) -> HttpResponse:
    return render(request, "evidence/sessions/join.html", {"form": form}, status=status)


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
def room(request: HttpRequest, token: str) -> HttpResponse:
    """With whom, for what, how long still; log, findings, survey."""
    seat = _seat_or_404(token)
    if seat.session.is_over:
        return _private(render(request, "evidence/sessions/over.html", {"inquiry": seat.session.inquiry}))
    forms = _forms(request, seat)
    is_too_much = request.method == "POST" and not _may_send(request, seat)
    try:
        said = _take(request, seat, forms, is_too_much=is_too_much) if request.method == "POST" else ""
    except sessions.NotNow:  # ended, or put into no pair, in this very moment
        return redirect(request.path)
    if said:
        messages.success(request, said)
        return redirect(request.path)
    context = {
        "seat": seat,
        "session": seat.session,
        "inquiry": seat.session.inquiry,
        "pair": seat.pair,
        "with_whom": [str(one) for one in seat.pair.seats.exclude(pk=seat.pk)] if seat.pair else [],
        "topics": list(seat.pair.topics.all()) if seat.pair else [],
        "items": list(seat.pair.items.order_by("number")) if seat.pair else [],
        "has_errors": any(form.errors for form in forms.values()),
        "is_time_up": seat.session.is_time_up(timezone.now()),
        **forms,
    }
    return _private(render(request, "evidence/sessions/room.html", context, status=429 if is_too_much else 200))


def _may_send(request: HttpRequest, seat: Seat) -> bool:
    """Counted per seat, per session and per address: who has a link cannot flood the officer's list."""
    per_seat = limits.allows(request, "evidence:room", key=str(seat.pk))
    return limits.allows(request, "evidence:room_of_session", key=str(seat.session_id)) and per_seat


def _seat_or_404(token: str) -> Seat:
    try:
        pk = links.read(addresses.ROOM, token).pk
    except links.BadLink as bad:
        raise Http404 from bad
    return get_object_or_404(Seat.objects.select_related("session__inquiry", "pair"), pk=pk)


def _forms(request: HttpRequest, seat: Seat) -> dict[str, Any]:
    """Those that are asked for now; the one that was sent has what was typed."""

    def typed(name: str) -> Any:
        return request.POST if request.method == "POST" and name in request.POST else None

    if seat.pair is None:
        return {}
    made: dict[str, Any] = {"log_form": RoomLogForm(typed("log"), pair=seat.pair)}
    if seat.session.state == "reporting":
        made["findings_form"] = FindingsForm(typed("findings"), pair=seat.pair)
        made["survey_form"] = SurveyForm(typed("survey"), seat=seat)
    return made


def _take(request: HttpRequest, seat: Seat, forms: dict[str, Any], *, is_too_much: bool) -> str:
    """Do what was sent, and say that it is done; nothing when something has to be mended first."""
    sent = next((form for form in forms.values() if form.is_bound), None)
    if sent and is_too_much:
        sent.add_error(None, TOO_MUCH)
    if sent is None or not sent.is_valid():
        if sent and not is_too_much and sent.has_error("link", code="profile"):
            sessions.stopped(seat.session, StopShown.Kind.PROFILE, now=timezone.now())
        return ""
    if isinstance(sent, FindingsForm):
        sessions.find(seat, sent.said())
        return "Your findings are on the board."
    if isinstance(sent, SurveyForm):
        sessions.answer(seat, sent.said())
        return "Thank you. It goes into the report for the Board."
    return _log(seat, sent)


def _log(seat: Seat, form: RoomLogForm) -> str:
    try:
        handed_in = sessions.log(seat, form.said(), now=timezone.now())
    except captures.OneAuthorAgain:
        sessions.stopped(seat.session, StopShown.Kind.THIRD_ITEM, now=timezone.now())
        form.add_error("link", ONE_AUTHOR)
        return ""
    except captures.NotListening:
        form.add_error(None, "The inquiry takes nothing more. Tell the officer")
        return ""
    return (
        f"{handed_in.item} is logged." if handed_in.is_new else f"{handed_in.item} was there already: now seen twice."
    )


def _private(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
