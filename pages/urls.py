from django.urls import path

from pages import views

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("my-things/", views.my_things, name="my_things"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("health/", views.health_page, name="health"),
    path("robots.txt", views.robots, name="robots"),
]
