"""Every page of networked councillors with nonsense typed into every field: a clear answer, never a 500."""

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from people.checks import Route
from tests import make
from tests.test_access import address, our_routes, people_who_ask, world  # noqa: F401

pytestmark = pytest.mark.django_db

WHO = ["a councillor of this cohort", "the lead of this cohort", "an organiser", "a stranger"]
NONSENSE = [
    "",
    "x" * 10_001,
    "-1",
    "²",  # a digit to str.isdigit(), no number to int()
    "99999999999999999999999",
    "9999-12-31",
    "\x00",
    "👩‍👩‍👧\u202e\u0301\ufeff",
    "<script>alert(1)</script>",
    "a, b\n=1+1; c > d > e\n\n,,,,,",
]
ASKED = ("page", "which", "as", "picture", "q", "skill", "start", "platform", "again", "change", "one", "other", "sort")


class Fields(HTMLParser):
    """What a page's forms would send as they stand, by name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name = said.get("name")
        if tag in {"input", "textarea", "select", "button"} and name and name != "csrfmiddlewaretoken":
            self.found.setdefault(name, said.get("value") or "")


def pages(world: dict[str, str]) -> Iterator[tuple[Client, str]]:  # noqa: F811
    """Everything of networked councillors that one of these people opens, with who does."""
    browsers = people_who_ask()
    for browser in browsers.values():
        browser.raise_request_exception = False
    for route in our_routes():
        if route.full_name.startswith("networking:"):
            yield from _opened(route, browsers, world)


def _opened(route: Route, browsers: dict[str, Client], world: dict[str, str]) -> Iterator[tuple[Client, str]]:  # noqa: F811
    path = address(route, world)
    for who in WHO:
        if browsers[who].get(path).status_code in {200, 302, 405}:
            yield browsers[who], path
            return


def test_nonsense_in_every_field_gets_an_answer(world: dict[str, str]) -> None:  # noqa: F811
    wrong = []
    with time_machine.travel(make.NOW, tick=False):
        for browser, path in pages(world):
            answer = browser.get(path)
            names = Fields(answer.content.decode()).found if "html" in answer.get("Content-Type", "") else {}
            for words in NONSENSE if names else NONSENSE[:1]:
                with transaction.atomic():
                    status = browser.post(path, dict.fromkeys(names, words)).status_code
                    transaction.set_rollback(True)
                if status >= 500:
                    wrong.append((path, words[:30]))
    assert wrong == []


def test_nonsense_in_every_address_gets_an_answer(world: dict[str, str]) -> None:  # noqa: F811
    wrong = []
    with time_machine.travel(make.NOW, tick=False):
        for browser, path in pages(world):
            for words in ("²\x00<script>", "99999999999999999999999"):
                if browser.get(path, dict.fromkeys(ASKED, words)).status_code >= 500:
                    wrong.append((path, words))
    assert wrong == []
