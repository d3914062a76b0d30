"""What a map tells, what changed between two versions, and the reach explorer."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meetups import dates
from networking import map_changes, map_parts, map_reach, map_rows, map_tells
from networking.forms.map_insights import CompareForm, ReachForm
from networking.map_parts import MapData
from networking.models import MapVersion, NetworkMap
from networking.views.maps import is_mine, my_map_or_404, readable_map_or_404, to_map
from people.access import Audience, SignedInRequest, open_to

NOW = "now"


@open_to(Audience.COHORT)
@require_safe
def tells(request: SignedInRequest, cohort_slug: str, map_pk: int) -> HttpResponse:
    """In sentences with names; since the last version, too."""
    found = readable_map_or_404(request, cohort_slug, map_pk)
    data = map_rows.data_of(found)
    version = found.versions.first()
    context = {
        "map": found,
        "mine": is_mine(request, found),
        "is_empty": not data.nodes,
        "sections": map_tells.tell(data, topics=found.topics, wards=found.wards),
        "version": version,
        "changes": map_changes.changes(map_parts.from_json(version.data), data) if version else [],
        "breadcrumbs": to_map(found),
    }
    return render(request, "networking/maps/tells.html", context)


@open_to(Audience.COHORT)
@require_safe
def map_compare(request: SignedInRequest, cohort_slug: str, map_pk: int) -> HttpResponse:
    """Two versions, or one and the map as it is now."""
    found = my_map_or_404(request, cohort_slug, map_pk)
    versions = {str(one.pk): one for one in found.versions.all()}
    choices = [(NOW, "As it is now"), *((pk, _called(one)) for pk, one in versions.items())]
    start = {"before": next(iter(versions), NOW), "after": NOW}
    form = CompareForm({**start, **request.GET.dict()}, choices=choices)
    context = {"map": found, "form": form, "has_versions": bool(versions), "breadcrumbs": to_map(found)}
    if form.is_valid():
        sides = [_side(found, versions, form.cleaned_data[name]) for name in ("before", "after")]
        context["changes"] = map_changes.changes(*sides)
        context["names"] = [dict(choices)[form.cleaned_data[name]] for name in ("before", "after")]
    return render(request, "networking/maps/compare.html", context)


def _called(version: MapVersion) -> str:
    return f"{version.name}, {dates.day(version.kept_at)}"


def _side(found: NetworkMap, versions: dict[str, MapVersion], which: str) -> MapData:
    return map_rows.data_of(found) if which == NOW else map_parts.from_json(versions[which].data)


@open_to(Audience.COHORT)
@require_safe
def explore_reach(request: SignedInRequest, cohort_slug: str, map_pk: int) -> HttpResponse:
    """Who could see what somebody posts, in one, two and three steps."""
    found = readable_map_or_404(request, cohort_slug, map_pk)
    data = map_rows.data_of(found)
    form = ReachForm(request.GET, of=data)
    context: dict[str, Any] = {"map": found, "form": form, "breadcrumbs": to_map(found)}
    if form.is_valid():
        context |= _explored(data, form)
    return render(request, "networking/maps/reach.html", context)


def _explored(data: MapData, form: ReachForm) -> dict[str, Any]:
    said, given = form.cleaned_data, form.assumptions()
    reach = map_reach.explore(data, said["start"], said["platform"], given)
    return {
        "start": reach.start.name if reach.start else "you",
        "steps": [map_reach.step_in_words(step) for step in reach.steps],
        "table": reach.steps,
        "sharers": [map_reach.sharer_in_words(sharer) for sharer in reach.sharers],
        "likes": map_reach.likes_in_words(reach, said["likes"]) if said["likes"] is not None else [],
        "assumptions": map_reach.assumptions_in_words(reach, given),
    }
