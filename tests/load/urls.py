"""The site's addresses and one more: a trivial page with one query, the floor that other pages are compared with."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from meetups.models import Series
from people.access import Audience, open_to


@open_to(Audience.EVERYONE)
def trivial(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"<p>{Series.objects.count()} series</p>")


urlpatterns = [path("trivial/", trivial), path("", include("config.urls"))]
