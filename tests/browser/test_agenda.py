"""Planning an agenda with the keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import walking

pytestmark = [pytest.mark.services, pytest.mark.browser]

SOON = """
from meetups.models import Meetup
result = Meetup.objects.get(title__startswith="Hearing").slug
"""

FOCUSED = "document.activeElement.textContent + (document.activeElement.labels?.[0]?.textContent ?? '')"


def topics(page: Page) -> list[str]:
    return page.locator("[data-reorder-item] h2").all_inner_texts()


def focus_on(page: Page, text: str) -> None:
    """Tab until the thing with these words has the keyboard."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if text in page.evaluate(FOCUSED):
            return
    raise AssertionError(f"The keyboard does not reach {text}")


def test_an_agenda_is_planned_with_the_keyboard_alone(site, smtp_sink, visit):
    slug, page = site.run(SOON), visit()
    walking.sign_in(page, site, smtp_sink, walking.OLIVE)
    page.goto(f"{site.url}/organise/{slug}/agenda/")
    before = topics(page)

    focus_on(page, "Topic")
    page.keyboard.type("Typed item")
    focus_on(page, "Minutes")
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    expect(page.locator("[data-reorder-item] h2").last).to_have_text("Typed item")
    focus_on(page, "Up: Typed item")
    for place in (len(before) - 1, len(before) - 2):
        page.keyboard.press("Enter")
        expect(page.locator("[data-reorder-item] h2").nth(place)).to_have_text("Typed item")
        expect(page.locator("button:focus")).to_contain_text("Up: Typed item")

    assert topics(page) == [*before[:-2], "Typed item", *before[-2:]]


def test_an_item_is_dragged_with_the_mouse_and_stays_where_it_was_dropped(site, smtp_sink, visit):
    slug, page = site.run(SOON), visit()
    walking.sign_in(page, site, smtp_sink, walking.OLIVE)
    page.goto(f"{site.url}/organise/{slug}/agenda/")
    first, second, third, *rest = topics(page)
    handle, below = page.locator(".app-drag").first, page.locator("[data-reorder-item]").nth(2)

    handle.scroll_into_view_if_needed()
    start, end = handle.bounding_box(), below.bounding_box()
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + 40, end["y"] + end["height"] * 0.3, steps=8)
    page.mouse.move(end["x"] + 40, end["y"] + end["height"] * 0.9, steps=4)
    with page.expect_navigation():
        page.mouse.up()

    dropped = [second, third, first, *rest]
    assert topics(page) == dropped
    page.reload()
    assert topics(page) == dropped
    assert page.locator(".app-timed__time").first.inner_text().startswith("10am to 10:12am")


def test_an_item_that_is_put_down_where_it_was_changes_nothing(site, smtp_sink, visit):
    slug, page = site.run(SOON), visit()
    walking.sign_in(page, site, smtp_sink, walking.OLIVE)
    page.goto(f"{site.url}/organise/{slug}/agenda/")
    before, address = topics(page), page.url
    box = page.locator(".app-drag").nth(1).bounding_box()

    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 9, box["y"] + 8, steps=3)
    page.mouse.up()

    assert (page.url, topics(page)) == (address, before)
    assert page.locator(".app-dragged").count() == 0
