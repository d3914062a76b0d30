"""A planning sheet in a real browser: it saves itself, in two tabs, and when the connection drops."""

import pytest
from playwright.sync_api import expect

from tests.browser import walking

pytestmark = [pytest.mark.services, pytest.mark.browser]

BEA = ("bea@demo.example", None)
WHERE = """
from django.urls import reverse
from networking.models import Member, Sheet
member = Member.objects.councillors().get(person__email="bea@demo.example")
Sheet.objects.filter(member=member).delete()
result = reverse("networking:sheet_section", args=[member.cohort.slug, "reach"])
"""
ANSWERS = """
from networking.models import SheetSection
found = SheetSection.objects.filter(sheet__member__person__email="bea@demo.example", key="reach").first()
result = {key: text for key, text in found.answers.items() if text} if found else {}
"""
PEOPLE = "Who do you want to reach?"
WHY = "What do you want to hear from them"


@pytest.fixture
def section(site) -> str:
    where: str = site.run(WHERE)
    return site.url + where


@pytest.fixture
def tab(site, visit, smtp_sink):
    page = visit()
    walking.sign_in(page, site, smtp_sink, BEA)
    return page


def saved(page):
    expect(page.locator("[data-sheet-state]")).to_contain_text("Saved at", timeout=15000)


def test_what_is_typed_is_saved_without_a_button(site, tab, section):
    tab.goto(section)

    tab.get_by_label(PEOPLE).fill("Parents")

    saved(tab)
    assert site.run(ANSWERS) == {"people": "Parents"}
    tab.reload()
    assert tab.get_by_label(PEOPLE).input_value() == "Parents"


def test_two_tabs_that_answer_different_questions_both_keep_theirs(site, tab, section):
    tab.goto(section)
    other = tab.context.new_page()
    other.goto(section)

    tab.get_by_label(PEOPLE).fill("Parents")
    saved(tab)
    other.get_by_label(WHY).fill("What they need")

    expect(other.locator("[data-sheet-state]")).to_contain_text("What was changed in another window is in it too")
    assert site.run(ANSWERS) == {"people": "Parents", "why": "What they need"}


def test_two_tabs_that_answer_the_same_question_lose_neither_text(site, tab, section):
    tab.goto(section)
    other = tab.context.new_page()
    other.goto(section)

    tab.get_by_label(PEOPLE).fill("Parents")
    saved(tab)
    other.get_by_label(PEOPLE).fill("Young people")
    expect(other.locator("[data-sheet-state]")).to_contain_text("Both texts are kept.", timeout=15000)
    other.get_by_role("link", name="Two windows changed this.").click()
    other.get_by_label("The other text").check()
    other.get_by_role("button", name="Keep this").click()

    expect(other.get_by_label(PEOPLE)).to_have_value("Young people")
    assert site.run(ANSWERS) == {"people": "Young people"}


def test_what_could_not_be_sent_is_kept_and_sent_when_the_connection_is_back(site, tab, section):
    tab.goto(section)
    tab.context.set_offline(True)
    tab.get_by_label(PEOPLE).fill("Parents on the train")
    expect(tab.locator("[data-sheet-state]")).to_contain_text("Not saved, will try again.", timeout=15000)
    assert site.run(ANSWERS) == {}

    tab.context.set_offline(False)

    saved(tab)
    assert site.run(ANSWERS) == {"people": "Parents on the train"}


def test_a_tab_closed_without_a_connection_loses_nothing(site, tab, section):
    tab.goto(section)
    closing = tab.context.new_page()
    closing.goto(section)
    tab.goto(site.url)
    closing.context.set_offline(True)
    closing.get_by_label(PEOPLE).fill("Parents on the train")
    expect(closing.locator("[data-sheet-state]")).to_contain_text("Not saved", timeout=15000)
    # As long ago as a window counts as gone.
    closing.evaluate(
        """() => { for (const key of Object.keys(localStorage)) {
            const left = JSON.parse(localStorage.getItem(key)); left.at -= 200000;
            localStorage.setItem(key, JSON.stringify(left)); } }"""
    )
    closing.close()
    tab.context.set_offline(False)

    tab.goto(section)

    saved(tab)
    assert tab.get_by_label(PEOPLE).input_value() == "Parents on the train"
    assert site.run(ANSWERS) == {"people": "Parents on the train"}
