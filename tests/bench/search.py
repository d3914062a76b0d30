"""Pages of the items of one inquiry: filtered, searched, deep down. On SQLite and, where it can start, PostgreSQL.

Each look is timed by the clock and by the processor: the second is ours and, on PostgreSQL, that of the process that
answers us, so it says what a look costs when the machine has other things to do too.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

WORDS = (
    *("respite", "break", "school", "carer", "parent", "bus", "nurse", "waiting", "list", "form", "letter", "phone"),
    *("answer", "nobody", "told", "surgery", "doctor", "weekend", "money", "uniform", "lunch", "homework", "tired"),
    *("grandmother", "brother", "help", "worker", "council", "meeting", "club", "friend", "home"),
)
PLATFORMS = ("x", "facebook", "reddit", "youtube", "web", "mumsnet", "care_opinion", "bluesky")
LOOKS = 40  # of each kind


def main(argv: list[str]) -> None:
    options = _options(argv)
    if options.measure_here:
        _measure(options.items)
        return
    here = [sys.executable, "-m", "tests.bench.search", "--items", str(options.items), "--measure-here"]
    if "sqlite" in options.on:
        subprocess.run(here, check=True)
    if "postgresql" in options.on:
        subprocess.run([sys.executable, "-m", "local.postgres", *here], check=True, env=os.environ)


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="search", description="Time pages of an inquiry with many items.")
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--on", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"])
    parser.add_argument("--measure-here", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def _measure(items: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    inquiry = _fill(items)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE evidence_item")
    rng, every = Random("looks"), []
    for name, wanted, before in _looks(inquiry, items):
        took = [_timed(lambda: _look(inquiry, wanted(rng), before)) for _ in range(LOOKS)]  # noqa: B023 -- called at once
        every += took
        _print(connection.vendor, items, name, took)
    _print(connection.vendor, items, "all", every)
    _print(connection.vendor, items, "what to choose from", [_timed(lambda: _choices(inquiry)) for _ in range(LOOKS)])
    _print(connection.vendor, items, "whole page over HTTP", _pages(inquiry))


@dataclass(frozen=True)
class Took:
    """What one look cost, in seconds."""

    clock: float
    processor: float


def _timed(look: Callable[[], object]) -> Took:
    clock, processor = time.perf_counter(), _processor_seconds()
    look()
    return Took(time.perf_counter() - clock, _processor_seconds() - processor)


def _processor_seconds() -> float:
    """Ours, and that of the PostgreSQL process that answers us (Linux tells; elsewhere ours alone)."""
    from django.db import connection

    ours = time.process_time()
    if connection.vendor != "postgresql" or connection.connection is None:
        return ours
    told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return ours + (int(told.read_text().split()[0]) / 1e9 if told.exists() else 0)


def _print(database: str, items: int, name: str, took: list[Took]) -> None:
    row: dict[str, Any] = {"bench": "search", "database": database, "items": items, "look": name}
    for kind, seconds in (("", [one.clock for one in took]), ("processor_", [one.processor for one in took])):
        p95 = statistics.quantiles(seconds, n=20)[18]
        row |= {f"{kind}median_ms": _ms(statistics.median(seconds)), f"{kind}p95_ms": _ms(p95)}
    print(json.dumps(row | {"max_ms": _ms(max(one.clock for one in took))}), flush=True)


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


def _fill(items: int) -> Any:
    from evidence import inquiries
    from evidence.models import Item
    from people.models import Person

    now, rng = datetime(2027, 2, 21, tzinfo=UTC), Random("items")
    officer = Person.objects.create_user("officer@council.example", name="Olu Officer")
    topics = [inquiries.TopicWords(name) for name in ("Respite", "Schools", "Transport")]
    inquiry = inquiries.prepare(
        inquiries.Plan(
            *("Carers", "Committee", "Why", "LGA 2000 s.9F", date(2027, 1, 1), date(2027, 6, 1), "a@b.example", 90),
            topics=topics,
        ),
        now=now,
        by=officer,
    )
    ids = list(inquiry.topics.values_list("pk", flat=True))
    for first in range(1, items + 1, 5000):
        numbers = range(first, min(first + 5000, items + 1))
        Item.objects.bulk_create([_item(inquiry, officer, ids, n, now, rng) for n in numbers])
    return inquiry


def _item(inquiry: Any, officer: Any, topics: list[int], number: int, now: datetime, rng: Random) -> Any:
    from evidence.models import Item

    said = " ".join(rng.choices(WORDS, k=30))
    saved = now + timedelta(seconds=number)
    return Item(
        inquiry=inquiry, topic_id=rng.choice(topics), number=number, saved_by=officer,
        state=rng.choices(("submitted", "accepted", "set_aside"), (5, 80, 15))[0], state_reason="Not about it",
        link=f"https://forum.example.org/t/{number}", hard_key=f"web:{number}", soft_key=f"web:{number}",
        platform=rng.choice(PLATFORMS), author_kind=rng.choice(Item.AuthorKind.values), exact_words=said,
        our_words=f"{said} {'needle' if number % 9973 == 7 else ''}", tells_us=" ".join(rng.choices(WORDS, k=12)),
        month=date(2025 + number % 2, 1 + number % 12, 1), tone=rng.choice(Item.Tone.values),
        stance=rng.choice(Item.Stance.values), reliance=rng.choice(Item.Reliance.values),
        saved_at=saved, submitted_at=saved, changed_at=saved,
    )  # fmt: skip


def _looks(inquiry: Any, items: int) -> list[Any]:
    from evidence.listing import Wanted
    from evidence.models import Item

    topics = list(inquiry.topics.all())

    def some(rng: Random) -> Wanted:
        return Wanted(topic=rng.choice(topics), tone=rng.choice(Item.Tone.values), platform=rng.choice(PLATFORMS))

    def narrow(rng: Random) -> Wanted:
        return Wanted(
            topic=rng.choice(topics), platform=rng.choice(PLATFORMS), tone="bad", stance="new", state="submitted",
            author_kind="press", month=date(2025, rng.randrange(1, 12), 1), reliance="relied",
        )  # fmt: skip

    def two_words(rng: Random) -> Wanted:
        return Wanted(words=" ".join(rng.sample(WORDS, 2)), tone="good", state="accepted")

    return [
        ("first page", lambda rng: Wanted(), None),
        ("last page", lambda rng: Wanted(), 30),
        ("three filters", some, None),
        ("three filters, deep", some, items // 10),
        ("all filters, few or none", narrow, None),
        ("a common word", lambda rng: Wanted(words=rng.choice(WORDS)), None),
        ("a rare word", lambda rng: Wanted(words="needle"), None),
        ("two words, two filters", two_words, None),
        ("twenty words", lambda rng: Wanted(words=" ".join(rng.sample(WORDS, 20))), None),
        ("a word, no such month", lambda rng: Wanted(words=rng.choice(WORDS), month=date(1999, 1, 1)), None),
    ]  # fmt: skip


def _look(inquiry: Any, wanted: Any, before: int | None) -> None:
    """The page and how many there are, as the view asks for it."""
    from evidence import listing

    listing.page(inquiry, "officer", wanted, before=before)


def _choices(inquiry: Any) -> None:
    from evidence import listing

    listing.found_in(inquiry, "officer")


def _pages(inquiry: Any) -> list[Took]:
    """Filters, their choices, the template: all of it, as a signed-in officer."""
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    officer = inquiry.memberships.get()
    officer.role = "contributor"  # who needs no second step for signing in
    officer.save()
    client = Client()
    client.force_login(officer.person)
    url, rng = reverse("evidence:items", args=[inquiry.slug]), Random("pages")

    def ask() -> None:
        answer = client.get(url, {"tone": rng.choice(["good", "bad"]), "q": rng.choice(WORDS)})
        assert answer.status_code == 200

    ask()  # templates are read once, by the first visitor
    return [_timed(ask) for _ in range(LOOKS)]


if __name__ == "__main__":
    main(sys.argv[1:])
