"""Logging that two met, mending what was logged, and agreeing on the next time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q

from networking import emails_support, silences
from networking.models import FineUntil, Member, NextMeeting, Pair, Silence, SilenceAnswer, SupportMeeting
from networking.support_reading import today
from people.models import Person

State = NextMeeting.State


@dataclass(frozen=True)
class Said:
    """What somebody says about a meeting."""

    met_on: date
    how: str
    minutes: int | None = None
    did: str = ""
    next_step: str = ""


@dataclass(frozen=True)
class When:
    """The day they agreed on; without a time it is the whole day."""

    on: date
    at: time | None = None
    minutes: int = 30


class AsItIs:
    """Nothing is said about the next meeting."""


AS_IT_IS = AsItIs()


class PairHasEnded(Exception):
    """These two are no longer a pair, so nothing more is logged."""


class AlreadyLogged(Exception):
    """There is a meeting of these two on that day."""

    def __init__(self, meeting: SupportMeeting) -> None:
        super().__init__("A meeting on this day is logged already")
        self.meeting = meeting


class ChangedMeanwhile(Exception):
    """Somebody has changed the meeting since the page was opened."""

    def __init__(self, meeting: SupportMeeting) -> None:
        super().__init__("The other one has changed this meeting since you opened the page")
        self.meeting = meeting


def _lock(pair: Pair) -> Pair:
    """One at a time changes what a pair has logged and agreed; raises PairHasEnded."""
    Pair.objects.select_for_update().get(pk=pair.pk)
    locked = Pair.objects.with_people().get(pk=pair.pk)
    if not locked.is_current:
        raise PairHasEnded
    return locked


# --- Logging ------------------------------------------------------------------------------------------------------


@transaction.atomic
def log(pair: Pair, said: Said, *, by: Member, now: datetime, then: When | AsItIs | None = AS_IT_IS) -> SupportMeeting:
    """Keep that they met, and `then` as the next time. A next meeting that lies behind is over; a silence may end.

    Raises AlreadyLogged, PairHasEnded.
    """
    pair = _lock(pair)
    _refuse_twice(pair, said.met_on)
    meeting = SupportMeeting.objects.create(pair=pair, logged_by=by, logged_at=now, **_fields(said))
    for planned in pair.next_meetings.filter(state=State.AGREED):
        if planned.on <= said.met_on or planned.on < today(now):
            NextMeeting.objects.filter(pk=planned.pk).update(state=State.OVER, over_with=meeting)
    if not isinstance(then, AsItIs):
        agree(pair, then, by=by, now=now)
    silences.settle(pair, now=now)
    return meeting


@transaction.atomic
def change(meeting: SupportMeeting, said: Said, *, version: int, now: datetime) -> SupportMeeting:
    """Say it differently. `version` is what the page was made from. Raises ChangedMeanwhile, AlreadyLogged."""
    pair = _lock(meeting.pair)
    _refuse_twice(pair, said.met_on, but=meeting)
    mine = SupportMeeting.objects.standing().filter(pk=meeting.pk, version=version)
    if not mine.update(version=version + 1, **_fields(said)):
        raise ChangedMeanwhile(SupportMeeting.objects.get(pk=meeting.pk))
    silences.settle(pair, now=now)
    return SupportMeeting.objects.get(pk=meeting.pk)


@transaction.atomic
def remove(meeting: SupportMeeting, *, now: datetime) -> None:
    """Take it out again; a next meeting that it made a thing of the past stands again. Safe to repeat."""
    pair = _lock(meeting.pair)
    SupportMeeting.objects.standing().filter(pk=meeting.pk).update(removed_at=now)
    if not pair.next_meetings.filter(state=State.AGREED).exists():
        last = pair.next_meetings.filter(over_with=meeting).last()
        if last:
            NextMeeting.objects.filter(pk=last.pk).update(state=State.AGREED, over_with=None)


@transaction.atomic
def bring_back(meeting: SupportMeeting, *, now: datetime) -> None:
    """It happened after all. Safe to repeat. Raises AlreadyLogged when another one of that day was logged since."""
    pair = _lock(meeting.pair)
    _refuse_twice(pair, meeting.met_on, but=meeting)
    SupportMeeting.objects.filter(pk=meeting.pk).update(removed_at=None)
    behind = pair.next_meetings.filter(state=State.AGREED, on__lte=meeting.met_on)
    behind.update(state=State.OVER, over_with=meeting)
    silences.settle(pair, now=now)


def _refuse_twice(pair: Pair, met_on: date, but: SupportMeeting | None = None) -> None:
    same_day = pair.meetings.filter(removed_at=None, met_on=met_on)
    other = same_day.exclude(pk=but.pk).first() if but else same_day.first()
    if other:
        raise AlreadyLogged(other)


def _fields(said: Said) -> dict[str, object]:
    return {
        "met_on": said.met_on,
        "how": said.how,
        "minutes": said.minutes,
        "did": said.did.strip(),
        "next_step": said.next_step.strip(),
    }


# --- The next one -------------------------------------------------------------------------------------------------


@transaction.atomic
def agree(pair: Pair, when: When | None, *, by: Member, now: datetime) -> NextMeeting | None:
    """Both have this day in their calendars: new, moved, or off (None). Nothing happens when it is so already.

    Raises PairHasEnded.
    """
    pair = _lock(pair)
    standing = pair.next_meetings.filter(state=State.AGREED).first()
    if when is None:
        if standing:
            _call_off(standing, by=by, now=now)
        return None
    meeting = standing or NextMeeting(pair=pair)
    if standing and (standing.on, standing.at, standing.minutes) == (when.on, when.at, when.minutes):
        return standing
    meeting.sequence += 1 if standing else 0
    meeting.on, meeting.at, meeting.minutes = when.on, when.at, when.minutes
    meeting.set_by, meeting.set_at = by, now
    meeting.save()
    meeting.pair = pair
    for member in (pair.councillor, pair.mentor):
        emails_support.agreed(meeting, member, now=now)
    silences.settle(pair, now=now)
    return meeting


def _call_off(meeting: NextMeeting, *, by: Member | None, now: datetime) -> None:
    meeting.state, meeting.set_by, meeting.set_at = State.CANCELLED, by, now
    meeting.sequence += 1
    meeting.save()
    pair = Pair.objects.with_people().get(pk=meeting.pair_id)
    meeting.pair = pair
    for member in (pair.councillor, pair.mentor):
        if member.is_here:
            emails_support.cancelled(meeting, member, now=now)


def stop(pair: Pair, *, now: datetime) -> None:
    """The pair has ended: what they agreed on is off, and nobody waits for an answer. Safe to repeat."""
    for meeting in pair.next_meetings.filter(state=State.AGREED):
        _call_off(meeting, by=None, now=now)
    Silence.objects.filter(pair=pair, ended_at=None).update(ended_at=now)


@transaction.atomic
def change_rhythm(pair: Pair, days: int, *, now: datetime) -> None:
    """They meet this often from now on. Raises PairHasEnded."""
    pair = _lock(pair)
    Pair.objects.filter(pk=pair.pk).update(rhythm_days=days)
    silences.settle(pair, now=now)


# --- What is held about somebody ----------------------------------------------------------------------------------

# Words live so long after a pair has ended, or its cohort is over; that there was a meeting stays.
WORDS_LIVE = timedelta(days=365)
REMOVED_LIVE = timedelta(days=30)


def collect(person: Person) -> list[dict[str, object]]:
    """Every meeting they were at, and why they said that they had not met."""
    mine = Q(pair__councillor__person=person) | Q(pair__mentor__person=person)
    meetings = SupportMeeting.objects.standing().filter(mine).order_by("met_on", "pk")
    answers = SilenceAnswer.objects.filter(member__person=person).select_related("silence")
    return [_record(one) for one in meetings] + [
        {"What": "Why you had not met", "On": one.said_at, "Why": one.get_why_not_display(), "Note": one.note}
        for one in answers
    ]


def _record(meeting: SupportMeeting) -> dict[str, object]:
    return {
        "What": "Support meeting",
        "On": meeting.met_on,
        "How": meeting.get_how_display(),
        "Minutes": meeting.minutes,
        "What you did": meeting.did,
        "Next step": meeting.next_step,
    }


def forget(person: Person, now: datetime) -> None:
    """What they wrote goes; that they met stays, without a name."""
    SupportMeeting.objects.filter(logged_by__person=person).update(did="", next_step="")
    SilenceAnswer.objects.filter(member__person=person).delete()
    FineUntil.objects.filter(Q(pair__councillor__person=person) | Q(pair__mentor__person=person)).update(why="")


@transaction.atomic
def forget_old(now: datetime) -> None:
    """Words of pairs that ended long ago go, and what was taken out is gone for good. Safe to repeat."""
    SupportMeeting.objects.filter(removed_at__lt=now - REMOVED_LIVE).delete()
    long_ago = now - WORDS_LIVE
    over = Pair.objects.filter(Q(ended_at__lt=long_ago) | Q(cohort__finished_at__lt=long_ago)).values("pk")
    SupportMeeting.objects.filter(pair__in=over).exclude(did="", next_step="").update(did="", next_step="")
    SilenceAnswer.objects.filter(silence__pair__in=over).delete()
    FineUntil.objects.filter(pair__in=over).exclude(why="").update(why="")
