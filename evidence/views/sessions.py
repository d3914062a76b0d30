"""A listening session for its officers: the code on the wall, pairs, the clock, the board."""

import segno
from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from evidence import addresses, sessions
from evidence.forms.sessions import SessionForm
from evidence.models import Inquiry, Item, ListeningSession, Pair
from evidence.views import loading
from meetups.models import Meetup
from people.access import Audience, SignedInRequest, open_to


@open_to(Audience.MEMBERS)
@require_safe
def all_sessions(request: SignedInRequest, inquiry: str) -> HttpResponse:
    found = loading.member_or_404(request.user, inquiry)
    context = {
        "inquiry": found,
        "role": found.role_of(request.user),
        "sessions": list(found.sessions.select_related("meetup")),
        "breadcrumbs": loading.to(found),
    }
    return render(request, "evidence/sessions/list.html", context)


@open_to(Audience.OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_session(request: SignedInRequest, inquiry: str) -> HttpResponse:
    found = loading.officer_or_404(request.user, inquiry)
    listed = reverse("evidence:sessions", args=[found.slug])
    hosted = Meetup.objects.filter(hosts=request.user, listening_session=None, ends_at__gte=timezone.now())
    form = SessionForm(request.POST or None, meetups=hosted.order_by("starts_at"), back=listed)
    if form.is_valid():
        try:
            made = sessions.make(found, now=timezone.now(), by=request.user, **form.cleaned_data)
        except sessions.MeetupTaken:
            form.add_error("meetup", "There is a listening session for this meet-up already")
        else:
            return redirect("evidence:session", found.slug, made.pk)
    context = {"inquiry": found, "form": form, "title": "Make a listening session"}
    context["breadcrumbs"] = loading.to(found, ("Listening sessions", listed))
    return render(request, "evidence/reports/form.html", context)


def _session_or_404(inquiry: Inquiry, pk: int) -> ListeningSession:
    return get_object_or_404(inquiry.sessions.select_related("inquiry", "meetup"), pk=pk)


def _pairs(shown: ListeningSession) -> list[Pair]:
    # What an officer set aside, for example because it is about a person, is not read out to everybody.
    heard = Item.objects.exclude(state=Item.State.SET_ASIDE).order_by("number")
    return list(shown.pairs.prefetch_related("seats", "topics", Prefetch("items", heard)))


@open_to(Audience.OFFICERS)
@require_safe
def session(request: SignedInRequest, inquiry: str, session_pk: int) -> HttpResponse:
    """What the officer has on the big screen: the code, who is here, what to do next."""
    found = loading.officer_or_404(request.user, inquiry)
    shown = _session_or_404(found, session_pk)
    door = addresses.of_door(shown)
    context = {
        "inquiry": found,
        "session": shown,
        "door": door,
        "square_code": _square_code(door),
        "seats": list(shown.seats.select_related("pair")),
        "unpaired": shown.seats.filter(pair=None).count(),
        "pairs": _pairs(shown),
        "breadcrumbs": loading.to(found, ("Listening sessions", reverse("evidence:sessions", args=[found.slug]))),
    }
    return render(request, "evidence/sessions/run.html", context)


def _square_code(url: str) -> str:
    drawn = segno.make(url, error="m").svg_inline(
        scale=6, light="#fff", title="Square code that opens the page to join"
    )
    return mark_safe(drawn.replace("<svg ", '<svg role="img" ', 1))  # noqa: S308 -- drawn by us, of our own address


@open_to(Audience.OFFICERS)
def run(request: SignedInRequest, inquiry: str, session_pk: int) -> HttpResponse:
    """One press: make pairs, start, report back, end."""
    found = loading.officer_or_404(request.user, inquiry)
    shown = _session_or_404(found, session_pk)
    if request.method != "POST":  # after the loader: others learn nothing, not even how it is asked for
        return HttpResponseNotAllowed(["POST"])
    match request.POST.get("what"):
        case "pair" if not shown.is_over:
            messages.success(request, _said_of(sessions.make_pairs(shown)))
        case "start":
            sessions.start(shown, now=timezone.now())
        case "report":
            sessions.report_back(shown)
        case "end":
            sessions.end(shown, now=timezone.now())
            messages.success(request, "The session is over. The code opens nothing any more, and names are gone.")
    return redirect("evidence:session", found.slug, shown.pk)


def _said_of(paired: sessions.Paired) -> str:
    if paired.joined:
        return f"{paired.joined} joins {paired.joined.pair}. Their pages say who and what."
    if not paired.made:
        return "Everybody who is here is in a pair already."
    return f"{paired.made} pair{'' if paired.made == 1 else 's'} made. Their pages say who and what."


@open_to(Audience.MEMBERS)
@require_safe
def board(request: SignedInRequest, inquiry: str, session_pk: int) -> HttpResponse:
    """For everybody to see: what pairs logged, in our words, and what they found."""
    found = loading.member_or_404(request.user, inquiry)
    shown = _session_or_404(found, session_pk)
    pairs = _pairs(shown)
    context = {"inquiry": found, "session": shown, "pairs": pairs, "counted": _counted(pairs)}
    context["breadcrumbs"] = loading.to(found)
    return render(request, "evidence/sessions/board.html", context)


def _counted(pairs: list[Pair]) -> str:
    """What there is on the board, for whoever cannot see it grow."""
    items, findings = sum(len(pair.items.all()) for pair in pairs), sum(len(pair.findings) for pair in pairs)
    many = f"{items} item{'' if items == 1 else 's'} logged, {findings} finding{'' if findings == 1 else 's'}"
    return f"{many}." if pairs else ""
