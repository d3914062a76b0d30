from django.urls import URLPattern, URLResolver, include, path

from networking.citizen_urls import active_citizens
from networking.map_urls import network_maps
from networking.pool_urls import expert_pool, pool_by_link
from networking.views import (
    cohort_sprints,
    cohorts,
    homes,
    invited,
    journal,
    matching,
    my_part,
    pairs,
    people,
    programmes,
    public,
    questions,
    readiness,
    sheet_templates,
    sheet_versions,
    sheets,
    skills,
    support,
    support_leads,
    support_links,
    surveys,
    workshops,
)

app_name = "networking"

one_programme: list[URLPattern | URLResolver] = [
    path("", programmes.one, name="programme"),
    path("edit/", programmes.edit, name="edit_programme"),
    path("copy/", programmes.copy, name="copy_programme"),
    path("end/", programmes.end, name="end_programme"),
    path("start/", cohorts.start, name="start_cohort"),
    path("questions/", questions.questions, name="survey_questions"),
    path("questions/new/", questions.add, name="add_survey_question"),
    path("questions/<int:survey_question_pk>/", questions.change, name="change_survey_question"),
    path("questions/<int:survey_question_pk>/shift/", questions.shift, name="shift_survey_question"),
    path("sheet/", sheet_templates.sheet_template, name="sheet_template"),
    path("sheet/add/", sheet_templates.add_section, name="add_template_section"),
    path("sheet/<slug:asked_section>/", sheet_templates.change_section, name="change_template_section"),
    path("sheet/<slug:asked_section>/move/", sheet_templates.move_section, name="move_template_section"),
    path("sheet/<slug:asked_section>/add/", sheet_templates.add_question, name="add_template_question"),
    path(
        "sheet/<slug:asked_section>/<slug:asked_question>/",
        sheet_templates.change_question,
        name="change_template_question",
    ),
    path(
        "sheet/<slug:asked_section>/<slug:asked_question>/move/",
        sheet_templates.move_question,
        name="move_template_question",
    ),
    path("sprints/new/", programmes.add_sprint, name="add_sprint"),
    path("sprints/<int:sprint_pk>/", programmes.sprint, name="sprint"),
    path("sprints/<int:sprint_pk>/edit/", programmes.edit_sprint, name="edit_sprint"),
    path("sprints/<int:sprint_pk>/shift/", programmes.shift_sprint, name="shift_sprint"),
    path("sprints/<int:sprint_pk>/checks/", readiness.checks_of_programme, name="sprint_checks"),
    path("sprints/<int:sprint_pk>/remove/", programmes.remove_sprint, name="remove_sprint"),
    path("tasks/<int:sprint_task_pk>/", programmes.edit_task, name="edit_task"),
    path("tasks/<int:sprint_task_pk>/shift/", programmes.shift_task, name="shift_task"),
]

of_organisers: list[URLPattern | URLResolver] = [
    path("programmes/", programmes.every_programme, name="programmes"),
    path("programmes/new/", programmes.new, name="new_programme"),
    path("programmes/<slug:programme_slug>/", include(one_programme)),
    path("skills/", skills.skills, name="skills"),
    path("skills/<int:skill_pk>/", skills.edit_skill, name="edit_skill"),
    path("skills/<int:skill_pk>/shift/", skills.shift_skill, name="shift_skill"),
]

a_plan: list[URLPattern | URLResolver] = [
    path("", cohorts.plan, name="plan"),
    path("change/", cohorts.change, name="change_cohort"),
    path("begin/", cohorts.begin, name="begin_cohort"),
    path("finish/", cohorts.finish, name="finish_cohort"),
    path("sprints/add/", cohort_sprints.add_sprint, name="add_cohort_sprint"),
    path("sprints/<int:cohort_sprint_pk>/", cohort_sprints.sprint, name="cohort_sprint"),
    path("sprints/<int:cohort_sprint_pk>/workshop/", workshops.plan_workshop, name="plan_workshop"),
    path("sprints/<int:cohort_sprint_pk>/change/", cohort_sprints.change_sprint, name="change_cohort_sprint"),
    path("sprints/<int:cohort_sprint_pk>/remove/", cohort_sprints.remove_sprint, name="remove_cohort_sprint"),
    path("sprints/<int:cohort_sprint_pk>/checks/", readiness.checks_of_cohort, name="cohort_checks"),
    path("tasks/<int:cohort_task_pk>/", cohort_sprints.change_task, name="change_cohort_task"),
    path("tasks/<int:cohort_task_pk>/shift/", cohort_sprints.shift_task, name="shift_cohort_task"),
    path("tasks/<int:cohort_task_pk>/remove/", cohort_sprints.remove_task, name="remove_cohort_task"),
]

a_journal: list[URLPattern | URLResolver] = [
    path("", journal.every_post, name="journal"),
    path("write/", journal.write, name="write_post"),
    path("<int:post_pk>/", journal.post, name="post"),
    path("<int:my_post_pk>/change/", journal.change, name="change_post"),
    path("<int:my_post_pk>/take-back/", journal.take_back, name="take_post_back"),
    path("<int:post_pk>/hide/", journal.hide, name="hide_post"),
    path("<int:post_pk>/decide/", journal.decide, name="decide_post"),
    path("comments/<int:my_comment_pk>/take-back/", journal.take_comment_back, name="take_comment_back"),
    path("comments/<int:comment_pk>/hide/", journal.hide_comment, name="hide_comment"),
]

of_people: list[URLPattern | URLResolver] = [
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/link/", people.renew_link, name="renew_link"),
    path("people/<int:someone_pk>/", people.change, name="change_member"),
    path("people/<int:someone_pk>/again/", people.invite_again, name="invite_again"),
    path("people/<int:invited_pk>/withdraw/", people.withdraw, name="withdraw"),
    path("people/<int:someone_pk>/take-out/", people.take_out, name="take_out"),
    path("me/<slug:role>/", my_part.about_me, name="about_me"),
    path("me/<slug:role>/leave/", my_part.leave, name="leave"),
]

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

a_pair: list[URLPattern | URLResolver] = [
    path("", pairs.pair, name="pair"),
    path("end/", pairs.end, name="end_pair"),
    path("meetings/log/", support.log_meeting, name="log_meeting"),
    path("meetings/<int:meeting_pk>/", support.change_meeting, name="change_meeting"),
    path("meetings/<int:meeting_pk>/remove/", support.remove_meeting, name="remove_meeting"),
    path("meetings/<int:meeting_pk>/bring-back/", support.bring_back_meeting, name="bring_back_meeting"),
    path("next/", support.next_meeting, name="next_meeting"),
    path("next/off/", support.call_off_next, name="call_off_next"),
    path("rhythm/", support.change_rhythm, name="change_rhythm"),
    path("fine/", support_leads.fine, name="fine"),
    path("fine/lift/", support_leads.lift_fine, name="lift_fine"),
]

one_cohort: list[URLPattern | URLResolver] = [
    path("", homes.cohort, name="cohort"),
    path("tasks/<int:task_pk>/", homes.tick, name="tick"),
    path("lead/", homes.lead, name="lead"),
    path("lead/cohort.csv", homes.lead_export, name="lead_export"),
    path("plan/", include(a_plan)),
    *of_people,
    path("journal/", include(a_journal)),
    path("workshops/", workshops.every_workshop, name="workshops"),
    path("workshops/<slug:workshop_slug>/", workshops.workshop, name="workshop"),
    *of_surveys,
    path("ready/", readiness.mine, name="readiness"),
    path("readiness/", readiness.of_cohort, name="readiness_of_cohort"),
    path("readiness/<int:someone_pk>/<int:position>/", readiness.decide, name="decide_readiness"),
    path("match/", include(a_match)),
    path("support/", support_leads.support, name="support"),
    path("pairs/<int:pair_pk>/", include(a_pair)),
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

by_link: list[URLPattern | URLResolver] = [
    path("met/<str:token>/", support_links.log_by_link, name="log_by_link"),
    path("logged/<str:token>/", support_links.logged_by_link, name="logged_by_link"),
    path("moved/<str:token>/", support_links.moved_by_link, name="moved_by_link"),
    path("not-met/<str:token>/", support_links.not_met_by_link, name="not_met_by_link"),
]

urlpatterns = [
    path("networked-councillors/", public.about, name="about"),
    path("networked-councillors/", include(of_organisers)),
    path("networked-councillors/accept/<str:token>/", invited.accept, name="accept"),
    path("networked-councillors/join/<str:token>/", invited.join, name="join"),
    path("networked-councillors/journals/<slug:journal_slug>/", journal.public_journal, name="public_journal"),
    path(
        "networked-councillors/journals/<slug:journal_slug>/<int:public_post_pk>/",
        journal.public_post,
        name="public_post",
    ),
    path("networked-councillors/asked/", invited.asked, name="asked_to_join"),
    path("networked-councillors/survey/<int:survey_pk>/<str:token>/", surveys.answer_survey, name="answer_survey"),
    path("networked-councillors/meeting/", include(by_link)),
    path("networked-councillors/question/", include(pool_by_link)),
    path(
        "networked-councillors/cohorts/<slug:cohort_slug>/",
        include(one_cohort + planning_sheets + network_maps + expert_pool + active_citizens),
    ),
]
