"""Breakout rooms: the plan, who is here, one round with what goes out of it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from meetups import room_lists, tasks
from meetups.breakouts import circle, keeping, marking, planning, telling
from meetups.forms.breakouts import HereForm, PlanForm
from meetups.models import BreakoutPlan, Meetup
from meetups.views import trail
from meetups.views.loading import run_by_or_404
from outbox import nudges
from people.access import Audience, SignedInRequest, open_to


def to_rooms(request: SignedInRequest, meetup: Meetup) -> trail.Trail:
    return trail.to(request, meetup, ("Rooms", reverse("meetups:rooms", args=[meetup.slug])))


def plan_of(meetup: Meetup) -> BreakoutPlan | None:
    return BreakoutPlan.objects.filter(meetup=meetup).select_related("meetup").first()


def plan_or_404(meetup: Meetup) -> BreakoutPlan:
    plan = plan_of(meetup)
    if plan is None:
        raise Http404
    return plan


def round_or_404(plan: BreakoutPlan, number: int) -> keeping.RoundOf:
    for one in keeping.rounds_of(plan):
        if one.row.number == number:
            return one
    raise Http404


@open_to(Audience.HOSTS)
@require_GET
def rooms(request: SignedInRequest, slug: str) -> HttpResponse:
    """What was planned and achieved, round by round."""
    meetup = run_by_or_404(request.user, slug)
    plan, listed = plan_of(meetup), circle.on_the_list(meetup)
    rounds = keeping.rounds_of(plan) if plan else []
    context = {
        "meetup": meetup,
        "plan": plan,
        "rounds": [(one, telling.amiss(one, listed)) for one in rounds],
        "here": sum(map(circle.is_here, listed)),
        "listed": len(listed),
        "quarrels": telling.quarrels(meetup, rounds),
        "can_replan": any(not one.row.held_at for one in rounds) and any(map(circle.is_here, listed)),
        "breadcrumbs": trail.to(request, meetup),
    }
    return render(request, "meetups/breakouts/rooms.html", context)


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def plan_rooms(request: SignedInRequest, slug: str) -> HttpResponse:
    meetup = run_by_or_404(request.user, slug)
    back = reverse("meetups:rooms", args=[slug])
    form = PlanForm(request.POST or None, initial=_to_begin_with(meetup), meetup=meetup, back=back)
    if form.is_valid():
        try:
            _plan(request, meetup, form)
        except planning.NotPossible as error:
            form.add_error(None, str(error).removesuffix("."))
        except keeping.Changed as error:
            messages.error(request, str(error))
            return redirect("meetups:rooms", slug)
        else:
            return redirect("meetups:rooms", slug)
    context = {"form": form, "meetup": meetup, "plan": plan_of(meetup), "breadcrumbs": to_rooms(request, meetup)}
    return render(request, "meetups/breakouts/plan.html", context)


def _plan(request: SignedInRequest, meetup: Meetup, form: PlanForm) -> None:
    now = timezone.now()
    plan, for_worker = planning.ask(meetup, form.settings(), now=now)
    if for_worker:
        nudges.after_commit(tasks.plan_rooms)
        messages.success(request, "So many people take a moment. The rooms are here soon.")
        return
    planning.make(plan, now=now)
    messages.success(request, "The rooms are planned.")


def _to_begin_with(meetup: Meetup) -> dict[str, Any]:
    """As it was chosen last; before that what the agenda asks for."""
    plan = plan_of(meetup)
    codes = plan.recipe if plan else planning.rounds_of_agenda(meetup) or ["4", "4"]
    begin: dict[str, Any] = {f"round_{number}": code for number, code in enumerate(codes, start=1)}
    if plan:
        kept = {"room_names": plan.room_names, "for_whom": plan.for_whom}
        return {**begin, **kept, "help_question": plan.help_question_id, "offer_question": plan.offer_question_id}
    asked = list(meetup.questions.all())
    begin["help_question"] = next((one.pk for one in asked if "help with" in one.label.casefold()), None)
    begin["offer_question"] = next((one.pk for one in asked if "help others" in one.label.casefold()), None)
    for_whom = BreakoutPlan.ForWhom
    return {**begin, "for_whom": for_whom.HERE if meetup.has_started(timezone.now()) else for_whom.EXPECTED}


@open_to(Audience.HOSTS)
def replan_rooms(request: SignedInRequest, slug: str) -> HttpResponse:
    """The rounds to come for those who are here now, with as few moves as possible."""
    meetup = run_by_or_404(request.user, slug)
    plan = plan_of(meetup)
    if request.method == "POST" and plan:
        try:
            changed = planning.replan(plan, now=timezone.now())
        except (planning.NotPossible, keeping.Changed) as error:
            messages.error(request, f"{str(error).removesuffix('.')}.")
        else:
            messages.success(request, _changed(changed))
    return redirect("meetups:rooms", slug)


def _changed(rooms_changed: int) -> str:
    if not rooms_changed:
        return "Everybody who is here has a room. Nobody had to move."
    return (
        f"Everybody who is here has a room. {rooms_changed} room{' has' if rooms_changed == 1 else 's have'} changed."
    )


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def who_is_here(request: SignedInRequest, slug: str) -> HttpResponse:
    """The list to tick. Only what was changed on it is taken over, so that whoever joins meanwhile stays in."""
    meetup = run_by_or_404(request.user, slug)
    if request.method == "POST":
        changed = marking.mark(meetup, **_ticks(request), now=timezone.now())
        if changed or "find" not in request.POST:
            messages.success(request, "Saved." if changed else "Nothing was changed.")
        return redirect(_with_filter(request, slug))
    listed = [(signup, circle.is_here(signup)) for signup in circle.on_the_list(meetup)]
    form = HereForm(request.GET)
    context = {
        "meetup": meetup,
        "form": form,
        "listed": len(listed),
        "found": form.found(listed),
        "here": sum(is_here for _, is_here in listed),
        "can_add": meetup.state == Meetup.State.PUBLISHED and not meetup.is_over(timezone.now()),
        "breadcrumbs": to_rooms(request, meetup),
    }
    return render(request, "meetups/breakouts/who_is_here.html", context)


def _with_filter(request: SignedInRequest, slug: str) -> str:
    """The page again, showing whom it showed or whom one looks for now."""
    wanted = {name: value for name in HereForm.base_fields if (value := request.POST.get(name, ""))}
    return f"{reverse('meetups:who_is_here', args=[slug])}{'?' if wanted else ''}{urlencode(wanted)}"


def _ticks(request: SignedInRequest) -> dict[str, set[int]]:
    def ids(name: str) -> set[int]:
        return {int(one) for one in request.POST.getlist(name) if one.isdecimal() and len(one) < 18}

    return {"ticked": ids("here"), "was_ticked": ids("was_here")}


@open_to(Audience.HOSTS)
@require_GET
def room_round(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """One round: who is where, and the list to paste or read aloud."""
    meetup = run_by_or_404(request.user, slug)
    plan = plan_or_404(meetup)
    one = round_or_404(plan, number)
    handed_out = telling.handed_out(one)
    context = {
        "meetup": meetup,
        "plan": plan,
        "one": one,
        "amiss": telling.amiss(one, circle.on_the_list(meetup)),
        "spoken": room_lists.spoken(telling.title(one), handed_out),
        "without_address": _left_out_of_zoom(handed_out),
        "breadcrumbs": to_rooms(request, meetup),
    }
    return render(request, "meetups/breakouts/round.html", context)


def _left_out_of_zoom(handed_out: list[room_lists.Room]) -> list[str]:
    try:
        return [person.name for person in room_lists.zoom_file(handed_out).left_out]
    except room_lists.TooManyForZoom:
        return []


@open_to(Audience.HOSTS)
@require_GET
def zoom_file(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """For “Import from CSV” in Zoom."""
    meetup = run_by_or_404(request.user, slug)
    one = round_or_404(plan_or_404(meetup), number)
    try:
        made = room_lists.zoom_file(telling.handed_out(one))
    except room_lists.TooManyForZoom as error:
        messages.error(request, str(error))
        return redirect("meetups:room_round", slug, number)
    answer = HttpResponse(made.data, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{meetup.slug}-round-{number}-zoom.csv"'
    return answer


@open_to(Audience.HOSTS)
@require_GET
def sheet(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """To print: room by room, and everybody by name."""
    meetup = run_by_or_404(request.user, slug)
    one = round_or_404(plan_or_404(meetup), number)
    context = {
        "meetup": meetup,
        "sheet": room_lists.sheet(telling.title(one), telling.handed_out(one)),
        "breadcrumbs": [*to_rooms(request, meetup), (str(one.row), reverse("meetups:room_round", args=[slug, number]))],
    }
    return render(request, "meetups/breakouts/sheet.html", context)
