from typing import Any

from django.core.management.base import BaseCommand

from searchdeck import loading


class Command(BaseCommand):
    help = "Add the places to search that come with this version. What was changed on the site is kept."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{loading.load()} sources added.")
