"""Logging what was heard in a real browser: by keyboard on a phone, redaction, the bookmark, sharing without a net."""

import io
import re

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, is_wider_than_its_window, violations

pytestmark = [pytest.mark.services, pytest.mark.browser]

MAKE = """
from django.contrib.sessions.backends.db import SessionStore
from tests.evidence import build
inquiry = build.inquiry(title="Support for young carers")
who = build.contributor(inquiry)
session = SessionStore()
session["_auth_user_id"] = str(who.pk)
session["_auth_user_backend"] = "allauth.account.auth_backends.AuthenticationBackend"
session["_auth_user_hash"] = who.get_session_auth_hash()
session.create()
result = {"session": session.session_key, "draft": build.draft(who, our_words="Waiting").pk}
"""
DRAFTS = "from evidence.models import Item; result = list(Item.objects.values_list('state', 'exact_words', 'link'))"
PIXELS = """
from PIL import Image
from evidence.models import Screenshot
shot = Screenshot.objects.get()
with Image.open(shot.file.path) as picture:
    picture = picture.convert("RGB")
    name = picture.getpixel((60, 20))
    result = {"size": picture.size, "name": name, "rest": picture.getpixel((300, 500)), "redacted": shot.was_redacted}
"""


@pytest.fixture
def listening(make_site, sqlite_url):
    made = make_site(sqlite_url, RATE_LIMIT_FACTOR="0")
    made.made = made.run(MAKE)
    made.start("web")
    return made


@pytest.fixture
def phone(listening, visit) -> Page:
    """Signed in, 320 pixels wide."""
    page = visit(viewport=PHONE)
    page.context.add_cookies([{"name": "sessionid", "value": listening.made["session"], "url": listening.url}])
    return page


def tab_to(page: Page, name: str) -> None:
    """By keyboard alone, to the field or button of this name."""
    for _ in range(60):
        page.keyboard.press("Tab")
        said = page.evaluate("[document.activeElement.name, document.activeElement.textContent.trim()]")
        if name in said:
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


def test_a_whole_capture_on_a_narrow_phone_by_keyboard(listening, phone):
    phone.goto(f"{listening.url}/evidence/capture/")
    assert violations(phone) == []

    tab_to(phone, "link")
    phone.keyboard.type("https://x.com/janedoe")
    tab_to(phone, "topic")
    phone.keyboard.type("Resp")
    tab_to(phone, "Hand in")
    phone.keyboard.press("Enter")
    expect(phone).to_have_title(re.compile("^Error: "))
    assert violations(phone) == []
    expect(phone.locator(".govuk-error-summary")).to_contain_text("This is the address of somebody")
    tab_to(phone, "link")
    phone.keyboard.press("Control+A")
    phone.keyboard.type("https://x.com/janedoe/status/1789012345678901234")
    tab_to(phone, "exact_words")
    phone.keyboard.type("Nobody told us that a break was possible")
    tab_to(phone, "Hand in")
    phone.keyboard.press("Enter")

    expect(phone.get_by_role("heading", name="Handed in")).to_be_visible()
    assert violations(phone) == []
    assert not is_wider_than_its_window(phone)
    assert ["submitted", "Nobody told us that a break was possible"] in [row[:2] for row in listening.run(DRAFTS)]


def test_what_was_copied_is_pasted_with_one_button(listening, phone):
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=listening.url)
    phone.goto(f"{listening.url}/evidence/capture/")
    phone.evaluate("navigator.clipboard.writeText('Nobody told us https://x.com/a/status/17')")

    phone.get_by_role("button", name="Paste what I copied").click()

    expect(phone.get_by_label("Link")).to_have_value("https://x.com/a/status/17")
    expect(phone.get_by_label("Exact words")).to_have_value("Nobody told us")


def a_post() -> bytes:
    picture = Image.new("RGB", (400, 600), "white")
    ImageDraw.Draw(picture).rectangle((40, 10, 160, 40), fill="red")  # where the name stands
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def test_a_name_is_blacked_out_by_keyboard_before_the_picture_leaves_the_phone(listening, phone):
    phone.goto(f"{listening.url}/evidence/inbox/{listening.made['draft']}/screenshots/")
    phone.locator("input[type=file]").set_input_files(
        {"name": "IMG_1234.png", "mimeType": "image/png", "buffer": a_post()}
    )
    canvas = phone.locator("canvas")
    expect(canvas).to_be_visible()
    assert violations(phone) == []

    canvas.focus()
    for key in ("ArrowUp", "ArrowUp", "ArrowUp", "ArrowLeft", "Shift+ArrowRight", "Enter"):
        phone.keyboard.press(key)
    expect(phone.get_by_text("Blacked out.")).to_be_visible()
    phone.get_by_label("What it shows").fill("A post")
    phone.get_by_label("No names and no faces").check()
    phone.get_by_role("button", name="Save the screenshot").click()

    expect(phone.get_by_text("The screenshot is kept with your draft")).to_be_visible()
    expect(phone.get_by_text("A post (blacked out)")).to_be_visible()
    assert listening.run(PIXELS) == {"size": [400, 600], "name": [0, 0, 0], "rest": [255, 255, 255], "redacted": True}


def test_a_frame_is_drawn_by_dragging_and_the_picture_cropped_and_taken_back(listening, phone):
    phone.goto(f"{listening.url}/evidence/inbox/{listening.made['draft']}/screenshots/")
    phone.locator("input[type=file]").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": a_post()})
    canvas = phone.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box

    phone.mouse.move(box["x"] + 10, box["y"] + 10)
    phone.mouse.down()
    phone.mouse.move(box["x"] + 110, box["y"] + 60)
    phone.mouse.up()
    phone.get_by_role("button", name="Crop to the frame").click()
    assert canvas.evaluate("c => c.width") < 300
    phone.get_by_role("button", name="Undo").click()

    assert canvas.evaluate("c => [c.width, c.height]") == [400, 600]


def test_the_bookmark_opens_the_form_with_address_title_and_selected_words(listening, phone):
    phone.goto(f"{listening.url}/evidence/ways-in/")
    assert violations(phone) == []
    mark = phone.locator("[data-bookmarklet]").get_attribute("href")
    assert mark
    before = listening.run(DRAFTS)

    phone.goto("https://news.example.org/2027/carers")
    phone.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
    with phone.expect_popup() as opened:
        phone.evaluate("code => (0, eval)(decodeURIComponent(code.replace('javascript:', '')))", mark)
    form = opened.value

    expect(form.get_by_label("Link")).to_have_value("https://news.example.org/2027/carers")
    expect(form.get_by_label("Exact words")).to_have_value("Elsewhere")
    assert listening.run(DRAFTS) == before


SHARE = """text => {
    const form = Object.assign(document.createElement("form"), {
        method: "post", action: "/evidence/share/", enctype: "multipart/form-data"});
    form.append(Object.assign(document.createElement("input"), {name: "text", value: text}));
    document.body.append(form);
    form.submit();
}"""


def test_sharing_makes_a_draft_and_without_a_net_waits_on_the_phone_until_there_is_one(listening, phone):
    phone.goto(f"{listening.url}/evidence/inbox/")
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.reload()
    phone.wait_for_function("navigator.serviceWorker.controller !== null")

    phone.evaluate(SHARE, "Nobody told us https://x.com/a/status/17")
    phone.wait_for_url(re.compile(r"/evidence/inbox/\d+/$"))
    expect(phone.get_by_label("Link")).to_have_value("https://x.com/a/status/17")
    phone.context.set_offline(True)
    phone.evaluate(SHARE, "On the train https://x.com/a/status/18")
    phone.wait_for_url("**/evidence/offline/")
    expect(phone.get_by_role("heading", name="1 thing waits on this phone")).to_be_visible()
    assert violations(phone) == []
    assert len(listening.run(DRAFTS)) == 2

    phone.context.set_offline(False)
    phone.goto(f"{listening.url}/evidence/inbox/")
    expect(phone.get_by_text("Sent to your inbox")).to_be_attached()

    assert ["inbox", "On the train", "https://x.com/a/status/18"] in listening.run(DRAFTS)
