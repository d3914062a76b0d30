"""Addresses of the expert pool."""

from django.urls import URLPattern, URLResolver, path

from networking.views import pool, pool_links, pool_questions

Patterns = list[URLPattern | URLResolver]

expert_pool: Patterns = [
    path("questions/", pool.questions, name="questions"),
    path("questions/ask/", pool.ask, name="ask_question"),
    path("questions/how/", pool.how, name="pool_choice"),
    path("questions/<int:question_pk>/", pool_questions.question, name="question"),
    path("skills/", pool.skills_of_cohort, name="coverage"),
]

pool_by_link: Patterns = [
    path("take/<str:token>/", pool_links.take_by_link, name="take_by_link"),
    path("solved/<str:token>/", pool_links.solved_by_link, name="solved_by_link"),
]
