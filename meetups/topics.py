"""What the next meet-ups of a series could be about: proposed and backed by people, put to a vote by hosts."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from meetups import signups
from meetups.models import Backing, Candidate, Meetup, Poll, Series, Topic, Vote
from people.models import Person

MOST_OPEN = 100


class NoPollNow(Exception):
    """The poll cannot be opened, voted in or closed as asked; the message says why."""


class TooManyTopics(Exception):
    """The list of the series is full: back one of them instead."""


@transaction.atomic
def propose(series: Series, title: str, *, by: Person, now: datetime) -> Topic:
    """Put it on the list of the series and back it; a topic that is there already is only backed."""
    Series.objects.select_for_update().get(pk=series.pk)
    title = " ".join(title.split())
    opened = series.topics.open()
    topic = opened.filter(title__iexact=title).first()
    if topic is None:
        if opened.count() >= MOST_OPEN:
            raise TooManyTopics
        topic = Topic.objects.create(series=series, title=title, proposed_by=by, proposed_at=now)
    back(topic, by=by, now=now)
    return topic


def back(topic: Topic, *, by: Person, now: datetime) -> None:
    """Want it too; once per person, however often they say so."""
    Backing.objects.get_or_create(topic=topic, person=by, defaults={"at": now})


@dataclass(frozen=True)
class Wishes:
    """Topics somebody backs at sign-up, by key, and one they propose."""

    backs: tuple[int, ...] = ()
    title: str = ""


@transaction.atomic
def sign_up(
    meetup: Meetup, details: signups.Details, wishes: Wishes, *, now: datetime, visitor: Person | None
) -> signups.Outcome:
    """Sign up, and want these topics. `visitor` is who is signed in: only they can propose, under their own name.

    Nobody wants anything in the name of somebody who is signed up already: whoever filled in the form has not shown
    that the address is theirs. Topics that were chosen or removed meanwhile, and one too many, are left out: none of
    that is a reason not to sign up. Raises SignUpClosed.
    """
    outcome = signups.sign_up(meetup, details, now=now)
    person = outcome.signup.person
    if outcome.is_new or person == visitor:
        for topic in meetup.series.topics.open().filter(pk__in=wishes.backs):
            back(topic, by=person, now=now)
    if visitor and wishes.title.strip():
        with suppress(TooManyTopics):
            propose(meetup.series, wishes.title, by=visitor, now=now)
    return outcome


def unback(topic: Topic, *, by: Person) -> None:
    Backing.objects.filter(topic=topic, person=by).delete()


def remove(topic: Topic, *, now: datetime) -> None:
    """Off the list; votes for it in an open poll go with it."""
    Topic.objects.filter(pk=topic.pk, removed_at=None).update(removed_at=now)
    Candidate.objects.filter(topic=topic, poll__closed_at=None).delete()


@transaction.atomic
def open_poll(meetup: Meetup, topics: Collection[Topic], *, by: Person, now: datetime) -> Poll:
    """Let people vote between these topics; one poll per meet-up. Raises NoPollNow."""
    Meetup.objects.locked(meetup.pk)
    if Poll.objects.filter(meetup=meetup).exists():
        raise NoPollNow("This meet-up has had its poll.")
    if len(topics) < 2:
        raise NoPollNow("Choose two topics or more.")
    poll = Poll.objects.create(meetup=meetup, opened_at=now, opened_by=by)
    Candidate.objects.bulk_create(Candidate(poll=poll, topic=topic) for topic in topics)
    return poll


def may_vote(meetup: Meetup, person: Person) -> bool:
    """Those who are signed up for it, or were."""
    return meetup.signups.taking_part().filter(person=person).exists()


@transaction.atomic
def vote(poll: Poll, candidate: Candidate, *, by: Person, now: datetime) -> None:
    """One vote per person, which can be changed while the poll is open. Raises NoPollNow."""
    poll = Poll.objects.select_for_update().get(pk=poll.pk)
    if not poll.is_open:
        raise NoPollNow("The poll is closed.")
    if not may_vote(poll.meetup, by):
        raise NoPollNow("Only people who signed up for this meet-up can vote.")
    wanted = poll.candidates.filter(pk=candidate.pk).first()
    if wanted is None:
        raise NoPollNow("The hosts have taken this topic off the poll. Choose another one.")
    Vote.objects.update_or_create(poll=poll, person=by, defaults={"candidate": wanted, "at": now})


def leaders(poll: Poll) -> list[Candidate]:
    """Who has the most votes; several in a tie, none without a vote."""
    counted = list(poll.candidates.counted())
    most = counted[0].count if counted else 0
    return [candidate for candidate in counted if most and candidate.count == most]


@transaction.atomic
def close_poll(poll: Poll, winner: Candidate | None, *, now: datetime) -> Poll:
    """Keep how many votes each had and forget who gave them. A tie is decided by the host. Raises NoPollNow."""
    poll = Poll.objects.select_for_update().get(pk=poll.pk)
    if not poll.is_open:
        return poll
    ahead = leaders(poll)
    if winner is None and len(ahead) == 1:
        winner = ahead[0]
    if ahead and winner not in ahead:
        raise NoPollNow("Choose the winner from those with the most votes.")
    for candidate in poll.candidates.counted():
        Candidate.objects.filter(pk=candidate.pk).update(final_votes=candidate.count)
    poll.votes.all().delete()
    poll.closed_at, poll.winner = now, winner.topic if ahead and winner else None
    poll.save()
    if poll.winner:
        Topic.objects.filter(pk=poll.winner.pk).update(chosen_at=now)
    return poll


def votes_of(person: Person) -> list[Vote]:
    return list(Vote.objects.filter(person=person).select_related("candidate__topic", "poll__meetup"))


def forget_backings(backings: Iterable[Backing]) -> None:
    """Keep that somebody wanted the topic, forget who."""
    for backing in list(backings):
        Topic.objects.filter(pk=backing.topic_id).update(earlier_backers=F("earlier_backers") + 1)
        backing.delete()


@transaction.atomic
def forget_person(person: Person) -> None:
    forget_backings(Backing.objects.filter(person=person))
    Topic.objects.filter(proposed_by=person).update(proposed_by=None)
    Vote.objects.filter(person=person).delete()


@transaction.atomic
def forget_old(now: datetime, *, keep: timedelta) -> int:
    """Count guests' old backings without their names, and close polls nobody closed; how many rows it was."""
    backings = list(Backing.objects.filter(at__lt=now - keep, person__last_login=None))
    forget_backings(backings)
    old = Topic.objects.filter(proposed_at__lt=now - keep, proposed_by__last_login=None, proposed_by__isnull=False)
    polls = list(Poll.objects.filter(closed_at=None, meetup__ends_at__lt=now - keep))
    for poll in polls:
        _count_and_close(poll, now)
    return len(backings) + len(polls) + old.update(proposed_by=None)


def _count_and_close(poll: Poll, now: datetime) -> None:
    """In a tie the topic that was proposed first wins: nobody is there to decide."""
    ahead = leaders(poll)
    close_poll(poll, ahead[0] if ahead else None, now=now)
