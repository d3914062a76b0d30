"""Nobody is forgotten and nobody is written to twice, whatever dies in between."""

import time
from collections import Counter
from collections.abc import Callable

import pytest

from tests.services.site import wait_until
from tests.services.visitor import Page, Visitor

pytestmark = pytest.mark.services

MAKE_MEETUP = """
from datetime import timedelta
from django.utils import timezone
from tests import make
now = timezone.now()
meetup = make.meetup(
    starts_at=now + timedelta(hours=6), details_at=now + timedelta(minutes=1), closes_at=now + timedelta(hours=5),
    places_online=1000, nudge=False,
)
for n in range({people}):
    make.signup(meetup=meetup, email=f"person{{n}}@council.gov.uk", now=now)
from outbox.models import Message
Message.objects.all().delete()
result = meetup.slug
"""
# The minute is over: what follows is done by the real scheduler and workers.
MAKE_DUE = """
from django.utils import timezone
from meetups.models import Meetup
result = Meetup.objects.update(details_at=timezone.now())
"""
QUEUE_500 = """
from outbox import queue
from django.db import transaction
with transaction.atomic():
    for n in range(500):
        words = queue.Words(f"Letter {n}", "Words", "<p>Words</p>")
        queue._save(queue._compose(
            key=f"test:message={n}", to=f"person{n}@council.gov.uk", kind="test", words=words, reply_to=(), due_at=None,
        ))
result = None
"""
STATES = "from outbox.models import Message; result = list(Message.objects.values_list('state', flat=True))"


def _count(site) -> Counter[str]:
    return Counter(site.run(STATES))


def test_a_worker_killed_five_times_in_500_mails_forgets_nobody(make_site, database_url, smtp_sink, valkey):
    site = make_site(database_url, OUTBOX_CLAIM_SECONDS="3")
    site.run(QUEUE_500)
    site.start("beat")
    for kill in range(1, 6):
        site.start("worker")
        wait_until(lambda n=kill: len(smtp_sink.received) >= n * 80, seconds=60, otherwise=site.logs)
        site.kill("worker")

    site.start("worker")
    wait_until(lambda: _count(site) == {"sent": 500}, seconds=180, otherwise=site.logs)

    copies = Counter(received.message["Message-ID"] for received in smtp_sink.received)
    people = Counter(received.recipients[0] for received in smtp_sink.received)
    assert len(copies) == len(people) == 500
    # Two pool processes can each have one message in hand when they are killed.
    assert len(smtp_sink.received) - 500 <= 2 * 5


def test_two_workers_and_two_schedulers_send_joining_details_once_to_each(make_site, database_url, smtp_sink):
    site = make_site(database_url)
    site.run(MAKE_MEETUP.format(people=120))
    site.start("worker", "worker-2", "beat", "beat-2")

    site.run(MAKE_DUE)
    wait_until(lambda: len(smtp_sink.received) >= 120, seconds=90, otherwise=site.logs)
    time.sleep(3)  # what would come twice would come now

    wanted = {f"person{n}@council.gov.uk": 1 for n in range(120)}
    assert Counter(received.recipients[0] for received in smtp_sink.received) == wanted


def test_with_the_broker_down_a_sign_up_works_and_takes_no_longer(make_site, sqlite_url, valkey, smtp_sink):
    site = make_site(sqlite_url)
    slug = site.run(MAKE_MEETUP.format(people=0))
    site.start("web")
    Visitor(site.port).sign_up(slug, email="first@council.gov.uk")
    valkey.kill()

    seconds = _seconds_of(lambda: Visitor(site.port).sign_up(slug, email="second@council.gov.uk"))

    assert seconds < 1.5  # two pages and a post: the promise is that none waits for the broker
    assert _count(site) == {"queued": 2}
    valkey.start()
    site.start("worker", "beat")
    smtp_sink.wait_for(2, seconds=60)


def test_with_the_broker_hanging_a_sign_up_waits_less_than_a_second_more(make_site, sqlite_url, valkey):
    import signal

    site = make_site(sqlite_url)
    slug = site.run(MAKE_MEETUP.format(people=0))
    site.start("web")
    Visitor(site.port).sign_up(slug, email="first@council.gov.uk")
    usual = _seconds_of(lambda: Visitor(site.port).sign_up(slug, email="second@council.gov.uk"))
    waited = []
    valkey.process.send_signal(signal.SIGSTOP)
    try:
        # The least of some tries: a machine that is busy with other tests makes any one of them late.
        for number in range(3):
            time.sleep(5.5 if number else 0)  # until neither cache nor broker is left alone any more
            email = f"late{number}@council.gov.uk"
            waited.append(_seconds_of(lambda email=email: Visitor(site.port).sign_up(slug, email=email)) - usual)
            if waited[-1] < 1.0:
                break
    finally:
        valkey.process.send_signal(signal.SIGCONT)

    assert min(waited) < 1.0
    assert _count(site) == {"queued": 2 + len(waited)}


def test_an_emptied_broker_loses_no_mail(make_site, sqlite_url, valkey, smtp_sink):
    site = make_site(sqlite_url)
    site.run(QUEUE_500)
    valkey.empty()

    site.start("worker", "beat")

    smtp_sink.wait_for(500, seconds=90)
    assert Counter(received.recipients[0] for received in smtp_sink.received).most_common(1)[0][1] == 1


def test_a_mail_server_that_is_down_and_comes_back_gets_everything_once(make_site, sqlite_url, smtp_sink):
    site = make_site(sqlite_url)
    smtp_sink.stop()
    site.run(QUEUE_500)
    site.start("worker", "beat")
    time.sleep(2)

    smtp_sink.start()
    # The one message that met the closed door waits a minute; the others leave with the next sweep.
    wait_until(lambda: len(smtp_sink.received) >= 499, seconds=90, otherwise=site.logs)

    assert len({received.recipients[0] for received in smtp_sink.received}) == len(smtp_sink.received)
    assert _count(site)["failed"] == 0


def _seconds_of(sign_up: Callable[[], Page]) -> float:
    started = time.monotonic()
    assert sign_up().status == 200
    return time.monotonic() - started
