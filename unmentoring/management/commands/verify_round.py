from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from unmentoring import rounds
from unmentoring.models import Round


class Command(BaseCommand):
    help = "Draw a round again from its seed and its facts, and compare with what was published."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("month", help="such as 2027-03")

    def handle(self, *args: Any, **options: Any) -> None:
        round_ = _round_of(options["month"])
        checked = rounds.verify(round_)
        if not checked.is_right:
            raise CommandError("\n".join(checked.problems))
        self.stdout.write(f"The draw of {round_} is what its seed gives: {checked.digest}")
        self.stdout.write(f"{round_.people} people, {round_.certificate}")


def _round_of(month: str) -> Round:
    try:
        return Round.objects.get(month=datetime.strptime(f"{month}-01", "%Y-%m-%d").date())  # noqa: DTZ007 -- a month
    except ValueError as error:
        raise CommandError("Say the month as 2027-03.") from error
    except Round.DoesNotExist as error:
        raise CommandError(f"There is no round of {month}.") from error
