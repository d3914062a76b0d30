"""The pages of getting started on a demonstration site, in every state, as Sam sees them. Runs inside the site."""

from datetime import timedelta

from django.utils import timezone

from evidence.models import Fetch, Helper
from people.models import Person

HOME = "/evidence/getting-started/"


def make() -> list[str]:
    sam = Person.objects.get(email="sam@demo.example")
    plan, barrier, helper = sam.started_plans.first(), sam.started_barriers.first(), Helper.objects.first()
    assert plan
    assert barrier
    assert helper
    checks = [sam.fetches.get(), _check(sam, "backoff", "It took too long to answer."), _check(sam, "queued", "")]
    checks.append(_check(sam, "failed", "The site answered 404: there is no such page."))
    return [
        *(
            f"{HOME}{page}"
            for page in ("", "plans/", "plans/new/?idea=training", "barriers/", "barriers/new/", "page/")
        ),
        *(f"{HOME}plans/{plan.pk}/{page}" for page in ("", "done/", "delete/")),
        *(f"{HOME}barriers/{barrier.pk}/{page}" for page in ("", "delete/")),
        *(f"{HOME}page/{check.pk}/" for check in checks),
        *(f"{HOME}help/{page}" for page in ("", "?platform=tiktok", "me/", f"{helper.pk}/ask/")),
    ]


def _check(sam: Person, state: str, why: str) -> Fetch:
    """One that no worker takes up while we look at it."""
    now, url = timezone.now(), "https://www.wessex.example/a/rather/long/address/of-a-page-with-an-agenda.aspx?id=4711"
    ended, due = now if state == "failed" else None, now + timedelta(days=1)
    return Fetch.objects.create(
        kind="check", url=url, state=state, why=why, asked_by=sam, asked_at=now, due_at=due, ended_at=ended
    )
