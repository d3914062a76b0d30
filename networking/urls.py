from django.urls import URLPattern, URLResolver, include, path

from networking.views import homes, matching, pairs, public, sheet_versions, sheets, surveys

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

planning_sheets: list[URLPattern | URLResolver] = [
    path("sheet/", sheets.sheet, name="sheet"),
    path("sheet/print/", sheets.sheet_print, name="sheet_print"),
    path("sheet/versions/", sheet_versions.sheet_versions, name="sheet_versions"),
    path("sheet/compare/", sheet_versions.sheet_compare, name="sheet_compare"),
    path("sheet/two-texts/<int:clash_pk>/", sheets.sheet_two_texts, name="sheet_two_texts"),
    path("sheet/sections/<slug:section_key>/", sheets.sheet_section, name="sheet_section"),
    path("councillors/<int:someone_pk>/sheet/", sheet_versions.someones_sheet, name="someones_sheet"),
    path(
        "councillors/<int:someone_pk>/sheet/<slug:section_key>/comment/",
        sheet_versions.comment_on_sheet,
        name="comment_on_sheet",
    ),
]

urlpatterns = [
    path("networked-councillors/", public.about, name="about"),
    path("networked-councillors/survey/<int:survey_pk>/<str:token>/", surveys.answer_survey, name="answer_survey"),
    path("networked-councillors/cohorts/<slug:cohort_slug>/", include(one_cohort + planning_sheets)),
]
