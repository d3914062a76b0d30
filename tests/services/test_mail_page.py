"""The mail page of script/server, as a browser and as a hostile site would ask it."""

import json
import smtplib
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from local import ports
from tests.services.site import ROOT, Answer, wait_until

pytestmark = pytest.mark.services


class Page:
    def __init__(self, folder: Path) -> None:
        self.smtp_port, self.port = ports.find_free(), ports.find_free()
        command = [sys.executable, "-m", "local.mail", str(self.smtp_port), str(self.port), str(folder)]
        self.process = subprocess.Popen(command, cwd=ROOT)

    def ask(self, path: str, *, method: str = "GET", **headers: str) -> Answer:
        url = f"http://localhost:{self.port}{path}"
        question = urllib.request.Request(url, method=method, headers=headers)
        try:
            with urllib.request.urlopen(question, timeout=5) as answer:
                return Answer(answer.status, answer.read().decode(), dict(answer.headers))
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.read().decode(), dict(error.headers))

    def answers(self) -> bool:
        return not ports.is_free(self.port) and not ports.is_free(self.smtp_port)

    def send(self, message: EmailMessage) -> None:
        with smtplib.SMTP("127.0.0.1", self.smtp_port) as server:
            server.send_message(message)


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    running = Page(tmp_path)
    wait_until(running.answers)
    yield running
    running.process.terminate()
    assert running.process.wait(10) == 0


def a_message(to: str = "gus@example.org", subject: str = "You have a place") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "no-reply@example.org", to, subject
    message.set_content("Join <here>: http://localhost:8000/join/abc?a=1&b=2.")
    message.add_alternative("<h1>Rich</h1><script>alert(1)</script>", subtype="html")
    message.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="invite.ics")
    return message


def path_of_the_only_message(page: Page) -> str:
    return page.ask("/").body.partition('href="/message/')[2].partition('"')[0]


def test_a_message_is_listed_and_found_by_its_recipient(page: Page) -> None:
    page.send(a_message("gus@example.org", "For Gus"))
    page.send(a_message("olive@example.org", "For Olive"))

    assert page.ask("/").body.index("For Olive") < page.ask("/").body.index("For Gus")
    assert "For Gus" not in page.ask("/?to=olive").body


def test_words_of_a_message_are_shown_as_words_and_its_links_as_links(page: Page) -> None:
    page.send(a_message(subject="<script>alert(1)</script>"))

    shown = page.ask(f"/message/{path_of_the_only_message(page)}")

    assert "<script>" not in shown.body
    assert 'Join &lt;here&gt;: <a href="http://localhost:8000/join/abc?a=1&amp;b=2">' in shown.body
    assert "script-src" not in shown.headers["Content-Security-Policy"]
    assert "default-src 'none'" in shown.headers["Content-Security-Policy"]


def test_the_html_of_a_message_runs_nothing_and_fetches_nothing(page: Page) -> None:
    page.send(a_message())

    frame = page.ask(f"/message/{path_of_the_only_message(page)}/html")

    policy = frame.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox ")
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy
    assert "default-src 'none'" in policy


def test_the_calendar_can_be_downloaded(page: Page) -> None:
    page.send(a_message())

    part = page.ask(f"/message/{path_of_the_only_message(page)}/part/0")

    assert part.body == "BEGIN:VCALENDAR\r\n"
    assert part.headers["Content-Disposition"] == 'attachment; filename="invite.ics"'
    assert part.headers["Content-Type"] == "text/calendar; charset=utf-8"


def test_demo_accounts_show_the_second_code_of_the_moment(page: Page, tmp_path: Path) -> None:
    people = [
        {
            "email": "olive@example.org",
            "name": "Olive",
            "role": "organiser",
            "totp_secret": "JBSWY3DPEHPK3PXP",
            "note": "",
        },
        {"email": "gus@example.org", "name": "Gus", "role": "guest", "totp_secret": None, "note": "Has a place."},
    ]
    (tmp_path / "demo.json").write_text(json.dumps(people))

    shown = page.ask("/accounts").body

    assert "JBSWY3DPEHPK3PXP" not in shown
    assert shown.count("Second code now") == 1
    assert "Has a place." in shown


def test_messages_are_cleared_only_by_the_page_itself(page: Page) -> None:
    page.send(a_message())
    here = f"http://localhost:{page.port}"

    assert page.ask("/clear", method="POST", Origin="https://evil.example").status == 403
    assert page.ask("/clear", method="POST").status == 403
    assert "You have a place" in page.ask("/").body

    assert page.ask("/clear", method="POST", Origin=here).status == 200
    assert "No messages yet" in page.ask("/").body


def test_another_name_for_this_machine_reads_nothing(page: Page) -> None:
    page.send(a_message())

    answer = page.ask("/", Host="rebound.evil.example")

    assert (answer.status, "You have a place" in answer.body) == (403, False)


@pytest.mark.parametrize(
    "path", ["/message/", "/message/1", "/message/../../demo.json", "/message/1/part/9", "/nothing"]
)
def test_what_does_not_exist_is_said_to_be_missing(page: Page, path: str) -> None:
    assert page.ask(path).status == 404
