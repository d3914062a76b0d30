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
