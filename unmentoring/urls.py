from django.urls import include, path

from unmentoring import views

app_name = "unmentoring"

# By the signed link in an e-mail, without an account: one purpose each.
by_link = [
    path("confirm/<str:token>/", views.soon, name="confirm"),
    path("mine/<str:token>/", views.soon, name="mine"),
    path("skip/<str:token>/", views.soon, name="skip"),
    path("pause/<str:token>/", views.soon, name="pause"),
    path("back/<str:token>/", views.soon, name="come_back"),
    path("leave/<str:token>/", views.soon, name="leave"),
    path("still-in/<str:token>/", views.soon, name="still_in"),
    path("month/<str:token>/<int:year>/<int:month>/", views.soon, name="month"),
    path("answer/<str:token>/", views.soon, name="answer"),
    path("stuck/<str:token>/", views.soon, name="stuck"),
    path("report/<str:token>/", views.soon, name="report"),
    path("learned/<str:token>/", views.soon, name="learned"),
    path("hold/<str:token>/hold.ics", views.hold, name="hold"),
    path("stop/<str:token>/", views.stop, name="stop"),
]

urlpatterns = [path("unmentoring/", include(by_link))]
