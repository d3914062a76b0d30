from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from evidence import custody
from evidence.models import Inquiry


class Command(BaseCommand):
    help = "Check that no row of an inquiry's history was changed or lost, and that items and files are what they were."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("inquiry", nargs="*", help="as in its address; all when none is named")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = [fault for inquiry in _named(options["inquiry"]) for fault in self._check(inquiry)]
        if wrong:
            raise CommandError("\n".join(wrong))

    def _check(self, inquiry: Inquiry) -> list[str]:
        checked = custody.verify(inquiry)
        if not checked.faults:
            counted = f"{checked.events} events, {checked.items} items, {checked.files} files"
            self.stdout.write(f"{inquiry.slug}: intact ({counted}). Last seal {inquiry.history_head or 'none'}")
        return [f"{inquiry.slug}: {fault}" for fault in checked.faults]


def _named(slugs: list[str]) -> list[Inquiry]:
    found = Inquiry.objects.filter(slug__in=slugs) if slugs else Inquiry.objects.all()
    inquiries = list(found.order_by("pk"))
    if missing := set(slugs) - {inquiry.slug for inquiry in inquiries}:
        raise CommandError(f"There is no inquiry called {', '.join(sorted(missing))}.")
    return inquiries
