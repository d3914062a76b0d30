from email.message import EmailMessage
from pathlib import Path

import pytest

from local import mailbox


def a_message(**headers: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in {"Subject": "Hello", "To": "gus@example.org", **headers}.items():
        message[name] = value
    message.set_content("Plain words – with a dash")
    return message


def add(box: mailbox.Mailbox, message: EmailMessage, *recipients: str) -> str:
    return box.add(message.as_bytes(), list(recipients or ["gus@example.org"]))


@pytest.fixture
def box(tmp_path: Path) -> mailbox.Mailbox:
    return mailbox.Mailbox(tmp_path / "mail")


def test_the_newest_message_comes_first_and_a_restart_loses_none(box: mailbox.Mailbox) -> None:
    for subject in ("one", "two", "three"):
        add(box, a_message(Subject=subject))

    again = mailbox.Mailbox(box.folder)

    assert [mail.subject for mail in again.newest()] == ["three", "two", "one"]


def test_messages_are_found_by_who_they_were_given_to(box: mailbox.Mailbox) -> None:
    add(box, a_message(Subject="for Gus"), "gus@example.org")
    add(box, a_message(Subject="a blind copy for Olive"), "Olive@example.org")

    assert [mail.subject for mail in box.newest(recipient=" OLIVE ")] == ["a blind copy for Olive"]


def test_only_so_many_messages_are_kept(box: mailbox.Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "KEEP", 2)

    for subject in ("one", "two", "three"):
        add(box, a_message(Subject=subject))

    assert [mail.subject for mail in box.newest()] == ["three", "two"]


def test_the_calendar_and_attachments_are_parts_and_the_two_bodies_are_not(box: mailbox.Mailbox) -> None:
    message = a_message()
    message.add_alternative("<p>Rich words</p>", subtype="html")
    message.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="invite.ics")
    message.add_attachment(b"\x00\x01", maintype="application", subtype="pdf", filename="agenda.pdf")

    mail = box.get(add(box, message))

    assert mail is not None
    assert (mail.text, mail.html) == ("Plain words – with a dash\n", "<p>Rich words</p>\n")
    assert [(part.content_type, part.name) for part in mail.parts()] == [
        ("text/calendar", "invite.ics"),
        ("application/pdf", "agenda.pdf"),
    ]
    assert [part.content for part in mail.parts()] == [b"BEGIN:VCALENDAR\n", b"\x00\x01"]


def test_a_message_is_given_back_as_it_came(box: mailbox.Mailbox) -> None:
    content = b"Subject: x\r\n\r\nbody\r\n"

    assert box.raw(box.add(content, ["gus@example.org"])) == content


@pytest.mark.parametrize("key", ["../secret_key", "1234", "", "/etc/passwd"])
def test_a_key_opens_nothing_but_messages(box: mailbox.Mailbox, key: str) -> None:
    add(box, a_message())
    (box.folder.parent / "secret_key.eml").write_text("secret")

    assert box.get(key) is None
