"""A listening session, from the code at the door to the survey at the end."""

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from evidence import captures
from evidence.models import Inquiry, ListeningSession, Pair, Seat
from evidence.usefulness import Answer
from meetups import grouping
from meetups.models import Meetup
from people.models import Person

# Without letters and digits that look alike on a screen across the room.
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_LENGTH = 6
FINDINGS = 3
FORGOTTEN_AFTER = timedelta(days=1)
NOBODY_CAME_AFTER = timedelta(days=30)


class MeetupTaken(Exception):
    """There is a listening session for this meet-up already."""


@transaction.atomic
def make(
    inquiry: Inquiry, *, meetup: Meetup | None, minutes: int, now: datetime, by: Person | None
) -> ListeningSession:
    """With a code of its own that nobody guesses; raises MeetupTaken."""
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    made = ListeningSession(inquiry=inquiry, meetup=meetup, minutes=minutes, code=code, made_by=by, made_at=now)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:  # the form has looked already: this is two people at once, or a double click
        raise MeetupTaken from None
    return made


def with_code(code: str) -> ListeningSession | None:
    """The session that takes people in by this code now, however it was typed."""
    plain = "".join(code.split()).upper()
    running = ListeningSession.objects.exclude(state=ListeningSession.State.ENDED)
    return running.filter(code=plain, inquiry__state=Inquiry.State.OPEN).select_related("inquiry").first()


@dataclass(frozen=True)
class Arrival:
    """Who somebody is, as far as the session has to know."""

    name: str
    role: str
    is_used_to_it: bool


class NotNow(Exception):
    """The session is over, or this person is in no pair yet."""


@transaction.atomic
def join(session: ListeningSession, who: Arrival, *, now: datetime) -> Seat:
    """A seat; raises NotNow when it was ended in this very moment, as a name given after the end is never removed."""
    _running(session)
    return Seat.objects.create(
        session=session, name=who.name, role=who.role, is_used_to_it=who.is_used_to_it, joined_at=now
    )


def _running(session: ListeningSession) -> ListeningSession:
    """Its row, locked until the transaction ends, so that nobody ends it meanwhile. Raises NotNow."""
    locked = ListeningSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if locked.is_over:
        raise NotNow
    return locked


@dataclass(frozen=True)
class Paired:
    """What came of making pairs: so many new ones, or a single latecomer who joined one that was there."""

    made: int = 0
    joined: Seat | None = None


@transaction.atomic
def make_pairs(session: ListeningSession) -> Paired:
    """Pairs of all who are in none: one who is used to social media with one who is not, councillor with officer.

    Who is alone joins the last pair. The topics are shared out in turn, so that each is somebody's.
    """
    running = _running(session)
    alone = list(session.seats.filter(pair=None))
    last = session.pairs.last()
    if len(alone) == 1 and last:
        alone[0].pair = last
        alone[0].save(update_fields=["pair"])
        return Paired(joined=alone[0])
    guests = [grouping.Guest(seat.pk, role=seat.role, confident=seat.is_used_to_it) for seat in alone]
    rooms = grouping.plan(guests, [grouping.RoundSpec(2)], seed=session.code).rounds[0] if guests else []
    first = last.number + 1 if last else 1
    for number, room in enumerate(rooms, start=first):
        Seat.objects.filter(pk__in=room).update(pair=Pair.objects.create(session=session, number=number))
    _share_topics(running)
    return Paired(made=len(rooms))


def _share_topics(session: ListeningSession) -> None:
    """Among all pairs while people arrive; after that nobody loses a topic they may be writing about."""
    pairs = list(session.pairs.prefetch_related("topics"))
    is_arriving = session.state == ListeningSession.State.ARRIVING
    without = [pair for pair in pairs if is_arriving or not pair.topics.all()]
    had = Counter(topic.pk for pair in pairs if pair not in without for topic in pair.topics.all())
    topics = sorted(session.inquiry.topics.all(), key=lambda topic: had[topic.pk])  # first what fewest listen for
    for place, pair in enumerate(without):
        # More topics than pairs: each pair has several. More pairs than topics: some topics have several pairs.
        mine = topics[place :: len(pairs)] or topics[place % len(topics) : place % len(topics) + 1] if topics else []
        pair.topics.set(mine)


@transaction.atomic
def start(session: ListeningSession, *, now: datetime) -> None:
    """The pairs listen; the time runs."""
    _move(session, ListeningSession.State.LISTENING, timer_ends_at=now + timedelta(minutes=session.minutes))


def report_back(session: ListeningSession) -> None:
    """Pairs say what they found, and everybody whether it was useful."""
    _move(session, ListeningSession.State.REPORTING)


@transaction.atomic
def end(session: ListeningSession, *, now: datetime) -> None:
    """The code and every guest's link are dead from now on, and the names are gone. What was found stays."""
    _move(session, ListeningSession.State.ENDED, ended_at=now, timer_ends_at=None)
    session.seats.update(name="")


def end_forgotten(now: datetime) -> int:
    """End what nobody ended, so that codes die and names go by themselves; returns how many."""
    running = ListeningSession.objects.exclude(state=ListeningSession.State.ENDED).select_related("meetup")
    stale = [one for one in running.annotate(last_joined_at=Max("seats__joined_at")) if _is_over_by(one) < now]
    for session in stale:
        end(session, now=now)
    return len(stale)


def _is_over_by(session: Any) -> datetime:
    """A day after its meet-up and after the last person came; when there is neither, a month after it was made."""
    known = [session.last_joined_at, session.meetup and session.meetup.ends_at]
    moments = [moment for moment in known if moment]
    return max(moments) + FORGOTTEN_AFTER if moments else session.made_at + NOBODY_CAME_AFTER


def _move(session: ListeningSession, state: str, **fields: datetime | None) -> None:
    rows = ListeningSession.objects.filter(pk=session.pk).exclude(state=ListeningSession.State.ENDED)
    rows.update(state=state, **fields)
    session.refresh_from_db()


@transaction.atomic
def log(seat: Seat, said: captures.Said, *, now: datetime) -> captures.HandedIn:
    """What a pair heard, straight into the inquiry. Raises NotNow, and what `captures.hand_in_from_room` raises."""
    if seat.pair is None:
        raise NotNow
    _running(seat.session)
    handed_in = captures.hand_in_from_room(said, now=now)
    seat.pair.items.add(handed_in.item)
    return handed_in


def stopped(session: ListeningSession, kind: str, *, now: datetime) -> None:
    """Somebody in the room was about to log a profile, or one private person again: for the officer to see."""
    session.inquiry.stops.create(kind=kind, shown_at=now, answered_at=now)


@transaction.atomic
def find(seat: Seat, findings: Sequence[str]) -> None:
    """The three findings of a pair; who saves last, of the two, is right. Raises NotNow."""
    if seat.pair is None:
        raise NotNow
    _running(seat.session)
    kept = [line.strip() for line in findings if line.strip()][:FINDINGS]
    Pair.objects.filter(pk=seat.pair.pk).update(findings=kept)


@transaction.atomic
def answer(seat: Seat, said: Answer) -> None:
    """Was it useful? Raises NotNow."""
    _running(seat.session)
    Seat.objects.filter(pk=seat.pk).update(useful=said.useful, why=said.why, again=said.again)


def answers(inquiry: Inquiry) -> list[Answer]:
    """What people said at the end of its sessions, in no order that leads to anybody."""
    seats = Seat.objects.filter(session__inquiry=inquiry).exclude(useful="").order_by("useful", "why")
    return [Answer(seat.useful, seat.why, seat.again) for seat in seats]
