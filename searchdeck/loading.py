"""Sources that come with this version. What organisers changed is kept; only new ones are added."""

import csv
from datetime import date
from pathlib import Path

from django.db import transaction

from searchdeck.models import Source

CSV = Path(__file__).parent / "data" / "sources.csv"


@transaction.atomic
def load() -> int:
    """Add the sources that are not there yet; return how many."""
    known = set(Source.objects.values_list("slug", flat=True))
    with CSV.open(encoding="utf-8", newline="") as lines:
        new = [_source(row) for row in csv.DictReader(lines) if row["slug"] not in known]
    Source.objects.bulk_create(new)
    return len(new)


def _source(row: dict[str, str]) -> Source:
    return Source(
        slug=row["slug"],
        name=row["name"],
        template=row["template"],
        intrusiveness=int(row["intrusiveness"]),
        position=int(row["position"]),
        needs_login=row["needs_login"] == "yes",
        exclusions=row["exclusions"],
        advice=row["advice"],
        last_checked=date.fromisoformat(row["last_checked"]) if row["last_checked"] else None,
    )
