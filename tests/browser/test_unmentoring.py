"""A month of UnMentoring: somebody joins with a phone, the coordinator publishes at a desk, the mail is between."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import walking
from tests.browser.conftest import PHONE
from tests.services.moving import move, moved_to, time_at
from tests.services.site import Site

pytestmark = [pytest.mark.services, pytest.mark.browser]

NEWCOMER = "frances@fire.example"
PROCESSES = ("web", "worker", "beat")
# The coordinator of the demonstration, and two people who are in; no rounds yet.
BEGIN = """
from django.utils import timezone
from pages import demo
from tests.unmentoring import build
connie = next(account for account in demo.ACCOUNTS if account.email.startswith("connie"))
demo._person(connie)
now = timezone.now()
for n, name in enumerate(["Carys Davies", "Omar Khan"]):
    build.participant(now=now, email=f"person{n}@org{n}.example", name=name, line="I run two committees.")
result = None
"""
SAID = """
from unmentoring.models import *
frances = Participant.objects.get(person__email="frances@fire.example")
member = frances.memberships.get()
result = [frances.state, str(frances.phone), member.answer, [one.text for one in frances.learnings.all()]]
"""


@pytest.fixture
def small_site(make_site, sqlite_url) -> Site:
    """A site on a Saturday in February, ten days before a draw."""
    made: Site = make_site(sqlite_url, DEMO="1", RATE_LIMIT_FACTOR="0", **moved_to("2027-02-20T10:00:00+00:00"))
    made.manage("load_councils")
    made.run(BEGIN)
    made.start(*PROCESSES)
    return made


def join(page: Page, site: Site) -> None:
    """The phone number is wrong at first; everything else that was typed is still there."""
    page.goto(f"{site.url}/unmentoring/")
    page.get_by_role("link", name="Join UnMentoring").or_(page.get_by_role("button", name="Join")).first.click()
    page.get_by_label("Your name").fill("Frances Fox")
    page.locator("[name=email]").fill(NEWCOMER)
    page.locator("[name=phone]").fill("12345")
    page.get_by_label("Council or organisation").fill("Wessex Fire and Rescue")
    page.get_by_label("Where do you work?").select_option("fire")
    page.get_by_label("A line about you").fill("I ask why.")
    page.get_by_label("Teams").check()
    page.get_by_label("I accept the rules").check()
    page.get_by_role("button", name="Join UnMentoring").click()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_label("Your name")).to_have_value("Frances Fox")
    page.locator("[name=phone]").fill("020 7946 0999")
    page.get_by_role("button", name="Join UnMentoring").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look at your email")


def publish(page: Page, site: Site) -> None:
    """From the first page of the coordinator to the round, over the preview and what it will send."""
    page.goto(f"{site.url}/unmentoring/coordinate/")
    page.get_by_role("button", name="Prepare the draw").click()
    page.get_by_role("button", name="Draw a preview").click()
    expect(page.get_by_text("The number of people was odd, so you are three")).to_be_visible()
    page.get_by_role("button", name="Publish this draw").click()
    expect(page.get_by_text("3 people are introduced")).to_be_visible()
    page.get_by_role("button", name="Publish to 3 people").click()
    expect(page.get_by_text("March 2027 is published")).to_be_visible()


def test_a_month_from_joining_to_leaving(small_site, visit, smtp_sink):
    desk, phone = visit(), visit(javascript=False, viewport=PHONE)

    join(phone, small_site)
    phone.goto(walking.link_in(walking.newest_mail(smtp_sink, NEWCOMER, about="Confirm"), "/unmentoring/confirm/"))
    phone.get_by_role("button", name="Yes, I am in and accept the rules").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("My UnMentoring")

    walking.sign_in(desk, small_site, smtp_sink, walking.CONNIE, clock=lambda: time_at(small_site))
    publish(desk, small_site)
    assert "020 7946 0999" not in desk.content()

    introduction = walking.text_of(walking.newest_mail(smtp_sink, NEWCOMER, about="UnMentoring in March 2027: meet"))
    assert "Carys Davies" in introduction
    assert "Omar Khan" in introduction
    to_partner = walking.text_of(walking.newest_mail(smtp_sink, "person0@org0.example", about="meet"))
    assert "Phone: +44 20 7946 0999" in to_partner
    assert "I ask why." in to_partner

    move(small_site, "2027-03-24T09:00:05+00:00", *PROCESSES)
    asked = walking.newest_mail(smtp_sink, NEWCOMER, about="Did you meet")
    phone.goto(walking.link_in(asked, "/unmentoring/answer/"))
    expect(phone.get_by_label("Yes, we met")).to_be_checked()
    assert small_site.run(SAID)[2] == ""  # opening the page said nothing
    phone.get_by_role("button", name="Save my answer").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Your answer is saved")

    phone.get_by_role("button", name="Share what you learned").click()
    phone.get_by_label("What did you learn?").fill("Ask one more question.")
    phone.get_by_label(re.compile("^Everyone")).check()
    phone.get_by_role("button", name="Share it").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Shared")
    phone.goto(f"{small_site.url}/unmentoring/learning/")
    assert "Ask one more question." not in phone.content()  # the coordinator looks at it first

    phone.goto(walking.link_in(asked, "/unmentoring/leave/"))
    phone.get_by_role("button", name="Leave UnMentoring").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("You have left")
    assert small_site.run(SAID) == ["left", "", "yes", ["Ask one more question."]]
    walking.newest_mail(smtp_sink, NEWCOMER, about="You no longer take part")
