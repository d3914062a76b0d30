"""Two hosts run one meet-up, each in a window of their own; one reloads, one loses the connection."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import walking
from tests.browser.conftest import PHONE, is_wider_than_its_window, violations

pytestmark = [pytest.mark.services, pytest.mark.browser]

# It began just now, two hosts have it in hand, and rooms are planned for the phases of its agenda.
BEGIN = """
from datetime import timedelta
from django.utils import timezone
from meetups.breakouts import planning
from meetups.models import Meetup
from people.models import Person
soon = Meetup.objects.get(title__startswith="Hearing")
now = timezone.now()
Meetup.objects.filter(pk=soon.pk).update(
    closes_at=now, details_at=now, starts_at=now, ends_at=now + timedelta(hours=2)
)
soon.agenda.update(pinned_to=None)
soon.hosts.add(Person.objects.get(email="hari@demo.example"))
soon.refresh_from_db()
plan, _ = planning.ask(soon, planning.Settings(planning.rounds_of_agenda(soon), "expected"), now=now)
planning.make(plan, now=now)
result = {"slug": soon.slug, "steps": [str(p) for i in soon.agenda.all() for p in (list(i.phases.all()) or [i])]}
"""


@pytest.fixture
def meetup(site) -> dict:
    found: dict = site.run(BEGIN)
    return found


@pytest.fixture
def open_run_view(site, visit, smtp_sink, meetup):
    """A window with the live view, of somebody who signed in."""

    def opened(account, **window) -> Page:
        page = visit(**window)
        walking.sign_in(page, site, smtp_sink, account)
        page.goto(f"{site.url}/organise/{meetup['slug']}/run/")
        return page

    return opened


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def is_at_step(page: Page, number: int) -> None:
    expect(page.get_by_text(f"Step {number} of ")).to_be_visible()


def test_what_one_host_presses_the_other_sees(open_run_view):
    olive, hari = open_run_view(walking.OLIVE), open_run_view(walking.HARI, viewport=PHONE)

    press(olive, "Start")
    is_at_step(hari, 1)
    expect(hari.locator("[data-run-late]")).to_have_text("On time")
    press(hari, "Next")
    is_at_step(olive, 2)
    expect(olive.get_by_role("heading", name="Rooms now")).to_be_visible()
    expect(olive.locator("[data-run-late]")).to_have_text(re.compile(r"^\d+ minutes? ahead$"))
    press(olive, "Pause")
    expect(hari.get_by_role("button", name="Go on")).to_be_visible()
    assert [violations(page) for page in (olive, hari)] == [[], []]
    assert not is_wider_than_its_window(hari)

    hari.reload()

    is_at_step(hari, 2)
    expect(hari.get_by_text("Paused", exact=True)).to_be_visible()
    press(hari, "Go on")
    expect(olive.get_by_role("button", name="Pause", exact=True)).to_be_visible()


def test_of_two_hosts_who_press_next_at_once_one_moves_on_and_the_other_is_told(open_run_view):
    olive, hari = open_run_view(walking.OLIVE), open_run_view(walking.HARI)
    press(olive, "Start")
    is_at_step(hari, 1)

    # Both see step 1 and press before either page has asked again.
    for page in (olive, hari):
        page.evaluate("document.querySelector('button[value=next]').click()")

    for page in (olive, hari):
        is_at_step(page, 2)
    told = [page.locator("[data-run-said]").inner_text() for page in (olive, hari)]
    assert sum("Another host has just changed it." in words for words in told) == 1


def test_a_lost_connection_is_said_the_clock_goes_on_and_the_view_catches_up(open_run_view):
    olive, hari = open_run_view(walking.OLIVE), open_run_view(walking.HARI)
    press(olive, "Start")
    is_at_step(hari, 1)

    hari.context.set_offline(True)
    expect(hari.locator("[data-run-lost]")).to_contain_text("No connection. The clock keeps counting")
    then = hari.locator("[data-run-left]").inner_text()
    expect(hari.locator("[data-run-left]")).not_to_have_text(then)
    press(hari, "Next")
    expect(hari.locator("[data-run-lost]")).to_contain_text("That did not reach the server")
    is_at_step(hari, 1)
    press(olive, "Next")
    is_at_step(olive, 2)
    hari.context.set_offline(False)

    is_at_step(hari, 2)
    expect(hari.locator("[data-run-lost]")).to_be_hidden()


def test_rooms_planned_again_appear_without_a_reload(open_run_view, site, meetup):
    olive = open_run_view(walking.OLIVE)
    press(olive, "Start")
    press(olive, "Next")
    rooms = olive.locator(".app-rooms").first
    expect(rooms).not_to_contain_text("Late Larry")

    site.run(
        "from django.utils import timezone; from meetups import signups; from meetups.breakouts import changing;"
        "from meetups.models import *; soon = Meetup.objects.get(title__startswith='Hearing');"
        "late = soon.signups.confirmed().first(); SignUp.objects.filter(pk=late.pk).update(name='Late Larry');"
        "plan = soon.breakouts; row = plan.rounds.first();"
        "changing.move(plan, row, late, str(row.rooms.last().pk)); result = 1"
    )

    expect(olive.locator(".app-rooms").first).to_contain_text("Late Larry")
    expect(olive.locator("[data-run-said]")).to_have_text("The rooms have changed.")
