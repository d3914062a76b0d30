"""The councils of the United Kingdom: loading them, finding one as somebody types."""

import csv
from datetime import date
from pathlib import Path

from django.core.cache import cache
from django.db import transaction

from people import council_search
from people.models import Council

CSV = Path(__file__).parent / "data" / "councils.csv"
_NAMES = "people:council-names"


@transaction.atomic
def load(*, today: date) -> tuple[int, int]:
    """Bring the table up to the file; return (added or changed, abolished). A council that left the file is kept."""
    with CSV.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    before = {council.slug: council for council in Council.objects.all()}
    changed = [row for row in rows if row["slug"] not in before or _differs(before[row["slug"]], row)]
    for row in changed:
        Council.objects.update_or_create(slug=row["slug"], defaults={**_fields(row), "abolished_on": None})
    gone = Council.objects.exclude(slug__in=[row["slug"] for row in rows]).filter(abolished_on=None)
    cache.delete(_NAMES)
    return len(changed), gone.update(abolished_on=today)


def _fields(row: dict[str, str]) -> dict[str, str]:
    return {key: row[key] for key in ("name", "kind", "nation", "aliases")}


def _differs(council: Council, row: dict[str, str]) -> bool:
    return council.abolished_on is not None or any(getattr(council, key) != row[key] for key in _fields(row))


def suggest(typed: str) -> list[council_search.CouncilName]:
    """The few councils somebody probably means."""
    return council_search.best_matches(typed, _names())


def named(typed: str) -> Council | None:
    """The council with exactly this name or alias, however it is spelled ("&", capitals, accents, "Saint")."""
    found = council_search.exact_match(typed, _names())
    return Council.objects.get(slug=found.slug) if found else None


def _names() -> list[council_search.CouncilName]:
    names = cache.get(_NAMES)
    if names is None:
        standing = Council.objects.filter(abolished_on=None).values_list("slug", "name", "aliases")
        names = [
            council_search.CouncilName(slug=slug, name=name, aliases=tuple(aliases.split("|")) if aliases else ())
            for slug, name, aliases in standing
        ]
        cache.set(_NAMES, names, 3600)
    return names
