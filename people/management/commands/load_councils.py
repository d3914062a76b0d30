from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from people import councils


class Command(BaseCommand):
    help = "Bring the list of councils up to people/data/councils.csv. Safe to run at every start."

    def handle(self, *args: Any, **options: Any) -> None:
        changed, abolished = councils.load(today=timezone.localdate())
        self.stdout.write(f"Councils: {changed} added or changed, {abolished} abolished.")
