"""What the links in mails about support meetings open, without signing in. Looking changes nothing; a button does."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from meetups.views.loading import by_link
from networking import addresses, emails_support, silences, support_meetings, support_reading
from networking.forms.support import NotMetForm
from networking.models import Member, Pair, SupportMeeting
from networking.views import loading
from networking.views.support import FORM, change_form, log_form, next_form, page, try_to_change, try_to_log
from people import links
from people.access import Audience, open_to

LOGGED = "networking:logged_by_link"

View = Callable[[HttpRequest, Pair, Member], HttpResponse]


def of_a_pair(purpose: str) -> Callable[[View], Callable[[HttpRequest, str], HttpResponse]]:
    """For pages of one of a pair; when the pair has ended, they are told so."""

    def decorate(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
        @wraps(view)
        def opened(request: HttpRequest, token: str) -> HttpResponse:
            pair, member = loading.pair_by_link_or_404(token, purpose)
            try:
                return view(request, pair, member) if pair.is_current else page(request, "ended", pair, member)
            except support_meetings.PairHasEnded:
                return page(request, "ended", pair, member)

        return opened

    return decorate


def done(request: HttpRequest, pair: Pair, member: Member, title: str, *lines: str) -> HttpResponse:
    return page(request, "done", pair, member, title=title, lines=lines)


@open_to(Audience.LINK)
@require_http_methods(FORM)
@by_link
@of_a_pair(addresses.LOG)
def log_by_link(request: HttpRequest, pair: Pair, member: Member) -> HttpResponse:
    """We met: day and way are filled in."""
    now = timezone.now()
    form = log_form(request, pair, now=now)
    meeting = try_to_log(form, pair, member, now=now) if form.is_valid() else None
    if meeting is None:
        return page(request, "log", pair, member, form=form)
    return redirect(LOGGED, _token(meeting, member))


def _token(meeting: SupportMeeting, member: Member) -> str:
    """For whoever has just logged it."""
    return links.make(f"{LOGGED}:{member.pk}", meeting.pk, member.link_version)


def _logged_or_404(token: str) -> tuple[SupportMeeting, Member]:
    """The meeting this link is for; its purpose carries who logged it, so the row says which purpose to try."""
    number = token.partition(".")[0]
    found = SupportMeeting.objects.select_related("pair__cohort").filter(
        pk=number if number.isascii() and number.isdigit() and len(number) < 15 else "0"
    )
    for meeting in found:
        pair = Pair.objects.with_people().get(pk=meeting.pair_id)
        meeting.pair = pair
        for member in (pair.councillor, pair.mentor):
            if _is_for(token, meeting, member) and pair.is_current and member.is_here:
                return meeting, member
    raise Http404


def _is_for(token: str, meeting: SupportMeeting, member: Member) -> bool:
    try:
        return links.read(f"{LOGGED}:{member.pk}", token) == (meeting.pk, member.link_version)
    except links.BadLink:
        return False


@open_to(Audience.LINK)
@require_http_methods(FORM)
@by_link
def logged_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """It is saved; change it or take it out again."""
    meeting, member = _logged_or_404(token)
    try:
        return _logged(request, meeting, member, token)
    except support_meetings.PairHasEnded:
        return page(request, "ended", meeting.pair, member)


def _logged(request: HttpRequest, meeting: SupportMeeting, member: Member, token: str) -> HttpResponse:
    pair, now = meeting.pair, timezone.now()
    what = request.POST.get("what", "")
    if request.method == "POST" and what in {"remove", "bring_back"}:
        return _undo(request, meeting, member, token, what)
    is_changing = not meeting.is_removed and ("change" in request.GET or request.method == "POST")
    if is_changing:
        form = change_form(request, meeting, now=now, back=reverse(LOGGED, args=[token]))
        saved = form.is_valid() and try_to_change(form, meeting, now=now)
        if saved is True:
            return redirect(LOGGED, token)
        return page(request, "change", pair, member, form=form, meeting=saved or meeting, is_newer=bool(saved))
    planned = support_reading.of_one(pair, now).next_meeting
    more = {"meeting": meeting, "when": emails_support.when(planned) if planned else "", "token": token}
    return page(request, "logged", pair, member, **more)


def _undo(request: HttpRequest, meeting: SupportMeeting, member: Member, token: str, what: str) -> HttpResponse:
    act = support_meetings.remove if what == "remove" else support_meetings.bring_back
    try:
        act(meeting, now=timezone.now())
    except support_meetings.AlreadyLogged:
        line = "Another meeting on this day was logged since, so this one stays out."
        return done(request, meeting.pair, member, "There is one already", line)
    return redirect(LOGGED, token)


@open_to(Audience.LINK)
@require_http_methods(FORM)
@by_link
@of_a_pair(addresses.MOVED)
def moved_by_link(request: HttpRequest, pair: Pair, member: Member) -> HttpResponse:
    """We meet on another day."""
    now = timezone.now()
    form = next_form(request, pair, now=now)
    if not form.is_valid():
        planned = support_reading.of_one(pair, now).next_meeting
        return page(request, "next", pair, member, form=form, planned=planned)
    meeting = support_meetings.agree(pair, form.when(), by=member, now=now)
    assert meeting
    lines = [f"{emails_support.when(meeting)}.", "Both of you get it for your calendars."]
    return done(request, pair, member, "The day is saved", *lines)


@open_to(Audience.LINK)
@require_http_methods(FORM)
@by_link
@of_a_pair(addresses.NOT_MET)
def not_met_by_link(request: HttpRequest, pair: Pair, member: Member) -> HttpResponse:
    """We have not met, and why."""
    form = NotMetForm(request.POST if request.method == "POST" else None, other=pair.other(member))
    if not form.is_valid():
        return page(request, "not_met", pair, member, form=form)
    said = form.cleaned_data
    try:
        silences.say_not_met(pair, member, why_not=said["why_not"], note=said["note"], now=timezone.now())
    except silences.NothingOpen:
        line = "You two are on track by now, so there is nothing to answer."
        return done(request, pair, member, "Nobody is waiting for an answer", line)
    lines = [
        "Your leads see it. They are there to help, not to judge.",
        "When you have met, or agreed on a day, use the other links in the mail: then this is settled.",
    ]
    return done(request, pair, member, "Your answer is saved", *lines)
