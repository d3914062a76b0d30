from typing import Any

from django.core.management.base import BaseCommand

from networking import programmes


class Command(BaseCommand):
    help = "Add the shipped programme and skill list where there is none. Safe to run at every start."

    def handle(self, *args: Any, **options: Any) -> None:
        skills, made = programmes.load()
        if options["verbosity"]:
            self.stdout.write(f"Networked councillors: {made} programme and {skills} skills added.")
