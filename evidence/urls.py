"""Addresses of listening for scrutiny. `<slug:inquiry>` is always the inquiry, rows below it are `<int:…_pk>`."""

from django.urls import URLPattern, URLResolver, include, path

from evidence.views import home, inquiries

app_name = "evidence"

# One inquiry, for those who have a part in it.
of_inquiry: list[URLPattern | URLResolver] = [
    path("", inquiries.inquiry, name="inquiry"),
]

urlpatterns = [
    path("evidence/", home.home, name="home"),
    path("evidence/about/<slug:inquiry>/", home.public, name="public"),
    path("evidence/inquiries/<slug:inquiry>/", include(of_inquiry)),
]
