from django.urls import include, path

from meetups.views import (
    agenda,
    attendance,
    booking,
    breakouts,
    joining,
    organising,
    people,
    planning,
    public,
    rooms_by_hand,
    running,
    signing_up,
    structures,
    writing,
)

app_name = "meetups"

meetups = [
    path("", public.meetup_list, name="list"),
    path("<slug:slug>/", public.detail, name="detail"),
    path("<slug:slug>/calendar.ics", public.calendar, name="calendar"),
    path("<slug:slug>/sign-up/", signing_up.sign_up, name="sign_up"),
    path("<slug:slug>/signed-up/", signing_up.signed_up, name="signed_up"),
]

# By the signed link in every e-mail, without an account.
my_booking = [
    path("", booking.booking, name="booking"),
    path("answers/", booking.change_answers, name="change_answers"),
    path("way/", booking.change_way, name="change_way"),
    path("cancel/", booking.cancel_booking, name="cancel_booking"),
    path("sign-up-again/", booking.sign_up_again, name="sign_up_again"),
    path("send-again/", booking.send_again, name="send_again"),
    path("calendar.ics", booking.calendar, name="booking_calendar"),
]

organise = [
    path("", organising.organise, name="organise"),
    path("series/new/", organising.new_series, name="new_series"),
    path("series/<slug:slug>/", organising.edit_series, name="edit_series"),
    path("structures/", structures.own_structures, name="own_structures"),
    path("structures/<int:pk>/", structures.edit_own_structure, name="edit_own_structure"),
    path("structures/<int:pk>/remove/", structures.remove_own_structure, name="remove_own_structure"),
    path("new/", organising.new_meetup, name="new_meetup"),
    path("<slug:slug>/", organising.overview, name="overview"),
    path("<slug:slug>/edit/", organising.edit_meetup, name="edit_meetup"),
    path("<slug:slug>/delete/", organising.delete_draft, name="delete_draft"),
    path("<slug:slug>/next/", organising.next_in_series, name="next_in_series"),
    path("<slug:slug>/preview/", organising.preview, name="preview"),
    path("<slug:slug>/publish/", organising.publish, name="publish"),
    path("<slug:slug>/move/", organising.move_meetup, name="move_meetup"),
    path("<slug:slug>/cancel/", organising.cancel_meetup, name="cancel_meetup"),
    path("<slug:slug>/agenda/", agenda.agenda, name="agenda"),
    path("<slug:slug>/agenda/<int:pk>/", agenda.edit_item, name="edit_item"),
    path("<slug:slug>/agenda/<int:pk>/shift/", agenda.shift_item, name="shift_item"),
    path("<slug:slug>/agenda/<int:pk>/remove/", agenda.remove_item, name="remove_item"),
    path("<slug:slug>/script/", agenda.script, name="script"),
    path("<slug:slug>/run/", running.run, name="run"),
    path("<slug:slug>/run/state.json", running.state, name="run_state"),
    path("<slug:slug>/questions/", planning.questions, name="questions"),
    path("<slug:slug>/questions/<int:pk>/", planning.edit_question, name="edit_question"),
    path("<slug:slug>/questions/<int:pk>/shift/", planning.shift_question, name="shift_question"),
    path("<slug:slug>/questions/<int:pk>/remove/", planning.remove_question, name="remove_question"),
    path("<slug:slug>/people/", people.people, name="people"),
    path("<slug:slug>/people/export.csv", people.export, name="export"),
    path("<slug:slug>/people/add/", people.add_signup, name="add_signup"),
    path("<slug:slug>/people/<int:pk>/", people.one_signup, name="one_signup"),
    path("<slug:slug>/people/<int:pk>/cancel/", people.cancel_signup, name="cancel_signup"),
    path("<slug:slug>/write/", writing.write, name="write"),
    path("<slug:slug>/rooms/", breakouts.rooms, name="rooms"),
    path("<slug:slug>/rooms/plan/", breakouts.plan_rooms, name="plan_rooms"),
    path("<slug:slug>/rooms/again/", breakouts.replan_rooms, name="replan_rooms"),
    path("<slug:slug>/rooms/here/", breakouts.who_is_here, name="who_is_here"),
    path("<slug:slug>/rooms/apart/", rooms_by_hand.kept_apart, name="kept_apart"),
    path("<slug:slug>/rooms/<int:number>/", breakouts.room_round, name="room_round"),
    path("<slug:slug>/rooms/<int:number>/zoom.csv", breakouts.zoom_file, name="zoom_rooms"),
    path("<slug:slug>/rooms/<int:number>/sheet/", breakouts.sheet, name="room_sheet"),
    path("<slug:slug>/rooms/<int:number>/change/", rooms_by_hand.change_round, name="change_round"),
    path("<slug:slug>/rooms/of/<int:pk>/", rooms_by_hand.in_rooms, name="in_rooms"),
    path("<slug:slug>/rooms/of/<int:pk>/<int:number>/", rooms_by_hand.move_person, name="move_person"),
    path("<slug:slug>/attendance/", attendance.attendance, name="attendance"),
    path("<slug:slug>/attendance/review/", attendance.review_attendance, name="review_attendance"),
    path("<slug:slug>/attendance/discard/", attendance.discard_attendance, name="discard_attendance"),
    path("<slug:slug>/attendance/<int:report_pk>/undo/", attendance.undo_attendance, name="undo_attendance"),
]

liberating_structures = [
    path("", structures.structures, name="structures"),
    path("<slug:slug>/", structures.structure, name="structure"),
]

urlpatterns = [
    path("liberating-structures/", include(liberating_structures)),
    path("meetups/", include(meetups)),
    path("booking/<str:token>/", include(my_booking)),
    path("join/<str:token>/", joining.join, name="join"),
    path("organise/", include(organise)),
]
