"""Word from the hosts to people who are signed up."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from meetups import emails, tasks
from meetups.models import Announcement, Meetup, Notice
from outbox import nudges
from people.models import Person


@transaction.atomic
def announce(announcement: Announcement, *, nonce: UUID) -> Announcement:
    """Keep the words; a worker writes to each person. The same words with the same nonce again are kept once.

    Other words with a used nonce come from somebody who went back and wrote something else: they are new.
    """
    Meetup.objects.locked(announcement.meetup_id)
    kept = Announcement.objects.filter(nonce=nonce).first()
    if kept and _words(kept) == _words(announcement):
        return kept
    announcement.nonce = None if kept else nonce
    announcement.save(force_insert=True)
    nudges.after_commit(tasks.queue_due_letters)
    return announcement


def _words(announcement: Announcement) -> tuple[int, str, str, str]:
    return announcement.meetup_id, announcement.to, announcement.subject, announcement.body


@transaction.atomic
def send_test_copy(announcement: Announcement, *, to: Person, now: datetime) -> None:
    """The same words to whoever writes them, before anybody else gets them."""
    emails.test_copy(announcement, to=to, now=now)


@dataclass(frozen=True)
class Earlier:
    """Something written earlier, and how many it went to."""

    announcement: Announcement
    count: int


def earlier(meetup: Meetup) -> list[Earlier]:
    """What was written to people of this meet-up, the newest first."""
    rows = list(meetup.announcements.select_related("written_by"))
    kinds = Notice.objects.filter(signup__meetup=meetup, kind__startswith="announcement-").values_list(
        "kind", flat=True
    )
    counts: dict[str, int] = {}
    for kind in kinds:
        counts[kind] = counts.get(kind, 0) + 1
    return [Earlier(row, counts.get(f"announcement-{row.pk}", 0)) for row in rows]
