"""A place that became free shortly before the start, offered by link: taken, declined, or passed on when time is up."""

from datetime import datetime

from django.db import transaction

from meetups import emails, places
from meetups.models import Meetup, SignUp


class OfferGone(Exception):
    """The place is no longer kept for them; the message says why, for the person."""


@transaction.atomic
def accept(signup: SignUp, *, now: datetime) -> SignUp:
    """Take the place that is kept for them. Safe to repeat. Raises OfferGone."""
    meetup, signup = places.locked(signup)
    if signup.is_confirmed:
        return signup
    if meetup.is_cancelled:
        raise OfferGone("The meet-up is cancelled.")
    if not signup.has_offer(now) or signup.seat is None or meetup.has_started(now):
        raise OfferGone("The time to take this place is over.")
    places.take(signup, signup.seat)
    signup.why = f"A place became free and you took it on {places.when(now)}."
    signup.save(update_fields=["why"])
    places.note(signup, f"Took the place they were offered on {places.when(now)}.", now, None)
    emails.promoted(signup, now=now)
    return signup


@transaction.atomic
def decline(signup: SignUp, *, now: datetime) -> SignUp:
    """Leave the place to the next in line, and the line. Does nothing when there is no offer (any more)."""
    meetup, signup = places.locked(signup)
    if not signup.is_waiting or signup.offer_until is None:
        return signup
    way = signup.way
    _off_the_list(signup, f"You said on {places.when(now)} that you do not want the place we offered.", now)
    places.note(signup, f"Did not want the place they were offered on {places.when(now)}.", now, None)
    places.promote(meetup, way, because="somebody did not want a place they were offered", now=now)
    return signup


def pass_on(now: datetime) -> int:
    """End every offer whose time is up and offer the place to the next in line; how many ended. Safe to run twice.

    Where nobody else is in line, the same person is asked once more.
    """
    due = SignUp.objects.waiting().filter(offer_until__lte=now).values_list("pk", "meetup_id")
    return sum(_end(pk, meetup_pk, now) for pk, meetup_pk in list(due))


@transaction.atomic
def _end(pk: int, meetup_pk: int, now: datetime) -> bool:
    meetup = Meetup.objects.locked(meetup_pk)
    signup = places.fresh(pk, meetup)
    if not signup.is_waiting or signup.offer_until is None or signup.has_offer(now):
        return False  # taken, declined or ended meanwhile
    until, way = signup.offer_until, signup.way
    signup.offers_missed += 1
    if meetup.has_started(now) or meetup.is_cancelled:
        places.give_up(signup)
        signup.save()  # nothing follows from it any more, and there is nothing to write about
        return True
    if signup.offers_missed < places.OFFERS_EACH and not places.others_wait(signup):
        _keep_once_more(signup, until, now)
        return True
    places.give_up(signup)
    _missed(signup, until, now)
    places.promote(meetup, way, because="somebody did not take a place they were offered", now=now)
    return True


def _keep_once_more(signup: SignUp, until: datetime, now: datetime) -> None:
    """There is nobody to pass it on to."""
    signup.offer_until = places.offered_until(signup.meetup, now)
    once_more = f"Nobody else is waiting, so it is kept for {{}} once more until {places.when(signup.offer_until)}."
    signup.why = f"{_heard_nothing(until)} {once_more.format('you')}"
    signup.save()
    places.note(signup, f"{_not_taken(until)} {once_more.format('them')}", now, None)
    emails.offered(signup, now=now)


def _heard_nothing(until: datetime) -> str:
    return f"We kept a place for you until {places.when(until)} and did not hear from you."


def _not_taken(until: datetime) -> str:
    return f"Did not take the place that was kept for them until {places.when(until)}."


def _missed(signup: SignUp, until: datetime, now: datetime) -> None:
    """To the end of the line; off the line when it was not the first time."""
    heard = _heard_nothing(until)
    if signup.offers_missed >= places.OFFERS_EACH:
        _off_the_list(signup, f"{heard} That was the second time, so you are off the waiting list.", now)
    else:
        signup.waiting_since = now
        signup.why = f"{heard} It went to the next in line, and you are now at the end of the line."
        signup.save()
    places.note(signup, _not_taken(until), now, None)
    emails.offer_missed(signup, now=now)


def _off_the_list(signup: SignUp, why: str, now: datetime) -> None:
    places.give_up(signup)
    signup.state, signup.waiting_since = SignUp.State.CANCELLED, None
    signup.cancelled_at, signup.why = now, why
    signup.save()
