"""The words that leave: one function per e-mail. Who gets one and when is decided by whoever calls."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.urls import reverse

from meetups import addresses, calendars, dates, programme, room_lists, structures
from meetups.models import AgendaItem, Announcement, Meetup, Notice, SignUp, Sponsor, Way
from outbox import queue
from people.models import Person

# The topic of preferences under which reminders and nudges can be stopped.
REMINDERS = "reminders"
# Their link is sent again at most once in this time, however often somebody fills in the form.
AGAIN_SECONDS = 600


def signed_up(signup: SignUp, *, now: datetime) -> None:
    """You have a place, or: you are on the waiting list and this is why. Late ones get joining details with it."""
    at = _moment(signup.signed_up_at)
    if not signup.is_confirmed:
        _queue(signup, "waiting", at=at, more={"place_in_line": signup.place_in_line()})
        return
    _queue(signup, "signed_up", at=at, more=_details_if_out(signup, now), calendar=_request(signup, now))


def already_signed_up(signup: SignUp, *, now: datetime) -> None:
    """Their link once more, and how things stand."""
    window = datetime.fromtimestamp(now.timestamp() // AGAIN_SECONDS * AGAIN_SECONDS, UTC)
    more: dict[str, Any] = {"place_in_line": signup.place_in_line() if signup.is_waiting else None}
    if signup.is_confirmed:
        more |= _details_if_out(signup, now)
    _queue(signup, "already_signed_up", window=_moment(window), more=more)


def promoted(signup: SignUp, *, now: datetime) -> None:
    """A place became free for them, and why it is theirs."""
    more, since = _details_if_out(signup, now), _moment(signup.signed_up_at)
    _queue(signup, "promoted", since=since, more=more, calendar=_request(signup, now))


def offered(signup: SignUp, *, now: datetime) -> None:
    """A place is kept for them for a while; they take it or leave it on their booking page."""
    until = {"offer_until": dates.moment(signup.offer_until) if signup.offer_until else ""}
    _queue(signup, "offered", at=_moment(now), more=until)


def offer_missed(signup: SignUp, *, now: datetime) -> None:
    """The place that was kept for them went to somebody else, and where they are now."""
    place_in_line = signup.place_in_line() if signup.is_waiting else None
    _queue(signup, "offer_missed", at=_moment(now), more={"place_in_line": place_in_line})


def cancelled(signup: SignUp, *, was_confirmed: bool, now: datetime) -> None:
    """They are off the list, and the entry leaves their calendar if they had one."""
    more = {"was_confirmed": was_confirmed, "can_sign_up_again": signup.meetup.is_open(now)}
    calendar = _withdrawal(signup, now) if was_confirmed else None
    _queue(signup, "cancelled", at=_moment(signup.cancelled_at or now), more=more, calendar=calendar)


def way_changed(signup: SignUp, *, now: datetime) -> None:
    """They attend the other way now, or wait for a place there."""
    if signup.is_confirmed:
        more, calendar = _details_if_out(signup, now), _request(signup, now)
        _queue(signup, "way_changed", at=_moment(now), more=more, calendar=calendar)
    else:
        _queue(signup, "way_changed", at=_moment(now), more={"place_in_line": signup.place_in_line()})


def corrected(
    signup: SignUp, changed: Sequence[tuple[str, str]], *, word: str, way_changed: bool, now: datetime
) -> None:
    """What the hosts changed in their booking, as label and words; with a new entry when it is somewhere else now."""
    more: dict[str, Any] = {"changed": changed, "word": word, "way_changed": way_changed}
    calendar = None
    if signup.is_waiting:
        more["place_in_line"] = signup.place_in_line()
    elif way_changed:
        more |= _details_if_out(signup, now)
        calendar = _request(signup, now)
    _queue(signup, "corrected", at=_moment(now), more=more, calendar=calendar)


def joining_details(signup: SignUp, *, now: datetime) -> None:
    """How to join, the topics and what to have ready."""
    version = signup.meetup.schedule_version
    _queue(signup, "joining", template="joining_details", version=version, more={"details": _details(signup)})


def nudge(signup: SignUp, *, now: datetime) -> None:
    """Word that the joining details were sent, for those whose mail program hid them."""
    version = signup.meetup.schedule_version
    _queue(signup, "nudge", version=version, more=_can_be_stopped(signup), unsubscribe_url=_stop(signup))


def reminder(signup: SignUp, *, now: datetime) -> None:
    """It is soon."""
    version = signup.meetup.schedule_version
    _queue(signup, "reminder", version=version, more=_can_be_stopped(signup), unsubscribe_url=_stop(signup))


def moved(signup: SignUp, *, now: datetime) -> None:
    """The time or the place has changed; what they had stays theirs."""
    meetup = signup.meetup
    more = {
        "note": meetup.change_note,
        "was": dates.moment(signup.told_start) if signup.told_start not in {None, meetup.starts_at} else "",
        "details_again": signup.notices.filter(kind=Notice.DETAILS, version__lt=meetup.schedule_version).exists(),
        "details_are_out": meetup.details_are_out(now),
    }
    calendar = _request(signup, now) if signup.is_confirmed else None
    _queue(signup, "moved", version=meetup.schedule_version, more=more, calendar=calendar)


def meetup_cancelled(signup: SignUp, *, now: datetime) -> None:
    """It does not take place."""
    calendar = _withdrawal(signup, now) if signup.is_confirmed else None
    version = signup.meetup.schedule_version
    more = {"note": signup.meetup.change_note}
    _queue(signup, "meetup_cancelled", version=version, more=more, calendar=calendar)


def announced(announcement: Announcement, signup: SignUp, *, now: datetime) -> None:
    """Word from the hosts."""
    _queue(signup, "announced", announcement=announcement.pk, more={"announcement": announcement})


def announced_as_text(announcement: Announcement) -> str:
    """The same as text, for the preview."""
    return as_read("announced", announcement.meetup, announcement=announcement).text


def as_read(letter: str, meetup: Meetup, **more: Any) -> queue.Words:
    """How a letter reads, for a preview: with no link that is somebody's alone."""
    return queue.render(f"meetups/{letter}", {**_about(meetup), "booking_url": "(a link of their own)", **more})


def test_copy(announcement: Announcement, *, to: Person, now: datetime) -> None:
    """The same words for the organiser alone, to see before anybody else does; the announcement may be unsaved."""
    meetup = announcement.meetup
    queue.queue(
        key=f"meetups.test_copy:meetup={meetup.pk}:person={to.pk}:at={_moment(now)}",
        to=to.email,
        template="meetups/announced",
        context={**_about(meetup), "announcement": announcement, "is_test": True},
        reply_to=_hosts_addresses(meetup),
    )


def _queue(
    signup: SignUp,
    reason: str,
    *,
    template: str = "",
    more: Mapping[str, Any],
    calendar: queue.Calendar | None = None,
    unsubscribe_url: str = "",
    **which: object,
) -> None:
    """Queue a letter to this person. The key is the reason, whose sign-up it is, and `which` time this happened."""
    told = ":".join(f"{name}={value}" for name, value in which.items())
    to_hosts = _hosts_addresses(signup.meetup)
    queue.queue(
        key=f"meetups.{reason}:signup={signup.pk}:{told}",
        to=signup.person.email,
        template=f"meetups/{template or reason}",
        context={**_about(signup.meetup), **_about_place(signup), "calendar": calendar, "to_hosts": to_hosts, **more},
        # Hosts may do what the booking link lets somebody do. Choosing somebody's mails is not theirs.
        reply_to=[] if unsubscribe_url else to_hosts,
        calendar=calendar,
        unsubscribe_url=unsubscribe_url,
    )


# For letters whose words stand in another module.
queue_letter = _queue


def _about(meetup: Meetup) -> dict[str, Any]:
    names = [host.name for host in meetup.hosts.all() if host.name]
    return {
        "meetup": meetup,
        "day": dates.day(meetup.starts_at),
        "when": dates.span(meetup.starts_at, meetup.ends_at),
        "where": meetup.place_name,
        "hosts": room_lists.listed(names),
        "host_names": names,
        "page_url": addresses.page(meetup),
        "meetups_url": addresses.absolute(reverse("meetups:list")),
    }


def _about_place(signup: SignUp) -> dict[str, Any]:
    return {
        "signup": signup,
        "where": calendars.where(signup.meetup, signup.way),
        "is_online": signup.way == Way.ONLINE,
        "booking_url": addresses.booking(signup),
        "join_url": addresses.join(signup),
        "details_at": dates.moment(signup.meetup.details_at),
        "offers_from": dates.moment(signup.meetup.offers_from()) if signup.meetup.offer_hours else "",
        "tips_url": addresses.absolute(reverse("pages:video_call_tips")),
    }


def _hosts_addresses(meetup: Meetup) -> list[str]:
    # Three, because mail programs show them all and the outbox keeps them in one field.
    return [host.email for host in meetup.hosts.all() if host.is_active][:3]


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _can_be_stopped(signup: SignUp) -> dict[str, str]:
    return {"preferences_url": addresses.preferences(signup.person)}


def _stop(signup: SignUp) -> str:
    return addresses.unsubscribe(signup.person, REMINDERS)


# --- Calendar entries ---------------------------------------------------------------------------------------------


def _request(signup: SignUp, now: datetime) -> queue.Calendar:
    return _calendar(signup, "REQUEST", calendars.request, now)


def _withdrawal(signup: SignUp, now: datetime) -> queue.Calendar | None:
    """Nothing when they never had an entry."""
    return None if signup.calendar_sequence is None else _calendar(signup, "CANCEL", calendars.cancel, now)


def _calendar(signup: SignUp, method: str, make: Callable[..., str], now: datetime) -> queue.Calendar:
    signup.calendar_sequence = calendars.next_sequence(signup)
    signup.save(update_fields=["calendar_sequence"])
    return queue.Calendar(make(signup, sequence=signup.calendar_sequence, now=now), method)


# --- Joining details ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Topic:
    """A line of the agenda with the time it starts."""

    starts: str
    item: AgendaItem
    points: list[str]


@dataclass(frozen=True)
class JoiningDetails:
    """What one needs on the day, beside what every letter says. `credit` names who made the structures."""

    opens: str
    topics: list[Topic]
    structures: list[structures.Structure]
    credit: str
    sponsors: list[Sponsor]


def _details_if_out(signup: SignUp, now: datetime) -> dict[str, JoiningDetails]:
    """The details for a letter about a place, once others have got theirs; noted, so that the sweep sends no second."""
    if not signup.meetup.details_are_out(now):
        return {}
    Notice.objects.note(signup, Notice.DETAILS, now)
    return {"details": _details(signup)}


def _details(signup: SignUp) -> JoiningDetails:
    meetup = signup.meetup
    rows = programme.of(meetup).rows
    used = dict.fromkeys(row.structure for row in rows)
    found = [structure for structure in used if structure]
    return JoiningDetails(
        opens=dates.clock(meetup.opens_at()),
        topics=[Topic(dates.clock(row.slot.starts_at), row.item, row.item.talking_points.splitlines()) for row in rows],
        structures=found,
        credit=structures.CREDIT if any(one.url.startswith(structures.SITE) for one in found) else "",
        sponsors=list(meetup.sponsors.all()),
    )
