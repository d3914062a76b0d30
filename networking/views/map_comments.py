"""Comments on a map: the mentor it is shared with, and the councillor whose it is."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from networking import map_comments, maps
from networking.forms.sheets import CommentForm
from networking.models import MapComment
from networking.views import loading
from networking.views.maps import my_map_or_404, readable_map_or_404, to_map
from people.access import Audience, SignedInRequest, open_to


@open_to(Audience.COHORT)
def comment_on_map(request: SignedInRequest, cohort_slug: str, map_pk: int) -> HttpResponse:
    found = readable_map_or_404(request, cohort_slug, map_pk)
    there = f"{found.get_absolute_url()}#comments"
    if request.method != "POST":
        return redirect(there)
    form = CommentForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "title": f"Comment on “{found.name}”", "breadcrumbs": to_map(found)}
        return render(request, "networking/form.html", context)
    try:
        map_comments.say(found, form.cleaned_data["text"], by=request.user, now=timezone.now())
    except map_comments.MayNotRead as error:
        raise Http404 from error
    messages.success(request, "Your comment is there.")
    return redirect(there)


@open_to(Audience.COHORT)
def read_map_comments(request: SignedInRequest, cohort_slug: str, map_pk: int) -> HttpResponse:
    """The councillor says that they have read them."""
    found = my_map_or_404(request, cohort_slug, map_pk)
    if request.method == "POST":
        map_comments.read(found, now=timezone.now())
    return redirect(f"{found.get_absolute_url()}#comments")


@open_to(Audience.COHORT)
def take_map_comment_back(request: SignedInRequest, cohort_slug: str, said_on_map_pk: int) -> HttpResponse:
    """By who said it, also when the map is not shared with them any more."""
    cohort = loading.cohort_or_404(request.user, cohort_slug)
    mine = MapComment.objects.filter(network_map__member__cohort=cohort, said_by=request.user)
    comment = get_object_or_404(mine.select_related("network_map__member__cohort"), pk=said_on_map_pk)
    if request.method == "POST":
        map_comments.take_back(comment)
        messages.success(request, "Your comment is taken back.")
    if not maps.may_read(request.user, comment.network_map):
        return redirect(cohort)
    return redirect(f"{comment.network_map.get_absolute_url()}#comments")
