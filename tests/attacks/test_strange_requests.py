"""Requests that no browser sends: every one gets a clear answer, none an error page of the server."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import Client

from meetups.models import SignUp
from tests import make, reading

pytestmark = pytest.mark.django_db

MEGABYTE = 1024 * 1024


@pytest.fixture
def door() -> str:
    return f"/meetups/{make.meetup().slug}/sign-up/"


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """The database of a test stays open when a request begins, as Django's own test client has it."""
    request_started.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)


def asked(method: str, path: str, *, content_type: str, body: bytes = b"", query: str = "") -> int:
    """The status that the WSGI application itself answers, as a server would ask it."""
    from config.wsgi import application  # here, because it wants the surroundings of a test

    said: list[str] = []
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(body),
        "wsgi.url_scheme": "http",
    }
    list(application(environ, lambda status, headers, *_: said.append(status)))
    return int(said[0][:3])


def test_a_post_of_ten_megabytes_is_refused_with_a_page_that_says_so(door: str) -> None:
    answer = make.client().post(door, {"name": "x" * 10 * MEGABYTE})

    assert answer.status_code == 413
    assert "This is too large" in answer.content.decode()
    assert not SignUp.objects.exists()


def test_a_post_that_does_not_say_how_long_it_is_counts_as_empty(door: str) -> None:
    answer = make.client().generic("POST", door, b"", CONTENT_LENGTH="", HTTP_TRANSFER_ENCODING="chunked")

    assert reading.errors(answer)[0] == "Enter your name"


@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize("charset", ["hex", "zlib", "idna", "utf-16", "unicode_escape", "no-such", '"', ""])
def test_a_charset_that_a_stranger_names_is_not_believed(charset: str) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        status = asked("GET", "/meetups/", content_type=f"{kind}; charset={charset}", query="q=%5Cud800%5Cx00")
        assert status == 200


@pytest.mark.usefixtures("_one_connection")
def test_no_nul_byte_comes_in_by_naming_a_charset(door: str) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n\\x00\\ud800\r\n--x--\r\n'

    status = asked("POST", door, content_type="multipart/form-data; boundary=x; charset=unicode_escape", body=part)

    assert status == 403  # no token of the form, which is looked at after the body was read


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages", "typed", "anything"])
def test_a_nul_byte_in_a_cookie_is_refused(door: str, name: str) -> None:
    answer = Client(HTTP_COOKIE=f'{name}="abcdefgh\\000ijk"').get(door)

    assert answer.status_code == 400


@pytest.mark.parametrize("address", ["/meetups/%00/", "/meetups/?q=%00", "/booking/a%00b/", "/?next=%00"])
def test_a_nul_byte_in_an_address_is_refused(address: str) -> None:
    assert make.client().get(address).status_code == 400


@pytest.mark.parametrize(
    "address", ["/meetups/%ff/", "/meetups/%ff%fe/sign-up/", "/booking/%ed%a0%80/", "/join/%c0%80/"]
)
def test_an_address_that_is_not_utf8_leads_nowhere(address: str) -> None:
    assert make.client().get(address).status_code == 404


@pytest.mark.parametrize("page", ["9" * 5000, "-1", "0", "1e400", "٣", "abc", "1.5", ""])
def test_a_page_number_that_makes_no_sense_shows_a_page(page: str) -> None:
    assert make.client().get("/meetups/", {"page": page}).status_code == 200


def test_huge_numbers_in_an_address_are_not_found() -> None:
    meetup = make.meetup()
    client = make.client(make.organiser())

    for number in (10**18, 10**30, "9" * 5000):
        for path in ("people", "agenda", "questions"):
            assert client.get(f"/organise/{meetup.slug}/{path}/{number}/").status_code == 404


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "multipart/form-data", "multipart/form-data; boundary=", "text/xml", "x" * 3000, ";;;", ""],
)
def test_a_form_in_another_shape_is_refused_or_counts_as_empty(door: str, content_type: str) -> None:
    answer = make.client().generic("POST", door, b'{"name": "\\u0000"}', content_type=content_type)

    assert answer.status_code in {200, 400}
    assert not SignUp.objects.exists()


def test_a_field_that_comes_twice_counts_once(door: str) -> None:
    one = "name=Ann&email=ann@a.uk&works_at=A"
    answer = make.client().post(
        door, f"{one}&{one.replace('ann@a', 'bob@b')}", content_type="application/x-www-form-urlencoded"
    )

    assert answer.status_code == 302
    assert [signup.person.email for signup in SignUp.objects.all()] == ["bob@b.uk"]


def test_more_fields_than_any_form_has_are_refused(door: str) -> None:
    assert make.client().post(door, {f"field{n}": "x" for n in range(1001)}).status_code == 400
