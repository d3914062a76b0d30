"""Pages that change while people look at them: the board, who comes in, the wait for a pair, a page check."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import walking
from tests.browser.conftest import DESKTOP, PHONE, is_wider_than_its_window, violations

pytestmark = [pytest.mark.services, pytest.mark.browser]

MADE = """
from django.utils import timezone
from evidence import addresses, sessions
from evidence.models import Inquiry, ListeningSession
inquiry = Inquiry.objects.get(slug="care-closer-to-home")
shown = inquiry.sessions.get()
new = sessions.make(inquiry, meetup=None, minutes=30, now=timezone.now(), by=None)
waits = sessions.join(new, sessions.Arrival("Gita", "resident", False), now=timezone.now())
home = f"/evidence/inquiries/{inquiry.slug}/sessions/"
room = addresses.of_room(waits)
result = {"board": f"{home}{shown.pk}/board/", "run": f"{home}{new.pk}/", "room": room, "new": new.pk}
"""
FIND = """
from evidence import sessions
from evidence.models import Inquiry, Seat
first = Seat.objects.filter(session__inquiry__slug="care-closer-to-home", pair__number=1)
seat = first.select_related("session", "pair")[0]
sessions.find(seat, ["{words}"])
result = 1
"""
COME_IN = """
from django.utils import timezone
from evidence import sessions
from evidence.models import ListeningSession
session = ListeningSession.objects.get(pk={pk})
sessions.join(session, sessions.Arrival("Ben", "officer", True), now=timezone.now())
if {pairs}: sessions.make_pairs(session)
result = 1
"""
CHECK = """
from datetime import timedelta
from django.utils import timezone
from evidence.models import Fetch
from people.models import Person
now, sam = timezone.now(), Person.objects.get(email="sam@demo.example")
row = Fetch.objects.create(
    kind="check", state="queued", url="https://www.wessex.example/agenda",
    asked_by=sam, asked_at=now, due_at=now + timedelta(days=1),
)
result = row.pk
"""
FAILS = """
from django.utils import timezone
from evidence.models import Fetch
result = Fetch.objects.filter(pk={pk}).update(state="failed", why="The site answered 404.", ended_at=timezone.now())
"""


@pytest.fixture
def made(site) -> dict:
    found: dict = site.run(MADE)
    return found


@pytest.fixture
def open_page(site, visit, smtp_sink):
    """A window of somebody who signed in, at this page."""

    def opened(path, *, account=walking.OLIVE, **window) -> Page:
        page = visit(**window)
        walking.sign_in(page, site, smtp_sink, account)
        page.goto(f"{site.url}{path}")
        return page

    return opened


def lost(page):
    return page.locator("[data-live-lost]")


def test_the_board_shows_what_is_found_survives_a_lost_connection_and_can_be_held_still(open_page, site, made):
    board = open_page(made["board"])
    expect(board.get_by_text("2 items logged, 2 findings.")).to_be_visible()
    for size in (DESKTOP, PHONE):
        board.set_viewport_size(size)
        assert violations(board) == []
        assert not is_wider_than_its_window(board)

    site.run(FIND.format(words="Buses come too late"))
    expect(board.get_by_text("Buses come too late")).to_be_visible(timeout=15000)
    expect(board.locator("p[data-live-said]")).to_have_text("2 items logged, 2 findings.")

    board.context.set_offline(True)
    expect(lost(board)).to_contain_text("No connection. What you see is from before.", timeout=15000)
    assert violations(board) == []
    site.run(FIND.format(words="Nobody told us about the van"))
    expect(board.get_by_text("Buses come too late")).to_be_visible()
    board.context.set_offline(False)
    expect(board.get_by_text("Nobody told us about the van")).to_be_visible(timeout=15000)
    expect(lost(board)).to_be_hidden()

    board.get_by_role("button", name="Pause updates").click()
    site.run(FIND.format(words="A school helps"))
    board.wait_for_timeout(7000)
    expect(board.get_by_text("A school helps")).to_be_hidden()
    board.get_by_role("button", name="Pause updates").click()
    expect(board.get_by_text("A school helps")).to_be_visible(timeout=5000)


def test_without_a_script_a_link_shows_the_board_anew(open_page, site, made):
    board = open_page(made["board"], javascript=False)
    site.run(FIND.format(words="Buses come too late"))

    expect(board.get_by_role("button", name="Pause updates")).to_be_hidden()
    board.get_by_role("link", name="Look again").click()

    expect(board.get_by_text("Buses come too late")).to_be_visible()


def test_who_comes_in_is_on_the_wall_and_a_guest_who_waits_gets_their_pair(open_page, visit, site, made):
    wall, guest = open_page(made["run"]), visit(viewport=PHONE)
    guest.goto(f"{site.url}{made['room']}")
    expect(wall.get_by_text("1 person, 1 in no pair yet.")).to_be_visible()
    assert violations(guest) == []

    site.run(COME_IN.format(pk=made["new"], pairs=False))
    expect(wall.get_by_text("2 people, 2 in no pair yet.")).to_be_visible(timeout=15000)
    wall.get_by_role("button", name="Make pairs").click()

    expect(guest.get_by_text("You are with Ben.")).to_be_visible(timeout=15000)
    guest.get_by_label("In our words").fill("Half a sentence")
    wall.get_by_role("button", name="Start the clock").click()
    expect(guest.locator("[data-live-moved]")).to_contain_text("The session has gone on", timeout=20000)
    expect(guest.get_by_label("In our words")).to_have_value("Half a sentence")
    assert violations(guest) == []
    assert not is_wider_than_its_window(guest)


def test_the_result_of_a_page_check_comes_by_itself_and_then_nobody_asks_any_more(open_page, site):
    check = site.run(CHECK)
    page = open_page(f"/evidence/getting-started/page/{check}/", account=walking.SAM)
    expect(page.get_by_text("We are looking at it.")).to_be_visible()
    asked: list[str] = []

    site.run(FAILS.format(pk=check))
    expect(page.get_by_text("The site answered 404.", exact=True)).to_be_visible(timeout=15000)
    expect(page.locator("p[data-live-said]")).to_have_text("Ready: The site answered 404.")
    expect(page.get_by_role("button", name="Pause updates")).to_be_hidden()
    page.on("request", lambda request: asked.append(request.url) if re.search(r"/page/\d+/$", request.url) else None)
    page.wait_for_timeout(5000)
    assert asked == []


def test_who_is_signed_out_meanwhile_is_told_and_keeps_what_is_on_the_page(open_page, made):
    board = open_page(made["board"])
    board.context.clear_cookies()

    expect(lost(board)).to_have_text("You are signed out. Load the page again to go on.", timeout=15000)
    expect(board.get_by_text("2 items logged, 2 findings.")).to_be_visible()
