from django.urls import path

from pages.views import site, words

app_name = "pages"
urlpatterns = [
    path("", site.home, name="home"),
    path("my-things/", site.my_things, name="my_things"),
    path("privacy/", words.privacy, name="privacy"),
    path("accessibility/", words.accessibility, name="accessibility"),
    path("video-call-tips/", words.video_call_tips, name="video_call_tips"),
    path(
        "what-are-liberating-structures/", words.what_are_liberating_structures, name="what_are_liberating_structures"
    ),
    path("words/", words.all_texts, name="texts"),
    path("words/<slug:text_slug>/edit/", words.edit_text, name="edit_text"),
    path("words/<slug:text_slug>/versions/", words.text_history, name="text_history"),
    path("words/<slug:text_slug>/versions/<int:number>/", words.text_version, name="text_version"),
    path("words/<slug:text_slug>/restore/", words.restore_text, name="restore_text"),
    path("health/", site.health_page, name="health"),
    path("robots.txt", site.robots, name="robots"),
]
