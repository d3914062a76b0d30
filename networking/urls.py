from django.urls import URLPattern, URLResolver, include, path

from networking.views import homes, public

app_name = "networking"

one_cohort: list[URLPattern | URLResolver] = [
    path("", homes.cohort, name="cohort"),
]

urlpatterns = [
    path("networked-councillors/", public.about, name="about"),
    path("networked-councillors/cohorts/<slug:cohort_slug>/", include(one_cohort)),
]
