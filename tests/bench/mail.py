"""Mails per second from the outbox through one worker to a real SMTP server on loopback."""

import argparse
import json
import time

from tests.load.site import measured_site

MAKE = """
from outbox import queue
from django.db import transaction
with transaction.atomic():
    for n in range({count}):
        queue.queue(
            key=f"bench:message={{n}}", to=f"person{{n}}@council.gov.uk", template="meetups/nudge", context={context},
        )
result = {count}
"""
CONTEXT = "{'meetup': {'title': 'Scrutiny and social media'}, 'signup': {'name': 'Guest'}, 'links': {}}"


def main(argv: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    asked = parser.parse_args(argv)
    with measured_site(database=asked.database) as (site, sink):
        site.run(MAKE.format(count=asked.count, context=CONTEXT))
        site.start("worker")
        site.start("beat")
        first = sink.wait_for(1, seconds=60)[0].at
        sink.wait_for(asked.count, seconds=600)
        seconds = sink.received[asked.count - 1].at - first
        twice = len(sink.received) - len({received.message["Message-ID"] for received in sink.received})
    rate = round((asked.count - 1) / seconds, 1)
    print(json.dumps({
        "bench": "mail", "database": asked.database, "count": asked.count, "seconds": round(seconds, 3),
        "mails_per_second": rate, "sent_twice": twice, "finished_at": time.strftime("%F %T"),
    }))  # fmt: skip


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
