"""Fetching one public page: nobody is led to a private place, held up, or filled up. No socket leaves this machine."""

import socket
import time
from typing import Any

import pytest

from evidence import fetching
from tests.evidence import hostile

PRIVATE = [
    *("127.0.0.1", "localhost", "localhost.", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1"),
    *("127.0.0.1.", "0", "0.0.0.0", "①②⑦.⓪.⓪.①", "127.255.255.254", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]"),
    *("[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:0:127.0.0.1]", "[::127.0.0.1]", "[::ffff:10.0.0.1]"),
    *("169.254.169.254", "[fe80::1]", "[::ffff:169.254.169.254]", "[fd00:ec2::254]", "[fec0::1]"),
    *("10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "[fc00::1]", "100.64.0.1", "100.127.255.255"),
    *("[64:ff9b::7f00:1]", "[64:ff9b::a00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]"),
    *("224.0.0.1", "[ff02::1]", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "192.0.0.8"),
]


@pytest.fixture(autouse=True)
def connected(monkeypatch) -> list[Any]:
    """Where anybody connected to; anywhere but this machine is a failure."""
    went: list[Any] = []
    really = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        went.append(address)
        assert address[0] == "127.0.0.1", f"a socket left this machine for {address}"
        really(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    return went


@pytest.fixture
def server():
    with hostile.serving() as serving:
        yield serving


def here(server, **more) -> fetching.Limits:
    """The limits of the site, but for the one server on this machine that may be asked."""
    return fetching.Limits(ports=(server if isinstance(server, int) else server.port, 80, 443), loopback=True, **more)


def test_a_page_comes_with_its_address_its_kind_and_its_bytes(server):
    page = fetching.fetch(f"{server.url}/page", limits=here(server))

    assert page == fetching.Page(f"{server.url}/page", 200, "text/html; charset=utf-8", hostile.PAGE, True)


def test_we_say_who_asks_and_bring_nothing_of_ours(server, settings, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1/")

    fetching.fetch(f"{server.url}/to/{server.url}/page", limits=here(server))

    (_, first), (_, second) = server.asked
    assert first["User-Agent"] == f"{settings.SITE_NAME} (+{settings.SITE_URL})"
    assert first["Accept-Encoding"] == "identity"
    assert not {"Cookie", "Authorization", "Referer"} & {*first, *second}


# --- Where it may not go ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", PRIVATE)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_spelling_of_a_private_place_is_connected_to(scheme, host, connected):
    with pytest.raises(fetching.NotFetched):
        fetching.fetch(f"{scheme}://{host}/", limits=fetching.Limits(seconds=5))

    assert connected == []


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "::1", "::ffff:10.0.0.1", "64:ff9b::a00:1"]
)
def test_a_name_that_leads_to_a_private_place_is_not_connected_to(host, connected, monkeypatch):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    answer = [(family, socket.SOCK_STREAM, 6, "", (host, 80, 0, 0) if ":" in host else (host, 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: answer)

    with pytest.raises(fetching.NotFetched, match="does not lead to a public page"):
        fetching.fetch("http://intranet.example.org/")

    assert connected == []


def test_a_name_that_changes_after_it_was_checked_is_not_followed(monkeypatch):
    """Rebinding: the address that was checked is the one we connect to, and the name is not asked for again."""
    asked: list[str] = []
    went: list[str] = []

    def getaddrinfo(host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
        asked.append(host)
        found = "93.184.216.34" if asked.count(host) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (found, port))]

    def create_connection(address: tuple[str, int], *args: Any, **kwargs: Any) -> None:
        went.append(address[0])
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr("urllib3.util.connection.create_connection", create_connection)

    with pytest.raises(fetching.NotNow):
        fetching.fetch("http://rebind.example.org/")

    assert (asked, went) == (["rebind.example.org"], ["93.184.216.34"])


@pytest.mark.parametrize(
    "address",
    ["http://169.254.169.254/latest/", "http://10.0.0.1/", "http://[::ffff:10.0.0.1]/", "//192.168.0.1/", "http://0/"],
)
def test_a_redirect_to_a_private_place_is_not_followed(address, server, connected):
    with pytest.raises(fetching.NotFetched):
        fetching.fetch(f"{server.url}/to/{address}", limits=here(server))

    assert len(connected) == 1


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("file:///etc/passwd", "Only addresses that begin with http:// or https://"),
        ("gopher://127.0.0.1:25/", "Only addresses that begin"),
        ("javascript:alert(1)", "Only addresses that begin"),
        ("http://127.0.0.1:22/", "Only the usual ports"),
        ("http://user:secret@example.org/", "a user name or a password"),
    ],
)
def test_a_redirect_to_anything_else_is_not_followed_either(address, why, server):
    with pytest.raises(fetching.NotFetched, match=why):
        fetching.fetch(f"{server.url}/to/{address}", limits=here(server))

    assert len(server.asked) == 1


def test_three_redirects_are_followed_and_no_more(server):
    three = f"{server.url}/to/" * 3 + f"{server.url}/page"

    assert len(fetching.fetch(three, limits=here(server)).hops) == 3
    with pytest.raises(fetching.NotFetched, match="too often"):
        fetching.fetch(f"{server.url}/round/1", limits=here(server))
    assert len(server.asked) == 4 + 4


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("file:///etc/passwd", "Only addresses that begin"),
        ("ftp://example.org/", "Only addresses that begin"),
        ("data:text/html,x", "Only addresses that begin"),
        ("example.org", "Only addresses that begin"),
        ("", "Only addresses that begin"),
        ("http://", "Only addresses that begin"),
        ("http://example.org:22/", "Only the usual ports"),
        ("https://example.org:8443/", "Only the usual ports"),
        ("http://example.org:99999/", "not a web address"),
        ("http://[::1/", "not a web address"),
        ("http://me@example.org/", "a user name"),
        ("http://127.0.0.1\\@example.org/", "not a web address"),
        ("http://example.org/\r\nHost: x", "not a web address"),
        ("http://exa mple.org/", "not a web address"),
        (f"http://example.org/{'x' * 2000}", "not a web address"),
    ],
)
def test_what_is_no_address_of_a_public_page_is_refused_before_anything_is_looked_up(address, why, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: pytest.fail("a name was looked up"))

    with pytest.raises(fetching.NotFetched, match=why):
        fetching.fetch(address)


# --- How long and how much ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["head", "body"])
def test_a_server_that_drips_is_cut_off(what, server):
    began = time.monotonic()

    with pytest.raises(fetching.NotNow, match="too long"):
        fetching.fetch(f"{server.url}/drip/{what}", limits=here(server, seconds=1))

    assert time.monotonic() - began < 4


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_server_that_never_says_a_word_is_cut_off(scheme):
    with hostile.silent() as port:
        began = time.monotonic()
        with pytest.raises(fetching.NotNow):
            fetching.fetch(f"{scheme}://127.0.0.1:{port}/", limits=here(port, seconds=1))

        assert time.monotonic() - began < 4


def test_a_name_server_that_never_answers_holds_nobody_up(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: time.sleep(3))
    began = time.monotonic()

    with pytest.raises(fetching.NotNow, match="too long"):
        fetching.fetch("http://slow.example.org/", limits=fetching.Limits(seconds=0.3))

    assert time.monotonic() - began < 2.5


def test_of_ten_megabytes_the_first_half_megabyte_is_read(server):
    page = fetching.fetch(f"{server.url}/large", limits=here(server))

    assert (len(page.body), page.is_whole) == (512 * 1024, False)


def test_what_comes_compressed_is_not_unpacked(server):
    with pytest.raises(fetching.NotFetched, match="compressed"):
        fetching.fetch(f"{server.url}/bomb", limits=here(server))


# --- What it answers ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "text/plain", "application/octet-stream"])
def test_what_is_no_page_is_said_and_not_read(kind, server):
    with pytest.raises(fetching.OtherKind) as refused:
        fetching.fetch(f"{server.url}/kind/{kind}", limits=here(server))

    assert refused.value.content_type == kind


@pytest.mark.parametrize(
    ("status", "error"), [(404, "there is no such page"), (401, "wants a login"), (403, "let us in")]
)
def test_a_refusal_is_final_and_says_why(status, error, server):
    with pytest.raises(fetching.NotFetched, match=error) as refused:
        fetching.fetch(f"{server.url}/status/{status}", limits=here(server))

    assert not isinstance(refused.value, fetching.NotNow)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_trouble_of_the_server_may_pass(status, server):
    with pytest.raises(fetching.NotNow, match=f"answered {status}"):
        fetching.fetch(f"{server.url}/status/{status}", limits=here(server))


def test_nothing_listening_may_pass(server):
    with pytest.raises(fetching.NotNow, match="could not be reached"):
        fetching.fetch("http://127.0.0.1:1/", limits=here(1))
