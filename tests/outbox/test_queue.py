"""Putting a message into the outbox: in the caller's transaction, one for one reason."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from outbox import queue
from outbox.models import Message
from tests import make

pytestmark = pytest.mark.django_db


def put(key: str = "tests.word:person=1", **fields: Any) -> Message:
    """A message from a template that every site has."""
    announcement = {"subject": "Word", "body": fields.pop("body", "One\n\n\n\n\nTwo")}
    context = {"announcement": announcement, "meetup": {"title": "Meet-up"}, "when": "Wednesday", "day": "Wednesday"}
    given = {"to": "asha@wessex.gov.uk", "template": "meetups/announced", "context": context}
    return queue.queue(key=key, **{**given, **fields})


def test_a_message_is_rendered_and_waits_to_be_sent() -> None:
    message = put(reply_to=["holly@a.gov.uk", "sam@b.gov.uk"], unsubscribe_url="http://localhost/stop/")

    message.refresh_from_db()
    assert (message.kind, message.to_email, message.state) == ("meetups/announced", "asha@wessex.gov.uk", "queued")
    assert message.subject == "Word (Meet-up, Wednesday)"
    assert message.text.startswith("One\n\nTwo\n\n")
    assert "<p>One</p>" in message.html
    assert message.reply_to == "holly@a.gov.uk, sam@b.gov.uk"
    assert message.unsubscribe_url == "http://localhost/stop/"
    assert (message.tries, message.sent_at, message.is_secret) == (0, None, False)
    assert message.due_at == message.created_at
    assert message.message_id.endswith("@localhost>")


def test_the_same_reason_gives_the_same_message() -> None:
    first = put(body="First")

    second = put(body="Second", to="somebody@else.example")

    assert second.pk == first.pk
    assert [message.to_email for message in Message.objects.all()] == ["asha@wessex.gov.uk"]


def test_two_writers_of_one_reason_at_once_make_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    first = put()
    monkeypatch.setattr(Message.objects, "filter", lambda **which: Message.objects.none())  # it was not there yet

    second = put()

    assert second.pk == first.pk
    assert Message.objects.count() == 1


def test_different_reasons_make_different_messages_with_different_ids() -> None:
    messages = [put(key=f"tests.word:person={n}") for n in range(3)]

    assert len({message.pk for message in messages}) == len({message.message_id for message in messages}) == 3


def test_the_database_itself_refuses_a_second_message_for_one_reason() -> None:
    message = put()
    message.pk, message.message_id = None, "<other@localhost>"

    with pytest.raises(IntegrityError), transaction.atomic():
        message.save(force_insert=True)


def test_a_message_can_be_due_later() -> None:
    later = make.NOW + timedelta(days=400)

    assert put(due_at=later).due_at == later
    assert list(Message.objects.due(later - timedelta(seconds=1))) == []
    assert Message.objects.due(later).count() == 1


def test_a_reason_is_found_by_the_row_it_names_and_not_by_a_longer_number() -> None:
    for key in ("a:signup=4", "b:signup=4:version=1", "c:signup=41", "d:signup=14:version=1", "e:xsignup=4"):
        put(key=key)

    found = Message.objects.about("signup=4").order_by("key").values_list("key", flat=True)

    assert list(found) == ["a:signup=4", "b:signup=4:version=1"]


@pytest.mark.django_db(transaction=True)
def test_a_roll_back_leaves_no_message_and_tells_no_worker(told_tasks: list[str]) -> None:
    with pytest.raises(ZeroDivisionError):
        put_and_fail()

    assert (Message.objects.count(), told_tasks) == (0, [])


@transaction.atomic
def put_and_fail() -> None:
    put()
    raise ZeroDivisionError


@pytest.mark.django_db(transaction=True)
def test_a_worker_is_told_after_the_commit_once_for_many_messages(told_tasks: list[str]) -> None:
    with transaction.atomic():
        for n in range(5):
            put(key=f"tests.word:person={n}")
        assert told_tasks == []

    assert told_tasks == ["outbox.tasks.deliver"]


def test_a_secret_message_says_so() -> None:
    words = queue.Words("Your code", "123456", "<p>123456</p>")

    message = queue.queue_secret(key="people.code:1", to="asha@wessex.gov.uk", kind="account/login_code", words=words)

    assert (message.is_secret, message.text) == (True, "123456")
