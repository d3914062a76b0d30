"""The life of a meet-up: publish, move, cancel. What follows from it for people is written by meetups.letters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from meetups import filling, places, sponsors, tasks, timings
from meetups.models import Meetup, Poll, Question, Series, Way
from outbox import nudges
from people.models import Person


class NotNow(Exception):
    """It cannot be done in the state the meet-up is in; the message says why, for the organiser."""


SHUT = "Sign-up would be closed already. Set when it closes."


def what_is_missing(meetup: Meetup, now: datetime) -> list[str]:
    """What has to be filled in before it can be published, a sentence each."""
    missing = []
    if meetup.starts_at <= now:
        missing.append("The start is in the past. Set a date that is still to come.")
    elif meetup.closes_at <= now:
        missing.append(SHUT)
    if Way.ONLINE in meetup.ways and not meetup.join_url:
        missing.append("Add the join link of the call. Only people with a place will get it.")
    if Way.ROOM in meetup.ways and not meetup.venue:
        missing.append("Say which room it is in.")
    if not meetup.hosts.exists():
        missing.append("Name at least one host. Answers to our emails go to the hosts.")
    if not meetup.agenda.exists():
        missing.append("Put at least one item on the agenda, so that people know what they sign up for.")
    return missing


@transaction.atomic
def publish(meetup: Meetup, *, now: datetime, by: Person) -> Meetup:
    """Open the page and sign-up. Raises NotNow with all that is missing."""
    meetup = Meetup.objects.locked(meetup.pk)
    if meetup.state != Meetup.State.DRAFT:
        raise NotNow("It is published already." if not meetup.is_cancelled else "It is cancelled.")
    if missing := what_is_missing(meetup, now):
        raise NotNow(" ".join(missing))
    meetup.state, meetup.published_at = Meetup.State.PUBLISHED, now
    meetup.save()
    return meetup


@dataclass(frozen=True)
class NewTime:
    """When a moved meet-up takes place now."""

    starts_at: datetime
    ends_at: datetime


@transaction.atomic
def move(meetup: Meetup, to: NewTime, *, note: str, now: datetime, by: Person) -> Meetup:
    """Move a published meet-up: closing time, joining details and pins move along, everybody is told, details go again.

    Raises NotNow when it is not published, has started, or the new start is not in the future.
    """
    meetup = Meetup.objects.locked(meetup.pk)
    _demand_standing(meetup, now)
    if to.starts_at <= now:
        raise NotNow("The new start is in the past.")
    old_start = meetup.starts_at
    shift(meetup, to)
    filling.shift_pins(meetup, old_start=old_start)
    _changed(meetup, note)
    return meetup


def shift(meetup: Meetup, to: NewTime) -> None:
    """Give it the new time, with the closing of sign-up and the joining details; the caller saves or shows it."""
    meetup.closes_at = min(_closing_at(meetup, to.starts_at), to.ends_at)  # it may be shorter than before
    meetup.details_at = timings.shifted(meetup.details_at, old_start=meetup.starts_at, new_start=to.starts_at)
    meetup.starts_at, meetup.ends_at = to.starts_at, to.ends_at


def would_shut(meetup: Meetup, to: NewTime, now: datetime) -> str:
    """That a move closes sign-up, which is open, in a sentence; empty when it does not."""
    return SHUT if meetup.is_open(now) and _closing_at(meetup, to.starts_at) <= now else ""


def _closing_at(meetup: Meetup, new_start: datetime) -> datetime:
    if meetup.closes_hours is not None:
        return timings.Rule(hours=meetup.closes_hours).before(new_start)
    return timings.shifted(meetup.closes_at, old_start=meetup.starts_at, new_start=new_start)


@transaction.atomic
def cancel(meetup: Meetup, *, note: str, now: datetime, by: Person) -> Meetup:
    """Cancel a published meet-up; everybody is told and calendar entries are withdrawn. Raises NotNow."""
    meetup = Meetup.objects.locked(meetup.pk)
    if meetup.is_cancelled:
        return meetup
    _demand_standing(meetup, now)
    meetup.state, meetup.cancelled_at, meetup.change_note = Meetup.State.CANCELLED, now, note
    meetup.save()
    nudges.after_commit(tasks.queue_due_letters)
    return meetup


def why_fixed(meetup: Meetup, now: datetime) -> str:
    """Why it can be neither moved nor cancelled, in a sentence; empty when it can."""
    if meetup.is_cancelled:
        return "It is cancelled."
    if meetup.state != Meetup.State.PUBLISHED:
        return "It is not published."
    return "It has started already." if meetup.has_started(now) else ""


def _demand_standing(meetup: Meetup, now: datetime) -> None:
    if why := why_fixed(meetup, now):
        raise NotNow(why)


# What people with a place have in their calendars and must be told about when it changes.
WHERE = ("mode", "venue", "address")
# What calendar entries say beside that: their files follow, and nobody is written to.
WORDS = ("title", "summary")
# What no form changes; somebody else may have, between our look and our lock.
_LIFE = ("state", "published_at", "cancelled_at", "schedule_version", "words_version", "change_note")


@transaction.atomic
def save_changes(meetup: Meetup, *, now: datetime) -> Meetup:
    """Keep an organiser's edits of everything but the time (see `move`).

    Raises NotNow when people with a place would lose it.
    More places promote people at once. A new place tells everybody; a new join link needs no mail, because personal
    join links always lead to the current one. New words tell nobody, but calendar files follow.
    """
    before = Meetup.objects.locked(meetup.pk)
    for way in before.ways:
        _demand_places_for_all(before, meetup, way)
    for name in _LIFE if before.is_draft else (*_LIFE, "starts_at", "ends_at"):
        setattr(meetup, name, getattr(before, name))
    if meetup.published_at and _differ(before, meetup, WORDS):
        meetup.words_version += 1
        meetup.signups.exclude(calendar_sequence=None).update(calendar_sequence=F("calendar_sequence") + 1)
    meetup.save()
    if (before.starts_at, before.ends_at) != (meetup.starts_at, meetup.ends_at):
        filling.shift_pins(meetup, old_start=before.starts_at)
    if meetup.state != Meetup.State.PUBLISHED:
        return meetup
    if _differ(before, meetup, WHERE):
        _changed(meetup, "")
    for way in meetup.ways:
        if meetup.places(way) > before.places(way):
            places.promote(meetup, way, because="there are more places now", now=now)
    return meetup


def _differ(before: Meetup, after: Meetup, names: Iterable[str]) -> bool:
    return any(getattr(before, name) != getattr(after, name) for name in names)


def _demand_places_for_all(before: Meetup, after: Meetup, way: Way) -> None:
    waiting = before.signups.waiting().filter(way=way).count()
    if waiting and way not in after.ways:
        raise NotNow(
            f"{waiting} on the waiting list want to attend {way.label}. Write to them and cancel for them first."
        )
    taken = before.signups.filter(way=way, seat__isnull=False).count()  # also what is offered to somebody
    if taken > (after.places(way) if way in after.ways else 0):
        raise NotNow(f"{taken} people have a place {way.label} already. Keep at least as many places.")


def _changed(meetup: Meetup, note: str) -> None:
    meetup.change_note = note
    meetup.schedule_version = F("schedule_version") + 1
    meetup.save()
    meetup.refresh_from_db()
    nudges.after_commit(tasks.queue_due_letters)


@transaction.atomic
def next_in_series(meetup: Meetup, starts_at: datetime, *, by: Person) -> Meetup:
    """A draft like this one on a new date, as the next of its series, with its agenda, questions, hosts and sponsors.

    Asked twice for the same start, by a double click or by two organisers, it is the one made first.
    """
    copy = Meetup.objects.get(pk=meetup.pk)
    number(copy)  # locks the series: whoever asks at the same moment waits, then finds our copy
    if made := _made_before(meetup, starts_at):
        return made
    hosts = list(meetup.hosts.all())
    questions = list(meetup.questions.all())
    copy.copied_from, copy.copied_for = meetup, starts_at
    _start_afresh(copy, starts_at, by)
    if poll := Poll.objects.filter(meetup_id=meetup.pk).select_related("winner").first():
        copy.title = poll.winner.title[:120] if poll.winner else copy.title
    copy.save(force_insert=True)
    copy.hosts.set(hosts)
    filling.copy_agenda(meetup, to=copy)
    filling.shift_pins(copy, old_start=meetup.starts_at)
    sponsors.copy(meetup, to=copy)
    for question in questions:
        question.pk, question.meetup = None, copy
    Question.objects.bulk_create(questions)
    return copy


def _made_before(meetup: Meetup, starts_at: datetime) -> Meetup | None:
    """The copy made for this start. One that was put on another date or cancelled since makes way for a new one."""
    made = meetup.copies.filter(copied_for=starts_at).first()
    if made is None or (made.starts_at == starts_at and not made.is_cancelled):
        return made
    Meetup.objects.filter(pk=made.pk).update(copied_for=None)
    return None


def _start_afresh(copy: Meetup, starts_at: datetime, by: Person) -> None:
    length, old_start = copy.ends_at - copy.starts_at, copy.starts_at
    copy.closes_at = _closing_at(copy, starts_at)
    copy.details_at = timings.shifted(copy.details_at, old_start=old_start, new_start=starts_at)
    copy.starts_at, copy.ends_at = starts_at, starts_at + length
    copy.pk, copy.created_by = None, by
    copy._state.adding = True
    copy.uid = Meetup._meta.get_field("uid").get_default()
    copy.state, copy.published_at, copy.cancelled_at = Meetup.State.DRAFT, None, None
    copy.schedule_version, copy.words_version, copy.change_note = 1, 0, ""


def number(meetup: Meetup) -> None:
    """Make it the next of its series. The lock keeps two organisers from getting the same number."""
    meetup.number = Series.objects.select_for_update().get(pk=meetup.series_id).next_number()
    meetup.slug = slug_for(meetup)


def slug_for(meetup: Meetup) -> str:
    """The address of a meet-up: its series and number, which never change."""
    return f"{meetup.series.slug}-{meetup.number}"
