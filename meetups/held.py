"""What meet-ups hold about somebody, to take out: every table that the privacy page names for them."""

from collections.abc import Iterable
from typing import Any

from meetups.models import AttendanceImport, CalendarFeed, CountedIn, LearnedAlias, Meetup, RoomMember, SignUp
from people import my_data
from people.models import Person


def collect(person: Person) -> my_data.Records:
    """Every sign-up with all that was said and done, rooms, other names, series followed, meet-ups hosted."""
    rows = person.signups.select_related("meetup", "council", "presence").prefetch_related(
        "answers__question", "events"
    )
    return [
        *(_signup(signup) for signup in rows),
        *_rooms(person),
        *_other_names(person),
        *_follows(person),
        *_hosting(person),
    ]


def _signup(signup: SignUp) -> dict[str, Any]:
    return {
        "Meet-up": signup.meetup.title,
        "When": signup.meetup.starts_at,
        "Signed up": signup.signed_up_at,
        "State": signup.get_state_display(),
        "Name": signup.name,
        "Council or organisation": signup.works_at,
        "Role": signup.get_role_display(),
        "Access needs": signup.access_needs,
        "Way of attending": signup.get_way_display(),
        "Came": signup.came_at,
        "What happened": " ".join(event.sentence for event in signup.events.all()),
        **{answer.question.label: answer.text for answer in signup.answers.all()},
    }


def _rooms(person: Person) -> Iterable[dict[str, Any]]:
    """Not who else was there: that is theirs."""
    members = RoomMember.objects.filter(signup__person=person).select_related("room", "round", "signup__meetup")
    for member in members.order_by("round__plan__meetup__starts_at", "round__number"):
        yield {"Meet-up": member.signup.meetup.title, "Round": member.round.number, "Room": member.room.name}


def _other_names(person: Person) -> Iterable[dict[str, Any]]:
    """How they are known in calls, and which reports counted them."""
    for alias in LearnedAlias.objects.filter(person=person):
        yield {"Shown in calls as": alias.shown, "Learned": alias.learned_at}
    for row in CountedIn.objects.filter(signup__person=person).select_related("report", "signup__meetup"):
        yield {"Meet-up": row.signup.meetup.title, "Counted in by": str(row.report), "Came at": row.came_at}
    for report, entry in _in_reports(person):
        yield {"Named in the report": str(report), **{key: value for key, value in entry.items() if value}}


def _in_reports(person: Person) -> Iterable[tuple[AttendanceImport, dict[str, Any]]]:
    """The entries of reports that have this person's address."""
    for report in AttendanceImport.objects.filter(meetup__signups__person=person).exclude(attendees=[]).distinct():
        for entry in report.attendees:
            if str(entry.get("email") or "").casefold() == person.email.casefold():
                yield report, entry


def forget_in_reports(person: Person) -> None:
    """Take the entries with this person's address, or a name they signed up with, out of reports that were read."""
    names = {name.casefold() for name in person.signups.values_list("name", flat=True) if name}
    for report in AttendanceImport.objects.filter(meetup__signups__person=person).exclude(attendees=[]).distinct():
        kept = [entry for entry in report.attendees if not _names(entry, person.email, names)]
        if len(kept) != len(report.attendees):
            report.attendees = kept
            report.save(update_fields=["attendees"])


def _names(entry: dict[str, Any], email: str, names: set[str]) -> bool:
    return (
        str(entry.get("email") or "").casefold() == email.casefold() or str(entry.get("name") or "").casefold() in names
    )


def _follows(person: Person) -> my_data.Records:
    follows = [
        {
            "Follows the series": follower.series.name,
            "Asked for": follower.asked_at,
            "Confirmed": follower.confirmed_at,
            "Stopped": follower.stopped_at,
        }
        for follower in person.follows.select_related("series")
    ]
    feeds = CalendarFeed.objects.filter(person=person)
    return [*follows, *({"Own calendar": "has a secret address", "Made": feed.made_at} for feed in feeds)]


def _hosting(person: Person) -> Iterable[dict[str, Any]]:
    for meetup in Meetup.objects.filter(hosts=person):
        yield {"Hosts": meetup.title, "When": meetup.starts_at}
