"""The letters a meet-up sends by itself: joining details, reminders, word of a change.

Nobody is written to from a list kept in memory. Each kind of letter asks the database who should have it and has no
notice of it yet, writes a notice and the message in one transaction with the meet-up locked, and so may be stopped,
started twice or run by two workers at any moment.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, prefetch_related_objects

from meetups import emails, timings
from meetups.models import Announcement, Meetup, Notice, SignUp, SignUpQuerySet
from people import preferences

CHUNK = 25
NUDGE_AFTER = timedelta(hours=1)
OFFERED_TO = "the first on the waiting list, then the next if they do not take it in time"


@dataclass(frozen=True)
class Letter:
    """A kind of letter of one meet-up: whom it is for now, and how it is written. `kind` names it in the ledger."""

    kind: str
    recipients: Callable[[Meetup], SignUpQuerySet]
    write: Callable[[SignUp], None]


def queue_due(now: datetime) -> int:
    """Write every letter that is due and was not written; return how many. Safe to run twice and at once."""
    return sum(spread(meetup, letter, now) for meetup, letter in _due(now))


def _due(now: datetime) -> Iterator[tuple[Meetup, Letter]]:
    coming = Meetup.objects.filter(ends_at__gt=now)
    for meetup in coming.filter(state=Meetup.State.CANCELLED):
        yield meetup, _cancelled(now)
    for meetup in coming.standing():
        # Word of a change first, so that nobody reads joining details for a date they do not know of.
        yield meetup, _moved(now)
        if meetup.details_are_out(now):
            yield meetup, _details(now)
        if not meetup.has_started(now):
            yield from ((meetup, letter) for letter in _short_letters(meetup, now))
    for announcement in Announcement.objects.filter(spread_at=None).select_related("meetup"):
        yield announcement.meetup, _announced(announcement, now)


def spread(meetup: Meetup, letter: Letter, now: datetime) -> int:
    """Write this letter to everybody who should have it and has not; return how many."""
    written = 0
    while count := _write_chunk(meetup.pk, letter, now):
        written += count
    return written


@transaction.atomic
def _write_chunk(meetup_pk: int, letter: Letter, now: datetime) -> int:
    meetup = Meetup.objects.locked(meetup_pk)
    due = letter.recipients(meetup).not_noticed(letter.kind, meetup.schedule_version).for_letters()
    chunk = list(due.order_by("pk")[:CHUNK])
    prefetch_related_objects([meetup], "hosts", "agenda")
    for signup in chunk:
        signup.meetup = meetup
        Notice.objects.note(signup, letter.kind, now)
        letter.write(signup)
    return len(chunk)


def _details(now: datetime) -> Letter:
    return Letter(
        Notice.DETAILS, lambda meetup: meetup.signups.confirmed(), lambda s: emails.joining_details(s, now=now)
    )


def _short_letters(meetup: Meetup, now: datetime) -> Iterator[Letter]:
    if meetup.nudge and now >= meetup.details_at + NUDGE_AFTER:
        yield Letter(Notice.NUDGE, lambda m: _has_details(m, now - NUDGE_AFTER), lambda s: _nudge(s, now))
    if meetup.reminder_hours and now >= meetup.starts_at - timedelta(hours=meetup.reminder_hours):
        yield Letter(Notice.REMINDER, lambda m: m.signups.confirmed(), lambda s: _remind(s, now))


def _has_details(meetup: Meetup, since: datetime) -> SignUpQuerySet:
    sent = Notice.objects.filter(
        signup=OuterRef("pk"), kind=Notice.DETAILS, version=meetup.schedule_version, at__lte=since
    )
    return meetup.signups.confirmed().filter(Exists(sent))


def _nudge(signup: SignUp, now: datetime) -> None:
    # Nudges and reminders can be stopped; joining details cannot, they are part of the place.
    if preferences.wants(signup.person, emails.REMINDERS):
        emails.nudge(signup, now=now)


def _remind(signup: SignUp, now: datetime) -> None:
    # Signing up is reminder enough for whoever did it after the reminder was due.
    late = signup.signed_up_at >= signup.meetup.starts_at - timedelta(hours=signup.meetup.reminder_hours or 0)
    if not late and preferences.wants(signup.person, emails.REMINDERS):
        emails.reminder(signup, now=now)


def _moved(now: datetime) -> Letter:
    def write(signup: SignUp) -> None:
        emails.moved(signup, now=now)
        signup.knows_schedule()
        signup.save(update_fields=["told_version", "told_start"])

    return Letter(Notice.MOVED, lambda m: m.signups.active().filter(told_version__lt=m.schedule_version), write)


def _cancelled(now: datetime) -> Letter:
    return Letter(Notice.CANCELLED, lambda m: m.signups.active(), lambda s: emails.meetup_cancelled(s, now=now))


def _announced(announcement: Announcement, now: datetime) -> Letter:
    """Word from the hosts. Marked as spread when nobody is left to write to, so a crash before that loses nothing."""

    def recipients(meetup: Meetup) -> SignUpQuerySet:
        left = announcement.recipients().filter(
            ~Exists(Notice.objects.filter(signup=OuterRef("pk"), kind=kind))  # whatever version: once is enough
        )
        if not left.exists():
            Announcement.objects.filter(pk=announcement.pk, spread_at=None).update(spread_at=now)
        return left

    kind = announcement.notice_kind
    return Letter(kind, recipients, lambda s: emails.announced(announcement, s, now=now))


@dataclass(frozen=True)
class Planned:
    """One line of the dated list of mails: when, what, to how many. `at` is None for "at once"."""

    at: datetime | None
    what: str
    to: str


def plan(meetup: Meetup, now: datetime) -> list[Planned]:
    """Every e-mail this meet-up will send by itself, in order, for the organiser to read before publishing.

    What is due before it is published goes at once; what nobody could get any more is left out.
    """
    opened_at = meetup.published_at or now
    people = _to_whom(meetup)
    rows = [
        Planned(None, "Confirmation with a calendar invitation and a link to the booking", "each person who signs up"),
        Planned(None, "Word that a place became free", "the first on the waiting list, when someone cancels"),
        Planned(
            _or_at_once(meetup.details_at, opened_at), "Joining details", f"{people}; later sign-ups get them at once"
        ),
    ]
    if meetup.offer_hours:
        offers_from = _or_at_once(meetup.offers_from(), opened_at)
        rows.append(Planned(offers_from, "From now on a freed place is offered by a link", OFFERED_TO))
    rows += _planned_short(meetup, opened_at, people)
    whom = "whoever came; everyone with a place if nobody was counted in"
    rows.append(Planned(timings.morning_after(meetup.ends_at), "“What did you think?”", whom))
    return sorted(rows, key=lambda row: (row.at is not None, row.at or meetup.starts_at))


def _to_whom(meetup: Meetup) -> str:
    """How many get what goes to everybody with a place: those who have one, or as many as there are places."""
    if having := meetup.signups.confirmed().count():
        return f"{having} with a place now"
    return f"everyone with a place by then, up to {sum(meetup.places(way) for way in meetup.ways)}"


def _or_at_once(due_at: datetime, opened_at: datetime) -> datetime | None:
    return due_at if due_at > opened_at else None


def _planned_short(meetup: Meetup, opened_at: datetime, people: str) -> Iterator[Planned]:
    """Nudge and reminder, which only go before the start (see _short_letters)."""
    nudge_at = max(meetup.details_at, opened_at) + NUDGE_AFTER
    if meetup.nudge and nudge_at < meetup.starts_at:
        yield Planned(nudge_at, "“We have sent your joining details”", people)
    if meetup.reminder_hours:
        remind_at = meetup.starts_at - timedelta(hours=meetup.reminder_hours)
        if remind_at > opened_at:  # whoever signs up later than that needs none
            yield Planned(remind_at, "Reminder", people)
