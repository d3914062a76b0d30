from django.apps import AppConfig
from django.db.models.signals import post_migrate


class EvidenceConfig(AppConfig):
    name = "evidence"
    verbose_name = "Listening for scrutiny"

    def ready(self) -> None:
        from evidence import fulltext, registrations

        registrations.register()
        post_migrate.connect(fulltext.after_migrating, sender=self, dispatch_uid="evidence.fulltext")
