from django.apps import AppConfig


class NetworkingConfig(AppConfig):
    name = "networking"
    verbose_name = "Networked councillors"

    def ready(self) -> None:
        from networking import registrations

        registrations.register()
