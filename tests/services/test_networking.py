"""Leads who confirm one match at the same moment, and silence noticed once, with real processes.

Not with threads on the tests' own SQLite: that one is in memory, where threads share a cache and a second writer is
refused at once ("database table is locked") whatever the timeout says. In a file it waits its turn.
"""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.services.site import Site, wait_until
from tests.services.test_unmentoring import PROCESSES, STATES, moved_to

pytestmark = pytest.mark.services

MATCH = """
import time
from networking import matches
from tests import make
from tests.networking import build
cohort = build.cohort()
for _ in range(6):
    build.councillor(cohort), build.mentor(cohort, capacity=1)
proposal = matches.propose(cohort, now=build.NOW, by=make.person())
result = {"proposal": proposal.pk, "leads": [build.lead(cohort).person_id for _ in range(4)], "at": time.time() + 12}
"""
CONFIRM = """
import time
from networking import matches
from networking.models import MatchProposal
from people.models import Person
from tests.networking import build
proposal, lead = MatchProposal.objects.select_related("cohort").get(pk={proposal}), Person.objects.get(pk={lead})
time.sleep(max(0, {at} - time.time()))
result = len(matches.confirm(proposal, now=build.NOW, by=lead))
"""
MATCHED = """
from networking.models import MatchProposal, Pair
from outbox.models import Message
result = {
    "state": MatchProposal.objects.get().state,
    "pairs": [Pair.objects.count(), Pair.objects.values("councillor").distinct().count()],
    "told": list(Message.objects.filter(kind="networking/introduction").values_list("to_email", flat=True)),
}
"""
# Introduced 25 days ago, so that the first meeting was expected eleven days ago.
PAIRS = """
import time
from datetime import timedelta
from django.utils import timezone
from tests.networking import build
cohort = build.cohort()
for _ in range({number}):
    build.pair(build.councillor(cohort), introduced_at=timezone.now() - timedelta(days=25))
result = time.time() + 12
"""
SWEEP = """
import time
from datetime import datetime, UTC
from networking import silences
time.sleep(max(0, {at} - time.time()))
result = silences.queue_due(datetime.fromisoformat("{now}"))
"""
NUDGES = """
from networking.models import Silence
from outbox.models import Message
told = Message.objects.filter(kind="networking/nudge")
result = {"silences": Silence.objects.count(), "to": list(told.values_list("to_email", flat=True))}
"""


def test_four_leads_who_confirm_one_match_at_once_introduce_everybody_once(
    make_site: Callable[..., Site], database_url: str
) -> None:
    site = make_site(database_url)
    made = site.run(MATCH)

    with ThreadPoolExecutor(4) as threads:
        codes = [CONFIRM.format(proposal=made["proposal"], lead=lead, at=made["at"]) for lead in made["leads"]]
        confirmed = list(threads.map(site.run, codes))

    assert sorted(confirmed) == [0, 0, 0, 6]
    seen = site.run(MATCHED)
    assert (seen["state"], seen["pairs"]) == ("confirmed", [6, 6])
    assert (len(seen["told"]), set(Counter(seen["told"]).values())) == (12, {1})


def test_four_sweeps_at_once_ask_each_pair_once(make_site: Callable[..., Site], database_url: str) -> None:
    site = make_site(database_url, **moved_to("2027-03-03T10:00:00+00:00"))
    at = site.run(PAIRS.format(number=8))

    with ThreadPoolExecutor(4) as threads:
        asked = list(threads.map(site.run, [SWEEP.format(at=at, now="2027-03-03T10:00:00+00:00")] * 4))

    seen = site.run(NUDGES)
    assert sum(asked) == seen["silences"] == 8
    assert (len(seen["to"]), set(Counter(seen["to"]).values())) == (16, {1})


QUESTION = """
import time
from networking import pool
from tests.networking import build
cohort = build.cohort()
helpers = [build.member("expert", cohort) for _ in range(4)]
for helper in helpers:
    build.level(helper, "Video", 3)
question = pool.ask(build.councillor(cohort), build.skill("Video"), "How?", now=build.NOW)
result = {"question": question.pk, "helpers": [helper.pk for helper in helpers], "at": time.time() + 12}
"""
TAKE = """
import time
from networking import pool
from networking.models import Member, PoolQuestion
from tests.networking import build
question, member = PoolQuestion.objects.get(pk={question}), Member.objects.with_people().get(pk={helper})
time.sleep(max(0, {at} - time.time()))
try:
    result = pool.take(question, member, now=build.NOW).taken_by_id
except pool.TakenAlready:
    result = None
"""
TOLD = """
from outbox.models import Message
result = Message.objects.filter(kind="networking/question_taken").count()
"""


def test_four_who_take_one_question_at_once_leave_it_with_one(
    make_site: Callable[..., Site], database_url: str
) -> None:
    site = make_site(database_url)
    made = site.run(QUESTION)

    with ThreadPoolExecutor(4) as threads:
        codes = [TAKE.format(question=made["question"], helper=pk, at=made["at"]) for pk in made["helpers"]]
        took = list(threads.map(site.run, codes))

    assert len([pk for pk in took if pk]) == 1
    assert site.run(TOLD) == 1


def test_two_workers_and_two_schedulers_ask_each_pair_once(
    make_site: Callable[..., Site], sqlite_url: str, smtp_sink
) -> None:
    site = make_site(sqlite_url, **moved_to("2027-03-03T10:00:00+00:00"))
    site.run(PAIRS.format(number=6))

    site.start(*PROCESSES)
    wait_until(lambda: len(site.run(NUDGES)["to"]) >= 12, seconds=150, every=3, otherwise=site.logs)
    wait_until(lambda: set(site.run(STATES)) == {"sent"}, seconds=90, every=2, otherwise=site.logs)
    time.sleep(3)  # what would come twice would come now

    assert set(Counter(site.run(NUDGES)["to"]).values()) == {1}
    assert len(smtp_sink.received) == 12
