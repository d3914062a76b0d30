"""Support meetings of one pair: log, mend, agree on the next, how often. For the two, signed in."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from meetups import dates
from networking import rhythm, support_meetings, support_reading
from networking.forms.support import ChangeMeetingForm, LogForm, NextMeetingForm, RhythmForm, first_values
from networking.models import Member, Pair, SupportMeeting
from networking.support_reading import today
from networking.views import loading
from people.access import Audience, SignedInRequest, open_to

FORM = ["GET", "HEAD", "POST"]


def pair_url(pair: Pair) -> str:
    return reverse("networking:pair", args=[pair.cohort.slug, pair.pk])


def trail(pair: Pair) -> loading.Trail:
    return loading.to_cohort(pair.cohort, ("Support meetings", pair_url(pair)))


def page(request: HttpRequest, name: str, pair: Pair, member: Member, **more: object) -> HttpResponse:
    """A page for one of the two; `breadcrumbs` only for whoever is signed in."""
    context = {"pair": pair, "cohort": pair.cohort, "member": member, "other": pair.other(member), **more}
    return render(request, f"networking/support/{name}.html", context)


View = Callable[..., HttpResponse]


def of_my_pair(view: View) -> View:
    """The pair that stands, and which of the two asks; when a lead ends it in this moment, they are told so."""

    @wraps(view)
    def loaded(request: SignedInRequest, cohort_slug: str, pair_pk: int, **more: int) -> HttpResponse:
        pair, member = loading.my_pair_or_404(request.user, cohort_slug, pair_pk)
        try:
            return view(request, pair, member, **more)
        except support_meetings.PairHasEnded:
            messages.error(request, "This pair has ended meanwhile, so nothing was saved.")
            return redirect(pair_url(pair))

    return loaded


def post_only(view: View) -> View:
    """For buttons of a pair's page: opening the address leads back to the page."""

    @wraps(view)
    def guarded(request: SignedInRequest, pair: Pair, member: Member, **more: int) -> HttpResponse:
        return view(request, pair, member, **more) if request.method == "POST" else redirect(pair_url(pair))

    return guarded


# --- Logging ------------------------------------------------------------------------------------------------------


def log_form(request: HttpRequest, pair: Pair, *, now: datetime, back: str = "") -> LogForm:
    standing = support_reading.of_one(pair, now)
    last = pair.meetings.filter(removed_at=None).first()
    usual = dates.day(rhythm.expected_on(support_reading.facts_after_today(standing, today(now))))
    return LogForm(
        request.POST if request.method == "POST" else None,
        initial=first_values(last, standing.next_meeting, today(now)),
        earliest=earliest(pair),
        today=today(now),
        hint=f"You meet about every {pair.rhythm_days} days: by {usual}. Both get it for their calendars.",
        button="Save the meeting",
        back=back,
    )


def earliest(pair: Pair) -> date:
    return today(pair.confirmed_at)


def try_to_log(form: LogForm, pair: Pair, member: Member, *, now: datetime) -> SupportMeeting | None:
    """The meeting, or None with the error beside its field. The next one is agreed with it, or neither is."""
    try:
        return support_meetings.log(
            pair, form.said(), by=member, now=now, then=form.when() if form.touches_next else support_meetings.AS_IT_IS
        )
    except support_meetings.AlreadyLogged as error:
        form.add_error("met_on", _logged_line(error.meeting))
        return None


def _logged_line(meeting: SupportMeeting) -> str:
    who = meeting.logged_by.person.name if meeting.logged_by else "Somebody"
    return f"{who} has logged a meeting on {dates.day(meeting.met_on)} already. Change that one, or enter another day"


@open_to(Audience.COHORT)
@require_http_methods(FORM)
@of_my_pair
def log_meeting(request: SignedInRequest, pair: Pair, member: Member) -> HttpResponse:
    now = timezone.now()
    form = log_form(request, pair, now=now, back=pair_url(pair))
    meeting = try_to_log(form, pair, member, now=now) if form.is_valid() else None
    if meeting is None:
        return page(request, "log", pair, member, form=form, breadcrumbs=trail(pair))
    messages.success(request, f"The meeting of {dates.day(meeting.met_on)} is saved.")
    return redirect(pair_url(pair))


# --- Mending ------------------------------------------------------------------------------------------------------


def change_form(request: HttpRequest, meeting: SupportMeeting, *, now: datetime, back: str = "") -> ChangeMeetingForm:
    fields = ("met_on", "how", "minutes", "did", "next_step", "version")
    return ChangeMeetingForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(meeting, name) for name in fields},
        earliest=earliest(meeting.pair),
        today=today(now),
        button="Save",
        back=back,
    )


def try_to_change(form: ChangeMeetingForm, meeting: SupportMeeting, *, now: datetime) -> SupportMeeting | bool:
    """Whether it is saved; or what stands there now, when the other one was quicker. Errors are in the form."""
    try:
        support_meetings.change(meeting, form.said(), version=form.seen, now=now)
    except support_meetings.AlreadyLogged as error:
        form.add_error("met_on", _logged_line(error.meeting))
        return False
    except support_meetings.ChangedMeanwhile as error:
        form.show_version(error.meeting.version)
        form.add_error(None, f"{error}. Below is what you typed; above it, what is saved now. Save again to replace it")
        return error.meeting
    return True


@open_to(Audience.COHORT)
@require_http_methods(FORM)
@of_my_pair
def change_meeting(request: SignedInRequest, pair: Pair, member: Member, meeting_pk: int) -> HttpResponse:
    meeting = _meeting_or_404(pair, meeting_pk)
    now = timezone.now()
    form = change_form(request, meeting, now=now, back=pair_url(pair))
    saved = form.is_valid() and try_to_change(form, meeting, now=now)
    if saved is True:
        messages.success(request, "Your changes are saved.")
        return redirect(pair_url(pair))
    more = {"form": form, "meeting": saved or meeting, "is_newer": bool(saved), "breadcrumbs": trail(pair)}
    return page(request, "change", pair, member, **more)


def _meeting_or_404(pair: Pair, meeting_pk: int) -> SupportMeeting:
    found = pair.meetings.filter(removed_at=None)
    return get_object_or_404(found.select_related("pair__cohort"), pk=meeting_pk)


@open_to(Audience.COHORT)
@of_my_pair
@post_only
def remove_meeting(request: SignedInRequest, pair: Pair, member: Member, meeting_pk: int) -> HttpResponse:
    meeting = get_object_or_404(pair.meetings, pk=meeting_pk)
    support_meetings.remove(meeting, now=timezone.now())
    messages.success(request, f"The meeting of {dates.day(meeting.met_on)} is out. You can bring it back below.")
    return redirect(pair_url(pair))


@open_to(Audience.COHORT)
@of_my_pair
@post_only
def bring_back_meeting(request: SignedInRequest, pair: Pair, member: Member, meeting_pk: int) -> HttpResponse:
    meeting = get_object_or_404(pair.meetings, pk=meeting_pk)
    try:
        support_meetings.bring_back(meeting, now=timezone.now())
        messages.success(request, f"The meeting of {dates.day(meeting.met_on)} is back.")
    except support_meetings.AlreadyLogged:
        messages.error(request, "Another meeting on this day was logged since. Change that one instead.")
    return redirect(pair_url(pair))


# --- The next one, and how often ----------------------------------------------------------------------------------


def next_form(request: HttpRequest, pair: Pair, *, now: datetime, back: str = "") -> NextMeetingForm:
    planned = support_reading.of_one(pair, now).next_meeting
    first = {"on": planned.on, "at": planned.at, "minutes": planned.minutes} if planned else None
    typed = request.POST if request.method == "POST" else None
    return NextMeetingForm(typed, initial=first, today=today(now), back=back)


@open_to(Audience.COHORT)
@require_http_methods(FORM)
@of_my_pair
def next_meeting(request: SignedInRequest, pair: Pair, member: Member) -> HttpResponse:
    """Agree on the next time, or move it."""
    now = timezone.now()
    form = next_form(request, pair, now=now, back=pair_url(pair))
    if form.is_valid():
        support_meetings.agree(pair, form.when(), by=member, now=now)
        messages.success(request, "Saved. Both of you get it for your calendars.")
        return redirect(pair_url(pair))
    planned = support_reading.of_one(pair, now).next_meeting
    return page(request, "next", pair, member, form=form, planned=planned, breadcrumbs=trail(pair))


@open_to(Audience.COHORT)
@of_my_pair
@post_only
def call_off_next(request: SignedInRequest, pair: Pair, member: Member) -> HttpResponse:
    support_meetings.agree(pair, None, by=member, now=timezone.now())
    messages.success(request, "The date is off. Both of you are told.")
    return redirect(pair_url(pair))


@open_to(Audience.COHORT)
@require_http_methods(FORM)
@of_my_pair
def change_rhythm(request: SignedInRequest, pair: Pair, member: Member) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    form = RhythmForm(typed, initial={"days": pair.rhythm_days}, back=pair_url(pair))
    if not form.is_valid():
        return page(request, "rhythm", pair, member, form=form, breadcrumbs=trail(pair))
    support_meetings.change_rhythm(pair, form.cleaned_data["days"], now=timezone.now())
    messages.success(request, f"You meet about every {form.cleaned_data['days']} days from now on.")
    return redirect(pair_url(pair))
