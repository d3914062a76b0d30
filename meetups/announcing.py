"""Word from the hosts to people who are signed up."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from meetups import emails, guest_list, tasks
from meetups.models import Announcement, Meetup, Notice
from outbox import nudges
from people.models import Person


class EverybodyHasIt(Exception):
    """Whoever it is for has got the same words already, or is about to; nothing was saved."""


@transaction.atomic
def announce(announcement: Announcement, *, nonce: UUID) -> Announcement:
    """Keep the words; a worker writes to each person. The same words with the same nonce again are kept once.

    Other words with a used nonce come from somebody who went back and wrote something else: they are new.
    Raises EverybodyHasIt when nobody is left to write to, such as when two hosts send the same words.
    """
    Meetup.objects.locked(announcement.meetup_id)
    kept = Announcement.objects.filter(nonce=nonce).first()
    if kept and _words(kept) == _words(announcement):
        return kept
    announcement.nonce = None if kept else nonce
    if not announcement.recipients().exists():
        raise EverybodyHasIt
    announcement.save(force_insert=True)
    nudges.after_commit(tasks.queue_due_letters)
    return announcement


def _words(announcement: Announcement) -> tuple[object, ...]:
    about = (announcement.meetup_id, announcement.to, tuple(announcement.picked))
    return *about, announcement.subject, announcement.body


def as_text(announcement: Announcement) -> str:
    """How it reads for whoever gets it; the link to their booking is theirs alone and is not in it."""
    return emails.announced_as_text(announcement)


@transaction.atomic
def send_test_copy(announcement: Announcement, *, to: Person, now: datetime) -> None:
    """The same words to whoever writes them, before anybody else gets them."""
    emails.test_copy(announcement, to=to, now=now)


@dataclass(frozen=True)
class Earlier:
    """Something written earlier, how many it went to, and who was ticked for it."""

    announcement: Announcement
    count: int
    names: list[str]


def earlier(meetup: Meetup) -> list[Earlier]:
    """What was written to people of this meet-up, the newest first."""
    rows = list(meetup.announcements.select_related("written_by"))
    kinds = Notice.objects.filter(signup__meetup=meetup, kind__startswith="announcement-").values_list(
        "kind", flat=True
    )
    counts: dict[str, int] = {}
    for kind in kinds:
        counts[kind] = counts.get(kind, 0) + 1
    names = _names(meetup, rows)
    return [
        Earlier(row, counts.get(row.notice_kind, 0), [names[one] for one in row.picked if one in names]) for row in rows
    ]


def _names(meetup: Meetup, rows: list[Announcement]) -> dict[int, str]:
    picked = {one for row in rows for one in row.picked}
    if not picked:
        return {}
    return dict(guest_list.named(meetup).filter(pk__in=picked).values_list("pk", "name"))
