"""Who comes: the list, one of them, and taking the list out."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from meetups import attention, corrections, exports, guest_list, signups
from meetups.forms.people import CorrectForm, HandSignUpForm, PeopleFilter
from meetups.models import Meetup, SignUp, Way
from meetups.views import trail
from meetups.views.loading import run_by_or_404
from people import limits
from people.access import Audience, SignedInRequest, open_to

PER_PAGE = 50
FILES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# The columns of the list: the name of the sort, and what stands above it.
COLUMNS = [("name", "Name"), ("state", "State"), ("council", "Council"), ("signed_up", "Signed up")]


@open_to(Audience.HOSTS)
@require_GET
def people(request: SignedInRequest, slug: str) -> HttpResponse:
    meetup = run_by_or_404(request.user, slug)
    form = PeopleFilter(request.GET, meetup=meetup)
    wanted = form.wanted()
    found = guest_list.find(meetup, wanted)
    listed = trail.paged(request, found, PER_PAGE)
    context = {
        "meetup": meetup,
        "filter": form,
        "columns": [(label, name, name == wanted.sort) for name, label in COLUMNS],
        "ticks": _ticks(request.GET, meetup, found, [signup.pk for signup in listed["page"]]),
        "kept": [(name, value) for name, value in request.GET.items() if name in form.fields and value],
        "has_room": Way.ROOM in meetup.ways,
        "can_add": not guest_list.why_closed(meetup, timezone.now()),
        **listed,
        "breadcrumbs": trail.to(request, meetup),
    }
    return render(request, "meetups/organise/people.html", context)


def _ticks(said: QueryDict, meetup: Meetup, found: QuerySet[SignUp], shown: list[int]) -> guest_list.Ticks:
    """Ticks stand in the address, so that they stay while one searches, sorts and leafs, and in no other window."""
    ids = [] if "none" in said else guest_list.numbers(said.getlist("pick"))
    return guest_list.ticks(meetup, ids, found, shown=shown, adds_found="all" in said)


@open_to(Audience.HOSTS)
@require_GET
def export(request: SignedInRequest, slug: str) -> HttpResponse:
    """The list as it is filtered, for any spreadsheet."""
    meetup = run_by_or_404(request.user, slug)
    return _file(meetup, "csv", exports.csv_file(*_table(request, meetup)))


@open_to(Audience.HOSTS)
@require_GET
def export_workbook(request: SignedInRequest, slug: str) -> HttpResponse:
    """The same list for Excel."""
    meetup = run_by_or_404(request.user, slug)
    return _file(meetup, "xlsx", exports.workbook("People", *_table(request, meetup)))


def _table(request: SignedInRequest, meetup: Meetup) -> guest_list.Table:
    """Whom the filter finds. Access needs and answers only with `?private=1`."""
    found = guest_list.find(meetup, PeopleFilter(request.GET, meetup=meetup).wanted())
    with_private = request.GET.get("private") == "1"
    return guest_list.table(found, meetup.questions.all(), with_private=with_private)


def _file(meetup: Meetup, kind: str, data: bytes) -> HttpResponse:
    answer = HttpResponse(data, content_type=FILES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{meetup.slug}-people.{kind}"'
    return answer


def _signup_or_404(meetup: Meetup, pk: int) -> SignUp:
    signup = get_object_or_404(meetup.signups.select_related("person", "council"), pk=pk)
    signup.meetup = meetup
    return signup


def to_people(request: SignedInRequest, meetup: Meetup) -> trail.Trail:
    return trail.to(request, meetup, ("People", reverse("meetups:people", args=[meetup.slug])))


@open_to(Audience.HOSTS)
@require_GET
def one_signup(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """What they said, why they are where they are, what we wrote to them."""
    meetup = run_by_or_404(request.user, slug)
    signup = _signup_or_404(meetup, pk)
    context: dict[str, Any] = {
        "meetup": meetup,
        "signup": signup,
        "place_in_line": signup.place_in_line() if signup.is_waiting else None,
        "answers": list(signup.answers.select_related("question")),
        "events": list(signup.events.select_related("by")),
        "mails": list(attention.mails_about(signup)),
        "can_cancel": _can_cancel(signup),
        "can_edit": _can_edit(signup),
        "breadcrumbs": to_people(request, meetup),
    }
    return render(request, "meetups/organise/one_signup.html", context)


def _can_cancel(signup: SignUp) -> bool:
    return not signup.is_cancelled and not signup.meetup.is_over(timezone.now())


def _can_edit(signup: SignUp) -> bool:
    return not signup.is_cancelled and bool(signup.name)


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def edit_signup(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Change what somebody's sign-up says, in their stead."""
    meetup = run_by_or_404(request.user, slug)
    signup, now = _signup_or_404(meetup, pk), timezone.now()
    if not _can_edit(signup):
        messages.error(request, "There is nothing to change any more.")
        return redirect("meetups:one_signup", slug, pk)
    back = reverse("meetups:one_signup", args=[slug, pk])
    can_change_way = meetup.is_both and not meetup.is_cancelled and not meetup.has_started(now)
    sent = request.POST if request.method == "POST" else None
    form = CorrectForm(sent, signup=signup, can_change_way=can_change_way, cancel_url=back)
    context: dict[str, Any] = {"form": form, "meetup": meetup, "signup": signup}
    if form.is_valid() and (corrected := _corrected(request, form, signup, context)):
        messages.success(request, _what_was_changed(corrected))
        return redirect(back)
    context["breadcrumbs"] = [*to_people(request, meetup), (signup.name, back)]
    return render(request, "meetups/organise/edit_signup.html", context)


def _corrected(
    request: SignedInRequest, form: CorrectForm, signup: SignUp, context: dict[str, Any]
) -> corrections.Corrected | None:
    """What came of it; None when the form has to be shown again, saying why."""
    details, word = form.changed_details(signup), form.word_to_them()
    try:
        return corrections.correct(
            signup, details, based_on=form.cleaned_data["based_on"], word=word, now=timezone.now(), by=request.user
        )
    except corrections.ChangedMeanwhile:
        newest = _signup_or_404(signup.meetup, signup.pk)
        context["says_now"] = [line for line in corrections.lines(newest).values() if line.words]
        form.show_what_it_says_now(newest)
    except signups.NoPlaceThatWay:
        form.add_error("way", "All places of that kind are taken. They keep the place they have.")
    except (signups.SignUpClosed, corrections.NothingToChange) as why:
        form.add_error(None, str(why))
    return None


def _what_was_changed(corrected: corrections.Corrected) -> str:
    who = corrected.signup.name
    if not corrected.labels:
        return f"We have written to {who}. Nothing was changed." if corrected.is_told else "Nothing was changed."
    told = "We have written to them." if corrected.is_told else "They were not written to."
    return f"The sign-up of {who} is changed. {told}"


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def cancel_signup(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    meetup = run_by_or_404(request.user, slug)
    signup = _signup_or_404(meetup, pk)
    if not _can_cancel(signup):
        messages.error(request, "There is nothing to cancel any more.")
        return redirect("meetups:one_signup", slug, pk)
    if request.method == "POST":
        signups.cancel(signup, now=timezone.now(), by=request.user)
        messages.success(request, f"The sign-up of {signup.name} is cancelled. We have written to them.")
        return redirect("meetups:people", slug)
    waits = meetup.signups.waiting().filter(way=signup.way).exists()
    context = {"meetup": meetup, "signup": signup, "somebody_waits": waits}
    return render(
        request, "meetups/organise/cancel_signup.html", {**context, "breadcrumbs": to_people(request, meetup)}
    )


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def add_signup(request: SignedInRequest, slug: str) -> HttpResponse:
    """Sign somebody up by hand, also after sign-up has closed."""
    meetup = run_by_or_404(request.user, slug)
    now = timezone.now()
    if why := guest_list.why_closed(meetup, now):
        messages.error(request, why)
        return redirect("meetups:people", slug)
    form = HandSignUpForm(request.POST or None, meetup=meetup, back=reverse("meetups:people", args=[slug]))
    if form.is_valid() and not limits.allows(request, "meetups:add_signup"):
        form.add_error(None, "You signed up 300 people within an hour. Wait an hour, or send people the public page.")
    if form.is_valid():
        try:
            outcome = signups.sign_up(meetup, form.sign_up_details(), now=now, by=request.user)
        except signups.SignUpClosed as error:
            messages.error(request, str(error))
            return redirect("meetups:people", slug)
        messages.success(request, _what_came_of_it(outcome))
        return redirect("meetups:one_signup", slug, outcome.signup.pk)
    context = {"form": form, "meetup": meetup, "breadcrumbs": to_people(request, meetup)}
    return render(request, "meetups/organise/add_signup.html", context)


def _what_came_of_it(outcome: signups.Outcome) -> str:
    signup = outcome.signup
    if not outcome.is_new:
        return f"{signup.name} was signed up already and keeps what they have. We have sent them their link again."
    where = "has a place" if signup.is_confirmed else "is on the waiting list"
    return f"{signup.name} {where}. A mail to {signup.person.email} is on its way."
