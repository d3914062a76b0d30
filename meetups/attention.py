"""What needs an organiser: drafts to finish, meet-ups that come, mails that did not arrive."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from meetups.models import Meetup, MeetupQuerySet, SignUp
from outbox.models import Message

TROUBLE = (Message.State.BOUNCED, Message.State.FAILED, Message.State.SUPPRESSED)
_ABOUT = re.compile(r"\bsignup=(\d+)\b")
SHOWN = 10
MOST_WORDS = 8


@dataclass(frozen=True)
class Problem:
    """A mail about a sign-up that did not arrive."""

    signup: SignUp
    message: Message


@dataclass(frozen=True)
class Needs:
    """What needs organisers, the most urgent first; each list is cut where it would get long."""

    problems: list[tuple[Meetup, int]]
    drafts: list[Meetup]
    coming: list[Meetup]

    @property
    def is_nothing(self) -> bool:
        return not (self.problems or self.drafts or self.coming)


def _counted() -> MeetupQuerySet:
    return Meetup.objects.for_cards().annotate(confirmed_count=F("confirmed_online") + F("confirmed_room"))


def of_organisers(now: datetime) -> Needs:
    meetups = _counted()
    drafts = meetups.filter(state=Meetup.State.DRAFT).order_by("starts_at", "pk")[:SHOWN]
    coming = meetups.standing().upcoming(now)[:SHOWN]
    return Needs(_meetups_with_problems(now), list(drafts), list(coming))


def _meetups_with_problems(now: datetime) -> list[tuple[Meetup, int]]:
    signups = SignUp.objects.active().filter(meetup__ends_at__gt=now)
    counts: dict[Meetup, int] = {}
    for problem in _problems(signups):
        counts[problem.signup.meetup] = counts.get(problem.signup.meetup, 0) + 1
    return sorted(counts.items(), key=lambda pair: pair[0].starts_at)


def problems(meetup: Meetup) -> list[Problem]:
    """Mails to people signed up here that did not arrive, the newest first."""
    return _problems(meetup.signups.active())


def _problems(signups: QuerySet[SignUp]) -> list[Problem]:
    # The outbox knows addresses and reasons, not sign-ups: found by address, matched by the reason.
    addresses = signups.values("person__email")
    failed = Message.objects.filter(state__in=TROUBLE, to_email__in=addresses, key__contains="signup=")
    messages = [(message, int(found[1])) for message in failed if (found := _ABOUT.search(message.key))]
    by_pk = signups.select_related("person", "meetup").in_bulk([pk for _, pk in messages])
    return [Problem(by_pk[pk], message) for message, pk in messages if pk in by_pk]


def mails_about(signup: SignUp) -> QuerySet[Message]:
    """Everything we wrote because of this sign-up, the newest first."""
    return Message.objects.filter(to_email__iexact=signup.person.email).about(f"signup={signup.pk}")


def find(*, words: str, which: str, now: datetime) -> QuerySet[Meetup]:
    """The organisers' list: what is searched for, of one kind."""
    meetups = _counted()
    for word in words.split()[:MOST_WORDS]:
        meetups = meetups.filter(
            Q(title__icontains=word)
            | Q(series__name__icontains=word)
            | Q(venue__icontains=word)
            | Q(address__icontains=word)
            | Q(hashtag__icontains=word)
        )
    kinds = {
        "coming": lambda: meetups.exclude(state=Meetup.State.CANCELLED).upcoming(now),
        "draft": lambda: meetups.filter(state=Meetup.State.DRAFT).order_by("starts_at", "pk"),
        "past": lambda: meetups.standing().past(now),
        "cancelled": lambda: meetups.filter(state=Meetup.State.CANCELLED).order_by("-starts_at", "-pk"),
    }
    return kinds[which]() if which in kinds else meetups.order_by("-starts_at", "-pk")
