"""Three months of UnMentoring with real workers and schedulers, whose clock is moved from date to date."""

import re
import time
from collections import Counter
from collections.abc import Callable

import pytest

from tests.services.moving import move, moved_to
from tests.services.site import Site, wait_until

pytestmark = pytest.mark.services

PROCESSES = ("worker", "worker-2", "beat", "beat-2")
JOIN = """
from tests.unmentoring import build
from django.utils import timezone
for n in range({number}):
    build.participant(now=timezone.now(), email=f"person{{n}}@org{{n}}.example", name=f"Person {{n}}")
from outbox.models import Message
Message.objects.all().delete()
result = None
"""
ROUNDS = """
from unmentoring.models import Round
result = [[str(r.month), r.state, r.people, r.repeats] for r in Round.objects.order_by("month")]
"""
# Everybody except the first says that they met.
ANSWER = """
from django.utils import timezone
from unmentoring import month
from unmentoring.models import PairingMember
asked = PairingMember.objects.filter(answer="").exclude(participant__person__email="person0@org0.example")
result = [month.answer(member, "yes", now=timezone.now()).pk for member in asked]
"""
KINDS = """
from outbox.models import Message
result = list(Message.objects.values_list("kind", "to_email"))
"""
STATES = "from outbox.models import Message; result = list(Message.objects.values_list('state', flat=True))"


def letters(site: Site, kind: str) -> Counter[str]:
    """How many letters of this kind there are to each."""
    return Counter(to for one, to in site.run(KINDS) if one == f"unmentoring/{kind}")


def once_to(*numbers: int) -> Counter[str]:
    return Counter({f"person{n}@org{n}.example": 1 for n in numbers})


def wait_for(site: Site, claim: Callable[[], object]) -> None:
    """Each question starts a Python of its own, so on a busy machine asking more often would only slow the answer."""
    wait_until(claim, seconds=240, every=2, otherwise=site.logs)


def wait_for_letters(site: Site, kind: str, number: int) -> None:
    wait_for(site, lambda: letters(site, kind).total() >= number)
    wait_for(site, lambda: set(site.run(STATES)) == {"sent"})
    time.sleep(3)  # what would come twice would come now


def test_processes_that_start_one_after_the_other_have_one_clock(
    make_site: Callable[..., Site], sqlite_url: str
) -> None:
    site = make_site(sqlite_url, **moved_to("2027-02-10T10:00:00+00:00"))
    now = "import time; result = time.time()"

    first = site.run(now)
    time.sleep(3)

    assert 3 <= site.run(now) - first < 30


def test_three_months_with_two_schedulers_and_somebody_who_falls_silent(
    make_site: Callable[..., Site], sqlite_url: str, smtp_sink
) -> None:
    site = make_site(sqlite_url, **moved_to("2027-02-10T10:00:00+00:00"))
    site.run(JOIN.format(number=7))

    move(site, "2027-03-01T08:59:20+00:00", *PROCESSES)
    wait_for_letters(site, "introduction", 7)
    assert site.run(ROUNDS) == [["2027-03-01", "published", 7, 0]]
    assert letters(site, "introduction") == once_to(*range(7))

    move(site, "2027-03-24T09:00:00+00:00", *PROCESSES)
    wait_for_letters(site, "did_you_meet", 7)
    assert letters(site, "did_you_meet") == once_to(*range(7))
    site.run(ANSWER)

    move(site, "2027-04-01T08:00:05+00:00", *PROCESSES)
    wait_for_letters(site, "introduction", 14)
    move(site, "2027-04-24T08:00:05+00:00", *PROCESSES)
    wait_for_letters(site, "did_you_meet", 14)
    site.run(ANSWER)

    move(site, "2027-04-26T08:05:00+00:00", *PROCESSES)
    wait_for_letters(site, "still_in", 1)
    move(site, "2027-04-28T20:10:00+00:00", *PROCESSES)
    wait_for_letters(site, "paused", 1)
    assert letters(site, "still_in") == letters(site, "paused") == once_to(0)

    move(site, "2027-05-01T08:00:05+00:00", *PROCESSES)
    wait_for_letters(site, "introduction", 20)
    assert letters(site, "introduction") == Counter({p: 3 - (p == "person0@org0.example") for p in once_to(*range(7))})
    assert site.run(ROUNDS) == [
        ["2027-03-01", "published", 7, 0],
        ["2027-04-01", "published", 7, 0],
        ["2027-05-01", "published", 6, 0],
    ]
    for month in ("2027-03", "2027-04", "2027-05"):
        assert "is what its seed gives" in site.manage("verify_round", month)
    received = Counter(received.message["Message-ID"] for received in smtp_sink.received)
    assert set(received.values()) == {1}


def test_nothing_is_drawn_before_nine_in_the_morning(make_site: Callable[..., Site], sqlite_url: str) -> None:
    site = make_site(sqlite_url, **moved_to("2027-02-10T10:00:00+00:00"))
    site.run(JOIN.format(number=2))

    move(site, "2027-03-01T08:40:00+00:00", "worker", "beat")
    asked = re.compile(r"Task unmentoring\.tasks\.draw\S* succeeded")
    wait_until(lambda: asked.search(site.children["worker"].log.read_text()), seconds=240, otherwise=site.logs)

    assert site.run(ROUNDS) == []


def test_workers_killed_between_the_pairs_and_the_mails_forget_nobody(
    make_site: Callable[..., Site], database_url: str
) -> None:
    site = make_site(database_url, **moved_to("2027-02-10T10:00:00+00:00"))
    site.run(JOIN.format(number=60))
    move(site, "2027-03-01T09:00:05+00:00", *PROCESSES)
    wait_until(lambda: site.run(ROUNDS), seconds=240, otherwise=site.logs)  # the mails follow by a sweep of their own
    site.kill()
    site.children.clear()

    move(site, "2027-03-01T09:20:00+00:00", *PROCESSES)
    wait_for_letters(site, "introduction", 60)

    assert letters(site, "introduction") == once_to(*range(60))
    assert site.run(ROUNDS) == [["2027-03-01", "published", 60, 0]]
