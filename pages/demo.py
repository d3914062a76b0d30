"""Realistic people and meet-ups for script/server. Invented persons at real councils, addresses for examples."""

import json
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from meetups import filling, publishing, signups, structures, timings
from meetups.models import AgendaItem, Meetup, Question, Series, SeriesDefaults, SignUp
from outbox.models import Message
from pages import (
    demo_evidence,
    demo_maps,
    demo_meetups,
    demo_networking,
    demo_said,
    demo_sponsors,
    demo_started,
    demo_unmentoring,
)
from pages import demo_texts as texts
from people import councils
from people.models import Person, Role

# What these accounts are in the cohort.
NETWORKED = {"lena@demo.example": "lead", "carl@demo.example": "councillor", "mia@demo.example": "mentor"}


@dataclass(frozen=True)
class Account:
    """Somebody one can sign in as. The second factor is known here because anyone may try this site."""

    email: str
    name: str
    council: str
    role: str
    note: str
    totp_secret: str | None = None

    @property
    def shown_role(self) -> str:
        if self.email in NETWORKED:
            return NETWORKED[self.email]
        return self.role or ("host" if self.totp_secret else "guest")


ACCOUNTS = [
    Account(
        "olive@demo.example", "Olive Osei", "Essex County Council", Role.ORGANISER,
        "Organiser: makes and publishes meet-ups, sees who comes, writes to them.", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
    ),
    Account(
        "hari@demo.example", "Hari Patel", "Leeds City Council", "",
        "Host of one meet-up: runs that one and sees no other.", "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU",
    ),
    Account(
        "ada@demo.example", "Ada Lindqvist", "Cardiff Council", Role.ADMINISTRATOR,
        "Administrator: roles, councils, the log of all messages.", "ONSWG4TFOQWXGZLDOJSXILLTMVRXEZLU",
    ),
    Account(
        "connie@demo.example", "Connie Okafor", "Glasgow City Council", Role.COORDINATOR,
        "Coordinator of UnMentoring.", "NFXGM33SNVQXI2LPNZUW4ZTPOJWWC5DJ",
    ),
    Account(
        "sam@demo.example", "Sam Rowe", "West Suffolk Council", "",
        "Officer: signed up for the next meet-up, finds it under “My things”.",
    ),
    Account(
        "lena@demo.example", "Lena Ward", "Suffolk County Council", "",
        "Leads a cohort of networked councillors.", "MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U",
    ),
    Account(
        "carl@demo.example", "Carl Mendes", "Ipswich Borough Council", "",
        "Councillor in that cohort: tasks, planning sheet, network maps, a mentor.",
    ),
    Account(
        "mia@demo.example", "Mia Castell", "Suffolk County Council", "",
        "Mentor in that cohort: supports three councillors.",
    ),
]  # fmt: skip


@transaction.atomic
def seed(now: datetime) -> bool:
    """Make everything, or nothing where there is a series already."""
    if Series.objects.exists():
        return False
    people = {account.email: _person(account) for account in ACCOUNTS}
    network, clinic = _series(people["olive@demo.example"])
    _past(network, people, now)
    _coming(network, clinic, people, now)
    demo_unmentoring.seed(people, now)
    demo_maps.seed(demo_networking.seed(people, now))
    demo_started.seed(people, now)
    demo_evidence.seed(people, now)
    return True


def _person(account: Account) -> Person:
    person = Person.objects.create_user(account.email, name=account.name, council=councils.named(account.council))
    if account.role:
        person.grants.create(role=account.role)
    if account.totp_secret:
        TOTP.activate(person, account.totp_secret)
    return person


def _series(host: Person) -> tuple[Series, Series]:
    made = [Series.objects.create(name=name, slug=slug, purpose=purpose) for name, slug, purpose in texts.SERIES]
    for series in made:
        series.hosts.add(host)
        SeriesDefaults.objects.create(series=series, **texts.DEFAULTS[series.slug])
        _plan(texts.DEFAULT_AGENDAS[series.slug], series=series)
    demo_sponsors.name((texts.WESSEX,), series=made[0])
    return made[0], made[1]


def _plan(agenda: list[texts.AgendaText], **of: Meetup | Series) -> None:
    for position, (title, minutes, structure, points) in enumerate(agenda):
        item = AgendaItem(
            position=position, title=title, minutes=minutes, structure=structure, talking_points=points, **of
        )
        filling.add(item, structures.find(structure))


def _past(network: Series, people: dict[str, Person], now: datetime) -> None:
    """Three meet-ups that took place, with people who came and what came of them.

    None so long ago that the first sweep of `meetups.retention` would take the names away from a new demonstration.
    """
    olive, sam = people["olive@demo.example"], people["sam@demo.example"]
    for n, (text, weeks_ago) in enumerate(zip(texts.PAST, (11, 7, 3), strict=True)):
        meetup = _meetup(network, text, _day(now, weeks=-weeks_ago), olive)
        opened = meetup.closes_at - timedelta(days=9)
        _sign_up(meetup, texts.GUESTS[0], now=opened)
        _sign_up(meetup, (sam.name, sam.email, "West Suffolk Council", SignUp.Role.OFFICER), now=opened)
        for hour, guest in enumerate(texts.GUESTS[1 : 40 - 6 * n]):
            _sign_up(meetup, guest, now=opened + timedelta(hours=hour))
        demo_meetups.after(meetup, demo_said.AFTER[n], by=olive)
    Message.objects.all().delete()  # nobody should read today that they have a place last summer


def _coming(network: Series, clinic: Series, people: dict[str, Person], now: datetime) -> None:
    """One next week that is nearly full, a full one in a room, one of both kinds, and a draft."""
    olive, hari = people["olive@demo.example"], people["hari@demo.example"]
    soon = _meetup(network, texts.SOON, _day(now, weeks=1), olive)
    _ask(soon)
    _pin_the_last(soon)
    for hour, guest in enumerate(texts.GUESTS[:41]):
        _sign_up(soon, guest, now=now - timedelta(days=9) + timedelta(hours=hour))
    sam = people["sam@demo.example"]
    _sign_up(soon, (sam.name, sam.email, "West Suffolk Council", SignUp.Role.OFFICER), now=now - timedelta(days=3))
    room = _meetup(clinic, texts.ROOM, _day(now, weeks=3), hari)
    for hour, guest in enumerate(texts.GUESTS[10:28]):
        _sign_up(room, guest, now=now - timedelta(days=4) + timedelta(hours=hour))
    demo_meetups.rooms_ready(room, now=now)
    _meetup(network, texts.BOTH, _day(now, weeks=6), olive)
    _meetup(network, texts.DRAFT, _day(now, weeks=10), olive, publish=False)
    demo_meetups.around(soon, clinic, by=olive, now=now)


def _day(now: datetime, *, weeks: int) -> datetime:
    """Ten o'clock on the Wednesday of that week."""
    local = now.astimezone(timings.LONDON)
    wednesday = local.date() + timedelta(days=(2 - local.weekday()) % 7, weeks=weeks)
    return datetime.combine(wednesday, time(10), tzinfo=timings.LONDON)


def _meetup(
    series: Series, text: texts.MeetupText, starts_at: datetime, host: Person, *, publish: bool = True
) -> Meetup:
    meetup = Meetup(
        series=series, number=series.next_number(), starts_at=starts_at, ends_at=starts_at + timedelta(hours=2),
        closes_at=timings.default_closing(starts_at), details_at=timings.default_details(starts_at),
        created_by=host, **text.fields,
    )  # fmt: skip
    meetup.slug = publishing.slug_for(meetup)
    meetup.save()
    meetup.hosts.add(host)
    _plan(text.agenda, meetup=meetup)
    demo_sponsors.name(text.sponsors, meetup=meetup)
    if publish:
        publishing.publish(meetup, now=starts_at - timedelta(weeks=8), by=host)
        meetup.refresh_from_db()
    return meetup


def _pin_the_last(meetup: Meetup) -> None:
    """The close starts on time, whatever comes before; the hosts have words and a way to be shorter."""
    last = meetup.agenda.last()
    assert last
    local = meetup.ends_at.astimezone(timings.LONDON) - timedelta(minutes=last.minutes)
    last.pinned_to, last.speaker, last.cut = local.time(), "Olive Osei", "Hear two rooms instead of all."
    last.script, last.chat = "Thank you for today. One word each in the chat.", "In one word: what do you take home?"
    last.save()


def _ask(meetup: Meetup) -> None:
    for position, (kind, label, hint, choices) in enumerate(texts.QUESTIONS):
        Question.objects.create(
            meetup=meetup, position=position, kind=kind, label=label, hint=hint, choices="\n".join(choices)
        )


def _sign_up(meetup: Meetup, guest: tuple[str, str, str, str], *, now: datetime) -> None:
    name, email, council, role = guest
    details = signups.Details(
        name=name, email=email, council=councils.named(council), role=role, way=meetup.ways[0],
        answers={question.pk: texts.answer(question.kind, name) for question in meetup.questions.all()},
    )  # fmt: skip
    signups.sign_up(meetup, details, now=now)


def write_accounts(path: Path) -> None:
    """For the mail page of script/server, which shows who one can be and the second factor's code of the moment."""
    rows = [
        {
            "email": account.email,
            "name": account.name,
            "role": account.shown_role,
            "totp_secret": account.totp_secret,
            "note": account.note,
        }
        for account in ACCOUNTS
        if account.totp_secret is None or Authenticator.objects.filter(user__email=account.email).exists()
    ]
    path.write_text(json.dumps(rows, indent=1))
