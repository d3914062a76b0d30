from django.apps import AppConfig


class MeetupsConfig(AppConfig):
    name = "meetups"
    verbose_name = "Meet-ups"

    def ready(self) -> None:
        from meetups import registrations

        registrations.register()
