"""One real conversation with a mail server for everything it can do to us."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
import vobject
from django.utils import timezone

from outbox import delivery
from outbox.models import Message
from tests import make
from tests.services.smtp import SmtpSink

pytestmark = [pytest.mark.services, pytest.mark.django_db]
State = Message.State


@pytest.fixture
def sink(settings: Any) -> Iterator[SmtpSink]:
    server = SmtpSink()
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 1
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield server
    server.behave()
    server.stop()


@pytest.fixture
def people() -> list[str]:
    """Two people with a confirmation each in the outbox."""
    meetup = make.meetup(title="Żółć and a title that is long enough to be folded in the calendar file")
    return [make.signup(meetup=meetup, name="Łucja “Lu”").person.email for _ in range(2)]


def send() -> int:
    Message.objects.filter(state=State.QUEUED).update(due_at=timezone.now())
    return delivery.send_due(timezone.now())


def rows() -> list[tuple[str, int]]:
    return list(Message.objects.order_by("pk").values_list("state", "tries"))


def test_an_invitation_arrives_whole(sink: SmtpSink, people: list[str]) -> None:
    assert send() == 2

    [message] = sink.to(people[0])
    row = Message.objects.get(to_email=people[0])
    assert sink.received[0].sender == "no-reply@localhost"
    assert message["Message-ID"] == row.message_id
    assert message["Subject"].strip() == row.subject
    assert message.get_body(("plain",)).get_content().replace("\r\n", "\n") == row.text
    calendar = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    assert calendar["Content-Type"].params == {"method": "REQUEST", "charset": "utf-8"}
    event = vobject.readOne(calendar.get_content()).vevent
    assert event.attendee.value == f"mailto:{people[0]}"
    assert event.attendee.params["CN"] == ["Łucja “Lu”"]
    assert event.summary.value.startswith("Żółć and a title")


def test_a_temporary_refusal_of_one_keeps_the_other_going(sink: SmtpSink, people: list[str]) -> None:
    sink.refusals = {people[0]: "450 greylisted"}

    assert send() == 1
    assert rows() == [(State.QUEUED, 1), (State.SENT, 1)]

    sink.behave()
    assert send() == 1
    assert [len(sink.to(person)) for person in people] == [1, 1]


def test_an_unknown_address_is_bounced_and_the_other_gets_theirs(sink: SmtpSink, people: list[str]) -> None:
    sink.refusals = {people[0]: "550 no such person"}

    assert send() == 1

    assert rows() == [(State.BOUNCED, 1), (State.SENT, 1)]
    assert Message.objects.get(to_email=people[0]).last_error == "550 no such person"


def test_a_server_that_says_it_closes_counts_against_nobody(sink: SmtpSink, people: list[str]) -> None:
    sink.refuse_all = "421 too many connections"

    assert send() == 0
    assert rows() == [(State.QUEUED, 0), (State.QUEUED, 0)]

    sink.behave()
    assert send() == 2


def test_a_server_that_hangs_is_left_after_the_time_limit(sink: SmtpSink, people: list[str]) -> None:
    sink.hangs = True

    started = time.monotonic()
    assert send() == 0
    assert time.monotonic() - started < 5

    assert rows() == [(State.QUEUED, 0), (State.QUEUED, 0)]
    sink.behave()
    assert send() == 2


def test_a_server_that_hangs_up_in_the_middle_gets_the_same_message_again(sink: SmtpSink, people: list[str]) -> None:
    sink.closes_in_data = True
    assert send() == 0
    assert sink.received == []

    sink.behave()

    assert send() == 2
    assert [len(sink.to(person)) for person in people] == [1, 1]


def test_a_twin_has_the_same_message_id(sink: SmtpSink, people: list[str]) -> None:
    sink.closes_after_data = True  # it took the message, and we cannot know
    assert send() == 0

    sink.behave()
    assert send() == 2

    twins = [message["Message-ID"] for message in sink.to(people[0])]
    assert len(twins) == 2
    assert len(set(twins)) == 1


def test_a_server_that_is_down_counts_against_nobody(sink: SmtpSink, people: list[str]) -> None:
    sink.stop()
    assert send() == 0
    assert rows() == [(State.QUEUED, 0), (State.QUEUED, 0)]

    sink.start()
    assert send() == 2


def mails(count: int) -> list[str]:
    now = timezone.now()
    people = [f"person{n}@wessex.gov.uk" for n in range(count)]
    Message.objects.bulk_create(
        Message(
            key=f"tests.word:person={n}", kind="tests/word", to_email=email, subject="Word", text="Text",
            html="<p>Text</p>", message_id=f"<{n}@localhost>", created_at=now, due_at=now,
        )
        for n, email in enumerate(people)
    )  # fmt: skip
    return people


def test_many_messages_take_few_conversations(sink: SmtpSink) -> None:
    mails(120)
    greeted = sink.conversations

    assert send() == 120
    assert sink.conversations - greeted == 3


def test_a_server_that_has_enough_after_some_messages_is_greeted_again_at_once(sink: SmtpSink) -> None:
    people = mails(7)
    sink.takes_per_conversation = 3

    turns = [delivery.send_due(timezone.now()) for _ in range(3)]

    assert turns == [3, 3, 1]
    assert [len(sink.to(person)) for person in people] == [1] * 7
    assert rows() == [(State.SENT, 1)] * 7


def test_one_broken_message_does_not_spoil_the_conversation(sink: SmtpSink) -> None:
    people = mails(3)
    Message.objects.filter(to_email=people[1]).update(to_email="two@wessex.gov.uk\nlines@wessex.gov.uk")

    assert send() == 2
    assert [len(sink.to(person)) for person in people] == [1, 0, 1]
