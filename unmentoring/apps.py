from django.apps import AppConfig


class UnmentoringConfig(AppConfig):
    name = "unmentoring"
    verbose_name = "UnMentoring"

    def ready(self) -> None:
        from unmentoring import registrations

        registrations.register()
