"""Who came, from a report of the call: read, looked through by a host, taken over, undone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from meetups import attendance, dates, timings
from meetups.attendance import Alias, Attendee, Matches, SignedUp, UnknownReport
from meetups.models import AttendanceImport, CountedIn, LearnedAlias, Meetup, SignUp, SignUpEvent
from people import my_data
from people.models import Person

MOST_PEOPLE = 1000
State = AttendanceImport.State


class NotAnyMore(Exception):
    """Somebody else has dealt with this report; the message says so."""


@transaction.atomic
def read(meetup: Meetup, data: bytes, file_name: str, *, now: datetime, by: Person) -> AttendanceImport:
    """Keep what the report says, for a host to look through. Nothing else changes. Raises UnknownReport."""
    report = attendance.examine(data, on=meetup.starts_at.astimezone(timings.LONDON).date())
    if not report.shows_who_came:
        raise UnknownReport(
            f"This is a {report.kind}: it says who registered, not who came. Choose the report of participants instead."
        )
    if len(report.attendees) > MOST_PEOPLE:
        raise UnknownReport(
            f"The report names more than {MOST_PEOPLE:,} people. Download the one of this meet-up alone."
        )
    Meetup.objects.locked(meetup.pk)
    meetup.attendance_imports.filter(state=State.REVIEW).delete()
    return AttendanceImport.objects.create(
        meetup=meetup, kind=report.kind, file_name=file_name[-150:], read_by=by, read_at=now,
        attendees=[_as_row(attendee) for attendee in report.attendees],
    )  # fmt: skip


def _as_row(attendee: Attendee) -> dict[str, object]:
    return {
        "name": attendee.name,
        "email": attendee.email,
        "joined_at": attendee.joined_at.isoformat() if attendee.joined_at else None,
        "minutes": attendee.minutes,
        "also_called": list(attendee.also_called),
    }


def attendees_of(report: AttendanceImport) -> list[Attendee]:
    return [
        Attendee(
            name=row["name"],
            email=row["email"],
            joined_at=datetime.fromisoformat(row["joined_at"]) if row["joined_at"] else None,
            minutes=row["minutes"],
            also_called=tuple(row["also_called"]),
        )
        for row in report.attendees
    ]


# So long before and after a meet-up people may join its call, also by the clock of another country in Europe.
AROUND = timedelta(hours=3)


def why_another_call(meetup: Meetup, attendees: Sequence[Attendee]) -> str:
    """Why this looks like the report of another call of that day, in a sentence; empty when it does not.

    It is no reason to refuse it: the video tool may tell the time of another part of the world.
    """
    joined = [attendee.joined_at for attendee in attendees if attendee.joined_at]
    if not joined or any(meetup.starts_at - AROUND <= moment <= meetup.ends_at + AROUND for moment in joined):
        return ""
    when = f"{dates.clock(min(joined))} and {dates.clock(max(joined))}"
    here = dates.span(meetup.starts_at, meetup.ends_at)
    return (
        f"People in this report joined between {when}, and the meet-up was on {here}. Check that it is the right file."
    )


def compare(report: AttendanceImport, attendees: Sequence[Attendee]) -> tuple[Matches, dict[int, SignUp]]:
    """Who is meant, as far as that is certain, and everybody on the list by id."""
    listed = report.meetup.signups.exclude(name="").select_related("person", "council")
    signups = {signup.pk: signup for signup in listed.order_by("name", "pk")}
    people = [signup.person_id for signup in signups.values()]
    aliases = LearnedAlias.objects.filter(person__in=people).values_list("shown", "person__email")
    roll = [SignedUp(signup.pk, signup.name, signup.person.email) for signup in signups.values()]
    return attendance.match(attendees, roll, [Alias(*alias) for alias in aliases]), signups


@dataclass(frozen=True)
class Newcomer:
    """Somebody in the report who is to be put on the list, with the address to know them by."""

    attendee: Attendee
    email: str


@dataclass(frozen=True)
class Decisions:
    """What the host said: who came for certain, who of the doubtful is whom, and who is to be added."""

    sure: Sequence[tuple[Attendee, int]] = ()
    decided: Sequence[tuple[Attendee, int]] = ()
    added: Sequence[Newcomer] = ()


@transaction.atomic
def confirm(report: AttendanceImport, decisions: Decisions, *, now: datetime, by: Person) -> int:
    """Note that they came, and learn what was decided; how many came. Raises NotAnyMore."""
    meetup = Meetup.objects.locked(report.meetup_id)
    _claim(report, State.REVIEW, state=State.CONFIRMED, confirmed_at=now)
    signups = {signup.pk: signup for signup in meetup.signups.select_related("person")}
    for attendee, pk in [*decisions.sure, *decisions.decided]:
        _count_in(report, signups[pk], attendee)
    for attendee, pk in decisions.decided:
        _learn(report, attendee, signups[pk].person, now)
    for newcomer in decisions.added:
        _add(report, meetup, newcomer, now, by)
    return report.counted.count()


def _claim(report: AttendanceImport, expected: str, **changes: object) -> None:
    """One of two hosts who press at once gets it."""
    if not AttendanceImport.objects.filter(pk=report.pk, state=expected).update(**changes):
        raise NotAnyMore("Somebody else has dealt with this report in the meantime.")


def _count_in(report: AttendanceImport, signup: SignUp, attendee: Attendee, *, is_added: bool = False) -> None:
    """They came when they first joined; who is known to have come already keeps that moment."""
    came_at = attendee.joined_at or report.meetup.starts_at
    if SignUp.objects.filter(pk=signup.pk, came_at=None).update(came_at=came_at):
        CountedIn.objects.create(report=report, signup=signup, came_at=came_at, is_added=is_added)


def _learn(report: AttendanceImport, attendee: Attendee, person: Person, now: datetime) -> None:
    """By the address they joined with, which is surer, otherwise by the name they showed."""
    shown = (attendee.email or attendee.name)[:254]
    if shown.casefold() != person.email.casefold():
        LearnedAlias.objects.get_or_create(
            shown=shown, person=person, defaults={"learned_from": report, "learned_at": now}
        )


def _add(report: AttendanceImport, meetup: Meetup, newcomer: Newcomer, now: datetime, by: Person) -> None:
    """Onto the list of those who came, also where all places were taken. They get no mail: it is over."""
    name = newcomer.attendee.name
    person = Person.objects.known_as(newcomer.email) or Person.objects.create_user(newcomer.email, name=name)
    signup = meetup.signups.filter(person=person).first()
    if signup is None:
        way = meetup.ways[0]
        last = meetup.signups.filter(way=way).aggregate(last=Max("seat"))["last"] or 0
        signup = SignUp.objects.create(
            meetup=meetup, person=person, name=name[:150], way=way, state=SignUp.State.CONFIRMED, seat=last + 1,
            signed_up_at=now, told_version=meetup.schedule_version, told_start=meetup.starts_at,
        )  # fmt: skip
        said = f"Put on the list on {dates.day(now)}: came without having signed up."
        SignUpEvent.objects.create(signup=signup, at=now, sentence=said, by=by)
        _count_in(report, signup, newcomer.attendee, is_added=True)
    else:
        _count_in(report, signup, newcomer.attendee)


@transaction.atomic
def undo(report: AttendanceImport, *, now: datetime) -> int:
    """Take back what this import said, and only that; how many. Raises NotAnyMore."""
    Meetup.objects.locked(report.meetup_id)
    _claim(report, State.CONFIRMED, state=State.UNDONE, undone_at=now)
    counted = list(report.counted.select_related("signup"))
    for one in counted:
        SignUp.objects.filter(pk=one.signup_id, came_at=one.came_at).update(came_at=None)
    _take_off([one.signup for one in counted if one.is_added])
    report.counted.all().delete()
    report.aliases.all().delete()
    return len(counted)


def _take_off(added: Iterable[SignUp]) -> None:
    people = [signup.person_id for signup in added]
    SignUp.objects.filter(pk__in=[signup.pk for signup in added]).delete()
    my_data.forget_guests(people)


@transaction.atomic
def discard(report: AttendanceImport) -> None:
    """Throw a report away that was not taken over."""
    AttendanceImport.objects.filter(pk=report.pk, state=State.REVIEW).delete()


def names_of(signups: Mapping[int, SignUp]) -> dict[int, str]:
    """How each person on the list is called in a choice: with their council, and what is unusual about their place."""
    return {pk: _called(signup) for pk, signup in signups.items()}


def _called(signup: SignUp) -> str:
    place = "" if signup.is_confirmed else f", {signup.get_state_display()}"
    return f"{signup.name} ({signup.works_at or signup.person.email}{place})"
