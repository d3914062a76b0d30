"""Network maps: a councillor's list, one map as picture and table, what is said about it, versions."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from networking import map_comments, map_edits, map_picture, map_prompts, map_reading, map_rows, maps
from networking.forms.maps import LinesForm, MapForm, TableFilter
from networking.map_parts import LAYERS, MapData
from networking.models import Member, NetworkMap
from networking.views import loading
from people.access import Audience, SignedInRequest, open_to

COUNCILLOR = Member.Role.COUNCILLOR
LONGEST_NUMBER = 19  # digits of an id; Python refuses to read thousands of them


def my_map_or_404(request: SignedInRequest, cohort_slug: str, map_pk: int) -> NetworkMap:
    """A map of the councillor who asks."""
    member = loading.member_or_404(request.user, cohort_slug, COUNCILLOR)
    return get_object_or_404(NetworkMap.objects.of_member(member), pk=map_pk)


def readable_map_or_404(request: SignedInRequest, cohort_slug: str, map_pk: int) -> NetworkMap:
    """A map of theirs, or one of a councillor they support who agreed."""
    found = NetworkMap.objects.with_owners().filter(member__cohort__slug=cohort_slug, pk=map_pk).first()
    if found is None or not maps.may_read(request.user, found):
        raise Http404
    return found


def is_mine(request: SignedInRequest, network_map: NetworkMap) -> bool:
    return network_map.member.person_id == request.user.pk


def to_map(network_map: NetworkMap, *further: tuple[str, str]) -> loading.Trail:
    return loading.to_cohort(network_map.member.cohort, (network_map.name, network_map.get_absolute_url()), *further)


@open_to(Audience.COHORT)
@require_safe
def map_list(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """My maps, and the ways to begin another."""
    member = loading.member_or_404(request.user, cohort_slug, COUNCILLOR)
    context = {
        "cohort": member.cohort,
        "maps": list(NetworkMap.objects.of_member(member).with_counts()),
        "ways": map_prompts.WAYS,
        "breadcrumbs": loading.to_cohort(member.cohort),
    }
    return render(request, "networking/maps/list.html", context)


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def new_map(request: SignedInRequest, cohort_slug: str, way_key: str) -> HttpResponse:
    member = loading.member_or_404(request.user, cohort_slug, COUNCILLOR)
    way = map_prompts.BY_KEY.get(way_key)
    if way is None:
        raise Http404
    back = reverse("networking:maps", args=[cohort_slug])
    initial = {"topics": maps.suggested_topics(member), "wards": member.area}
    data = request.POST if request.method == "POST" else None
    form = MapForm(data, way=way, button="Begin this map", cancel=back, initial=initial)
    if form.is_valid():
        try:
            return redirect(maps.begin(member, way.key, form.settings(), now=timezone.now()))
        except map_edits.NotPossible as error:
            form.add_error("name", str(error))
    crumbs = loading.to_cohort(member.cohort, ("My network maps", back))
    return render(request, "networking/maps/new.html", {"way": way, "form": form, "breadcrumbs": crumbs})


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def network_map(request: SignedInRequest, cohort_slug: str, map_pk: int) -> HttpResponse:
    """The picture and the same as a table. Its councillor adds to it here by typing lines."""
    found = readable_map_or_404(request, cohort_slug, map_pk)
    mine = is_mine(request, found)
    if request.method == "POST" and not mine:
        raise Http404
    data = map_rows.data_of(found)
    prompt = map_prompts.prompt(found.way, request.GET.get("prompt", ""))
    lines = LinesForm(request.POST if request.method == "POST" else None, of=data, prompt=prompt) if mine else None
    if lines and lines.is_valid() and _add_lines(request, found, lines):
        return redirect(f"{found.get_absolute_url()}#table")
    context = {**_shown(request, found, data, mine=mine), "form": lines, "prompt": prompt}
    return render(request, "networking/maps/map.html", context)


def _add_lines(request: SignedInRequest, found: NetworkMap, lines: LinesForm) -> bool:
    read = lines.read
    added = f"{len(read.nodes)} name{'' if len(read.nodes) == 1 else 's'}"
    if read.links:
        added += f" and {len(read.links)} link{'' if len(read.links) == 1 else 's'}"
    try:
        maps.change(
            found, lambda data: map_edits.add(data, read.nodes, read.links), f"{added} added", now=timezone.now()
        )
    except map_edits.NotPossible as error:
        lines.add_error("lines", str(error))
        return False
    messages.success(request, f"{added} added to the map.")
    return True


def _shown(request: SignedInRequest, found: NetworkMap, data: MapData, *, mine: bool) -> dict[str, Any]:
    how = map_picture.REGIONS if request.GET.get("picture") == map_picture.REGIONS else map_picture.RINGS
    search = TableFilter(request.GET)
    shown = search.found(list(data.nodes.values()))
    return {
        "map": found,
        "cohort": found.member.cohort,
        "mine": mine,
        "data": data,
        "how": how,
        "picture": map_reading.svg(found, data, how=how, is_mine=mine) if data.nodes else "",
        "filter": search,
        "rows": [row for row in map_reading.rows(data) if row.node.id in shown],
        "counts": [(layer, len(data.in_layer(layer))) for layer in LAYERS],
        "way": map_prompts.BY_KEY[found.way],
        "comments": (said := map_comments.on(found)),
        "is_unread": mine and any(found.is_unread(one) for one in said),
        "step": maps.last_step(found) if mine else None,
        "breadcrumbs": _back(found, mine=mine),
    }


def _back(found: NetworkMap, *, mine: bool) -> loading.Trail:
    cohort = found.member.cohort
    own = [("My network maps", reverse("networking:maps", args=[cohort.slug]))] if mine else []
    return loading.to_cohort(cohort, *own)


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def map_settings(request: SignedInRequest, cohort_slug: str, map_pk: int) -> HttpResponse:
    """Its name, what it is about, which topics and wards matter, and whether the mentor may see it."""
    found = my_map_or_404(request, cohort_slug, map_pk)
    fields = ("name", "about", "topics", "wards", "mentor_may_read")
    initial = {name: getattr(found, name) for name in fields}
    data = request.POST if request.method == "POST" else None
    way = map_prompts.BY_KEY[found.way]
    form = MapForm(data, way=way, button="Save", cancel=found.get_absolute_url(), initial=initial)
    if form.is_valid():
        try:
            maps.set_up(found, form.settings(), now=timezone.now())
        except map_edits.NotPossible as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, "Saved.")
            return redirect(found)
    return render(request, "networking/maps/settings.html", {"map": found, "form": form, "breadcrumbs": to_map(found)})


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def delete_map(request: SignedInRequest, cohort_slug: str, map_pk: int) -> HttpResponse:
    """Ask first: a whole map cannot be taken back."""
    found = my_map_or_404(request, cohort_slug, map_pk)
    if request.method == "POST":
        maps.delete(found)
        messages.success(request, f"“{found.name}” is deleted.")
        return redirect("networking:maps", cohort_slug)
    context = {"map": found, "nodes": found.nodes.count(), "breadcrumbs": to_map(found)}
    return render(request, "networking/maps/delete.html", context)


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: SignedInRequest, cohort_slug: str, map_pk: int) -> HttpResponse:
    """Take the last change back, which its button names; a second click takes nothing more back."""
    found = my_map_or_404(request, cohort_slug, map_pk)
    if request.method == "POST":
        step = request.POST.get("step", "")
        is_number = step.isdecimal() and len(step) < LONGEST_NUMBER
        done = maps.take_back(found, int(step), now=timezone.now()) if is_number else None
        if done:
            messages.success(request, f"Taken back: {done.words}.")
        else:
            messages.error(request, "Nothing was taken back: the map has changed since.")
    return redirect(found)
