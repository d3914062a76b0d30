from django.urls import URLPattern, URLResolver, path

from networking.views import citizens

active_citizens: list[URLPattern | URLResolver] = [
    path("citizens/", citizens.mine, name="citizens"),
    path("citizens/search/", citizens.search, name="search_citizens"),
    path("citizens/searches/<int:citizen_search_pk>/", citizens.minutes, name="citizen_minutes"),
    path("citizens/new/", citizens.add, name="new_candidate"),
    path("citizens/methods/", citizens.methods, name="citizen_methods"),
    path("citizens/<int:candidate_pk>/", citizens.candidate, name="candidate"),
    path("citizens/<int:candidate_pk>/delete/", citizens.delete, name="delete_candidate"),
]
