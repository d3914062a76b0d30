"""My booking: what somebody does with their place, by the signed link in every e-mail."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetups import addresses, calendars, corrections, emails, other_dates, records, sharing, signups
from meetups.breakouts import telling
from meetups.forms.signing_up import ChangeAnswersForm, ChangeWayForm
from meetups.models import Meetup, SignUp
from meetups.views import loading, public
from people import limits
from people.access import Audience, open_to


@open_to(Audience.LINK)
@require_safe
@loading.by_link
def booking(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    signup = loading.booking_or_404(token)
    meetup = signup.meetup
    goes_on = not meetup.is_cancelled and not meetup.is_over(now)
    context = {
        **_page(signup, token),
        "goes_on": goes_on,
        "is_over": meetup.is_over(now),
        "has_started": meetup.has_started(now),
        "details_are_out": meetup.details_are_out(now),
        "why_closed": signups.why_closed(meetup, now),
        "can_change_way": goes_on and meetup.is_both and not meetup.has_started(now) and not signup.is_cancelled,
        "has_offer": signup.is_waiting and signup.has_offer(now),
        "offers_from": meetup.offers_from(),
        "has_other_dates": _can_change_date(signup, now) and other_dates.choices(signup, now).exists(),
        "place_in_line": signup.place_in_line() if signup.is_waiting else None,
        "answers": _answers(signup),
        "my_rooms": [] if signup.is_cancelled else telling.my_rooms(signup),
    }
    context["after"] = records.links_of(signup, now)
    context["topics_url"] = "" if context["after"] or signup.is_cancelled else addresses.topics(signup)
    if goes_on and signup.is_confirmed:
        context |= _how_to_join(signup)
    return render(request, "meetups/booking.html", context)


def _can_change_date(signup: SignUp, now: datetime) -> bool:
    return not signup.is_cancelled and not signup.meetup.is_cancelled and not signup.meetup.has_started(now)


def _page(signup: SignUp, token: str) -> dict[str, Any]:
    booking_url = reverse("meetups:booking", args=[token])
    return {"signup": signup, "meetup": signup.meetup, "token": token, "booking_url": booking_url}


def _answers(signup: SignUp) -> list[tuple[str, str]]:
    """What they said, as label and words."""
    about = [
        ("Name", signup.name),
        ("Email address", signup.person.email),
        ("Council or organisation", signup.works_at),
        ("Role", signup.get_role_display()),
        ("What helps you take part", signup.access_needs),
    ]
    asked = [(answer.question.label, answer.text) for answer in signup.answers.select_related("question")]
    return [(label, said) for label, said in [*about, *asked] if said]


def _how_to_join(signup: SignUp) -> dict[str, Any]:
    meetup = signup.meetup
    where = calendars.where(meetup, signup.way)
    return {
        "join_url": addresses.join(signup),
        "opens_at": meetup.opens_at(),
        "agenda": loading.agenda_rows(meetup),
        "calendar_links": sharing.calendar_links(public.subject_of(meetup), meetup.starts_at, meetup.ends_at, where),
    }


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@loading.by_link
def change_answers(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    signup = loading.booking_or_404(token)
    page = _page(signup, token)
    if signup.is_cancelled or signup.meetup.is_cancelled or signup.meetup.is_over(now):
        return redirect(page["booking_url"])
    sent = request.POST if request.method == "POST" else None
    form = ChangeAnswersForm(sent, signup=signup, cancel_url=page["booking_url"])
    if form.is_valid():
        details = form.changed_details(signup)
        try:
            corrections.change_own(signup, details, based_on=form.cleaned_data["based_on"], now=now)
        except corrections.ChangedMeanwhile:
            page["both"] = form.show_both(loading.booking_or_404(token), details)
            return render(request, "meetups/change_answers.html", {**page, "form": form})
        except corrections.NothingToChange as why:
            messages.error(request, str(why))
            return redirect(page["booking_url"])
        messages.success(request, _saved(form.answers_nobody_asks_for or signups.has_answers_nobody_asks_for(details)))
        return redirect(page["booking_url"])
    return render(request, "meetups/change_answers.html", {**page, "form": form})


def _saved(lost_an_answer: bool) -> str:
    if lost_an_answer:
        return "Your answers are saved, but for one: the hosts took its question off the form meanwhile."
    return "Your answers are saved."


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@loading.by_link
def change_way(request: HttpRequest, token: str) -> HttpResponse:
    """Online instead of in the room, or the other way round."""
    now = timezone.now()
    signup = loading.booking_or_404(token)
    signup.meetup = loading.booked_or_404(signup.meetup.slug)  # with its places counted
    page = _page(signup, token)
    if signup.is_cancelled or not _can_change_way(signup.meetup, now):
        return redirect(page["booking_url"])
    sent = request.POST if request.method == "POST" else None
    form = ChangeWayForm(sent, signup=signup, cancel_url=page["booking_url"])
    if form.is_valid() and not limits.allows(request, "meetups:sign_up", key=signup.person.email):
        return render(request, "429.html", status=429)
    if form.is_valid() and _is_changed(request, form, signup, now):
        return redirect(page["booking_url"])
    return render(request, "meetups/change_way.html", {**page, "form": form})


def _can_change_way(meetup: Meetup, now: Any) -> bool:
    return meetup.is_both and not meetup.is_cancelled and not meetup.has_started(now)


def _is_changed(request: HttpRequest, form: ChangeWayForm, signup: SignUp, now: Any) -> bool:
    """Whether it worked; otherwise the form says why not."""
    try:
        signup = signups.change_way(signup, form.cleaned_data["way"], now=now)
    except signups.NoPlaceThatWay:
        form.add_error("way", "All places of that kind are taken. You keep the place you have.")
        return False
    except signups.SignUpClosed as closed:
        form.add_error(None, str(closed))
        return False
    messages.success(request, f"You take part {signup.get_way_display()}.")
    return True


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@loading.by_link
def cancel_booking(request: HttpRequest, token: str) -> HttpResponse:
    """Say what will be lost, and do it when they say so."""
    now = timezone.now()
    signup = loading.booking_or_404(token)
    page = _page(signup, token)
    if signup.is_cancelled or signup.meetup.is_cancelled or signup.meetup.is_over(now):
        return redirect(page["booking_url"])
    if request.method == "POST":
        signups.cancel(signup, now=now)
        return redirect(page["booking_url"])
    context = {
        **page,
        "is_open": signup.meetup.is_open(now),
        "waiting": _others_waiting(signup),
        "has_started": signup.meetup.has_started(now),
        "is_offered": signup.meetup.offers_by_link(now),
    }
    return render(request, "meetups/cancel_booking.html", context)


def _others_waiting(signup: SignUp) -> int:
    return signup.meetup.signups.waiting().filter(way=signup.way).exclude(pk=signup.pk).count()


@open_to(Audience.LINK)
@require_POST
@loading.by_link
def sign_up_again(request: HttpRequest, token: str) -> HttpResponse:
    signup = loading.booking_or_404(token)
    if not limits.allows(request, "meetups:sign_up", key=signup.person.email):
        return render(request, "429.html", status=429)
    try:
        signups.sign_up_again(signup, now=timezone.now())
    except signups.SignUpClosed as closed:
        messages.error(request, str(closed))
    return redirect("meetups:booking", token)


@open_to(Audience.LINK)
@require_POST
@loading.by_link
def send_again(request: HttpRequest, token: str) -> HttpResponse:
    """For whom the e-mail did not reach: the same once more."""
    signup = loading.booking_or_404(token)
    if not limits.allows(request, "meetups:resend", key=signup.person.email):
        return render(request, "429.html", status=429)
    if not signup.is_cancelled and not signup.meetup.is_cancelled:
        emails.already_signed_up(signup, now=timezone.now())
        messages.success(request, f"We are sending the email to {signup.person.email} again.")
    return redirect("meetups:booking", token)


@open_to(Audience.LINK)
@require_safe
@loading.by_link
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The same entry as in the e-mails, so that a calendar keeps one."""
    signup = loading.booking_or_404(token)
    return public.calendar_file(calendars.for_signup(signup), signup.meetup)
