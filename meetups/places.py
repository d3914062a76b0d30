"""The places of a meet-up: which are free, who gets one, and why. Call everything here with the meet-up locked."""

from datetime import datetime, timedelta

from meetups import dates, emails
from meetups.models import Meetup, SignUp, SignUpEvent, Way
from people.models import Person

State = SignUp.State
# How long an offered place is kept for somebody, and never longer than half the time that is left.
OFFER_LASTS = timedelta(hours=2)
# Whoever let this many offers pass is taken off the line, so that the place does not go round in circles.
OFFERS_EACH = 2


def free_seat(meetup: Meetup, way: str) -> int | None:
    """The lowest number that is neither taken nor offered."""
    taken = set(meetup.signups.filter(way=way, seat__isnull=False).values_list("seat", flat=True))
    if len(taken) >= meetup.places(way):  # seats may lie above the number of places after it was lowered
        return None
    return next(seat for seat in range(1, meetup.places(way) + 1) if seat not in taken)


def take(signup: SignUp, seat: int) -> None:
    signup.state, signup.seat, signup.waiting_since, signup.why = State.CONFIRMED, seat, None, ""
    signup.offer_until, signup.offers_missed = None, 0
    signup.save()


def give_up(signup: SignUp) -> bool:
    """Hold no seat any more, saved by the caller; whether there was one to pass on, taken or offered."""
    held = signup.seat is not None
    signup.seat = signup.offer_until = None
    return held


def give_or_wait(signup: SignUp, *, now: datetime, by: Person | None) -> None:
    """The rule of places: a free one goes to whoever asks, unless somebody is waiting for it already."""
    meetup, way = signup.meetup, signup.way
    somebody_waits = meetup.signups.waiting().filter(way=way).exclude(pk=signup.pk).exists()
    seat = None if somebody_waits else free_seat(meetup, way)
    if seat:
        take(signup, seat)
        note(signup, f"Signed up on {when(now)} and got a place.", now, by)
        return
    signup.state, signup.waiting_since = State.WAITING, now
    signup.seat, signup.offer_until, signup.offers_missed = None, None, 0
    signup.why = f"{_all_taken(meetup, way)} when you signed up on {when(now)}."
    signup.save()
    note(signup, f"Signed up on {when(now)}. {_all_taken(meetup, way)}.", now, by)


def promote(meetup: Meetup, way: str, *, because: str, now: datetime) -> list[SignUp]:
    """Give or, shortly before the start, offer free places to the first in line, while there are both.

    `because` completes “a place became free: …” for the organiser. It names nobody: whoever leaves this site must not
    stay named in somebody else's history.
    """
    moved_up: list[SignUp] = []
    if meetup.has_started(now) or meetup.state != Meetup.State.PUBLISHED:
        return moved_up
    pass_on = _offer if meetup.offers_by_link(now) else _give
    for signup in meetup.signups.waiting().filter(way=way, seat=None).for_letters():
        seat = free_seat(meetup, way)
        if seat is None:
            break
        pass_on(signup, seat, because=because, now=now)
        moved_up.append(signup)
    return moved_up


def _give(signup: SignUp, seat: int, *, because: str, now: datetime) -> None:
    take(signup, seat)
    signup.why = f"A place became free on {when(now)} and you were first in line."
    signup.save(update_fields=["why"])
    note(signup, f"Got a place on {when(now)}: {because}, and they were first in line.", now, None)
    emails.promoted(signup, now=now)


def _offer(signup: SignUp, seat: int, *, because: str, now: datetime) -> None:
    meetup = signup.meetup
    until = offered_until(meetup, now)
    signup.seat, signup.offer_until = seat, until
    signup.why = (
        f"A place became free on {when(now)} and you are first in line. It is kept for you until {when(until)}."
    )
    signup.save()
    hours = "1 hour" if meetup.offer_hours == 1 else f"{meetup.offer_hours} hours"
    why_offered = f"not given, because the start is less than {hours} away"
    note(signup, f"Offered a place until {when(until)}: {because}. It is {why_offered}.", now, None)
    emails.offered(signup, now=now)


def offered_until(meetup: Meetup, now: datetime) -> datetime:
    """Two hours, or half of the time that is left, whichever is shorter: so it never lasts beyond the start."""
    return now + min(OFFER_LASTS, (meetup.starts_at - now) / 2)


def others_wait(signup: SignUp) -> bool:
    """Whether somebody else is in line for this way of attending and nothing is offered to them."""
    line = signup.meetup.signups.waiting().filter(way=signup.way, seat=None)
    return line.exclude(pk=signup.pk).exists()


def note(signup: SignUp, sentence: str, now: datetime, by: Person | None) -> None:
    """Keep what happened and why, for the person's organisers."""
    SignUpEvent.objects.create(signup=signup, at=now, sentence=sentence[:300], by=by)


def when(moment: datetime) -> str:
    return f"{dates.day(moment)} at {dates.clock(moment)}"


def locked(signup: SignUp) -> tuple[Meetup, SignUp]:
    """The meet-up, locked, and the sign-up as it is now."""
    meetup = Meetup.objects.locked(signup.meetup_id)
    return meetup, fresh(signup.pk, meetup)


def fresh(pk: int, meetup: Meetup) -> SignUp:
    signup = SignUp.objects.select_related("person", "council").get(pk=pk)
    signup.meetup = meetup
    return signup


def _all_taken(meetup: Meetup, way: str) -> str:
    places = meetup.places(way)
    if places == 1:
        return f"The only place{_at(meetup, way)} was taken"
    return f"All {places} places{_at(meetup, way)} were taken"


def _at(meetup: Meetup, way: str) -> str:
    """online / in the room, where the difference matters."""
    return f" {Way(way).label}" if meetup.is_both else ""
