from django.urls import path

from people import views

app_name = "people"
urlpatterns = [
    path("councils/", views.suggest_councils, name="councils"),
    path("me/", views.about_me, name="about_me"),
    path("me/preferences/", views.my_preferences, name="preferences"),
    path("me/data/", views.my_data_page, name="my_data"),
    path("me/data/download/", views.take_out, name="take_out"),
    path("me/leave/", views.leave, name="leave"),
    path("data-requests/", views.data_requests, name="data_requests"),
    path("data-requests/<int:person_pk>/", views.held, name="held"),
    path("data-requests/<int:person_pk>/held.json", views.held_json, name="held_json"),
    path("data-requests/<int:person_pk>/held.txt", views.held_text, name="held_text"),
    path("data-requests/<int:person_pk>/remove/", views.remove, name="remove"),
    path("preferences/<str:token>/", views.preferences_by_link, name="preferences_by_link"),
    path("unsubscribe/<slug:topic>/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
