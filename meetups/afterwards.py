"""The letters after a meet-up: what did you think, and the notes. As safe to stop and repeat as all letters."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from meetups import emails_afterwards, letters, timings
from meetups.models import Feedback, Meetup, Notes, SignUp, SignUpQuerySet
from people import preferences

FEEDBACK, NOTES = "feedback", "notes"
# Whoever could not be asked in these days is not asked any more.
ASKED_FOR = timedelta(days=7)


def queue_due(now: datetime) -> int:
    """Write every letter that is due after a meet-up and was not written; return how many."""
    return sum(letters.spread(meetup, letter, now) for meetup, letter in _due(now))


def _due(now: datetime) -> Iterator[tuple[Meetup, letters.Letter]]:
    for meetup in Meetup.objects.standing().filter(ends_at__lte=now, ends_at__gt=now - ASKED_FOR - timedelta(days=2)):
        asked_at = timings.morning_after(meetup.ends_at)
        if asked_at <= now < asked_at + ASKED_FOR:
            yield meetup, letters.Letter(FEEDBACK, _to_ask, lambda signup: _ask(signup, now))
    for notes in Notes.objects.filter(published_at__isnull=False, spread_at=None).select_related("meetup"):
        yield notes.meetup, _of_notes(notes, now)


def took_part(meetup: Meetup) -> SignUpQuerySet:
    """Who came; everybody with a place when nobody was counted in. Without those we have forgotten."""
    known = meetup.signups.exclude(name="")
    came = known.came()
    return came if came.exists() else known.confirmed()


def _to_ask(meetup: Meetup) -> SignUpQuerySet:
    return took_part(meetup).filter(~Exists(Feedback.objects.filter(signup=OuterRef("pk"))))


def _ask(signup: SignUp, now: datetime) -> None:
    if preferences.wants(signup.person, emails_afterwards.FEEDBACK):
        emails_afterwards.feedback_request(signup, now=now)


def _of_notes(notes: Notes, now: datetime) -> letters.Letter:
    """Marked as spread when nobody is left to write to, so a crash before that loses nothing."""

    def recipients(meetup: Meetup) -> SignUpQuerySet:
        left = took_part(meetup)
        if not left.not_noticed(NOTES, meetup.schedule_version).exists():
            Notes.objects.filter(pk=notes.pk, spread_at=None).update(spread_at=now)
        return left

    return letters.Letter(NOTES, recipients, lambda signup: _send_notes(signup, now))


def _send_notes(signup: SignUp, now: datetime) -> None:
    if preferences.wants(signup.person, emails_afterwards.NOTES):
        emails_afterwards.notes_published(signup, now=now)
