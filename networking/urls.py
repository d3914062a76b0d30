from django.urls import URLPattern, URLResolver, include, path

from networking.views import homes, public, surveys

app_name = "networking"

of_surveys = [
    path("surveys/", surveys.survey_list, name="surveys"),
    path("surveys/plan/", surveys.plan_surveys, name="plan_surveys"),
    path("surveys/results/", surveys.survey_results, name="survey_results"),
    path("surveys/results.csv", surveys.export_results, name="export_results"),
    path("surveys/answers/<int:answer_pk>/theme/", surveys.put_under_theme, name="put_under_theme"),
    path("surveys/<int:survey_pk>/", surveys.change_survey, name="change_survey"),
    path("surveys/<int:survey_pk>/remove/", surveys.remove_survey, name="remove_survey"),
    path("evaluation/", surveys.evaluate, name="evaluation"),
    path("evaluation.docx", surveys.evaluation_document, name="evaluation_document"),
]

one_cohort: list[URLPattern | URLResolver] = [
    path("", homes.cohort, name="cohort"),
    path("tasks/<int:task_pk>/", homes.tick, name="tick"),
    path("lead/", homes.lead, name="lead"),
    path("lead/cohort.csv", homes.lead_export, name="lead_export"),
    *of_surveys,
]

urlpatterns = [
    path("networked-councillors/", public.about, name="about"),
    path("networked-councillors/survey/<int:survey_pk>/<str:token>/", surveys.answer_survey, name="answer_survey"),
    path("networked-councillors/cohorts/<slug:cohort_slug>/", include(one_cohort)),
]
