"""The notes of a meet-up: saved in versions, published once, mailed once to those who came."""

from datetime import datetime

from django.db import transaction

from meetups import tasks
from meetups.models import Meetup, Notes, NotesVersion
from outbox import nudges
from people.models import Person


class SavedMeanwhile(Exception):
    """Somebody else saved the notes after this person began to write."""


class NothingToPublish(Exception):
    """There are no words yet, or the meet-up has not begun; the message says which."""


def of(meetup: Meetup) -> Notes:
    """The notes of this meet-up, unsaved when there are none yet."""
    return Notes.objects.filter(meetup=meetup).first() or Notes(meetup=meetup)


@transaction.atomic
def save(meetup: Meetup, body: str, *, based_on: int, by: Person, now: datetime) -> NotesVersion:
    """A new version, if `based_on` is still the newest one (0: there was none). Raises SavedMeanwhile."""
    Meetup.objects.locked(meetup.pk)
    notes, _ = Notes.objects.get_or_create(meetup=meetup)
    current = notes.current
    if (current.number if current else 0) != based_on:
        raise SavedMeanwhile
    if current and current.body == body:
        return current
    return NotesVersion.objects.create(notes=notes, number=based_on + 1, body=body, saved_by=by, saved_at=now)


@transaction.atomic
def add(meetup: Meetup, words: str, *, by: Person, now: datetime) -> None:
    """Put these words at the end of the newest version. The same words sent twice, one after the other, stand once."""
    Meetup.objects.locked(meetup.pk)
    found = of(meetup)
    current = found.current if found.pk else None
    before = current.body if current else ""
    if before.endswith(words):
        return
    body = "\n\n".join(part for part in (before, words) if part)
    save(meetup, body, based_on=current.number if current else 0, by=by, now=now)


@transaction.atomic
def restore(meetup: Meetup, number: int, *, by: Person, now: datetime) -> NotesVersion:
    """An old version again, as the newest. Nothing is lost. Raises NotesVersion.DoesNotExist."""
    notes = Notes.objects.get(meetup=meetup)
    old = notes.versions.get(number=number)
    newest = notes.current
    return save(meetup, old.body, based_on=newest.number if newest else 0, by=by, now=now)


@transaction.atomic
def publish(meetup: Meetup, *, by: Person, now: datetime) -> Notes:
    """Open the page and write to those who came, once however often it is asked for. Raises NothingToPublish."""
    meetup = Meetup.objects.locked(meetup.pk)
    notes = of(meetup)
    if notes.published_at:
        return notes
    if why := why_not_yet(notes, now):
        raise NothingToPublish(why)
    notes.published_at, notes.published_by = now, by
    notes.save()
    nudges.after_commit(tasks.queue_letters_afterwards)
    return notes


def why_not_yet(notes: Notes, now: datetime) -> str:
    """Why they cannot be published, in a sentence; empty when they can."""
    if notes.meetup.state != Meetup.State.PUBLISHED:
        return "Only the notes of a meet-up that took place can be published."
    if not notes.meetup.has_started(now):
        return "The meet-up has not begun."
    current = notes.current if notes.pk else None
    return "" if current and current.body.strip() else "There are no notes yet. Write them first."
