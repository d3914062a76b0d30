"""A map as a file, and a file as a map."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from meetups import exports
from networking import (
    map_changes,
    map_csv,
    map_edits,
    map_graphml,
    map_imports,
    map_picture,
    map_png,
    map_reading,
    map_rows,
    map_svg,
)
from networking.forms.map_files import FileForm
from networking.models import MapImport, NetworkMap
from networking.views.maps import my_map_or_404, to_map
from people.access import Audience, SignedInRequest, open_to

KINDS = {
    "svg": "image/svg+xml; charset=utf-8",
    "png": "image/png",
    "csv": "text/csv; charset=utf-8",
    "graphml": "application/graphml+xml; charset=utf-8",
}


@open_to(Audience.COHORT)
@require_safe
def map_export(request: SignedInRequest, cohort_slug: str, map_pk: int, file_kind: str) -> HttpResponse:
    """The map as SVG, PNG, CSV or GraphML."""
    found = my_map_or_404(request, cohort_slug, map_pk)
    if file_kind not in KINDS:
        raise Http404
    answer = HttpResponse(_file(found, file_kind, request.GET.get("picture", "")), content_type=KINDS[file_kind])
    answer["Content-Disposition"] = f'attachment; filename="{map_reading.file_name(found, file_kind)}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _file(found: NetworkMap, kind: str, how: str) -> bytes:
    data = map_rows.data_of(found)
    if kind == "csv":
        return exports.csv_file(map_csv.HEADER, map_csv.rows(data))
    if kind == "graphml":
        return map_graphml.written(data)
    picture = map_picture.picture(data, title=found.name, how=how or map_picture.RINGS)
    return map_png.draw(picture) if kind == "png" else map_svg.draw(picture).encode()


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def map_import(request: SignedInRequest, cohort_slug: str, map_pk: int) -> HttpResponse:
    """Read a file. What it would change is shown before anything does."""
    found = my_map_or_404(request, cohort_slug, map_pk)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FileForm(*given, cancel=found.get_absolute_url())
    if form.is_valid():
        name = form.cleaned_data["file"].name
        map_imports.wait(found, name, form.incoming, form.like(), now=timezone.now())
        return redirect("networking:map_confirm_import", cohort_slug, map_pk)
    return render(request, "networking/maps/import.html", {"map": found, "form": form, "breadcrumbs": to_map(found)})


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def map_confirm_import(request: SignedInRequest, cohort_slug: str, map_pk: int) -> HttpResponse:
    """What the file would change, and yes or no."""
    found = my_map_or_404(request, cohort_slug, map_pk)
    waiting = MapImport.objects.filter(network_map=found).select_related("network_map").first()
    if waiting is None:
        return redirect("networking:map_import", cohort_slug, map_pk)
    if request.method == "POST":
        return _confirmed(request, found, waiting)
    context = {"map": found, "waiting": waiting, "ways": _previews(found, waiting), "breadcrumbs": _crumbs(found)}
    return render(request, "networking/maps/import_confirm.html", context)


def _crumbs(found: NetworkMap) -> Any:
    return to_map(
        found, ("Take in a file", reverse("networking:map_import", args=[found.member.cohort.slug, found.pk]))
    )


def _previews(found: NetworkMap, waiting: MapImport) -> list[dict[str, Any]]:
    """What each way would change, in sentences; or why it cannot be."""
    data = map_rows.data_of(found)
    ways = []
    for way, title in (("add", "Add it to the map"), ("instead", "Put it in the place of the map")):
        try:
            after = map_imports.together(data, waiting, instead=way == "instead")
            lines, why_not = map_changes.changes(data, after), ""
        except map_edits.NotPossible as error:
            lines, why_not = [], str(error)
        ways.append({"way": way, "title": title, "lines": lines, "why_not": why_not})
    return ways if data.nodes else ways[:1]


def _confirmed(request: SignedInRequest, found: NetworkMap, waiting: MapImport) -> HttpResponse:
    way = request.POST.get("way", "")
    if way not in ("add", "instead"):
        waiting.delete()
        messages.success(request, "Nothing was changed.")
        return redirect(found)
    try:
        map_imports.confirm(waiting, instead=way == "instead", now=timezone.now())
    except map_edits.NotPossible as error:
        messages.error(request, f"Nothing was changed. {error}.")
    else:
        messages.success(request, f"“{waiting.file_name}” is on the map. What was there before is kept as a version.")
    return redirect(found)
