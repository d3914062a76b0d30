from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"

    def ready(self) -> None:
        from people import checks, registrations  # noqa: F401 -- registers the start-up check

        registrations.register()
