from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from pages import demo


class Command(BaseCommand):
    help = "Fill an empty demonstration site with people and meet-ups. Does nothing where there is data already."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is not a demonstration site (DEMO is not set). Nothing was changed.")
        made = demo.seed(timezone.now())
        demo.write_accounts(settings.DATA_DIR / "demo.json")
        self.stdout.write("Demonstration data made." if made else "There is data already; nothing was changed.")
