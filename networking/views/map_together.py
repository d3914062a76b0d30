"""Maps laid over each other, and maps that councillors of a cohort share."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from networking import map_edits, map_overlay, map_picture, map_rows, map_svg, shared_maps
from networking.forms.shared_maps import ChooseForm, OverlayForm, StartForm
from networking.map_overlay import Overlay
from networking.map_parts import MapData
from networking.models import Member, NetworkMap, SharedMap
from networking.views import loading
from people.access import Audience, SignedInRequest, open_to

COUNCILLOR = Member.Role.COUNCILLOR
TWO = 2


def _trail(member: Member, *further: tuple[str, str]) -> loading.Trail:
    own = ("My network maps", reverse("networking:maps", args=[member.cohort.slug]))
    return loading.to_cohort(member.cohort, own, *further)


def _shared_or_404(member: Member, shared_pk: int) -> SharedMap:
    return get_object_or_404(member.cohort.shared_maps.select_related("started_by"), pk=shared_pk)


# --- Laid over each other -----------------------------------------------------------------------------------------


@open_to(Audience.COHORT)
@require_safe
def overlay(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """Two or more of one's own maps and the shared ones: what is on both, what on one only."""
    member = loading.member_or_404(request.user, cohort_slug, COUNCILLOR)
    own = {f"m{one.pk}": one for one in NetworkMap.objects.of_member(member)}
    shared = {f"s{one.pk}": one for one in member.cohort.shared_maps.all()}
    choices = [(key, one.name) for key, one in own.items()]
    choices += [(key, f"{one.name} (shared)") for key, one in shared.items()]
    form = OverlayForm(request.GET or None, choices=choices)
    context: dict[str, Any] = {"form": form, "enough": len(choices) >= TWO, "breadcrumbs": _trail(member)}
    if form.is_valid():
        titles = dict(choices)
        maps = [(titles[key], _data(own.get(key) or shared[key])) for key in form.cleaned_data["map"]]
        context |= _laid(map_overlay.lay(maps), [title for title, _ in maps])
    return render(request, "networking/maps/overlay.html", context)


def _data(one: NetworkMap | SharedMap) -> MapData:
    if isinstance(one, NetworkMap):
        return map_rows.data_of(one)
    return map_overlay.lay(shared_maps.seen(one)).data


def _laid(laid: Overlay, titles: list[str]) -> dict[str, Any]:
    marks = {pk: "both" if len(titles) == TWO else f"{len(on)} maps" for pk, on in laid.on.items() if len(on) > 1}
    return {
        "picture": _picture(laid.data, " and ".join(titles), marks, "Me") if laid.data.nodes else "",
        "lines": map_overlay.tell(laid, titles),
        "rows": [(node, laid.on[node.id]) for node in laid.data.by_name()],
    }


def _picture(data: MapData, title: str, marks: dict[int, str], middle: str) -> str:
    return map_svg.draw(map_picture.picture(data, title=title, marks=marks, middle=middle))


# --- Shared -------------------------------------------------------------------------------------------------------


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def shared_map_list(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """Those of the cohort, and beginning one."""
    member = loading.member_or_404(request.user, cohort_slug, COUNCILLOR)
    form = StartForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = shared_maps.start(member.cohort, form.cleaned_data["name"], by=request.user, now=timezone.now())
        except map_edits.NotPossible as error:
            form.add_error("name", str(error))
        else:
            return redirect("networking:choose_shared", cohort_slug, made.pk)
    context = {"member": member, "maps": list(member.cohort.shared_maps.all()), "form": form}
    return render(request, "networking/maps/shared_list.html", {**context, "breadcrumbs": _trail(member)})


@open_to(Audience.COHORT)
@require_safe
def shared_map(request: SignedInRequest, cohort_slug: str, shared_pk: int) -> HttpResponse:
    member = loading.member_or_404(request.user, cohort_slug, COUNCILLOR)
    found = _shared_or_404(member, shared_pk)
    laid = map_overlay.lay(shared_maps.seen(found))
    context = {
        "map": found,
        "member": member,
        "is_mine": found.started_by_id == request.user.pk,
        "picture": _picture(laid.data, f"Shared map “{found.name}”", {}, "We") if laid.data.nodes else "",
        "rows": [(node, laid.on[node.id]) for node in laid.data.by_name()],
        "breadcrumbs": _trail(member, _to_list(member)),
    }
    return render(request, "networking/maps/shared.html", context)


def _to_list(member: Member) -> tuple[str, str]:
    return "Shared maps", reverse("networking:shared_maps", args=[member.cohort.slug])


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def choose_shared(request: SignedInRequest, cohort_slug: str, shared_pk: int) -> HttpResponse:
    """Which of one's own names are shown on it."""
    member = loading.member_or_404(request.user, cohort_slug, COUNCILLOR)
    found, nodes = _shared_or_404(member, shared_pk), shared_maps.mine(member)
    data = request.POST if request.method == "POST" else None
    form = ChooseForm(data, nodes=nodes, shown=shared_maps.shown_by(found, member))
    if form.is_valid():
        shared_maps.show(found, member, form.cleaned_data["nodes"], now=timezone.now())
        messages.success(request, "Saved. You can change at any time what you show.")
        return redirect("networking:shared_map", cohort_slug, shared_pk)
    context = {"map": found, "form": form, "has_nodes": bool(nodes), "breadcrumbs": _trail(member, _to_list(member))}
    return render(request, "networking/maps/shared_choose.html", {**context, "cohort": member.cohort})


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def delete_shared(request: SignedInRequest, cohort_slug: str, shared_pk: int) -> HttpResponse:
    """By whoever began it. The names stay on the maps they come from."""
    member = loading.member_or_404(request.user, cohort_slug, COUNCILLOR)
    found = _shared_or_404(member, shared_pk)
    if found.started_by_id != request.user.pk:
        raise Http404
    if request.method == "POST":
        found.delete()
        messages.success(request, f"“{found.name}” is deleted. The names stay on the maps they come from.")
        return redirect("networking:shared_maps", cohort_slug)
    context = {"map": found, "cohort": member.cohort, "breadcrumbs": _trail(member, _to_list(member))}
    return render(request, "networking/maps/shared_delete.html", context)
