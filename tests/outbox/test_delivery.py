"""Sending what is in the outbox: claim, send, write down; and what happens when any of it goes wrong."""

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from outbox import delivery
from outbox.conversation import Conversation
from outbox.models import Message, Suppression

pytestmark = pytest.mark.django_db
State = Message.State


class Server(BaseEmailBackend):
    """A mail server that does what a test says, per message in order; `None` takes it."""

    answers: list[Exception | None] = []
    taken: list[EmailMultiAlternatives] = []
    closed = 0

    def send_messages(self, messages: list[EmailMultiAlternatives]) -> int:
        answer = Server.answers.pop(0) if Server.answers else None
        if answer:
            raise answer
        Server.taken += messages
        return len(messages)

    def close(self) -> None:
        Server.closed += 1


@pytest.fixture(autouse=True)
def server(settings: Any) -> type[Server]:
    settings.EMAIL_BACKEND = "tests.outbox.test_delivery.Server"
    Server.answers, Server.taken, Server.closed = [], [], 0
    return Server


def message(n: int = 1, **fields: Any) -> Message:
    now = timezone.now()
    plain = {
        "key": f"tests.word:person={n}",
        "kind": "tests/word",
        "to_email": f"person{n}@wessex.gov.uk",
        "subject": "Word",
        "text": "Text",
        "html": "<p>Text</p>",
        "message_id": f"<{n}@localhost>",
        "created_at": now,
        "due_at": now,
    }
    return Message.objects.create(**{**plain, **fields})


def send() -> int:
    return delivery.send_due(timezone.now())


def send_until(row: Message, *, tries: int) -> None:
    """Try that often, as if the waits in between had passed."""
    for _ in range(tries):
        Message.objects.filter(pk=row.pk, state=State.QUEUED).update(due_at=timezone.now())
        send()
    row.refresh_from_db()


def refused(code: int, said: str = "no") -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({"person1@wessex.gov.uk": (code, said.encode())})


# --- Going well ---------------------------------------------------------------------------------------------------


def test_what_is_due_is_sent_once_the_longest_waiting_first(server: type[Server]) -> None:
    now = timezone.now()
    for n, minutes in ((1, 1), (2, 3), (3, 2)):
        message(n, due_at=now - timedelta(minutes=minutes))
    message(4, due_at=now + timedelta(minutes=1))

    assert [send(), send()] == [3, 0]
    assert [email.to for email in server.taken] == [
        ["person2@wessex.gov.uk"],
        ["person3@wessex.gov.uk"],
        ["person1@wessex.gov.uk"],
    ]
    rows = Message.objects.order_by("pk").values_list("state", "tries", "claimed_at", "last_error")
    assert list(rows) == [(State.SENT, 1, None, "")] * 3 + [(State.QUEUED, 0, None, "")]
    assert Message.objects.get(key="tests.word:person=1").sent_at is not None


def test_more_than_a_batch_is_sent_in_one_turn(monkeypatch: pytest.MonkeyPatch, server: type[Server]) -> None:
    monkeypatch.setattr(delivery, "BATCH", 2)
    for n in range(5):
        message(n)

    assert send() == 5


def test_a_turn_ends_in_time_and_leaves_the_rest_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "TURN_SECONDS", -1.0)
    message()

    assert send() == 0
    assert Message.objects.get().state == State.QUEUED


def test_of_two_workers_that_want_one_message_the_second_gets_nothing(server: type[Server]) -> None:
    row = message()

    first, second = delivery._claim(row.pk, timezone.now()), delivery._claim(row.pk, timezone.now())

    assert (first and first.pk, second) == (row.pk, None)
    assert Message.objects.get().tries == 1
    assert delivery.send_one(row.pk, Conversation()) is False
    assert server.taken == []


def test_a_suppressed_address_gets_nothing_however_it_is_written(server: type[Server]) -> None:
    Suppression.objects.create(email="PERSON1@wessex.gov.uk", reason="asked us to stop", since=timezone.now())
    message()

    assert send() == 0
    assert (Message.objects.get().state, server.taken) == (State.SUPPRESSED, [])


# --- Refused ------------------------------------------------------------------------------------------------------


def test_a_temporary_refusal_comes_back_after_growing_waits_and_is_then_given_up(server: type[Server]) -> None:
    row = message()
    server.answers = [smtplib.SMTPDataError(451, b"try later") for _ in range(20)]

    waits = []
    for _ in delivery.WAITS:
        before = timezone.now()
        send_until(row, tries=1)
        assert (row.state, row.claimed_at, row.last_error) == (State.QUEUED, None, "451 try later")
        waits.append(round((row.due_at - before) / timedelta(minutes=1)))

    assert waits == [1, 5, 15, 60, 180, 360, 720, 1440]
    send_until(row, tries=1)
    assert (row.state, row.tries) == (State.FAILED, 9)


def test_a_greylisted_recipient_is_tried_again_and_then_taken(server: type[Server]) -> None:
    row = message()
    server.answers = [refused(450, "greylisted"), None]

    send_until(row, tries=2)

    assert (row.state, row.tries, row.last_error) == (State.SENT, 2, "")


def test_an_address_that_does_not_exist_is_bounced_at_once(server: type[Server]) -> None:
    row = message()
    server.answers = [refused(550, "no such person")]

    send_until(row, tries=1)

    assert (row.state, row.tries, row.last_error) == (State.BOUNCED, 1, "550 no such person")


def test_a_message_that_is_refused_for_good_is_tried_once_more_and_given_up(server: type[Server]) -> None:
    row = message()
    server.answers = [smtplib.SMTPDataError(554, b"spam"), smtplib.SMTPDataError(554, b"spam")]

    send_until(row, tries=1)
    assert row.state == State.QUEUED

    send_until(row, tries=1)
    assert (row.state, row.last_error) == (State.FAILED, "554 spam")


def test_a_message_we_cannot_build_fails_alone(server: type[Server]) -> None:
    broken, sound = message(1), message(2)
    server.answers = [ValueError("what is this"), None]

    assert send() == 1
    broken.refresh_from_db()
    sound.refresh_from_db()
    assert (broken.state, broken.last_error) == (State.FAILED, "ValueError: what is this")
    assert sound.state == State.SENT


# --- The server is away -------------------------------------------------------------------------------------------


LOST = [
    ConnectionRefusedError("refused"),
    TimeoutError("timed out"),
    smtplib.SMTPServerDisconnected("gone"),
    smtplib.SMTPConnectError(421, b"busy"),
    smtplib.SMTPHeloError(500, b"who are you"),
    smtplib.SMTPAuthenticationError(535, b"wrong password"),
    # 421 says that the server closes the connection, whatever it was asked.
    smtplib.SMTPSenderRefused(421, b"too many connections", "no-reply@localhost"),
    smtplib.SMTPDataError(421, b"shutting down"),
    smtplib.SMTPRecipientsRefused({"person1@wessex.gov.uk": (421, b"shutting down")}),
]


@pytest.mark.parametrize("error", LOST, ids=lambda error: type(error).__name__)
def test_a_lost_server_counts_against_no_message_and_stops_the_turn(error: Exception, server: type[Server]) -> None:
    first, second = message(1), message(2)
    server.answers = [error]

    before = timezone.now()
    assert send() == 0

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.tries, first.claimed_at) == (State.QUEUED, 0, None)
    assert first.last_error.startswith(type(error).__name__)
    assert timedelta(seconds=59) < first.due_at - before < timedelta(seconds=70)
    assert (second.state, second.tries) == (State.QUEUED, 0)  # nobody tried it


def test_a_message_waits_for_a_lost_server_for_days_and_not_for_ever(server: type[Server]) -> None:
    row = message(created_at=timezone.now() - timedelta(days=4, minutes=1))
    server.answers = [ConnectionRefusedError("refused")]

    send_until(row, tries=1)

    assert row.state == State.FAILED


# --- Killed in between --------------------------------------------------------------------------------------------


def test_what_a_killed_worker_had_claimed_is_put_back_and_sent_with_the_same_id(server: type[Server]) -> None:
    row = message(due_at=timezone.now() - timedelta(hours=1))
    delivery._claim(row.pk, timezone.now() - timedelta(seconds=301))  # and then the worker died

    assert send() == 0
    assert delivery.reclaim_stuck(timezone.now()) == 1
    assert send() == 1

    assert [email.extra_headers["Message-ID"] for email in server.taken] == ["<1@localhost>"]
    row.refresh_from_db()
    assert (row.state, row.tries) == (State.SENT, 2)


def test_a_worker_that_is_still_at_it_is_left_alone() -> None:
    row = message(due_at=timezone.now() - timedelta(hours=1))
    delivery._claim(row.pk, timezone.now() - timedelta(seconds=200))

    assert delivery.reclaim_stuck(timezone.now()) == 0
    row.refresh_from_db()
    assert row.state == State.SENDING


def test_a_worker_that_comes_back_too_late_changes_nothing() -> None:
    row = message(due_at=timezone.now() - timedelta(hours=1))
    slow = delivery._claim(row.pk, timezone.now() - timedelta(seconds=301))
    assert slow is not None
    delivery.reclaim_stuck(timezone.now())
    delivery._claim(row.pk, timezone.now())

    delivery._finish(slow, State.FAILED, "I was away")

    row.refresh_from_db()
    assert (row.state, row.last_error) == (State.SENDING, "The worker that was sending this went away.")


def test_the_message_id_is_the_same_at_every_try(server: type[Server]) -> None:
    row = message()
    server.answers = [smtplib.SMTPDataError(451, b"later")]
    send_until(row, tries=1)
    first = row.message_id

    send_until(row, tries=1)

    assert (row.state, row.message_id) == (State.SENT, first)
    assert [email.extra_headers["Message-ID"] for email in server.taken] == [first]


# --- Forgetting and trying again ----------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [None, refused(550)], ids=["sent", "bounced"])
def test_words_that_open_a_door_are_forgotten_once_it_is_over(answer: Exception | None, server: type[Server]) -> None:
    row = message(is_secret=True, subject="123456 is your code", text="123456", html="123456")
    server.answers = [answer]

    send_until(row, tries=1)

    assert (row.subject, row.text, row.html) == ("(a message for signing in)", "", "")


def test_words_that_open_a_door_are_kept_while_they_wait_for_the_server(server: type[Server]) -> None:
    row = message(is_secret=True, text="123456")
    server.answers = [ConnectionRefusedError("refused")]

    send_until(row, tries=1)

    assert (row.state, row.text) == (State.QUEUED, "123456")


@pytest.mark.parametrize("state", [State.FAILED, State.BOUNCED, State.SUPPRESSED])
def test_what_was_given_up_can_be_sent_again(state: str) -> None:
    row = message(state=state, tries=9, last_error="no")

    assert delivery.retry(row, timezone.now()) is True

    row.refresh_from_db()
    assert (row.state, row.tries, row.last_error) == (State.QUEUED, 0, "")


@pytest.mark.parametrize(
    "fields",
    [
        {"state": State.SENT, "sent_at": timezone.now()},
        {"state": State.QUEUED},
        {"state": State.SENDING, "claimed_at": timezone.now()},
        {"state": State.FAILED, "text": ""},  # its words are forgotten
    ],
    ids=lambda fields: fields["state"],
)
def test_nothing_else_can(fields: dict[str, Any]) -> None:
    row = message(**fields)

    assert delivery.retry(row, timezone.now()) is False
    row.refresh_from_db()
    assert row.state == fields["state"]


def test_old_words_are_forgotten_and_that_they_were_sent_is_kept(settings: Any) -> None:
    now = timezone.now()
    long_ago = now - timedelta(days=settings.OUTBOX_KEEP_TEXT_DAYS, minutes=1)
    sent = {"state": State.SENT, "sent_at": long_ago, "calendar": "BEGIN:VCALENDAR"}
    old, waiting, young = message(1, created_at=long_ago, **sent), message(2, created_at=long_ago), message(3, **sent)

    assert [delivery.forget_old_text(now), delivery.forget_old_text(now)] == [1, 0]

    for row in (old, waiting, young):
        row.refresh_from_db()
    assert (old.text, old.html, old.calendar) == ("", "", "")
    assert (old.key, old.to_email, old.subject, old.sent_at) == (
        "tests.word:person=1",
        "person1@wessex.gov.uk",
        "Word",
        long_ago,
    )
    assert (waiting.text, young.text, young.calendar) == ("Text", "Text", "BEGIN:VCALENDAR")
