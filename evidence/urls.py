"""Addresses of listening for scrutiny. `<slug:inquiry>` is always the inquiry, rows below it are `<int:…_pk>`."""

from django.urls import URLPattern, URLResolver, include, path

from evidence.views import (
    capturing,
    changing,
    complaints,
    guards,
    home,
    inquiries,
    items,
    members,
    report_links,
    reports,
    reviewing,
    screenshots,
    searching,
    sharing,
    themes,
    ways_in,
)

app_name = "evidence"

# What anyone may read, and write to us about.
public: list[URLPattern | URLResolver] = [
    path("", home.public, name="public"),
    path("complain/", complaints.complain, name="complain"),
    path("complained/", complaints.complained, name="complained"),
]

# One inquiry, for those who have a part in it.
of_inquiry: list[URLPattern | URLResolver] = [
    path("", inquiries.inquiry, name="inquiry"),
    path("edit/", inquiries.edit_inquiry, name="edit_inquiry"),
    path("open/", inquiries.open_inquiry, name="open"),
    path("reported/", inquiries.reported, name="reported"),
    path("hold/", inquiries.hold, name="hold"),
    path("hold/lift/", inquiries.lift_hold, name="lift_hold"),
    path("people/", members.members, name="members"),
    path("people/<int:membership_pk>/remove/", members.remove_member, name="remove_member"),
    path("complaints/", complaints.all_complaints, name="complaints"),
    path("complaints/<int:complaint_pk>/", complaints.complaint, name="complaint"),
    path("items/", items.items, name="items"),
    path("items/<int:shown_pk>/", items.item, name="item"),
    path("items/<int:item_pk>/exact-words/", items.reveal, name="reveal"),
    path("items/<int:item_pk>/custody/", items.custody_sheet, name="custody"),
    path("review/", reviewing.review, name="review"),
    path("review/<int:item_pk>/", reviewing.decide, name="decide"),
    path("review/<int:item_pk>/aside/", reviewing.aside, name="set_aside"),
    path("themes/", themes.themes, name="themes"),
    path("themes/new/", themes.new_theme, name="new_theme"),
    path("themes/<int:theme_pk>/", themes.theme, name="theme"),
    path("themes/<int:theme_pk>/edit/", themes.edit_theme, name="edit_theme"),
    path("themes/<int:theme_pk>/items/", themes.add_items, name="add_to_theme"),
    path("themes/<int:theme_pk>/items/<int:item_pk>/remove/", themes.remove_item, name="remove_from_theme"),
    path("themes/<int:theme_pk>/steps/new/", themes.new_step, name="new_step"),
    path("themes/<int:theme_pk>/steps/<int:step_pk>/", themes.edit_step, name="edit_step"),
    path("themes/<int:theme_pk>/steps/<int:step_pk>/remove/", themes.remove_step, name="remove_step"),
    path("reports/", reports.all_reports, name="reports"),
    path("reports/new/", reports.new_report, name="new_report"),
    path("reports/useful/", reports.useful, name="useful"),
    path("reports/useful.docx", reports.useful_docx, name="useful_docx"),
    path("reports/audit.csv", reports.audit_export, name="audit"),
    path("reports/<int:report_pk>/", reports.report, name="report"),
    path("reports/<int:report_pk>/report.docx", reports.report_docx, name="report_docx"),
    path("reports/<int:report_pk>/items.csv", reports.report_csv, name="report_csv"),
    path("reports/<int:report_pk>/report.json", reports.report_json, name="report_json"),
    path("reports/<int:report_pk>/publish/", reports.publish, name="publish"),
    path("reports/<int:report_pk>/links/<int:link_pk>/revoke/", reports.revoke_link, name="revoke_link"),
    path("reports/<int:report_pk>/hand-off/", reports.hand_off, name="hand_off"),
    path("search/", searching.deck, name="deck"),
    path("search/go/", searching.search, name="search"),
    path("searches/", searching.searches, name="searches"),
    path("searches/<int:search_pk>/", searching.found, name="found"),
    path("items/<int:item_pk>/handed-in/", capturing.handed_in, name="handed_in"),
    path("items/<int:item_pk>/consent/", guards.consent_of, name="consent"),
    path("stops/", guards.all_stops, name="stops"),
    path("stops/<int:stop_pk>/seen/", guards.see_stop, name="see_stop"),
    path("close/", guards.close, name="close"),
    path("items/<int:item_pk>/edit/", changing.edit_item, name="edit_item"),
    path("items/<int:item_pk>/correct/", changing.correct_item, name="correct_item"),
    path("items/<int:item_pk>/screenshots/<uuid:shot_of_item>/", screenshots.file_of_item, name="item_screenshot"),
    path("items/<int:item_pk>/screenshots/<uuid:shot_of_item>/remove/", screenshots.take_out, name="take_out"),
]

# What somebody saved and has not handed in: their own, whatever the inquiry.
mine: list[URLPattern | URLResolver] = [
    path("", capturing.inbox, name="inbox"),
    path("<int:draft_pk>/", capturing.draft, name="draft"),
    path("<int:draft_pk>/hand-in/", capturing.hand_in, name="hand_in"),
    path("<int:draft_pk>/stop/", capturing.stop, name="stop"),
    path("<int:draft_pk>/discard/", capturing.discard, name="discard"),
    path("<int:draft_pk>/screenshots/", screenshots.of_draft, name="screenshots"),
    path("<int:draft_pk>/screenshots/<uuid:shot_of_draft>/", screenshots.look_over, name="look_over"),
    path("<int:draft_pk>/screenshots/<uuid:shot_of_draft>/remove/", screenshots.remove, name="remove_screenshot"),
    path("<int:draft_pk>/screenshots/<uuid:shot_of_draft>/file/", screenshots.file_of_draft, name="screenshot_file"),
]

urlpatterns = [
    path("evidence/", home.home, name="home"),
    path("evidence/capture/", capturing.capture, name="capture"),
    path("evidence/share/", sharing.share, name="share"),
    path("evidence/ways-in/", ways_in.ways_in, name="ways_in"),
    path("evidence/app.webmanifest", ways_in.manifest, name="manifest"),
    path("evidence/service-worker.js", ways_in.service_worker, name="service_worker"),
    path("evidence/offline/", ways_in.offline, name="offline"),
    path("evidence/inbox/", include(mine)),
    path("evidence/report/<str:token>/", report_links.read_report, name="read_report"),
    path("evidence/report/<str:token>/report.docx", report_links.read_report_docx, name="read_report_docx"),
    path("evidence/receipt/<str:token>/", report_links.receive, name="receive"),
    path("evidence/new/", inquiries.new_inquiry, name="new_inquiry"),
    path("evidence/sources/", searching.sources, name="sources"),
    path("evidence/sources/<slug:source_slug>/", searching.edit_source, name="edit_source"),
    path("evidence/about/<slug:inquiry>/", include(public)),
    path("evidence/inquiries/<slug:inquiry>/", include(of_inquiry)),
]
