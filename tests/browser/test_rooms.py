"""The rooms page on a phone: from ticks to rooms, with nothing wider than the window."""

import pytest
from playwright.sync_api import expect

from tests.browser import walking
from tests.browser.conftest import PHONE, is_wider_than_its_window, violations

pytestmark = [pytest.mark.services, pytest.mark.browser]


def test_a_host_plans_rooms_on_a_phone(site, visit, smtp_sink):
    slug = site.run('from meetups.models import Meetup; result = Meetup.objects.get(title__startswith="Hearing").slug')
    page = visit(viewport=PHONE)
    walking.sign_in(page, site, smtp_sink, walking.OLIVE)
    page.goto(f"{site.url}/organise/{slug}/rooms/")
    page.get_by_role("button", name="Plan the rooms").click()
    page.get_by_label("Everybody with a place").check()
    page.get_by_label("Round 1", exact=True).select_option("4")
    page.get_by_label("Round 2", exact=True).select_option("4")
    assert violations(page) == []
    page.get_by_role("button", name="Plan the rooms").click()

    expect(page.get_by_text("Nobody meets twice")).to_be_visible()
    assert violations(page) == []
    assert not is_wider_than_its_window(page)
    page.get_by_role("link", name="Round 1: fours").click()
    expect(page.get_by_role("button", name="Copy the list")).to_be_visible()
    assert violations(page) == []
    assert not is_wider_than_its_window(page)
