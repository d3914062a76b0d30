"""The planning sheet: saved as people go, nothing lost, read by those who may."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from networking import sheet_home, sheet_reading, sheets
from networking.models import Sheet, SheetClash, SheetSection, SheetVersion, SkillLevel
from tests import make
from tests.networking import build

pytestmark = pytest.mark.django_db


def url(name, member, *further):
    return reverse(f"networking:{name}", args=[member.cohort.slug, *further])


def answers(member, key="reach"):
    return SheetSection.objects.get(sheet__member=member, key=key).answers


def test_what_is_typed_is_kept():
    one = build.councillor()

    saved = build.sheet(one, people="Parents")

    assert (answers(one), saved.section.version, saved.section.saved_at) == ({"people": "Parents"}, 1, build.NOW)


def test_the_same_text_again_changes_nothing():
    one = build.councillor()
    build.sheet(one, people="Parents")

    again = build.sheet(one, people="Parents", base=0)

    assert (again.section.version, again.clash, again.merged) == (1, None, False)


def test_two_windows_that_change_different_answers_are_both_in():
    one = build.councillor()
    build.sheet(one, people="Parents", window="first")

    other = build.sheet(one, people="", why="To hear", base=0, window="second")

    assert (answers(one), other.merged, other.clash) == ({"people": "Parents", "why": "To hear"}, True, None)


def test_two_windows_that_change_one_answer_keep_both_until_somebody_chooses():
    one = build.councillor()
    build.sheet(one, people="Parents", window="first")

    other = build.sheet(one, people="Young people", why="To hear", window="second")

    assert answers(one) == {"people": "Parents"}
    assert other.clash
    assert other.clash.answers == {"people": "Young people", "why": "To hear"}

    assert sheets.settle(other.clash, {"people": "Parents\n\nYoung people"}, seen=1, now=build.NOW)
    assert answers(one) == {"people": "Parents\n\nYoung people", "why": "To hear"}


def test_a_window_whose_answer_was_lost_on_the_way_does_not_clash_with_itself():
    one = build.councillor()
    build.sheet(one, people="Par", window="only")

    again = build.sheet(one, people="Parents", base=0, window="only")

    assert (answers(one), again.clash) == ({"people": "Parents"}, None)


def test_what_a_clashing_window_types_on_is_kept_in_the_same_place():
    one = build.councillor()
    build.sheet(one, people="Parents", window="first")

    for text in ("Young", "Young people"):
        build.sheet(one, people=text, window="second")

    assert [clash.answers for clash in SheetClash.objects.all()] == [{"people": "Young people"}]


def test_choosing_again_is_refused_after_the_section_changed():
    one = build.councillor()
    build.sheet(one, people="Parents", window="first")
    clash = build.sheet(one, people="Young people", window="second").clash
    build.sheet(one, people="Parents and carers", base=1, window="first")

    assert not sheets.settle(clash, {"people": "Young people"}, seen=1, now=build.NOW)
    assert answers(one) == {"people": "Parents and carers"}


def test_looking_at_a_sheet_makes_none():
    one = build.councillor()
    browser = make.client(one.person)

    pages = [browser.get(url(name, one)) for name in ("sheet", "sheet_print", "sheet_versions", "sheet_compare")]
    pages += [browser.get(url("sheet_section", one, key)) for key in ("reach", "accounts", "help")]

    assert {page.status_code for page in pages} == {200}
    assert Sheet.objects.count() == 0


def test_a_button_saves_without_a_script_and_the_sheet_says_how_far_it_is():
    one = build.councillor()
    browser = make.client(one.person)

    page = browser.post(
        url("sheet_section", one, "reach"), {"people": "Parents\r\nCarers", "version": "0"}, follow=True
    )

    assert answers(one) == {"people": "Parents\nCarers"}
    assert "1 of 9 done" in page.content.decode()


def test_a_script_is_answered_with_the_version_and_a_time():
    one = build.councillor()

    answer = make.client(one.person).post(
        url("sheet_section", one, "reach"), {"people": "Parents"}, headers={"Accept": "application/json"}
    )

    said = answer.json()
    assert (answer.status_code, said["state"], said["version"]) == (200, "saved", 1)
    assert said["words"].startswith("Saved at ")


def test_a_script_is_told_where_to_choose_when_two_windows_clash():
    one = build.councillor()
    build.sheet(one, people="Parents", window="first")

    answer = make.client(one.person).post(
        url("sheet_section", one, "reach"),
        {"people": "Young", "version": "0", "window": "second"},
        headers={"Accept": "application/json"},
    )

    clash = SheetClash.objects.get()
    assert (answer.status_code, answer.json()) == (
        409,
        {"state": "clash", "url": url("sheet_two_texts", one, clash.pk)},
    )


def test_without_a_script_both_texts_are_shown_and_one_is_chosen():
    one = build.councillor()
    build.sheet(one, people="Parents", window="first")
    browser = make.client(one.person)

    page = browser.post(
        url("sheet_section", one, "reach"), {"people": "Young", "version": "0", "window": "second"}, follow=True
    )
    shown = page.content.decode()
    assert "Parents" in shown
    assert "Young" in shown

    browser.post(page.request["PATH_INFO"], {"seen": "1", "way0": "written", "text0": "Parents and young people"})
    assert answers(one) == {"people": "Parents and young people"}


def test_choosing_nothing_is_an_error_that_keeps_both():
    one = build.councillor()
    build.sheet(one, people="Parents", window="first")
    clash = build.sheet(one, people="Young", window="second").clash

    page = make.client(one.person).post(url("sheet_two_texts", one, clash.pk), {"seen": "1"}).content.decode()

    assert "Select which text to keep" in page
    assert "<title>Error: " in page
    assert SheetClash.objects.filter(settled_at=None).count() == 1


def test_rows_are_added_changed_and_taken_out():
    one = build.councillor()
    browser = make.client(one.person)
    here = url("sheet_section", one, "accounts")
    browser.post(here, {"rows.0a1.platform": "Facebook page", "rows.0a1.handle": "Ward news", "rows.0b2.platform": ""})
    assert answers(one, "accounts") == {"rows.0a1.platform": "Facebook page", "rows.0a1.handle": "Ward news"}

    browser.post(here, {"version": "1", "rows.0a1.platform": "Facebook page", "rows.0a1.remove": "on"})
    assert answers(one, "accounts") == {}


def test_a_link_that_is_none_is_an_error_and_what_was_typed_stays():
    one = build.councillor()

    page = make.client(one.person).post(
        url("sheet_section", one, "sources"), {"rows.0a1.name": "The Echo", "rows.0a1.link": "javascript:alert(1)"}
    )

    assert "Enter a link that starts with https://" in page.content.decode()
    assert "The Echo" in page.content.decode()
    assert Sheet.objects.count() == 0


@pytest.mark.parametrize("version", ["-1", "x", "9" * 40, "²"])
def test_a_strange_version_is_no_version(version):
    one = build.councillor()

    answer = make.client(one.person).post(url("sheet_section", one, "reach"), {"people": "a", "version": version})

    assert (answer.status_code, answers(one)) == (302, {"people": "a"})


def test_help_wanted_goes_to_the_match_and_the_mentor():
    one = build.councillor()
    build.level(one, "Video", 1)

    make.client(one.person).post(
        url("sheet_section", one, "help"), {"skill.video.now": "1", "skill.video.wanted": "3", "note": "Evenings"}
    )

    assert list(SkillLevel.objects.values_list("skill__name", "level", "wanted")) == [("Video", 1, 3)]
    assert sheet_reading.skill_rows(one) == [["Video", "A start", "Could teach it"]]
    assert [level.skill.name for level in sheet_reading.help_wanted([one.pk])[one.pk]] == ["Video"]


def test_a_version_is_kept_by_itself_before_the_first_change_after_a_sprint():
    one = build.councillor()
    build.sheet(one, people="Parents")
    later = build.NOW + timedelta(weeks=8)

    for text in ("Parents and carers", "Everybody"):
        sheets.save(one, "reach", sheets.Posted({"people": text}, base=9), now=later)

    kept = SheetVersion.objects.get()
    assert (kept.name, kept.answers) == ("End of “A place to stand”", {"reach": {"people": "Parents"}})


def test_in_summer_a_sprint_is_over_at_midnight_in_london():
    one = build.councillor(build.cohort(starts_on=date(2027, 6, 7)))
    build.sheet(one, people="Parents")

    for minutes in (-1, 1):  # around midnight after Sunday 18 July
        at = datetime(2027, 7, 18, 23, tzinfo=UTC) + timedelta(minutes=minutes)
        sheets.save(one, "reach", sheets.Posted({"people": f"Parents {minutes}"}, base=9), now=at)

    assert SheetVersion.objects.get().answers == {"reach": {"people": "Parents -1"}}


def test_two_versions_are_compared_in_words_and_side_by_side():
    one = build.councillor()
    build.sheet(one, people="Parents of the estate")
    sheets.keep_version(one, "Before", now=build.NOW)
    build.sheet(one, people="Parents of the new estate", why="To hear", base=1)

    page = make.client(one.person).get(url("sheet_compare", one)).content.decode()

    assert "Added: What do you want to hear from them, or say to them?. Changed: Who do you want to reach?." in page
    assert "<ins>new" in page


def test_nobody_compares_versions_of_somebody_else():
    theirs = build.councillor()
    kept = sheets.keep_version(theirs, "Theirs", now=build.NOW)
    mine = build.councillor(theirs.cohort)

    answer = make.client(mine.person).get(url("sheet_compare", mine), {"before": str(kept.pk)})

    assert answer.status_code == 404


def test_a_mentor_reads_and_comments_while_they_are_matched_and_not_after():
    pair = build.pair()
    build.sheet(pair.councillor, people="Parents")
    browser = make.client(pair.mentor.person)
    reading = url("someones_sheet", pair.councillor, pair.councillor.pk)

    assert "Parents" in browser.get(reading).content.decode()
    browser.post(url("comment_on_sheet", pair.councillor, pair.councillor.pk, "reach"), {"text": "Which parents?"})
    assert [need.line for need in sheet_home.needs_of(pair.councillor, build.NOW)] == [
        f"{pair.mentor} commented on “Who I want to reach” in your planning sheet."
    ]

    pair.ended_at = build.NOW
    pair.save()
    assert browser.get(reading).status_code == 404
    assert (
        browser.post(
            url("comment_on_sheet", pair.councillor, pair.councillor.pk, "reach"), {"text": "Again"}
        ).status_code
        == 404
    )


def test_an_empty_comment_is_an_error_beside_its_field():
    pair = build.pair()

    page = make.client(pair.mentor.person).post(
        url("comment_on_sheet", pair.councillor, pair.councillor.pk, "voice"), {"text": " "}
    )

    assert "Enter a comment" in page.content.decode()
    assert "<title>Error: " in page.content.decode()


def test_comments_are_read_by_a_button(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: build.NOW)
    pair = build.pair()
    sheets.comment(pair.councillor, "reach", "Good", by=pair.mentor.person, now=build.NOW)
    browser = make.client(pair.councillor.person)
    assert "I have read the comments" in browser.get(url("sheet", pair.councillor)).content.decode()

    browser.post(url("sheet", pair.councillor), {"read": "1"})

    assert "I have read the comments" not in browser.get(url("sheet", pair.councillor)).content.decode()


def test_a_lead_reads_a_sheet_only_if_the_councillor_agrees():
    one = build.councillor()
    build.sheet(one, people="Parents")
    browser = make.client(build.lead(one.cohort).person)
    reading = url("someones_sheet", one, one.pk)
    assert browser.get(reading).status_code == 404

    make.client(one.person).post(url("sheet", one), {"lead_may_read": "on"})

    page = browser.get(reading)
    assert page.status_code == 200
    assert "Comment on" not in page.content.decode()


@pytest.mark.parametrize("who", ["councillor", "mentor", "lead", "expert"])
def test_others_of_the_cohort_get_404_for_a_sheet(who):
    one = build.councillor()
    build.sheet(one, people="Parents")
    other = build.lead(one.cohort) if who == "lead" else build.member(who, one.cohort)

    assert make.client(other.person).get(url("someones_sheet", one, one.pk)).status_code == 404


def test_a_clash_of_somebody_else_is_not_there():
    one = build.councillor()
    build.sheet(one, people="Parents", window="first")
    clash = build.sheet(one, people="Young", window="second").clash
    other = build.councillor(one.cohort)

    assert make.client(other.person).get(url("sheet_two_texts", other, clash.pk)).status_code == 404


def test_the_leads_column_says_how_far_each_is_in_a_number_of_queries_that_does_not_grow():
    cohort = build.cohort()
    counts = []
    for number in (1, 3):
        while cohort.members.councillors().count() < number:
            build.sheet(build.councillor(cohort), people="Parents")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            lines = sheet_home.lines_for(cohort, build.NOW)
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert {line.text for line in lines.values()} == {"1 of 9 done"}


def test_the_door_of_a_councillor_says_how_far_the_sheet_is():
    one = build.councillor()
    build.sheet(one, people="Parents")

    assert [(door.label, door.line) for door in sheet_home.doors_of(one)] == [("My planning sheet", "1 of 9 done")]
    assert sheet_home.doors_of(build.mentor(one.cohort)) == []


def test_settled_texts_are_forgotten_after_a_while():
    one = build.councillor()
    build.sheet(one, people="Parents", window="first")
    clash = build.sheet(one, people="Young", window="second").clash
    sheets.settle(clash, {"people": "Young"}, seen=1, now=build.NOW)

    assert sheets.forget_old(build.NOW + timedelta(days=89)) == 0
    assert sheets.forget_old(build.NOW + timedelta(days=91)) == 1
