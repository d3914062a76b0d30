"""Every link of every mail: it opens for whom it was written to, and opening it changes nothing."""

import re
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.test import Client

from outbox.models import Message
from tests import make
from tests.unmentoring import build
from tests.unmentoring import every_mail as write_every_mail

pytestmark = pytest.mark.django_db

TEMPLATES = Path(settings.BASE_DIR) / "templates" / "unmentoring" / "emails"
TO_COORDINATORS = {"unmentoring/stuck", "unmentoring/reported"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(build.ASK, tick=False):
        yield


@pytest.fixture
def every_mail() -> None:
    write_every_mail.write()


def links_of(message: Message) -> set[str]:
    """Addresses of this site in the text and in the HTML."""
    found = re.findall(r"https?://[^\s\"'<>]+", f"{message.text} {message.html}".replace("&amp;", "&"))
    return {link.rstrip(".,)") for link in found if link.startswith(settings.SITE_URL)}


def path_of(link: str) -> str:
    return link.removeprefix(settings.SITE_URL) or "/"


def every_row() -> dict[str, list[object]]:
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in apps.get_models()}


def test_every_kind_of_mail_is_looked_at_here(every_mail):
    templates = {f"unmentoring/{path.stem}" for path in TEMPLATES.glob("[a-z]*.html")}

    assert {message.kind for message in Message.objects.all()} == templates


def test_every_link_of_every_mail_opens_for_whom_it_was_written_to(every_mail):
    stranger, connie = make.client(), make.client(build.Person.objects.get(grants__role="coordinator"))

    wrong, seen = [], 0
    for message in Message.objects.all():
        client = connie if message.kind in TO_COORDINATORS else stranger
        for link in links_of(message):
            answer = client.get(path_of(link))
            seen += 1
            if answer.status_code != 200:
                wrong.append((message.kind, link, answer.status_code))

    assert wrong == []
    assert seen > 150


def test_links_that_the_html_has_the_text_has_too(every_mail):
    for message in Message.objects.all():
        in_text = set(re.findall(r"https?://[^\s\"'<>]+", message.text))
        in_html = set(re.findall(r"https?://[^\s\"'<>]+", message.html.replace("&amp;", "&")))

        assert {link.rstrip("/.") for link in in_html} == {link.rstrip("/.,") for link in in_text}, message.kind


def test_a_coordinator_s_mail_leads_to_the_very_thing_it_is_about(every_mail):
    connie = make.client(build.Person.objects.get(grants__role="coordinator"))

    for message in Message.objects.filter(kind__in=TO_COORDINATORS):
        (link,) = [link for link in links_of(message) if "/coordinate/" in link]
        page = connie.get(path_of(link)).content.decode()
        said = re.search("“(.+)”", message.text)
        assert said
        assert said[1] in page


def test_a_scanner_that_opens_every_link_of_every_mail_changes_nothing(every_mail):
    before = every_row()

    for message in Message.objects.all():
        for link in {*links_of(message), message.unsubscribe_url} - {""}:
            for ask in (Client().get, Client().head):
                ask(path_of(link), follow=True)

    assert every_row() == before
