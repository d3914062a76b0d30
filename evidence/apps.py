from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "evidence"
    verbose_name = "Listening for scrutiny"

    def ready(self) -> None:
        from evidence import registrations

        registrations.register()
