"""The councils of the United Kingdom: loading them, finding one as somebody types."""

import csv
import secrets
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.core.cache import cache
from django.db import transaction

from people import council_search
from people.models import Council

CSV = Path(__file__).parent / "data" / "councils.csv"
_EDITION = "people:council-names"


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
    cache.delete(_EDITION)
    return len(changed), gone.update(abolished_on=today)


def _fields(row: dict[str, str]) -> dict[str, str]:
    return {key: row[key] for key in ("name", "kind", "nation", "aliases")}


def _differs(council: Council, row: dict[str, str]) -> bool:
    return council.abolished_on is not None or any(getattr(council, key) != row[key] for key in _fields(row))


def suggest(typed: str) -> list[council_search.CouncilName]:
    """The few councils somebody probably means."""
    return list(_best_matches(typed, _edition()))


@lru_cache(maxsize=4096)
def _best_matches(typed: str, edition: str) -> tuple[council_search.CouncilName, ...]:
    return tuple(council_search.best_matches(typed, _names(edition)))


def named(typed: str) -> Council | None:
    """The council with exactly this name or alias, however it is spelled ("&", capitals, accents, "Saint")."""
    found = council_search.exact_match(typed, _names(_edition()))
    return Council.objects.get(slug=found.slug) if found else None


def all_named(typed: Iterable[str]) -> dict[str, Council]:
    """By what was typed, the councils with exactly these names; what is no council is left out. One query."""
    names = _names(_edition())
    slugs = {words: found.slug for words in set(typed) if words and (found := council_search.exact_match(words, names))}
    rows = {council.slug: council for council in Council.objects.filter(slug__in=set(slugs.values()))}
    return {words: rows[slug] for words, slug in slugs.items() if slug in rows}


def _edition() -> str:
    """Which list of names is the right one: a new word after every change. Without a cache it never is the same."""
    return str(cache.get_or_set(_EDITION, lambda: secrets.token_hex(8), 3600))


@lru_cache(maxsize=1)
def _names(edition: str) -> list[council_search.CouncilName]:
    """All names. Each process has a copy of its own: unpacking 380 names took longer than finding one of them."""
    standing = Council.objects.filter(abolished_on=None).values_list("slug", "name", "aliases")
    return [
        council_search.CouncilName(slug=slug, name=name, aliases=tuple(aliases.split("|")) if aliases else ())
        for slug, name, aliases in standing
    ]
