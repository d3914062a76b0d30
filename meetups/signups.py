"""Who has a place, who waits, and why. Every change locks its meet-up, so places always add up."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import IntegrityError, transaction

from meetups import emails, places
from meetups.models import Answer, Meetup, Presence, Question, SignUp, Way
from people import consents
from people.models import Council, Person

State = SignUp.State


class SignUpClosed(Exception):
    """The meet-up is not open for sign-up (any more); the message says why."""


@dataclass(frozen=True)
class Details:
    """What somebody says about themselves at sign-up. `answers` maps the id of a question to the answer."""

    name: str
    email: str
    council: Council | None = None
    organisation: str = ""
    role: str = ""
    access_needs: str = ""
    way: str = Way.ONLINE
    answers: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What came of a sign-up.

    `shown_as_waiting` is what the page may say: the same whether the address was known or not.
    """

    signup: SignUp
    is_new: bool
    shown_as_waiting: bool


@transaction.atomic
def sign_up(meetup: Meetup, details: Details, *, now: datetime, by: Person | None = None) -> Outcome:
    """Give a place or a place in the waiting list, and queue the one e-mail that says so.

    Somebody who is signed up already keeps what they have and gets their link again; nothing they said is overwritten,
    because whoever filled in the form has not shown that the address is theirs.
    Raises SignUpClosed. `by` is the organiser who does it for somebody; then the closing time does not matter.
    """
    meetup = Meetup.objects.locked(meetup.pk)
    if not meetup.is_open(now) and not (by and meetup.state == Meetup.State.PUBLISHED and not meetup.is_over(now)):
        raise SignUpClosed(why_closed(meetup, now))
    person = _person(details)
    if by is None:
        consents.give(person, consents.KEEPING_DETAILS, now=now)
    full = meetup.places_left(details.way) == 0 or meetup.signups.waiting().filter(way=details.way).exists()
    signup = meetup.signups.filter(person=person).select_related("council").first()
    if signup and not signup.is_cancelled:
        emails.already_signed_up(signup, now=now)
        return Outcome(signup, is_new=False, shown_as_waiting=full)
    if signup and by is None:
        details = _as_said_before(signup, details)
    signup = save_details(signup or SignUp(meetup=meetup, person=person), details, now)
    places.give_or_wait(signup, now=now, by=by)
    emails.signed_up(signup, now=now)
    return Outcome(signup, is_new=True, shown_as_waiting=full)


def why_closed(meetup: Meetup, now: datetime) -> str:
    """Why one cannot sign up now, in a sentence; empty when one can."""
    if meetup.is_cancelled:
        return "This meet-up is cancelled."
    if meetup.is_draft:
        return "This meet-up is not published yet."
    if meetup.is_over(now):
        return "This meet-up is over."
    if now >= meetup.closes_at:
        return f"Sign-up closed on {places.when(meetup.closes_at)}."
    return ""


def _person(details: Details) -> Person:
    person = Person.objects.known_as(details.email)
    if person is None:
        try:
            with transaction.atomic():
                person = Person.objects.create_user(
                    details.email, name=details.name, council=details.council, organisation=details.organisation
                )
        except IntegrityError:  # the same person signed up for another meet-up in this very moment
            person = Person.objects.get_by_natural_key(details.email)
    return person


def _as_said_before(signup: SignUp, details: Details) -> Details:
    """What they had said when they cancelled stays; the form only fills what was empty, and says how they attend.

    Whoever filled in the form has not shown that the address is theirs. The link in the mail changes everything.
    """
    answers = dict(signup.answers.values_list("question_id", "text"))
    has_said_where = bool(signup.council or signup.organisation)
    return replace(
        details,
        name=signup.name or details.name,
        role=signup.role or details.role,
        access_needs=signup.access_needs or details.access_needs,
        council=signup.council if has_said_where else details.council,
        organisation=signup.organisation if has_said_where else details.organisation,
        answers={**details.answers, **answers},
    )


def save_details(signup: SignUp, details: Details, now: datetime) -> SignUp:
    signup.name, signup.role, signup.access_needs = details.name, details.role, details.access_needs
    signup.council, signup.organisation = details.council, details.organisation
    signup.way = details.way
    signup.signed_up_at, signup.cancelled_at = now, None
    signup.knows_schedule()
    signup.state, signup.waiting_since, signup.seat, signup.offer_until = State.WAITING, now, None, None
    signup.save()
    record_answers(signup, details.answers)
    return signup


def record_answers(signup: SignUp, answers: Mapping[int, str]) -> None:
    """Keep exactly these answers; an empty one is no answer, and one to a question that is gone has no place.

    With the meet-up locked: questions are removed under the same lock (meetups.arranging).
    """
    signup.answers.all().delete()
    asked = set(signup.meetup.questions.values_list("pk", flat=True))
    Answer.objects.bulk_create(
        Answer(signup=signup, question_id=question, text=text)
        for question, text in answers.items()
        if text and question in asked
    )


def has_answers_nobody_asks_for(details: Details) -> bool:
    """Whether a question was taken off the form while somebody answered it. The same whoever they are."""
    given = [question for question, text in details.answers.items() if text]
    return Question.objects.filter(pk__in=given).count() < len(given)


@transaction.atomic
def cancel(signup: SignUp, *, now: datetime, by: Person | None = None) -> SignUp:
    """Give the place back, withdraw the calendar entry, and let the next in line move up. Safe to repeat."""
    meetup, signup = places.locked(signup)
    if signup.is_cancelled:
        return signup
    was_confirmed, freed_way = signup.is_confirmed, signup.way
    frees_a_seat = places.give_up(signup)
    signup.state, signup.waiting_since = State.CANCELLED, None
    signup.cancelled_at = now
    signup.why = f"{'The organisers' if by else 'You'} cancelled on {places.when(now)}."
    signup.save()
    places.note(signup, f"Cancelled on {places.when(now)}.", now, by)
    emails.cancelled(signup, was_confirmed=was_confirmed, now=now)
    if frees_a_seat:
        places.promote(meetup, freed_way, because="somebody cancelled", now=now)
    return signup


@transaction.atomic
def sign_up_again(signup: SignUp, *, now: datetime) -> SignUp:
    """Take a cancelled sign-up back: a place if there is one, otherwise the end of the line. Raises SignUpClosed."""
    meetup, signup = places.locked(signup)
    if not meetup.is_open(now):
        raise SignUpClosed(why_closed(meetup, now))
    if signup.is_cancelled:
        signup.signed_up_at, signup.cancelled_at = now, None
        signup.knows_schedule()
        places.give_or_wait(signup, now=now, by=None)
        emails.signed_up(signup, now=now)
    return signup


@transaction.atomic
def change_way(signup: SignUp, way: str, *, now: datetime, by: Person | None = None) -> SignUp:
    """Attend the other way. Without a free place there, the old place is kept until the person decides otherwise.

    Raises NoPlaceThatWay; raises SignUpClosed once the meet-up has started. A host `by` who does it for somebody also
    writes to them (meetups.corrections).
    """
    meetup, signup = places.locked(signup)
    if signup.is_cancelled or way == signup.way or way not in meetup.ways:
        return signup
    if meetup.has_started(now) or meetup.is_cancelled:
        raise SignUpClosed(why_closed(meetup, now) or "The meet-up has started.")
    old_way, was_confirmed = signup.way, signup.is_confirmed
    seat = places.free_seat(meetup, way)
    if was_confirmed and (seat is None or meetup.signups.waiting().filter(way=way).exists()):
        raise NoPlaceThatWay
    frees_a_seat = places.give_up(signup)
    signup.way = way
    if was_confirmed and seat:
        places.take(signup, seat)
    else:
        places.give_or_wait(signup, now=now, by=None)
    places.note(signup, f"Changed to attending {signup.get_way_display()} on {places.when(now)}.", now, by)
    if by is None:
        emails.way_changed(signup, now=now)
    if frees_a_seat:
        places.promote(meetup, old_way, because=f"somebody changed to attending {signup.get_way_display()}", now=now)
    return signup


class NoPlaceThatWay(Exception):
    """All places for attending that way are taken."""


@transaction.atomic
def change_answers(signup: SignUp, details: Details, *, now: datetime) -> SignUp:
    """Keep what somebody now says about themselves; the place is not touched."""
    _, signup = places.locked(signup)
    keep_what_they_say(signup, details)
    places.note(signup, f"Changed their answers on {places.when(now)}.", now, None)
    return signup


def keep_what_they_say(signup: SignUp, details: Details) -> None:
    """Everything but the place and how they attend."""
    signup.name, signup.role, signup.access_needs = details.name, details.role, details.access_needs
    signup.council, signup.organisation = details.council, details.organisation
    signup.save()
    record_answers(signup, details.answers)


@transaction.atomic
def count_in(signup: SignUp, *, now: datetime) -> None:
    """Note that they came, the first time they join. Whoever joins is here, also when a host had marked them as not."""
    Presence.objects.filter(signup=signup, is_here=False).delete()
    SignUp.objects.filter(pk=signup.pk, came_at=None).update(came_at=now)
