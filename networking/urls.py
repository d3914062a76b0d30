from django.urls import URLPattern, URLResolver, include, path

from networking.views import homes, matching, pairs, public, surveys

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

a_match: list[URLPattern | URLResolver] = [
    path("", matching.match, name="match"),
    path("again/", matching.again, name="match_again"),
    path("drop/", matching.drop, name="drop_match"),
    path("confirm/", matching.confirm, name="confirm_match"),
    path("pairs/", matching.history, name="match_history"),
    path("councillors/<int:councillor_pk>/", matching.change_pair, name="change_pair"),
    path("councillors/<int:councillor_pk>/allow/<int:mentor_pk>/", matching.allow, name="allow_pair"),
    path("mentors/<int:mentor_pk>/", matching.change_places, name="change_places"),
    path("exclusions/", pairs.exclusions, name="exclusions"),
    path("exclusions/<int:exclusion_pk>/lift/", pairs.lift, name="lift_exclusion"),
]

one_cohort: list[URLPattern | URLResolver] = [
    path("", homes.cohort, name="cohort"),
    path("tasks/<int:task_pk>/", homes.tick, name="tick"),
    path("lead/", homes.lead, name="lead"),
    path("lead/cohort.csv", homes.lead_export, name="lead_export"),
    *of_surveys,
    path("match/", include(a_match)),
    path("pairs/<int:pair_pk>/", pairs.pair, name="pair"),
    path("pairs/<int:pair_pk>/end/", pairs.end, name="end_pair"),
]

urlpatterns = [
    path("networked-councillors/", public.about, name="about"),
    path("networked-councillors/survey/<int:survey_pk>/<str:token>/", surveys.answer_survey, name="answer_survey"),
    path("networked-councillors/cohorts/<slug:cohort_slug>/", include(one_cohort)),
]
