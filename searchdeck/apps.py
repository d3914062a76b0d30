from django.apps import AppConfig


class SearchdeckConfig(AppConfig):
    name = "searchdeck"
    verbose_name = "Search deck"
