"""The agenda of one meet-up: its items, their phases and the hosts' script."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from meetups import agenda as fitting
from meetups import arranging, filling, programme, structures
from meetups.breakouts import beside
from meetups.forms.agenda import ItemForm, NewItemForm
from meetups.models import AgendaItem, Meetup
from meetups.views import trail
from meetups.views.loading import run_by_or_404
from people.access import Audience, SignedInRequest, open_to


@dataclass(frozen=True)
class Line:
    """A row of the agenda for its organisers. `focus`: the button somebody pressed to move it."""

    row: programme.Row
    misfits: list[str]
    focus: str


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def agenda(request: SignedInRequest, slug: str) -> HttpResponse:
    """The items with their times, and a form for one more."""
    meetup = run_by_or_404(request.user, slug)
    form = NewItemForm(request.POST or None, instance=AgendaItem(meetup=meetup))
    if form.is_valid():
        item = filling.add(form.instance, form.new_structure)
        messages.success(request, f"“{item.title}” is on the agenda.")
        return redirect("meetups:agenda", slug)
    planned = programme.of(meetup)
    context = {
        "meetup": meetup,
        "lines": _lines(planned, meetup, request.GET),
        "total_items": len(planned.rows),
        "verdict": planned.timetable.verdict,
        "total": planned.total,
        "form": form,
        "credit": structures.CREDIT,
        "credit_url": structures.SITE,
        "breadcrumbs": trail.to(request, meetup),
    }
    return render(request, "meetups/organise/agenda.html", context)


def _lines(planned: programme.Programme, meetup: Meetup, moved: QueryDict) -> list[Line]:
    taken = sum(meetup.places_taken(way) for way in meetup.ways)
    people = taken or sum(meetup.places(way) for way in meetup.ways)
    setting = fitting.Setting(people, meetup.mode != Meetup.Mode.ROOM, meetup.ends_at)
    return [
        Line(row, fitting.misfits(row.slot, row.structure, row.phase_minutes, setting), _focus(row, moved))
        for row in planned.rows
    ]


def _focus(row: programme.Row, moved: QueryDict) -> str:
    """Which button of the row has the keyboard after it was pressed, so that one can press it again."""
    return next((way for way in (arranging.UP, arranging.DOWN) if moved.get(way) == str(row.item.pk)), "")


def _to_agenda(request: SignedInRequest, meetup: Meetup) -> trail.Trail:
    return trail.to(request, meetup, ("Agenda", reverse("meetups:agenda", args=[meetup.slug])))


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def edit_item(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    meetup = run_by_or_404(request.user, slug)
    item = get_object_or_404(meetup.agenda, pk=pk)
    title = item.title
    form = ItemForm(request.POST or None, instance=item)
    if form.is_valid():
        filling.change(form.instance, form.cleaned_data["phases"], form.new_structure)
        messages.success(request, "The agenda item is saved.")
        return redirect("meetups:agenda", slug)
    context = {
        "form": form,
        "title": title,
        "structure": programme.structure(form.old_structure),
        "meetup": meetup,
        "breadcrumbs": _to_agenda(request, meetup),
    }
    return render(request, "meetups/organise/edit_item.html", context)


@open_to(Audience.HOSTS)
def shift_item(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Up or down by one, or to the place it was dragged to."""
    meetup = run_by_or_404(request.user, slug)
    item = get_object_or_404(meetup.agenda, pk=pk)
    direction = arranging.UP if request.POST.get("direction") == arranging.UP else arranging.DOWN
    to = request.POST.get("to", "")
    if request.method == "POST" and to.isdecimal():
        arranging.place(item, int(to))
    elif request.method == "POST":
        arranging.shift(item, direction)
    return redirect(f"{reverse('meetups:agenda', args=[slug])}?{direction}={pk}")


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def remove_item(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    meetup = run_by_or_404(request.user, slug)
    item = get_object_or_404(meetup.agenda, pk=pk)
    if request.method == "POST":
        item.delete()
        messages.success(request, f"“{item.title}” is off the agenda.")
        return redirect("meetups:agenda", slug)
    context = {"item": item, "meetup": meetup, "breadcrumbs": _to_agenda(request, meetup)}
    return render(request, "meetups/organise/remove_item.html", context)


@open_to(Audience.HOSTS)
@require_safe
def script(request: SignedInRequest, slug: str) -> HttpResponse:
    """What the hosts have in their hands: on screen, on paper, in large print when asked for."""
    meetup = run_by_or_404(request.user, slug)
    planned = programme.of(meetup)
    rooms = beside.agenda(meetup, planned)
    context = {
        "meetup": meetup,
        "hosts": [host.name for host in meetup.hosts.all() if host.name],
        "rows": [(row, rooms.of_item(row.item.pk)) for row in planned.rows],
        "rooms": rooms,
        "is_large": request.GET.get("print") == "large",
        "breadcrumbs": _to_agenda(request, meetup),
    }
    return render(request, "meetups/organise/script.html", context)
