"""Whose agenda or sponsors a page is about: those of a meet-up, or those that new meet-ups of a series start with.

The pages are the same for both; addresses of a series are named like those of a meet-up, with `series_` before.
"""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404
from django.urls import reverse

from meetups.models import Meetup, Series
from meetups.views import trail
from meetups.views.loading import run_by_or_404
from people.access import SignedInRequest


@dataclass(frozen=True)
class Owner:
    """A meet-up or a series. `breadcrumbs` lead to its own page, which is the last of them."""

    meetup: Meetup | None
    series: Series
    breadcrumbs: trail.Trail

    @property
    def row(self) -> Meetup | Series:
        return self.meetup or self.series

    @property
    def as_fields(self) -> dict[str, Meetup | Series]:
        """What a new row of its lists points to."""
        return {"meetup": self.meetup} if self.meetup else {"series": self.series}

    def url(self, name: str, *args: object) -> str:
        prefix = "" if self.meetup else "series_"
        return reverse(f"meetups:{prefix}{name}", args=[self.row.slug, *args])


def meetup_or_404(request: SignedInRequest, slug: str) -> Owner:
    meetup = run_by_or_404(request.user, slug)
    return Owner(meetup, meetup.series, trail.to(request, meetup))


def series_or_404(request: SignedInRequest, slug: str) -> Owner:
    """An open series: what the meet-ups of a closed one start with is decided by the app it belongs to."""
    series = get_object_or_404(Series.objects.public().select_related("defaults"), slug=slug)
    to_series = (series.name, reverse("meetups:edit_series", args=[series.slug]))
    return Owner(None, series, [*trail.home(request), to_series])
