"""Making an account and signing in, by somebody who means harm."""

import re

import pytest
from django.test import Client

from outbox.models import Message
from people.models import Person
from tests import make, reading

pytestmark = pytest.mark.django_db


def join(email: str, *, client: Client | None = None, name: str = "Ann"):
    return (client or make.client()).post("/account/join/", {"name": name, "email": email})


def code_sent() -> str:
    found = re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", Message.objects.get().text, re.MULTILINE)
    assert found
    return found[0]


def test_the_page_after_joining_is_the_same_whether_the_address_was_known_or_not() -> None:
    make.person(email="known@council.gov.uk")

    known, new = join("known@council.gov.uk"), join("new@council.gov.uk")

    assert (known.status_code, known.url) == (new.status_code, new.url) == (302, "/account/confirm-email/")
    assert [message.kind.rsplit("/")[-1] for message in Message.objects.order_by("pk")] == [
        "account_already_exists",
        "email_confirmation_signup",
    ]
    assert Person.objects.filter(email="known@council.gov.uk").count() == 1


def test_who_has_an_account_already_is_told_by_mail_where_to_sign_in(settings) -> None:
    make.person(email="known@council.gov.uk")

    join("known@council.gov.uk", client=Client(HTTP_HOST="127.0.0.1:9999"))

    message = Message.objects.get()
    assert f"{settings.SITE_URL}/account/sign-in/" in message.text
    assert "9999" not in message.text + message.html


@pytest.mark.parametrize("path", ["/account/join/", "/account/sign-in/"])
@pytest.mark.parametrize("email", ["known@council.gov.uk", "new@council.gov.uk"])
def test_nobody_is_flooded_with_mail_from_many_machines(path: str, email: str) -> None:
    make.person(email="known@council.gov.uk")

    for n in range(20):
        Client(REMOTE_ADDR=f"10.0.0.{n}").post(path, {"name": "Ann", "email": email.upper() if n % 2 else email})

    assert 1 <= Message.objects.filter(to_email__iexact=email).count() <= 6


def test_a_code_is_never_shown_in_the_log_of_messages() -> None:
    make.person(email="known@council.gov.uk")
    make.client().post("/account/sign-in/", {"email": "known@council.gov.uk"})
    message = Message.objects.get()
    code = code_sent()
    admin = make.client(make.administrator())

    for path in ("", f"{message.pk}/change/", "?q=account", "?o=3"):
        page = admin.get(f"/administer/outbox/message/{path}").content.decode()
        assert "known@council.gov.uk" in page
        assert code not in page


def test_signing_in_begins_a_new_session() -> None:
    make.person(email="known@council.gov.uk")
    client = make.client()
    client.get("/account/sign-in/")
    client.post("/account/sign-in/", {"email": "known@council.gov.uk"})
    before = client.cookies["sessionid"].value
    code = code_sent()

    answer = client.post("/account/sign-in/code/confirm/", {"code": code})

    assert answer.status_code == 302
    assert client.get("/my-things/").status_code == 200
    assert client.cookies["sessionid"].value != before
    assert Client(HTTP_COOKIE=f"sessionid={before}").get("/my-things/").status_code == 302


@pytest.mark.parametrize("there", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_leads_to_no_other_site(there: str) -> None:
    make.person(email="known@council.gov.uk")
    client = make.client()
    client.post("/account/sign-in/", {"email": "known@council.gov.uk", "next": there})
    code = code_sent()

    answer = client.post("/account/sign-in/code/confirm/", {"code": code, "next": there})

    assert answer.url == "/my-things/"


@pytest.mark.parametrize("email", ["\u017fam@council.gov.uk", "sam@\u0441ouncil.gov.uk", "sam@council.gov.u\u212a"])
def test_a_code_for_somebody_never_goes_to_an_address_that_only_looks_like_theirs(email: str) -> None:
    make.person(email="sam@council.gov.uk")

    make.client().post("/account/sign-in/", {"email": email})

    assert not Message.objects.exclude(to_email="sam@council.gov.uk").filter(kind__contains="login_code").exists()


def test_the_page_to_sign_in_keeps_its_words_for_known_and_unknown_addresses() -> None:
    make.person(email="known@council.gov.uk")
    pages = []
    for email in ("known@council.gov.uk", "never@council.gov.uk"):
        client = make.client()
        client.post("/account/sign-in/", {"email": email})
        pages.append(reading.words(client.get("/account/sign-in/code/confirm/")).replace(email, "ADDRESS"))

    assert pages[0] == pages[1]
