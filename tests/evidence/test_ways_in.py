"""The installed app, the bookmarklet, the recipe for iPhones: what they say, and that they write nothing."""

import re
import subprocess
from html import unescape
from pathlib import Path
from shutil import which
from urllib.parse import unquote

import pytest
from django.conf import settings
from PIL import Image

from evidence.models import Item
from tests import make, reading
from tests.evidence import build

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parent.parent.parent


def test_a_phone_can_share_title_text_address_and_pictures_to_the_app():
    answer = make.client().get("/evidence/app.webmanifest")

    said = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    target = said["share_target"]
    assert (target["action"], target["method"], target["enctype"]) == (
        "/evidence/share/",
        "POST",
        "multipart/form-data",
    )
    assert (target["params"]["title"], target["params"]["text"], target["params"]["url"]) == ("title", "text", "url")
    assert target["params"]["files"][0]["name"] == "pictures"
    for icon in said["icons"]:
        with Image.open(ROOT / "static" / "img" / icon["src"].rpartition("/")[2]) as picture:
            assert f"{picture.width}x{picture.height}" == icon["sizes"]


def test_the_worker_keeps_no_page_but_the_one_that_says_you_are_offline():
    answer = make.client().get("/evidence/service-worker.js")

    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/javascript")
    assert re.findall(r'const PARTS = \[OFFLINE, "(.*?)", "(.*?)"\]', text)
    assert "&" not in text.replace("&&", "")


@pytest.mark.skipif(not which("node"), reason="There is no Node.js on this machine.")
def test_worker_and_bookmarklet_are_javascript(tmp_path):
    inquiry = build.inquiry()
    (tmp_path / "worker.js").write_bytes(make.client().get("/evidence/service-worker.js").content)
    (tmp_path / "mark.js").write_text(bookmarklet(make.client(build.officer(inquiry))))

    for name in ("worker.js", "mark.js"):
        subprocess.run(["node", "--check", tmp_path / name], check=True)


def bookmarklet(client) -> str:
    page = client.get("/evidence/ways-in/").content.decode()
    address = unescape(re.findall(r'href="(javascript:[^"]*)"', page)[0])
    return unquote(address.removeprefix("javascript:"))


def test_the_bookmark_opens_our_form_with_what_was_selected_and_names_no_other_place():
    code = bookmarklet(make.client(build.officer(build.inquiry())))

    assert re.findall(r"https?://[^'/]+", code) == [settings.SITE_URL]
    assert "/evidence/capture/?url=" in code
    assert "fetch" not in code


def test_the_page_tells_how_on_android_iphone_and_a_computer():
    said = reading.words(make.client(make.person()).get("/evidence/ways-in/"))

    assert all(words in said for words in ("Android: share to the app", "iPhone and iPad: a shortcut", "a bookmark"))
    assert f"{settings.SITE_URL}/evidence/capture/?url=" in said


def test_a_get_to_any_way_in_writes_nothing():
    client = make.client(build.officer(build.inquiry()))

    for address in ("capture/?url=https://a.example/1&text=x", "share/?text=x", "offline/", "ways-in/"):
        client.get(f"/evidence/{address}")

    assert not Item.objects.exists()


def test_the_offline_page_says_nothing_of_the_person_who_keeps_it_on_their_phone():
    who = make.person(name="Cora Contributor", email="cora@council.gov.uk")

    assert make.client(who).get("/evidence/offline/").content == make.client().get("/evidence/offline/").content
