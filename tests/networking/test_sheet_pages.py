"""Every page of a planning sheet opens, empty and full; every button works without a script."""

import pytest
from django.urls import reverse

from networking import sheets
from networking.models import Member
from networking.sheet_parts import SECTIONS
from tests import make
from tests.networking import build

pytestmark = pytest.mark.django_db


def url(name, member, *further):
    return reverse(f"networking:{name}", args=[member.cohort.slug, *further])


def pages_of(member):
    return [
        *(url(name, member) for name in ("sheet", "sheet_print", "sheet_versions", "sheet_compare")),
        *(url("sheet_section", member, section.key) for section in SECTIONS),
        url("someones_sheet", member, member.pk),
    ]


def statuses(person, pages):
    browser = make.client(person)
    return {page: browser.get(page).status_code for page in pages}


def a_full_sheet():
    pair = build.pair()
    one = pair.councillor
    build.skill("Video")
    for section in SECTIONS:
        texts = {question.key: "Something" for question in section.questions if question.kind != "choice"}
        rows = {f"rows.a1.{column.key}": "Something" for column in section.columns if column.kind != "choice"}
        skills = {"skill.video.now": "1", "skill.video.wanted": "3"} if section.asks_skills else {}
        sheets.save(one, section.key, sheets.Posted({**texts, **rows, **skills}, 0, "one"), now=build.NOW)
        sheets.comment(one, section.key, "Good", by=pair.mentor.person, now=build.NOW)
    sheets.keep_version(one, "For my mentor", now=build.NOW)
    return pair


def test_every_page_of_an_empty_sheet_opens():
    pair = build.pair()
    pages = pages_of(pair.councillor)

    assert statuses(pair.councillor.person, pages) == dict.fromkeys(pages, 200)
    assert statuses(pair.mentor.person, pages[-1:]) == {pages[-1]: 200}


def test_every_page_of_a_full_sheet_opens():
    pair = a_full_sheet()
    clash = build.sheet(pair.councillor, people="Something else", window="two").clash
    pages = [*pages_of(pair.councillor), url("sheet_two_texts", pair.councillor, clash.pk)]

    assert statuses(pair.councillor.person, pages) == dict.fromkeys(pages, 200)
    mentors = url("someones_sheet", pair.councillor, pair.councillor.pk)
    assert statuses(pair.mentor.person, [mentors]) == {mentors: 200}


def test_a_version_is_kept_by_its_button():
    one = build.councillor()
    build.sheet(one, people="Parents")

    page = make.client(one.person).post(url("sheet_versions", one), {"name": "For my mentor"}, follow=True)

    assert list(sheets.sheet_of(one, now=build.NOW).versions.values_list("name", "answers")) == [
        ("For my mentor", {"reach": {"people": "Parents"}})
    ]
    assert "For my mentor" in page.content.decode()


def test_the_address_of_the_comment_button_leads_to_the_section():
    pair = build.pair()
    one = pair.councillor
    address = url("comment_on_sheet", one, one.pk, "reach")

    assert make.client(one.person).get(address).url == url("sheet_section", one, "reach")
    assert make.client(pair.mentor.person).get(address).url == f"{url('someones_sheet', one, one.pk)}#reach"


@pytest.mark.parametrize("who", ["councillor", "mentor", "expert"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_comment_button_is_not_there_for_others_of_the_cohort(who, method):
    one = build.councillor()
    other = build.member(who, one.cohort)

    answer = getattr(make.client(other.person), method)(
        url("comment_on_sheet", one, one.pk, "reach"), {"text": "Hello"}
    )

    assert answer.status_code == 404
    assert not sheets.sheet_of(one, now=build.NOW).pk


def test_the_sheet_of_somebody_who_left_is_read_by_nobody_any_more():
    cohort = build.cohort()
    pair = build.pair(build.councillor(cohort))
    url = reverse("networking:someones_sheet", args=[cohort.slug, pair.councillor.pk])
    before = make.client(pair.mentor.person).get(url).status_code

    Member.objects.filter(pk=pair.councillor.pk).update(state="left")

    assert (before, make.client(pair.mentor.person).get(url).status_code) == (200, 404)
