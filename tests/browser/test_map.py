"""A network map in a real browser: by keyboard only, by mouse, and without a script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import walking
from tests.browser.conftest import DESKTOP, PHONE, is_wider_than_its_window, violations
from tests.services.site import wait_until

pytestmark = [pytest.mark.services, pytest.mark.browser]

CARL = ("carl@demo.example", None)
WHERE = """
from networking.models import NetworkMap
mine = NetworkMap.objects.with_owners().filter(member__person__email="carl@demo.example")
result = mine.get(name="My ward").get_absolute_url()
"""
NODE = """
from networking import map_edits, map_rows
from networking.models import NetworkMap
node = map_edits.named(map_rows.data_of(NetworkMap.objects.get(pk={pk})), "{name}")
result = [list(node.layers), node.angle] if node else None
"""


@pytest.fixture
def carls_map(site) -> str:
    where: str = site.run(WHERE)
    return where


def kept(site, path, name):
    """Layers and angle of a node as they are in the database."""
    pk = re.search(r"/maps/(\d+)/", path)
    return site.run(NODE.format(pk=pk[1], name=name))


def focused(page) -> str:
    label: str = page.evaluate(
        "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"
    )
    return label.split(",")[0]


def test_a_map_by_keyboard_only(site, visit, smtp_sink, carls_map):
    page = visit()
    walking.sign_in(page, site, smtp_sink, CARL)
    page.goto(site.url + carls_map)
    says = page.locator("[data-map-says]")

    # Typing lines, without touching a mouse.
    page.get_by_label("One name on each line").focus()
    page.keyboard.type("Tom Fisk, person, offline")
    page.keyboard.press("Enter")
    page.keyboard.type("Tom Fisk > Ruth Alder")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert focused(page).strip() == "Add to the map"
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 name and 1 link added to the map.")).to_be_visible()

    # One stop of the tab key in the picture; arrow keys go from name to name.
    expect(page.locator("[data-node][tabindex='0']")).to_have_count(1)
    page.locator("[data-node][tabindex='0']").focus()
    first = focused(page)
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    seen = set()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp") * 3:
        page.keyboard.press(key)
        seen.add(focused(page))
    assert len(seen | {first}) > 3

    # L goes to whom it is linked with.
    page.locator("[data-node][aria-label^='Tom Fisk,']").focus()
    page.keyboard.press("l")
    assert focused(page) == "Ruth Alder"

    # M moves: first not, then to another layer; it is said aloud and can be taken back.
    page.locator("[data-node][aria-label^='Tom Fisk,']").focus()
    page.keyboard.press("m")
    expect(says).to_contain_text("Left and right turn it")
    page.keyboard.press("ArrowUp")
    expect(says).to_contain_text("online.")
    page.keyboard.press("Escape")
    expect(says).to_have_text("Left where it was.")
    assert kept(site, carls_map, "Tom Fisk") == [["offline"], None]
    page.keyboard.press("m")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(says).to_have_text("Tom Fisk is online now. It can be taken back.")
    assert focused(page) == "Tom Fisk"
    assert kept(site, carls_map, "Tom Fisk")[0] == ["online"]

    # Enter edits.
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/nodes/\d+/$"))
    page.get_by_label("Name", exact=True).focus()
    page.keyboard.press("End")
    page.keyboard.type("e")
    page.keyboard.press("Enter")
    expect(page.get_by_text("“Tom Fiske” is saved.")).to_be_visible()
    assert violations(page) == []


def test_a_map_by_mouse(site, visit, smtp_sink, carls_map):
    page = visit()
    walking.sign_in(page, site, smtp_sink, CARL)
    page.goto(site.url + carls_map)
    says = page.locator("[data-map-says]")
    node = page.locator("[data-node][aria-label^='Editor of the county paper,']")
    node.scroll_into_view_if_needed()
    start = node.locator(".app-map__target").bounding_box()
    me = page.get_by_text("Me", exact=True).bounding_box()
    x, y = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2

    # To the other side of me, on the same ring.
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(2 * me["x"] - x, 2 * me["y"] - y, steps=8)
    page.mouse.up()
    expect(says).to_have_text("Moved. It can be taken back.")
    assert page.url == site.url + carls_map
    layers, angle = kept(site, carls_map, "Editor of the county paper")
    assert layers == ["aspirational"]
    assert angle is not None

    # Next to me: now they are somebody I meet.
    wait_until(lambda: node.locator(".app-map__target").bounding_box() not in (start, None), seconds=20)
    node.scroll_into_view_if_needed()
    box = node.locator(".app-map__target").bounding_box()
    me = page.get_by_text("Me", exact=True).bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(me["x"] + me["width"] / 2 + 150, me["y"] + 10, steps=8)
    page.mouse.up()
    expect(says).to_have_text("Editor of the county paper is offline now. It can be taken back.")

    # A click opens the page.
    node.locator(".app-map__target").click()
    page.wait_for_url(re.compile(r"/nodes/\d+/$"))


def test_everything_can_be_done_without_a_script(site, visit, smtp_sink, carls_map):
    page = visit(javascript=False, viewport=PHONE)
    walking.sign_in(page, site, smtp_sink, CARL)
    page.goto(site.url + carls_map)

    page.get_by_label("One name on each line").fill("Tom Fisk")
    page.get_by_role("button", name="Add to the map").click()
    page.get_by_role("row").get_by_role("link", name="Tom Fisk", exact=True).click()
    page.get_by_label("Online: I see or reach them there").check()
    page.get_by_label("Where on its ring the picture shows it").select_option(label="At 3 o'clock")
    page.get_by_role("button", name="Save").click()
    assert kept(site, carls_map, "Tom Fisk") == [["offline", "online"], 90]

    page.get_by_role("button", name="Take it back").click()
    assert kept(site, carls_map, "Tom Fisk") == [["offline"], None]
    page.get_by_role("row").get_by_role("link", name="Tom Fisk", exact=True).click()
    page.get_by_role("link", name="Take Tom Fisk out of the map").click()
    page.get_by_role("button", name="Take it out").click()
    assert kept(site, carls_map, "Tom Fisk") is None


def test_pages_of_a_map_are_accessible_and_fit_a_phone(site, visit, smtp_sink, carls_map):
    page = visit()
    walking.sign_in(page, site, smtp_sink, CARL)
    wrong = []
    for path in PAGES:
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            page.goto(site.url + carls_map + path)
            wrong += violations(page)
            if is_wider_than_its_window(page):
                wrong.append(f"{path}: wider than {size}")

    assert wrong == []


PAGES = [
    "", "?picture=regions", "?prompt=quiet", "?q=nobody", "../", "../new/issue/", "settings/", "delete/", "versions/",
    "compare/", "tells/", "reach/?likes=3&followers=200", "reach/?likes=x", "import/",
    "../overlay/", "../overlay/?map=m1&map=m2", "../overlay/?map=m1", "../../shared-maps/", "../../shared-maps/1/",
    "../../shared-maps/1/choose/", "../../shared-maps/1/delete/", "add/", "nodes/1/", "nodes/1/remove/",
]  # fmt: skip
