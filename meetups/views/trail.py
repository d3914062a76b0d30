"""The way back from an organiser's page, and pages of a list."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.urls import reverse

from meetups.models import Meetup
from people.access import SignedInRequest

Trail = list[tuple[str, str]]


def home(request: SignedInRequest) -> Trail:
    """To where this person came from: hosts who are not organisers have their meet-ups under “My things”."""
    if request.user.is_organiser:
        return [("Organise", reverse("meetups:organise"))]
    return [("My things", reverse("pages:my_things"))]


def to(request: SignedInRequest, meetup: Meetup, *further: tuple[str, str]) -> Trail:
    return [*home(request), (meetup.title, reverse("meetups:overview", args=[meetup.slug])), *further]


def paged(request: SignedInRequest, rows: QuerySet[Any], per_page: int) -> dict[str, Any]:
    """The page of a list that was asked for, nonsense being the first, for `_pagination.html`."""
    page: Page[Any] = Paginator(rows, per_page).get_page(request.GET.get("page"))
    return {"page": page, "page_numbers": list(page.paginator.get_elided_page_range(page.number))}
