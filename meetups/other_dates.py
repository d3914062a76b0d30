"""Taking one's place to another date of the same series: out of one meet-up and into another, both or neither."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from meetups import emails, places, signups
from meetups.models import Meetup, MeetupQuerySet, Question, SignUp, Way


class NotThatDate(Exception):
    """The booking stays where it is; the message says why, for the person."""


@dataclass(frozen=True)
class Moved:
    """The booking of the new date, and whether it asks something that has to be answered and was not yet."""

    signup: SignUp
    has_open_questions: bool


def choices(signup: SignUp, now: datetime) -> MeetupQuerySet:
    """Other dates of the series that are open for sign-up; what is closed to strangers has none."""
    same = Meetup.objects.public().standing().filter(series=signup.meetup.series_id, closes_at__gt=now)
    return same.exclude(pk=signup.meetup_id).order_by("starts_at", "pk")


@transaction.atomic
def change(signup: SignUp, to: Meetup, *, now: datetime) -> Moved:
    """Give the place up and take one on the other date. Raises NotThatDate, and then everything stays as it was."""
    meetup, to = _locked_both(signup.meetup_id, to.pk)
    old = places.fresh(signup.pk, meetup)
    _demand_that_it_can(old, to, now)
    new = _book(old, to, now)
    _leave(old, to, now)
    emails.signed_up(new, now=now)
    return Moved(new, _has_open_questions(new))


def _locked_both(one: int, other: int) -> tuple[Meetup, Meetup]:
    """Always in the order of their keys, so that two people who swap dates do not wait for each other for ever."""
    locked = {pk: Meetup.objects.locked(pk) for pk in sorted({one, other})}
    return locked[one], locked[other]


def _demand_that_it_can(old: SignUp, to: Meetup, now: datetime) -> None:
    if old.is_cancelled:
        raise NotThatDate("You have no booking to move: it is cancelled.")
    if old.meetup.has_started(now) or old.meetup.is_cancelled:
        raise NotThatDate("The meet-up of this booking has started or was cancelled.")
    if to.series_id != old.meetup.series_id or to.pk == old.meetup_id:
        raise NotThatDate("Choose another date of the same series.")
    if not to.is_open(now):
        raise NotThatDate(signups.why_closed(to, now))
    if to.signups.active().filter(person=old.person_id).exists():
        raise NotThatDate("You are signed up for that date already.")
    way = way_there(old, to)
    if to.signups.waiting().filter(way=way).exists() or not places.free_seat(to, way):
        raise NotThatDate("All places on that date are taken. You keep what you have.")


def way_there(old: SignUp, to: Meetup) -> str:
    """As before where that is possible."""
    return old.way if old.way in to.ways else to.ways[0]


def _book(old: SignUp, to: Meetup, now: datetime) -> SignUp:
    new = to.signups.filter(person=old.person_id).select_related("person", "council").first()
    new = new or SignUp(meetup=to, person=old.person)
    new.meetup = to
    details = signups.Details(
        name=old.name, email=old.person.email, council=old.council, organisation=old.organisation, role=old.role,
        access_needs=old.access_needs, way=Way(way_there(old, to)), answers=_answers_to_equal_questions(old, to),
    )  # fmt: skip
    signups.save_details(new, details, now)
    places.give_or_wait(new, now=now, by=None)
    places.note(new, f"Came over from {places.when(old.meetup.starts_at)}.", now, None)
    return new


def _answers_to_equal_questions(old: SignUp, to: Meetup) -> dict[int, str]:
    """What they said, where the other date asks the same in the same way."""
    said = {_sameness(answer.question): answer.text for answer in old.answers.select_related("question")}
    return {question.pk: said[_sameness(question)] for question in to.questions.all() if _sameness(question) in said}


def _sameness(question: Question) -> tuple[str, str, tuple[str, ...]]:
    return question.kind, " ".join(question.label.split()).casefold(), tuple(question.choice_list)


def _leave(old: SignUp, to: Meetup, now: datetime) -> None:
    was_confirmed, frees_a_seat = old.is_confirmed, places.give_up(old)
    old.state, old.waiting_since, old.cancelled_at = SignUp.State.CANCELLED, None, now
    old.why = f"You moved to {places.when(to.starts_at)}."
    old.save()
    places.note(old, f"Moved to {places.when(to.starts_at)}.", now, None)
    emails.cancelled(old, was_confirmed=was_confirmed, now=now)
    if frees_a_seat:
        places.promote(old.meetup, old.way, because="somebody moved to another date", now=now)


def _has_open_questions(signup: SignUp) -> bool:
    answered = signup.answers.values_list("question", flat=True)
    return signup.meetup.questions.filter(is_required=True).exclude(pk__in=answered).exists()
