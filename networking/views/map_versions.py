"""Versions of a map: what was kept, keeping one now, deleting one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from networking import maps
from networking.forms.maps import MapVersionForm
from networking.views.maps import my_map_or_404, to_map
from people.access import Audience, SignedInRequest, open_to


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def map_versions(request: SignedInRequest, cohort_slug: str, map_pk: int) -> HttpResponse:
    """What was kept, and keeping one now."""
    found = my_map_or_404(request, cohort_slug, map_pk)
    form = MapVersionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        maps.keep_version(found, form.cleaned_data["name"], now=timezone.now())
        messages.success(request, "This version is kept. Go on: it does not change any more.")
        return redirect("networking:map_versions", cohort_slug, map_pk)
    versions = [(one, len(one.data["nodes"]), len(one.data["links"])) for one in found.versions.all()]
    context = {"map": found, "form": form, "versions": versions, "breadcrumbs": to_map(found)}
    return render(request, "networking/maps/versions.html", context)


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def delete_map_version(request: SignedInRequest, cohort_slug: str, map_pk: int, version_pk: int) -> HttpResponse:
    """Ask first: a version keeps names that may have been taken out of the map since."""
    found = my_map_or_404(request, cohort_slug, map_pk)
    version = get_object_or_404(found.versions, pk=version_pk)
    if request.method == "POST":
        version.delete()
        messages.success(request, f"“{version.name}” is deleted.")
        return redirect("networking:map_versions", cohort_slug, map_pk)
    context = {"map": found, "version": version, "breadcrumbs": to_map(found)}
    return render(request, "networking/maps/version_delete.html", context)
