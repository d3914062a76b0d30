"""The message log for administrators: everything to read, nothing to change, no code that signs somebody else in."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from outbox import confidential
from outbox.models import Message
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser() -> Client:
    return make.client(make.administrator())


def message(n: int = 1, **fields: Any) -> Message:
    now = timezone.now()
    plain = {
        "key": f"meetups.signed_up:signup={n}:at=2027",
        "kind": "meetups/signed_up",
        "to_email": f"person{n}@wessex.gov.uk",
        "subject": f"You have a place {n}",
        "text": "These are the words",
        "html": "<p>These are the words</p>",
        "message_id": f"<{n}@localhost>",
        "created_at": now,
        "due_at": now,
    }
    return Message.objects.create(**{**plain, **fields})


LIST = "admin:outbox_message_changelist"


def test_the_log_says_to_whom_and_why_and_can_be_searched(browser: Client) -> None:
    for n in (1, 2):
        message(n)

    page = browser.get(reverse(LIST), {"q": "person2@wessex.gov.uk"}).content.decode()

    assert "You have a place 2" in page
    assert "You have a place 1" not in page


def test_one_message_shows_its_words_and_reason(browser: Client) -> None:
    row = message()

    page = browser.get(reverse("admin:outbox_message_change", args=[row.pk])).content.decode()

    assert "These are the words" in page
    assert "meetups.signed_up:signup=1:at=2027" in page


def test_a_sign_in_code_is_shown_nowhere(browser: Client) -> None:
    row = message(is_secret=True, subject="739104 is your code", text="Code 739104", html="739104")

    for address in (reverse(LIST), reverse("admin:outbox_message_change", args=[row.pk])):
        page = browser.get(address)
        assert page.status_code == 200
        assert "739104" not in page.content.decode()


def test_a_sign_in_code_cannot_be_found_by_searching_for_it(browser: Client) -> None:
    message(is_secret=True, subject="739104 is your code", text="Code 739104")

    page = browser.get(reverse(LIST), {"q": "739104"}).content.decode()

    assert "0 messages" in page


def test_nothing_can_be_added_changed_or_deleted(browser: Client) -> None:
    row = message()

    assert browser.get(reverse("admin:outbox_message_add")).status_code == 403
    assert browser.post(reverse("admin:outbox_message_change", args=[row.pk]), {"subject": "x"}).status_code == 403
    assert browser.post(reverse("admin:outbox_message_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    row.refresh_from_db()
    assert row.subject == "You have a place 1"


def test_what_failed_can_be_sent_again_and_what_was_sent_cannot(browser: Client) -> None:
    failed, sent = message(1, state="failed"), message(2, state="sent", sent_at=timezone.now())

    chosen = {"action": "send_again", "_selected_action": [failed.pk, sent.pk]}
    page = browser.post(reverse(LIST), chosen, follow=True).content.decode()

    assert "1 of 2 will be sent again." in page
    assert list(Message.objects.order_by("pk").values_list("state", flat=True)) == ["queued", "sent"]


@pytest.mark.parametrize("roles", [(), ("organiser",), ("coordinator",)])
def test_others_do_not_even_learn_that_there_is_a_log(roles: tuple[str, ...]) -> None:
    message()

    answer = make.client(make.with_second_factor(make.person(*roles))).get(reverse(LIST))

    assert answer.status_code in {302, 404}
    assert "You have a place" not in answer.content.decode()


def test_words_for_the_reader_alone_are_not_shown(browser: Client) -> None:
    confidential.register("tests/for_one_reader")
    row = message(kind="tests/for_one_reader", subject="Meet Bo", text="Ring 020 7946 0002", html="020 7946 0002")

    page = browser.get(reverse("admin:outbox_message_change", args=[row.pk])).content.decode()

    assert "Meet Bo" in page
    assert "7946" not in page
