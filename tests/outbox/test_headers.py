"""The headers of what we send, in the bytes that leave."""

import email
import email.policy
from email.message import EmailMessage
from typing import Any

import pytest

from outbox import headers
from outbox.models import Message
from tests import make


def message(**fields: Any) -> Message:
    plain = {
        "key": "tests.word:person=1",
        "to_email": "asha@wessex.gov.uk",
        "subject": "Word",
        "text": "Text\n",
        "html": "<p>Text</p>",
        "message_id": "<one@localhost>",
        "created_at": make.NOW,
        "due_at": make.NOW,
    }
    return Message(**{**plain, **fields})


def leaves(row: Message) -> EmailMessage:
    data = headers.build(row).message().as_bytes(linesep="\r\n")
    return email.message_from_bytes(data, _class=EmailMessage, policy=email.policy.default)


def test_everything_that_leaves_says_from_whom_and_that_a_machine_sent_it(settings: Any) -> None:
    settings.SITE_NAME, settings.DEFAULT_FROM_EMAIL = "Scrutineers", "no-reply@scrutiny.example"

    parsed = leaves(message(reply_to="holly@a.gov.uk, sam@b.gov.uk"))

    assert parsed["From"].addresses[0].display_name == "Scrutineers"
    assert parsed["From"].addresses[0].addr_spec == "no-reply@scrutiny.example"
    assert parsed["To"] == "asha@wessex.gov.uk"
    assert parsed["Reply-To"] == "holly@a.gov.uk, sam@b.gov.uk"
    assert parsed["Message-ID"] == "<one@localhost>"
    assert parsed["Auto-Submitted"] == "auto-generated"
    assert parsed["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert (parsed["List-Unsubscribe"], parsed["List-Unsubscribe-Post"]) == (None, None)


def test_what_can_be_stopped_can_be_stopped_with_one_click() -> None:
    parsed = leaves(message(unsubscribe_url="https://scrutiny.example/unsubscribe/reminders/1~x/"))

    assert parsed["List-Unsubscribe"].strip() == "<https://scrutiny.example/unsubscribe/reminders/1~x/>"
    assert parsed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize("name", ['Scrutiny "North", East', "Scrutiny\r\nBcc: evil@example.org", "Überprüfung", "a\\b"])
def test_any_name_of_the_site_makes_one_sender(settings: Any, name: str) -> None:
    settings.SITE_NAME, settings.DEFAULT_FROM_EMAIL = name, "no-reply@scrutiny.example"

    parsed = leaves(message())

    assert [address.addr_spec for address in parsed["From"].addresses] == ["no-reply@scrutiny.example"]
    assert parsed["Bcc"] is None


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x00", "\x85", "\u2028", "\u2029"])
def test_no_line_end_of_any_kind_stays_in_a_header(end: str) -> None:
    assert headers.one_line(f"Word{end}Bcc: evil@example.org{end}") == "Word Bcc: evil@example.org"


def test_text_and_html_say_the_same_in_any_script() -> None:
    parsed = leaves(message(subject="Żółć 東京 🎏", text="Żółć 東京 🎏\n", html="<p>Żółć 東京 🎏</p>"))

    assert parsed["Subject"] == "Żółć 東京 🎏"
    assert parsed.get_body(("plain",)).get_content().strip() == "Żółć 東京 🎏"
    assert parsed.get_body(("html",)).get_content().strip() == "<p>Żółć 東京 🎏</p>"


def test_very_long_lines_are_wrapped_for_the_way_and_arrive_whole() -> None:
    row = message(text="x" * 5000, html="<p>" + "y" * 5000 + "</p>")

    data = headers.build(row).message().as_bytes(linesep="\r\n")

    assert max(len(line) for line in data.split(b"\r\n")) <= 998
    assert leaves(row).get_body(("plain",)).get_content().strip() == "x" * 5000


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_the_method_of_a_calendar_part_is_said_once(method: str) -> None:
    row = message(calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", calendar_method=method)

    data = headers.build(row).message().as_bytes()

    assert data.count(b"method=") == 1
    calendar = next(part for part in leaves(row).walk() if part.get_content_type() == "text/calendar")
    assert calendar["Content-Type"].params == {"method": method, "charset": "utf-8"}
