"""Every page as each kind of person, on a desktop and a phone: WCAG 2.2 AA, nothing wider than the window."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import walking
from tests.browser.conftest import DESKTOP, PHONE, is_wider_than_its_window, violations

pytestmark = [pytest.mark.services, pytest.mark.browser]

MAKE_UNMENTORING = "from tests.browser import every_unmentoring; result = every_unmentoring.make()"
EMPTY_UNMENTORING = ["", "learning/", *(f"coordinate/{page}" for page in (
    "", "people/", "keep-apart/", "rounds/", "network/", "numbers/", "learning/", "reports/",
))]  # fmt: skip
MAKE_NETWORKING = "from tests.browser import every_networking; result = every_networking.make()"
MAKE = "from tests.browser import every_state; result = every_state.make()"
SIZES = {"desktop": DESKTOP, "phone": PHONE}


@pytest.fixture
def pages(site) -> dict[str, list[str]]:
    found: dict[str, list[str]] = site.run(MAKE)
    return found


def wrong_with(page, url: str) -> list[str]:
    found = []
    page.goto(url)
    for name, size in SIZES.items():
        page.set_viewport_size(size)
        found += violations(page)
        if is_wider_than_its_window(page):
            found.append(f"{url}: wider than a {name}")
    return found


def test_public_pages_and_bookings(site, visit, pages):
    page = visit()

    wrong = [one for path in pages["public"] + pages["links"] for one in wrong_with(page, site.url + path)]

    assert wrong == []


def test_pages_of_an_organiser(site, visit, pages, smtp_sink):
    page = visit()
    walking.sign_in(page, site, smtp_sink, walking.OLIVE)

    wrong = [one for path in pages["mine"] + pages["organise"] for one in wrong_with(page, site.url + path)]

    assert wrong == []


@pytest.fixture
def of_unmentoring(site) -> dict[str, list[str]]:
    found: dict[str, list[str]] = site.run(MAKE_UNMENTORING)
    return found


def test_pages_of_unmentoring_for_those_who_take_part(site, visit, of_unmentoring):
    page = visit()

    wrong = [
        one for path in of_unmentoring["public"] + of_unmentoring["links"] for one in wrong_with(page, site.url + path)
    ]

    assert wrong == []


def test_pages_of_the_coordinator(site, visit, of_unmentoring, smtp_sink):
    page = visit()
    walking.sign_in(page, site, smtp_sink, walking.CONNIE)

    wrong = [
        one for path in [*of_unmentoring["coordinate"], "/my-things/"] for one in wrong_with(page, site.url + path)
    ]

    assert wrong == []


def test_pages_of_a_coordinator_who_has_nobody_yet(make_site, sqlite_url, visit, smtp_sink):
    site = make_site(sqlite_url, DEMO="1", RATE_LIMIT_FACTOR="0")
    site.run("from pages import demo; result = [demo._person(one).pk for one in demo.ACCOUNTS]")
    site.start()
    page = visit()
    walking.sign_in(page, site, smtp_sink, walking.CONNIE)

    wrong = [one for path in EMPTY_UNMENTORING for one in wrong_with(page, f"{site.url}/unmentoring/{path}")]

    assert wrong == []


@pytest.fixture
def of_networking(site) -> dict[str, list[str]]:
    found: dict[str, list[str]] = site.run(MAKE_NETWORKING)
    return found


def test_pages_of_a_cohort_for_guests(site, visit, of_networking):
    page = visit()

    wrong = [one for path in of_networking["guests"] for one in wrong_with(page, site.url + path)]

    assert wrong == []


def test_pages_of_a_councillor(site, visit, of_networking, smtp_sink):
    page = visit()
    walking.sign_in(page, site, smtp_sink, walking.CARL)

    wrong = [one for path in of_networking["councillor"] for one in wrong_with(page, site.url + path)]

    assert wrong == []


def test_pages_of_a_lead_and_of_programmes(site, visit, of_networking, smtp_sink):
    page = visit()
    walking.sign_in(page, site, smtp_sink, walking.OLIVE)

    wrong = [one for path in of_networking["lead"] for one in wrong_with(page, site.url + path)]

    assert wrong == []


def test_pages_of_getting_started(site, visit, smtp_sink):
    paths = site.run("from tests.browser import every_started; result = every_started.make()")
    page = visit()
    walking.sign_in(page, site, smtp_sink, walking.SAM)

    wrong = [one for path in paths for one in wrong_with(page, site.url + path)]

    assert wrong == []


def test_pages_of_listening(site, visit, smtp_sink):
    paths = site.run("from tests.browser import every_listening; result = every_listening.make()")
    page = visit()
    wrong = [one for path in paths["links"] for one in wrong_with(page, site.url + path)]
    walking.sign_in(page, site, smtp_sink, walking.OLIVE)

    wrong += [one for path in paths["officer"] for one in wrong_with(page, site.url + path)]

    assert wrong == []


def test_pages_of_support_meetings_and_the_expert_pool(site, visit, smtp_sink):
    paths = site.run("from tests.browser import every_support; result = every_support.make()")
    anybody, carl, lena = visit(), visit(), visit()
    walking.sign_in(carl, site, smtp_sink, walking.CARL)
    walking.sign_in(lena, site, smtp_sink, walking.LENA)

    pages = {"links": anybody, "carl": carl, "lena": lena}
    wrong = [one for who, page in pages.items() for path in paths[who] for one in wrong_with(page, site.url + path)]

    assert wrong == []


def test_forms_of_unmentoring_in_error(site, visit, of_unmentoring, smtp_sink):
    page = visit(viewport=PHONE)
    walking.sign_in(page, site, smtp_sink, walking.CONNIE)
    links = of_unmentoring["links"]
    asking = [next(path for path in links if f"/{kind}/" in path) for kind in ("answer", "report", "learned")]
    deciding = [path for path in of_unmentoring["coordinate"] if path.endswith(("/again/", "/remove/", "/keep-apart/"))]
    wrong = []

    for path in ["/unmentoring/join/", *asking, *(path for path in deciding if "/pairings/" not in path)]:
        page.goto(site.url + path)
        page.locator("main form:not([hidden]) [type=submit]").last.click()
        expect(page, f"{path} says nothing").to_have_title(re.compile("^Error: "))
        wrong += violations(page)

    assert wrong == []


def test_forms_in_error_say_so_in_the_title_and_link_to_their_fields(site, visit, pages):
    page = visit(viewport=PHONE)
    page.goto(site.url + next(path for path in pages["public"] if path.endswith("/sign-up/")))

    page.get_by_role("button", name="Sign up").click()

    expect(page).to_have_title(re.compile("^Error: "))
    assert violations(page) == []
    page.get_by_role("link", name="Enter your name").click()
    expect(page.locator("[name=name]")).to_be_focused()


def test_raw_data_of_administrators_works_under_our_content_security_policy(site, visit, smtp_sink):
    page = visit()
    walking.sign_in(page, site, smtp_sink, walking.ADA)

    page.goto(f"{site.url}/administer/outbox/message/")

    assert page.get_by_role("heading", name="Select message").first.is_visible()


REMOVE = """
from django.utils import timezone
from people import removals
from people.models import Person
guests = Person.objects.filter(email__endswith="@guests.example").order_by("pk")
ada = Person.objects.get(email="ada@demo.example")
removals.remove(guests[0], by=ada, reason="They asked in a letter of 3 May.", now=timezone.now())
result = guests[1].pk
"""


def test_pages_of_an_administrator_who_answers_a_data_request(site, visit, smtp_sink):
    guest = site.run(REMOVE)
    page = visit()
    walking.sign_in(page, site, smtp_sink, walking.ADA)

    paths = ["", f"{guest}/", f"{guest}/remove/"]
    wrong = [one for path in paths for one in wrong_with(page, f"{site.url}/data-requests/{path}")]

    assert wrong == []


def test_the_page_that_shows_who_is_told_before_a_meetup_is_cancelled(site, visit, pages, smtp_sink):
    page = visit(viewport=PHONE)
    walking.sign_in(page, site, smtp_sink, walking.OLIVE)
    cancel = next(path for path in pages["organise"] if path.endswith("/cancel/") and "/people/" not in path)
    page.goto(site.url + cancel)

    page.locator("main form [type=submit]").first.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Check before you cancel")
    assert violations(page) == []
    assert not is_wider_than_its_window(page)
