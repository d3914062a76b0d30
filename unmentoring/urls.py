from django.urls import URLPattern, URLResolver, include, path

from unmentoring.views import (
    coordinating,
    draws,
    joining,
    mine,
    month,
    numbers,
    participants,
    public,
    resting,
    rounds,
    sharing,
)

app_name = "unmentoring"

public_pages = [
    path("", public.about, name="about"),
    path("join/", joining.join, name="join"),
    path("joined/", joining.joined, name="joined"),
    path("learning/", public.wall, name="wall"),
    path("learning/<int:learning_pk>/report/", public.report_learning, name="report_learning"),
    path("reported/", public.reported, name="reported"),
]

# By the signed link in an e-mail, without an account: one purpose each.
by_link = [
    path("confirm/<str:token>/", joining.confirm, name="confirm"),
    path("mine/<str:token>/", mine.mine, name="mine"),
    path("mine/<str:token>/change/", mine.change, name="change"),
    path("mine/<str:token>/learning/", mine.learning_of_others, name="learning_of_others"),
    path("mine/<str:token>/learning/<int:learning_pk>/report/", mine.report_learning, name="report_from_inside"),
    path("skip/<str:token>/", resting.skip, name="skip"),
    path("pause/<str:token>/", resting.pause, name="pause"),
    path("back/<str:token>/", resting.come_back, name="come_back"),
    path("leave/<str:token>/", resting.leave, name="leave"),
    path("still-in/<str:token>/", resting.still_in, name="still_in"),
    path("month/<str:token>/<int:year>/<int:month>/", resting.month, name="month"),
    path("answer/<str:token>/", month.answer, name="answer"),
    path("stuck/<str:token>/", month.stuck, name="stuck"),
    path("report/<str:token>/", month.report, name="report"),
    path("learned/<str:token>/", month.learned, name="learned"),
    path("hold/<str:token>/hold.ics", month.hold, name="hold"),
    path("stop/<str:token>/", resting.stop, name="stop"),
]

one_round = [
    path("", rounds.one, name="round"),
    path("verify/", rounds.verify, name="verify"),
    path("preview/", draws.preview, name="preview"),
    path("again/", draws.reroll, name="reroll"),
    path("publish/", draws.publish, name="publish"),
]

coordinate: list[URLPattern | URLResolver] = [
    path("", coordinating.coordinate, name="coordinate"),
    path("people/", participants.people, name="people"),
    path("people/people.csv", participants.export, name="people_export"),
    path("people/<int:participant_pk>/", participants.one, name="participant"),
    path("people/<int:participant_pk>/pause/", participants.pause, name="pause_participant"),
    path("people/<int:participant_pk>/back/", participants.come_back, name="bring_back"),
    path("people/<int:participant_pk>/place/", participants.place, name="place"),
    path("people/<int:participant_pk>/remove/", participants.remove, name="remove"),
    path("keep-apart/", participants.keep_apart, name="keep_apart"),
    path("keep-apart/<int:apart_pk>/lift/", participants.lift, name="lift"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/<int:year>/<int:month>/", include(one_round)),
    path("pairings/<int:pairing_pk>/again/", rounds.pair_again, name="pair_again"),
    path("pairings/<int:pairing_pk>/out/<int:member_pk>/", rounds.drop_out, name="drop_out"),
    path("network/", numbers.network, name="network"),
    path("numbers/", numbers.numbers, name="numbers"),
    path("learning/", sharing.moderate, name="moderate"),
    path("learning/<int:learning_pk>/show/", sharing.approve, name="approve"),
    path("learning/<int:learning_pk>/take-down/", sharing.take_down, name="take_down"),
    path("reports/", sharing.reports, name="reports"),
    path("reports/<int:pitch_pk>/", sharing.decide, name="decide"),
]

urlpatterns = [
    path("unmentoring/", include(public_pages)),
    path("unmentoring/", include(by_link)),
    path("unmentoring/coordinate/", include(coordinate)),
]
