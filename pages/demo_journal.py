"""Workshops and the journal of the demonstration cohort."""

from datetime import datetime, time, timedelta
from uuid import uuid4

from meetups import filling, notes, publishing, signups, structures
from meetups.models import AgendaItem, Meetup, Notes
from meetups.timings import LONDON
from networking import journal, workshops
from networking.models import Cohort, CohortSprint, Member, Workshop
from pages import demo_networking_texts as texts
from people.models import Person


def seed(cohort: Cohort, lead: Person, councillors: list[Member], now: datetime) -> None:
    """Two workshops that were, one next week, one that is still a draft; what people wrote."""
    sprints = list(cohort.sprints.all())
    for at, title, days, agenda in texts.WORKSHOPS:
        starts_at = _day(sprints[at], days) if days else _next_week(now)
        made = _workshop(sprints[at], title, starts_at, agenda, lead)
        publishing.publish(made.meetup, now=min(starts_at - timedelta(weeks=3), now), by=lead)
        made.meetup.refresh_from_db()
        _places(made.meetup, councillors if days else councillors[1:8], min(starts_at - timedelta(days=6), now))
        if days:
            _was(made.meetup, lead)
    _workshop(sprints[2], "Working with people", _day(sprints[2], 3), [], lead)
    _write(cohort, now)


def _day(sprint: CohortSprint, days: int) -> datetime:
    return datetime.combine(sprint.starts_on + timedelta(days=days), time(10), LONDON)


def _next_week(now: datetime) -> datetime:
    """A Thursday, at ten."""
    day = now.astimezone(LONDON).date() + timedelta(days=6)
    return datetime.combine(day + timedelta(days=(3 - day.weekday()) % 7), time(10), LONDON)


def _workshop(
    sprint: CohortSprint, title: str, starts_at: datetime, agenda: list[tuple[str, int, str]], lead: Person
) -> Workshop:
    made = workshops.plan(sprint, workshops.Plan(title, starts_at, starts_at + timedelta(hours=2)), by=lead)
    Meetup.objects.filter(pk=made.meetup_id).update(join_url="https://video.example.org/j/987654")
    for position, (line, minutes, structure) in enumerate(agenda):
        item = AgendaItem(meetup=made.meetup, position=position, title=line, minutes=minutes, structure=structure)
        filling.add(item, structures.find(structure))
    return made


def _places(meetup: Meetup, councillors: list[Member], now: datetime) -> None:
    for councillor in councillors:
        person = councillor.person
        details = signups.Details(name=person.name, email=person.email, council=person.council, role="councillor")
        signups.sign_up(meetup, details, now=now)


def _was(meetup: Meetup, lead: Person) -> None:
    """Most came, and the notes are out."""
    away = list(meetup.signups.values_list("pk", flat=True))[3::5]
    meetup.signups.exclude(pk__in=away).update(came_at=meetup.starts_at)
    notes.save(meetup, texts.NOTES, based_on=0, by=lead, now=meetup.ends_at)
    notes.publish(meetup, by=lead, now=meetup.ends_at)
    Notes.objects.filter(meetup=meetup).update(spread_at=meetup.ends_at)  # nobody is written to


def _write(cohort: Cohort, now: datetime) -> None:
    people = {member.person.name: member.person for member in cohort.members.joined().select_related("person")}
    for author, days, title, body, is_public, comments in texts.POSTS:
        at = (now - timedelta(days=days)).replace(hour=9, minute=12)
        written = journal.Written(title, body, is_public)
        post = journal.write(cohort, written, nonce=uuid4(), by=people[author], now=at)
        if is_public and days > 3:
            journal.let_everybody_read(post, now=at + timedelta(hours=3))
        for n, (who, text) in enumerate(comments, start=1):
            journal.comment(post, text, nonce=uuid4(), by=people[who], now=at + timedelta(hours=3 * n))
    cohort.digests.create(number=1, up_to=now)
