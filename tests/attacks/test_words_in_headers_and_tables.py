"""Words that try to become a header of a mail, a formula in a spreadsheet, or to turn the words around them."""

import email
import email.policy
from email.message import EmailMessage

import pytest
import time_machine
from django.test import Client

from meetups import exports
from meetups.models import SignUp
from outbox import headers
from outbox.models import Message
from tests import make, reading

pytestmark = pytest.mark.django_db

INJECTED = [
    "Word\r\nBcc: evil@example.org",
    "Word\nBcc: evil@example.org\n\n<b>Body</b>",
    "Word\rBcc: evil@example.org",
    "Word\u2028Bcc: evil@example.org",
    "Word\x0bBcc: evil@example.org",
    "Word\x85Bcc: evil@example.org",
    "=?utf-8?q?Word=0D=0ABcc:_evil@example.org?=",
]


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(make.NOW, tick=False):
        yield


def sent() -> list[EmailMessage]:
    rows = Message.objects.order_by("pk")
    data = [headers.build(row).message().as_bytes(linesep="\r\n") for row in rows]
    return [email.message_from_bytes(one, _class=EmailMessage, policy=email.policy.default) for one in data]


@pytest.mark.parametrize("words", INJECTED)
def test_nothing_a_guest_types_becomes_a_header(words: str) -> None:
    meetup = make.meetup()

    make.client().post(
        f"/meetups/{meetup.slug}/sign-up/",
        {"name": words, "works_at": words, "email": "ann@a.uk", "access_needs": words, "role": words[:0]},
    )

    [mail] = sent()
    assert (mail["Bcc"], mail["To"]) == (None, "ann@a.uk")
    assert [address.addr_spec for address in mail["From"].addresses] == ["no-reply@localhost"]
    calendar = next(part for part in mail.walk() if part.get_content_type() == "text/calendar").get_content()
    assert not [line for line in calendar.splitlines() if line.startswith("Bcc")]


@pytest.mark.parametrize("words", INJECTED)
def test_nothing_a_host_types_becomes_a_header(words: str) -> None:
    organiser = make.organiser()
    meetup = make.meetup(title=words[:120], hosts=[organiser])
    make.signup(meetup=meetup)

    page = make.client(organiser).get(f"/organise/{meetup.slug}/write/")
    nonce = page.context["form"]["nonce"].value()
    make.client(organiser).post(
        f"/organise/{meetup.slug}/write/",
        {"to": "confirmed", "subject": words, "body": words, "nonce": nonce, "test": "1"},
    )

    assert len(sent()) == 2
    for mail in sent():
        assert mail["Bcc"] is None
        assert "\n" not in str(mail["Subject"])
        assert len(mail["Reply-To"].addresses) == 1


@pytest.mark.parametrize("turn", ["\u202a", "\u202b", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068"])
def test_no_subject_turns_the_direction_of_the_words_after_it(turn: str) -> None:
    make.signup(meetup=make.meetup(title=f"Budget {turn}gpj.exe"))

    assert turn not in Message.objects.get().subject
    assert headers.one_line(f"{turn}שלום") == "שלום"


def test_names_keep_their_own_direction_and_lose_signs_that_turn_others() -> None:
    meetup = make.meetup()

    for n, name in enumerate(["محمد علي", "\u202enairB", "Zoë 👩🏽‍💻", "נועה"]):
        answer = make.client().post(
            f"/meetups/{meetup.slug}/sign-up/", {"name": name, "works_at": f"\u2067{name}", "email": f"a{n}@a.uk"}
        )
        assert answer.status_code == 302

    assert [s.name for s in SignUp.objects.order_by("pk")] == ["محمد علي", "nairB", "Zoë 👩🏽‍💻", "נועה"]
    assert [s.organisation for s in SignUp.objects.order_by("pk")] == ["محمد علي", "nairB", "Zoë 👩🏽‍💻", "נועה"]


@pytest.mark.parametrize("name", ["\u200b", "\u202e\u202c", "\ufeff \u2060", "   "])
def test_a_name_that_nobody_can_see_is_no_name(name: str) -> None:
    answer = make.client().post(
        f"/meetups/{make.meetup().slug}/sign-up/", {"name": name, "works_at": "A", "email": "ann@a.uk"}
    )

    assert reading.errors(answer) == ["Enter your name"]


@pytest.mark.parametrize(
    "address",
    [
        '"a, evil@example.org"@a.uk',
        '"a b"@a.uk',
        '"<script>"@a.uk',
        "\u017fam@a.uk",
        "\u212aate@a.uk",
        "a@b.uk, c@d.uk",
    ],
)
def test_an_address_that_may_be_read_as_another_is_refused(address: str) -> None:
    answer = make.client().post(
        f"/meetups/{make.meetup().slug}/sign-up/", {"name": "Ann", "works_at": "A", "email": address}
    )

    assert reading.errors(answer) == ["Enter an email address in the correct format, like name@council.gov.uk"]
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "address", ["ann+tag@a.uk", "o'neill@a.uk", "ann@bücher.example", "!#$%&*@a.uk", "a@xn--a-0ga.uk"]
)
def test_unusual_addresses_that_are_right_are_taken(address: str) -> None:
    answer = make.client().post(
        f"/meetups/{make.meetup().slug}/sign-up/", {"name": "Ann", "works_at": "A", "email": address}
    )

    assert answer.status_code == 302
    assert len(sent()) == 1


FORMULAS = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", " =1+1", '"=1+1', "'=1", "\u200b=1", "\ufeff+1", "\u00a0=1"),
    *("＝1+1", "＋1", "－1", "＠SUM", "﹦1", "﹢1", "\u22121", "\u202e=1", ' "＝1', "\r\n=1", "  \t=1"),
]


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_cell_is_a_formula_whatever_stands_before_it(cell: str) -> None:
    assert exports.safe(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ['"Zo" O\'Neill', "Ann-Marie", "a=b", "½", "é", " Ann", "'s-Hertogenbosch", ""])
def test_words_that_are_no_formula_stay_as_they_are(cell: str) -> None:
    assert exports.safe(cell) == cell


def test_no_column_of_the_list_of_people_holds_a_formula() -> None:
    organiser = make.organiser()
    meetup = make.meetup()
    question = meetup.questions.create(position=0, label="=1+1")
    make.client().post(
        f"/meetups/{meetup.slug}/sign-up/",
        {"name": "=1", "works_at": "＝1", "email": "=1@a.uk", "access_needs": " =1", f"question_{question.pk}": "+1"},
    )

    table = (
        make.client(organiser).get(f"/organise/{meetup.slug}/people/export.csv?private=1").content.decode("utf-8-sig")
    )

    header, row = table.splitlines()
    assert header.endswith("'=1+1")
    assert row.startswith("'=1,'=1@a.uk,'＝1,")
    assert row.endswith("'=1,'+1")


def test_mail_names_the_site_as_it_is_set_whatever_host_was_asked(settings) -> None:
    meetup = make.meetup()

    Client(HTTP_HOST="127.0.0.1:6666", HTTP_X_FORWARDED_HOST="evil.example").post(
        f"/meetups/{meetup.slug}/sign-up/", {"name": "Ann", "works_at": "A", "email": "ann@a.uk"}
    )

    message = Message.objects.get()
    assert f"{settings.SITE_URL}/booking/" in message.text
    for said in (message.text, message.html, message.calendar):
        assert "evil.example" not in said
        assert "6666" not in said


def test_another_host_is_not_answered() -> None:
    assert Client(HTTP_HOST="evil.example").get("/meetups/").status_code == 400
