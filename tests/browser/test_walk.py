"""A meet-up from publishing to joining: an organiser at a desk, an officer with a phone, the mail between."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.browser import walking
from tests.browser.conftest import PHONE

pytestmark = [pytest.mark.services, pytest.mark.browser]

OFFICER = "sasha.rivers@westsuffolk.example"
MAKE_DUE = """
from django.utils import timezone
from meetups.models import Meetup
result = Meetup.objects.filter(title="{title}").update({changes})
"""
TITLE = "Minding the gap"


def make_meetup(page, site) -> None:
    """Fill in the long form as an organiser would, plan one item, read the preview, publish."""
    day = timezone.localdate() + timedelta(days=20)
    page.goto(f"{site.url}/organise/new/")
    page.get_by_role("link", name="Start from the defaults of Scrutiny officers' network").click()
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=summary]").fill("What committees never get to see.")
    page.locator("[name=on]").fill(day.isoformat())
    page.locator("[name=starts]").fill("10:00")
    page.locator("[name=ends]").fill("12:00")
    page.locator("[name=places_online]").fill("2")
    page.locator("[name=join_url]").fill("https://video.example.org/j/1")
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_url(re.compile("/organise/scrutiny-network"))
    overview = page.url
    page.goto(f"{overview}agenda/")
    page.locator("[name=title]").fill("Where is the gap?")
    page.locator("[name=minutes]").fill("40")
    page.get_by_role("button", name="Add to the agenda").click()
    page.goto(f"{overview}preview/")
    assert page.get_by_text("Confirmation with a calendar invitation").is_visible()
    page.get_by_role("button", name="Publish meet-up").click()


def sign_up(page, site) -> None:
    """On a phone, without JavaScript."""
    page.goto(f"{site.url}/meetups/")
    page.get_by_role("link", name=re.compile(TITLE)).first.click()
    page.get_by_role("link", name="Sign up").or_(page.get_by_role("button", name="Sign up")).first.click()
    page.get_by_label("Your name").fill("Sasha Rivers")
    page.get_by_label("Email address").fill(OFFICER)
    page.get_by_label("Council or organisation").fill("West Suffolk Council")
    page.get_by_role("button", name="Sign up").click()


def test_from_publishing_to_joining(site, visit, smtp_sink):
    desk, phone = visit(), visit(javascript=False, viewport=PHONE)
    walking.sign_in(desk, site, smtp_sink, walking.OLIVE)

    make_meetup(desk, site)
    sign_up(phone, site)
    confirmation = walking.newest_mail(smtp_sink, OFFICER, about="You have a place")
    booking = walking.link_in(confirmation, "/booking/")

    assert phone.locator("h1").inner_text().startswith("You are signed up")
    assert [part.get_content_type() for part in confirmation.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]

    phone.goto(booking)
    phone.get_by_role("link", name="Cancel my place").click()
    phone.get_by_role("button", name="Cancel my place").click()
    walking.newest_mail(smtp_sink, OFFICER, about="ancelled")
    phone.goto(booking)
    phone.get_by_role("button", name=re.compile("Sign up again")).click()
    phone.goto(booking)
    assert phone.get_by_text("You have a place").first.is_visible()

    site.run(MAKE_DUE.format(title=TITLE, changes="details_at=timezone.now()"))
    details = walking.newest_mail(smtp_sink, OFFICER, about="oining details")
    join = walking.link_in(details, "/join/")
    assert "video.example.org" not in walking.text_of(details)

    phone.goto(join)
    assert phone.get_by_role("button", name="Join the call").count() == 0
    site.run(MAKE_DUE.format(title=TITLE, changes="starts_at=timezone.now()"))
    phone.goto(join)
    phone.get_by_role("button", name="Join the call").click()
    phone.wait_for_url("https://video.example.org/j/1")
    came = site.run(
        "from meetups.models import SignUp; result = SignUp.objects.exclude(came_at=None).filter("
        f"meetup__title='{TITLE}').count()"
    )
    assert came == 1
