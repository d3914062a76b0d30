"""Joining. Whoever fills in the form has not shown yet that the address is theirs: a link does."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from phonenumber_field.phonenumber import PhoneNumber, to_python

from meetups import dates
from people import consents
from people.models import Council, Person
from unmentoring import emails, repairs, rounds
from unmentoring.models import Pairing, Participant

State = Participant.State

RULES = consents.Wording(
    purpose="unmentoring rules",
    version=1,
    text=(
        "No sales pitches. Be kind, and keep what you hear to yourself unless you agree otherwise."
        " The people I am put together with see my name, where I work, what I say here about myself,"
        " my phone number and my email address. Nobody else sees my phone number."
    ),
)
TOPICS_AT_MOST, TOPIC_LENGTH = 10, 60


class ImpossibleNumber(ValueError):
    """This is not a telephone number that anybody could have."""


@dataclass(frozen=True)
class Details:
    """What somebody says about themselves. `phone` as typed; `ways` are values of Participant.Talk."""

    name: str
    email: str
    phone: str
    council: Council | None = None
    organisation: str = ""
    sector: str = Participant.Sector.COUNCIL
    ways: list[str] = field(default_factory=list)
    times: str = ""
    line: str = ""
    topics: list[str] = field(default_factory=list)
    rhythm: str = Participant.Rhythm.EVERY_MONTH
    open_to_change: bool = True


def read_phone(typed: str) -> PhoneNumber:
    """The number, read as one of the United Kingdom unless it begins with +. Raises ImpossibleNumber."""
    number = to_python(typed, region="GB")
    if not number or not number.is_valid():
        raise ImpossibleNumber("Enter a phone number, like 020 7946 0000 or +44 20 7946 0000")
    return number


def read_topics(typed: str) -> list[str]:
    """Topics from one line with commas, each once, however it is capitalised."""
    topics: dict[str, str] = {}
    for topic in typed.split(","):
        plain = " ".join(topic.split())[:TOPIC_LENGTH]
        if plain:
            topics.setdefault(plain.casefold(), plain)
    return list(topics.values())[:TOPICS_AT_MOST]


# --- Joining ------------------------------------------------------------------------------------------------------


@transaction.atomic
def join(details: Details, *, now: datetime, by: Person | None = None) -> Participant | None:
    """Take somebody in, and queue the one e-mail that says what happens next; the page shown is the same for all.

    A guest confirms by the link in the mail first; `by`, who is signed in, joins with their own address and is in at
    once. Returns None when the address is in already (it gets its link again) or was removed: nothing is overwritten.
    Raises ImpossibleNumber.
    """
    phone = read_phone(details.phone)
    person = by or _person(details)
    participant = _locked(person)
    if participant and participant.state not in {State.NEW, State.LEFT}:
        if by and not participant.is_gone:
            return change(participant, details, now=now)
        emails.already_joined(participant, now=now)
        return None
    participant = participant or Participant(person=person, joined_at=now, heard_at=now)
    before = _said(participant) if participant.pk and participant.is_new else None
    if participant.state == State.LEFT:  # when they left stays until they confirm that they are back
        participant.joined_at, participant.confirm_reminded_at = now, None
    _keep(participant, details, phone)
    participant.pending = _pending(details)
    if before is not None and before != _said(participant):
        participant.link_version += 1  # the link to confirm other words is void
    participant.state, participant.why = State.NEW, ""
    if not _save_once(participant, now):
        return None
    if by:
        return confirm(participant, now=now)
    emails.confirm(participant, now=now)
    return participant


def _person(details: Details) -> Person:
    person = Person.objects.known_as(details.email)
    if person is None:
        try:
            with transaction.atomic():
                person = Person.objects.create_user(
                    details.email, name=details.name, council=details.council, organisation=details.organisation
                )
        except IntegrityError:  # the same address came in by another door in this moment
            person = Person.objects.get_by_natural_key(details.email)
    return person


def _locked(person: Person) -> Participant | None:
    return Participant.objects.select_for_update(of=("self",)).select_related("person").filter(person=person).first()


def _save_once(participant: Participant, now: datetime) -> bool:
    """Save; False when the same person joined in this very moment by another click."""
    is_first = participant.pk is None
    participant.joined_at = participant.joined_at or now
    try:
        with transaction.atomic():
            participant.save()
    except IntegrityError:
        if not is_first:
            raise
        return False
    return True


def _keep(participant: Participant, details: Details, phone: PhoneNumber) -> None:
    participant.phone = phone
    participant.sector, participant.rhythm = details.sector, details.rhythm
    participant.ways = [way for way in Participant.Talk.values if way in details.ways]
    participant.times, participant.line, participant.topics = details.times, details.line, details.topics
    participant.open_to_change = details.open_to_change


def _pending(details: Details) -> dict[str, Any]:
    council = details.council.pk if details.council else None
    return {"name": details.name, "council": council, "organisation": details.organisation}


def _said(participant: Participant) -> tuple[Any, ...]:
    named = ("phone", "sector", "rhythm", "ways", "times", "line", "topics", "open_to_change", "pending")
    return tuple(str(getattr(participant, name)) for name in named)


@transaction.atomic
def confirm(participant: Participant, *, now: datetime) -> Participant:
    """The address is theirs and they accept the rules: they are in, this month if there is still time. Repeatable."""
    participant = _fresh(participant)
    if not participant.is_new:
        return participant
    _name_person(participant.person, participant.pending)
    participant.pending, participant.state, participant.left_at = {}, State.ACTIVE, None
    participant.confirmed_at = participant.heard_at = now
    participant.why = f"You joined on {dates.day(now)}."
    participant.save()
    consents.give(participant.person, RULES, now=now)
    emails.joined(participant, first=_first_partner(participant, now), now=now)
    return participant


def _first_partner(participant: Participant, now: datetime) -> str:
    """Put them into the round that runs, and say when they get their first partner."""
    if participant.rhythm == Participant.Rhythm.ASK:
        return "We ask you before each month whether you want to take part."
    placed = repairs.join_late(participant, now=now)
    if isinstance(placed, Pairing):
        return "You have a partner for this month already: a second message introduces you."
    if placed:
        return "As soon as somebody else joins this month, or at the latest in the next draw."
    return f"In the draw on {dates.moment(rounds.draws_at(rounds.next_month(now)))}."


def _name_person(person: Person, words: dict[str, Any]) -> None:
    if words:
        person.name, person.organisation = words["name"], words["organisation"]
        person.council = Council.objects.filter(pk=words["council"]).first()
        person.save(update_fields=["name", "council", "organisation"])


@transaction.atomic
def change(participant: Participant, details: Details, *, now: datetime) -> Participant:
    """Keep what somebody now says about themselves; partners of this month keep what they were told.

    Raises ImpossibleNumber. Their address stays.
    """
    phone = read_phone(details.phone)
    participant = _fresh(participant)
    _keep(participant, details, phone)
    participant.heard_at = now
    participant.save()
    _name_person(participant.person, _pending(details))
    return participant


def _fresh(participant: Participant) -> Participant:
    return Participant.objects.select_for_update(of=("self",)).select_related("person").get(pk=participant.pk)
