"""What arrives in calendars: for everything that can happen to a place, who gets which file, read from the real mail.

Every row says: when this happens, these people get these files and nobody else gets one. What holds for all files is
asked of every one: the entry it is about, when it was written, who asks whom, the time zone, and that none publishes.
"""

import email
import email.policy
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import icalendar
import pytest

from meetups import calendars, emails, letters, offers, other_dates, publishing, signups
from meetups.models import Announcement, Meetup, SignUp
from outbox import headers
from outbox.models import Message
from tests import make

pytestmark = pytest.mark.django_db

LATER = make.NOW + timedelta(hours=3)  # when it happens, long before the last hours
SOON = make.START - timedelta(hours=10)  # within the last hours, when places are offered by link
WEEK = timedelta(days=7)
ONLINE, ROOM = "Online", "Committee Room 1, County Hall, Market Road, Chelmsford CM1 1QH"


@dataclass(frozen=True)
class File:
    """One calendar file as a table shows it."""

    to: str
    mail: str
    method: str
    status: str
    sequence: int
    where: str = ONLINE
    starts_at: datetime = make.START
    of: str = "this"  # or "the other date"


@dataclass
class Network:
    """A meet-up with one place online and one in the room, Ann and Rob on them; Will and Wendy wait online in order."""

    meetup: Meetup = field(default_factory=lambda: make.both_meetup(places_online=1, places_room=1))
    other: Meetup | None = None
    now: datetime = LATER
    people: dict[str, SignUp] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("Ann", "Rob", "Will", "Wendy"):
            self.sign_up(name, way="room" if name == "Rob" else "online", now=make.NOW)

    def sign_up(self, name: str, *, now: datetime = LATER, **fields: str) -> None:
        who = make.details(name=name, email=f"{name.lower()}@council.gov.uk", **fields)
        self.people[name] = signups.sign_up(self.fresh(), who, now=now).signup

    def fresh(self) -> Meetup:
        return Meetup.objects.get(pk=self.meetup.pk)

    def of(self, name: str) -> SignUp:
        return SignUp.objects.select_related("meetup", "person").get(pk=self.people[name].pk)

    def change(self, **fields: object) -> None:
        meetup = self.fresh()
        for name, value in fields.items():
            setattr(meetup, name, value)
        publishing.save_changes(meetup, now=self.now)

    def move(self) -> None:
        to = publishing.NewTime(make.START + WEEK, make.START + WEEK + timedelta(hours=2))
        publishing.move(self.fresh(), to, note="", now=self.now, by=make.person())

    def letters(self) -> None:
        letters.queue_due(self.now)


def create(network: Network) -> None:
    network.meetup = make.both_meetup(places_online=1, places_room=1)
    for name in ("Cat", "Dan"):
        network.sign_up(name, way="online", now=network.now)
    network.sign_up("Eve", way="room", now=network.now)


def move(network: Network) -> None:
    network.move()
    network.letters()
    network.letters()  # asking again sends nothing twice


def change_room(network: Network) -> None:
    network.change(venue="Room 2", address="Town Hall")
    network.letters()


def change_what_no_calendar_shows(network: Network) -> None:
    network.change(join_url="https://video.example.org/j/new", description="More words.")
    network.letters()


def cancel(network: Network) -> None:
    publishing.cancel(network.fresh(), note="", now=network.now, by=make.person())
    network.letters()


def move_then_cancel_before_anybody_heard(network: Network) -> None:
    network.move()
    cancel(network)


def withdraw(network: Network) -> None:
    signups.cancel(network.of("Ann"), now=network.now)


def withdraw_by_a_host(network: Network) -> None:
    signups.cancel(network.of("Rob"), now=network.now, by=make.person())


def withdraw_from_the_line(network: Network) -> None:
    signups.cancel(network.of("Will"), now=network.now)


def move_then_withdraw(network: Network) -> None:
    move(network)
    withdraw(network)


def withdraw_then_cancel(network: Network) -> None:
    withdraw_by_a_host(network)
    cancel(network)


def come_back(network: Network) -> None:
    withdraw_by_a_host(network)
    network.now += timedelta(minutes=1)
    signups.sign_up_again(network.of("Rob"), now=network.now)


def more_places(network: Network) -> None:
    network.change(places_online=3)


def more_places_after_a_move(network: Network) -> None:
    move(network)
    network.change(places_online=2)


def change_way(network: Network) -> None:
    network.change(places_room=2)
    signups.change_way(network.of("Ann"), "room", now=network.now)


def wait_the_other_way(network: Network) -> None:
    signups.change_way(network.of("Will"), "room", now=network.now)


def get_an_offer(network: Network) -> None:
    network.now = SOON
    withdraw(network)


def accept_an_offer(network: Network) -> None:
    get_an_offer(network)
    network.now += timedelta(minutes=5)
    for _ in range(2):
        offers.accept(network.of("Will"), now=network.now)


def let_an_offer_pass(network: Network) -> None:
    get_an_offer(network)
    network.now += timedelta(hours=3)
    offers.pass_on(network.now)


def take_another_date(network: Network) -> None:
    network.other = make.meetup(series=network.meetup.series, starts_at=make.START + WEEK)
    other_dates.change(network.of("Ann"), network.other, now=network.now)


def take_another_date_and_back(network: Network) -> None:
    for waiting in ("Will", "Wendy"):
        signups.cancel(network.of(waiting), now=network.now)
    take_another_date(network)
    network.now += timedelta(minutes=1)
    assert network.other
    moved = network.other.signups.select_related("person").get()
    moved.meetup = network.other
    other_dates.change(moved, network.fresh(), now=network.now)


def letters_about_what_they_have(network: Network) -> None:
    """Joining details, reminders and word from the hosts repeat no entry: that would duplicate it in some calendars."""
    ann = network.of("Ann")
    word = Announcement.objects.create(meetup=ann.meetup, subject="Word", body="Word", written_at=network.now)
    emails.already_signed_up(ann, now=network.now)
    emails.joining_details(ann, now=network.now)
    emails.nudge(ann, now=network.now)
    emails.reminder(ann, now=network.now)
    emails.announced(word, ann, now=network.now)


NEW = make.START + WEEK
WHAT_HAPPENS: list[tuple[Callable[[Network], None], list[File]]] = [
    (
        create,
        [
            File("Cat", "signed_up", "REQUEST", "CONFIRMED", 0),
            File("Eve", "signed_up", "REQUEST", "CONFIRMED", 0, ROOM),
        ],
    ),
    (
        move,
        [
            File("Ann", "moved", "REQUEST", "CONFIRMED", 1, starts_at=NEW),
            File("Rob", "moved", "REQUEST", "CONFIRMED", 1, ROOM, starts_at=NEW),
        ],
    ),
    (
        change_room,
        [
            File("Ann", "moved", "REQUEST", "CONFIRMED", 1),
            File("Rob", "moved", "REQUEST", "CONFIRMED", 1, "Room 2, Town Hall"),
        ],
    ),
    (change_what_no_calendar_shows, []),
    (
        cancel,
        [
            File("Ann", "meetup_cancelled", "CANCEL", "CANCELLED", 1),
            File("Rob", "meetup_cancelled", "CANCEL", "CANCELLED", 1, ROOM),
        ],
    ),
    (
        move_then_cancel_before_anybody_heard,
        [
            File("Ann", "meetup_cancelled", "CANCEL", "CANCELLED", 2, starts_at=NEW),
            File("Rob", "meetup_cancelled", "CANCEL", "CANCELLED", 2, ROOM, starts_at=NEW),
        ],
    ),
    (
        withdraw,
        [
            File("Ann", "cancelled", "CANCEL", "CANCELLED", 1),
            File("Will", "promoted", "REQUEST", "CONFIRMED", 0),
        ],
    ),
    (withdraw_by_a_host, [File("Rob", "cancelled", "CANCEL", "CANCELLED", 1, ROOM)]),
    (withdraw_from_the_line, []),
    (
        move_then_withdraw,
        [
            File("Ann", "moved", "REQUEST", "CONFIRMED", 1, starts_at=NEW),
            File("Rob", "moved", "REQUEST", "CONFIRMED", 1, ROOM, starts_at=NEW),
            File("Ann", "cancelled", "CANCEL", "CANCELLED", 2, starts_at=NEW),
            File("Will", "promoted", "REQUEST", "CONFIRMED", 1, starts_at=NEW),
        ],
    ),
    (
        withdraw_then_cancel,
        [
            File("Rob", "cancelled", "CANCEL", "CANCELLED", 1, ROOM),
            File("Ann", "meetup_cancelled", "CANCEL", "CANCELLED", 1),
        ],
    ),
    (
        come_back,
        [
            File("Rob", "cancelled", "CANCEL", "CANCELLED", 1, ROOM),
            File("Rob", "signed_up", "REQUEST", "CONFIRMED", 2, ROOM),
        ],
    ),
    (
        more_places,
        [
            File("Will", "promoted", "REQUEST", "CONFIRMED", 0),
            File("Wendy", "promoted", "REQUEST", "CONFIRMED", 0),
        ],
    ),
    (
        more_places_after_a_move,
        [
            File("Ann", "moved", "REQUEST", "CONFIRMED", 1, starts_at=NEW),
            File("Rob", "moved", "REQUEST", "CONFIRMED", 1, ROOM, starts_at=NEW),
            File("Will", "promoted", "REQUEST", "CONFIRMED", 1, starts_at=NEW),
        ],
    ),
    (
        change_way,
        [
            File("Ann", "way_changed", "REQUEST", "CONFIRMED", 1, ROOM),
            File("Will", "promoted", "REQUEST", "CONFIRMED", 0),
        ],
    ),
    (wait_the_other_way, []),
    (get_an_offer, [File("Ann", "cancelled", "CANCEL", "CANCELLED", 1)]),
    (
        accept_an_offer,
        [
            File("Ann", "cancelled", "CANCEL", "CANCELLED", 1),
            File("Will", "promoted", "REQUEST", "CONFIRMED", 0),
        ],
    ),
    (let_an_offer_pass, [File("Ann", "cancelled", "CANCEL", "CANCELLED", 1)]),
    (
        take_another_date,
        [
            File("Ann", "cancelled", "CANCEL", "CANCELLED", 1),
            File("Will", "promoted", "REQUEST", "CONFIRMED", 0),
            File("Ann", "signed_up", "REQUEST", "CONFIRMED", 0, starts_at=NEW, of="the other date"),
        ],
    ),
    (
        take_another_date_and_back,
        [
            File("Ann", "cancelled", "CANCEL", "CANCELLED", 1),
            File("Ann", "signed_up", "REQUEST", "CONFIRMED", 0, starts_at=NEW, of="the other date"),
            File("Ann", "cancelled", "CANCEL", "CANCELLED", 1, starts_at=NEW, of="the other date"),
            File("Ann", "signed_up", "REQUEST", "CONFIRMED", 2),
        ],
    ),
    (letters_about_what_they_have, []),
]


def mime(message: Message) -> EmailMessage:
    """What leaves, as Python's own parser of e-mail reads it."""
    data = headers.build(message).message().as_bytes(linesep="\r\n")
    return email.message_from_bytes(data, _class=EmailMessage, policy=email.policy.default)


def calendar_of(message: Message) -> icalendar.Calendar | None:
    """The calendar file of a mail, the same inside the alternative and attached, its method said twice alike."""
    parts = [part for part in mime(message).walk() if part.get_content_type() in {"text/calendar", "application/ics"}]
    if not parts:
        return None
    inside, attached = parts
    said = inside.get_content().replace("\r\n", "\n")
    assert said == attached.get_content().decode().replace("\r\n", "\n")
    made = icalendar.Calendar.from_ical(said)
    assert inside["Content-Type"].params["method"] == str(made["METHOD"]) == message.calendar_method
    return made


def as_row(message: Message, network: Network) -> File | None:
    """The file of a mail as a row of the table, when what holds for every file holds for it."""
    calendar = calendar_of(message)
    if calendar is None:
        return None
    [event], [zone] = calendar.walk("VEVENT"), calendar.walk("VTIMEZONE")
    signup = next(signup for signup in SignUp.objects.all() if f"signup={signup.pk}:" in message.key)
    assert str(event["UID"]) == f"{signup.meetup.uid}@localhost"
    assert make.NOW <= event["DTSTAMP"].dt <= network.now
    assert str(event["DTSTAMP"].dt.tzinfo) == "UTC"
    assert str(event["ORGANIZER"]) == "mailto:no-reply@localhost"
    assert str(event["ATTENDEE"]) == f"mailto:{message.to_email}" == f"mailto:{signup.person.email}"
    assert str(zone["TZID"]) == event["DTSTART"].params["TZID"] == event["DTEND"].params["TZID"] == "Europe/London"
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=2)
    assert "video.example" not in message.calendar.replace("\r\n ", "")
    return File(
        to=signup.name,
        mail=message.kind.removeprefix("meetups/"),
        method=str(calendar["METHOD"]),
        status=str(event["STATUS"]),
        sequence=int(event["SEQUENCE"]),
        where=str(event["LOCATION"]),
        starts_at=event["DTSTART"].dt.astimezone(UTC),
        of="the other date" if signup.meetup == network.other else "this",
    )


every_case = pytest.mark.parametrize(
    ("happens", "expected"), WHAT_HAPPENS, ids=[happens.__name__ for happens, _ in WHAT_HAPPENS]
)


@every_case
def test_each_calendar_gets_what_happened(happens: Callable[[Network], None], expected: list[File]) -> None:
    network = Network()
    Message.objects.all().delete()

    happens(network)

    rows = [as_row(message, network) for message in Message.objects.order_by("pk")]
    assert sorted([row for row in rows if row], key=repr) == sorted(expected, key=repr)


@every_case
def test_what_comes_later_always_outranks_what_came_before(
    happens: Callable[[Network], None], expected: list[File]
) -> None:
    network = Network()

    happens(network)

    events: dict[tuple[str, str], list[icalendar.Event]] = defaultdict(list)
    for message in Message.objects.order_by("pk"):
        if calendar := calendar_of(message):
            [event] = calendar.walk("VEVENT")
            events[message.to_email, str(event["UID"])].append(event)
    for received in events.values():
        sequences = [int(event["SEQUENCE"]) for event in received]
        assert sequences == sorted(set(sequences))
        stamps = [event["DTSTAMP"].dt for event in received]
        assert stamps == sorted(stamps)
    assert len(events) >= 2


@every_case
def test_the_file_to_download_and_the_own_feed_say_what_the_last_mail_said(
    happens: Callable[[Network], None], expected: list[File]
) -> None:
    network = Network()

    happens(network)

    last = {message.to_email: message for message in Message.objects.order_by("pk") if message.calendar}
    for address, message in last.items():
        [sent] = calendar_of(message).walk("VEVENT")
        signup = SignUp.objects.for_letters().get(meetup__uid=str(sent["UID"]).split("@")[0], person__email=address)
        for text in (calendars.for_signup(signup), calendars.own_feed([signup])):
            [shown] = icalendar.Calendar.from_ical(text).walk("VEVENT")
            same = ("UID", "SEQUENCE", "STATUS", "DTSTART", "DTEND", "LOCATION", "SUMMARY")
            assert {name: shown[name] for name in same} == {name: sent[name] for name in same}
            assert "METHOD" not in icalendar.Calendar.from_ical(text)
        [public] = icalendar.Calendar.from_ical(calendars.for_public(signup.meetup)).walk("VEVENT")
        assert public["UID"] == sent["UID"]
        assert int(public["SEQUENCE"]) <= int(sent["SEQUENCE"])
