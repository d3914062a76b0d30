"""The agenda of a meet-up and the default one of a series: items, their phases; the hosts' script."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from meetups import agenda as fitting
from meetups import arranging, dates, filling, programme, structures, timings
from meetups.breakouts import beside
from meetups.forms.agenda import ItemForm, NewItemForm
from meetups.models import AgendaItem, Meetup, Series, SeriesDefaults
from meetups.views import loading, owners, trail
from people.access import Audience, SignedInRequest, open_to

# A default agenda is laid out on a day without a change of the clocks.
SOME_DAY = date(2027, 1, 13)


@dataclass(frozen=True)
class Line:
    """A row of the agenda for its organisers. `focus`: the button somebody pressed to move it."""

    row: programme.Row
    when: str
    misfits: list[str]
    focus: str
    edit_url: str
    shift_url: str
    remove_url: str


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def agenda(request: SignedInRequest, slug: str) -> HttpResponse:
    """The items with their times, and a form for one more."""
    return _agenda(request, owners.meetup_or_404(request, slug))


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "POST"])
def series_agenda(request: SignedInRequest, slug: str) -> HttpResponse:
    """What new meet-ups of a series have on their agenda to begin with."""
    return _agenda(request, owners.series_or_404(request, slug))


def _agenda(request: SignedInRequest, owner: owners.Owner) -> HttpResponse:
    form = NewItemForm(request.POST or None, instance=AgendaItem(**owner.as_fields))
    if form.is_valid():
        item = filling.add(form.instance, form.new_structure)
        messages.success(request, f"“{item.title}” is on the agenda.")
        return redirect(owner.url("agenda"))
    laid_out = _of_meetup(owner.meetup) if owner.meetup else _of_series(owner.series)
    context = {
        "meetup": owner.meetup,
        "series": owner.series,
        "lines": _lines(laid_out, owner, request.GET),
        "total_items": len(laid_out.planned.rows),
        "verdict": laid_out.verdict,
        "total": laid_out.planned.total,
        "form": form,
        "credit": structures.CREDIT,
        "credit_url": structures.SITE,
        "breadcrumbs": owner.breadcrumbs,
    }
    return render(request, f"meetups/organise/{'agenda' if owner.meetup else 'series_agenda'}.html", context)


@dataclass(frozen=True)
class LaidOut:
    """An agenda in its time. `counted_from`: where nobody says when it starts, minutes are counted from this moment."""

    planned: programme.Programme
    setting: fitting.Setting
    verdict: str
    counted_from: datetime | None = None


def _of_meetup(meetup: Meetup) -> LaidOut:
    planned = programme.of(meetup)
    taken = sum(meetup.places_taken(way) for way in meetup.ways)
    people = taken or sum(meetup.places(way) for way in meetup.ways)
    setting = fitting.Setting(people, meetup.mode != Meetup.Mode.ROOM, meetup.starts_at, meetup.ends_at)
    return LaidOut(planned, setting, planned.timetable.verdict)


def _of_series(series: Series) -> LaidOut:
    usual = SeriesDefaults.of(series)
    starts_at = datetime.combine(SOME_DAY, usual.starts or time(0), tzinfo=timings.LONDON)
    length = usual.length_minutes
    ends_at = starts_at + timedelta(minutes=length or 24 * 60)
    planned = programme.of_series(series, starts_at, ends_at)
    people = sum(filter(None, (usual.places_online, usual.places_room))) or None
    setting = fitting.Setting(people, usual.mode != Meetup.Mode.ROOM, starts_at, ends_at)
    verdict = planned.timetable.verdict if length else ""
    return LaidOut(planned, setting, verdict, counted_from=None if length else starts_at)


def _lines(laid_out: LaidOut, owner: owners.Owner, moved: QueryDict) -> list[Line]:
    return [
        Line(
            row,
            _when(row.slot, laid_out.counted_from),
            fitting.misfits(row.slot, row.structure, row.phase_minutes, laid_out.setting),
            _focus(row, moved),
            edit_url=owner.url("edit_item", row.item.pk),
            shift_url=owner.url("shift_item", row.item.pk),
            remove_url=owner.url("remove_item", row.item.pk),
        )
        for row in laid_out.planned.rows
    ]


def _when(slot: fitting.Slot, counted_from: datetime | None) -> str:
    if counted_from is None:
        return f"{dates.clock(slot.starts_at)} to {dates.clock(slot.ends_at)}"
    begins, ends = (round((at - counted_from).total_seconds() / 60) for at in (slot.starts_at, slot.ends_at))
    return f"Minute {begins} to {ends}"


def _focus(row: programme.Row, moved: QueryDict) -> str:
    """Which button of the row has the keyboard after it was pressed, so that one can press it again."""
    return next((way for way in (arranging.UP, arranging.DOWN) if moved.get(way) == str(row.item.pk)), "")


def _to_agenda(owner: owners.Owner) -> trail.Trail:
    return [*owner.breadcrumbs, ("Agenda" if owner.meetup else "Default agenda", owner.url("agenda"))]


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def edit_item(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    return _edit_item(request, owners.meetup_or_404(request, slug), pk)


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "POST"])
def series_edit_item(request: SignedInRequest, slug: str, usual_item: int) -> HttpResponse:
    return _edit_item(request, owners.series_or_404(request, slug), usual_item)


def _edit_item(request: SignedInRequest, owner: owners.Owner, pk: int) -> HttpResponse:
    item = get_object_or_404(owner.row.agenda, pk=pk)
    title = item.title
    form = ItemForm(request.POST or None, instance=item)
    if form.is_valid():
        filling.change(form.instance, form.cleaned_data["phases"], form.new_structure)
        messages.success(request, "The agenda item is saved.")
        return redirect(owner.url("agenda"))
    context = {
        "form": form,
        "title": title,
        "structure": programme.structure(form.old_structure),
        "breadcrumbs": _to_agenda(owner),
    }
    return render(request, "meetups/organise/edit_item.html", context)


@open_to(Audience.HOSTS)
def shift_item(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    return _shift_item(request, owners.meetup_or_404(request, slug), pk)


@open_to(Audience.ORGANISERS)
def series_shift_item(request: SignedInRequest, slug: str, usual_item: int) -> HttpResponse:
    return _shift_item(request, owners.series_or_404(request, slug), usual_item)


def _shift_item(request: SignedInRequest, owner: owners.Owner, pk: int) -> HttpResponse:
    """Up or down by one, or to the place it was dragged to."""
    item = get_object_or_404(owner.row.agenda, pk=pk)
    direction = arranging.UP if request.POST.get("direction") == arranging.UP else arranging.DOWN
    to = request.POST.get("to", "")
    if request.method == "POST" and to.isdecimal():
        arranging.place(item, loading.number(to))
    elif request.method == "POST":
        arranging.shift(item, direction)
    return redirect(f"{owner.url('agenda')}?{direction}={pk}")


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def remove_item(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    return _remove_item(request, owners.meetup_or_404(request, slug), pk)


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "POST"])
def series_remove_item(request: SignedInRequest, slug: str, usual_item: int) -> HttpResponse:
    return _remove_item(request, owners.series_or_404(request, slug), usual_item)


def _remove_item(request: SignedInRequest, owner: owners.Owner, pk: int) -> HttpResponse:
    item = get_object_or_404(owner.row.agenda, pk=pk)
    if request.method == "POST":
        item.delete()
        messages.success(request, f"“{item.title}” is off the agenda.")
        return redirect(owner.url("agenda"))
    context = {"item": item, "agenda_url": owner.url("agenda"), "breadcrumbs": _to_agenda(owner)}
    return render(request, "meetups/organise/remove_item.html", context)


@open_to(Audience.HOSTS)
@require_safe
def script(request: SignedInRequest, slug: str) -> HttpResponse:
    """What the hosts have in their hands: on screen, on paper, in large print when asked for."""
    owner = owners.meetup_or_404(request, slug)
    meetup = owner.meetup
    assert meetup
    planned = programme.of(meetup)
    rooms = beside.agenda(meetup, planned)
    context = {
        "meetup": meetup,
        "hosts": [host.name for host in meetup.hosts.all() if host.name],
        "rows": [(row, rooms.of_item(row.item.pk)) for row in planned.rows],
        "rooms": rooms,
        "is_large": request.GET.get("print") == "large",
        "breadcrumbs": _to_agenda(owner),
    }
    return render(request, "meetups/organise/script.html", context)
