from django.urls import URLPattern, URLResolver, include, path

from networking.views import homes, public

app_name = "networking"

one_cohort: list[URLPattern | URLResolver] = [
    path("", homes.cohort, name="cohort"),
    path("tasks/<int:task_pk>/", homes.tick, name="tick"),
    path("lead/", homes.lead, name="lead"),
    path("lead/cohort.csv", homes.lead_export, name="lead_export"),
]

urlpatterns = [
    path("networked-councillors/", public.about, name="about"),
    path("networked-councillors/cohorts/<slug:cohort_slug>/", include(one_cohort)),
]
