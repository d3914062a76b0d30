"""Organisers change what planning sheets ask; nothing that was answered is lost, and what others read stays defined."""

from datetime import timedelta

import pytest
from django.urls import reverse

from networking import programmes, registrations, sheet_home, sheet_parts, sheet_reading, sheet_templates, sheets
from networking.models import SheetSection, TemplateQuestion, TemplateSection
from networking.sheet_templates import Words
from tests import make
from tests.networking import build

pytestmark = pytest.mark.django_db

LATER = build.NOW + timedelta(days=1)


@pytest.fixture
def programme():
    return build.programme()


@pytest.fixture
def organiser():
    return make.client(make.organiser())


@pytest.fixture
def one(programme):
    """A councillor of a running cohort."""
    return build.councillor(build.cohort(programme=programme))


def page_of(programme, name="sheet_template", *further):
    return reverse(f"networking:{name}", args=[programme.slug, *further])


def my_page(member, name="sheet", *further):
    return reverse(f"networking:{name}", args=[member.cohort.slug, *further])


def titles(programme):
    return [section.title for section in sheet_parts.asked(sheet_templates.of(programme.pk))]


def questions(programme, key="reach"):
    return [one.label for one in sheet_parts.find(sheet_templates.of(programme.pk), key).asked]


def reword(programme, label, *, key="people", seen=1, now=LATER, **fields):
    sheet_templates.reword_question(programme, "reach", key, Words(label, **fields), seen=seen, now=now)


def move(programme, section, question="", *, to):
    sheet_templates.move(programme, section, question, to, now=LATER)


def answers(member, key="reach"):
    return SheetSection.objects.get(sheet__member=member, key=key).answers


# --- What is asked ------------------------------------------------------------------------------------------------


def test_a_programme_asks_what_is_usual_until_somebody_changes_it(programme):
    assert sheet_templates.of(programme.pk) == sheet_parts.SECTIONS


def test_looking_at_what_is_asked_changes_nothing(programme, organiser):
    pages = [
        page_of(programme),
        page_of(programme, "add_template_section"),
        page_of(programme, "change_template_section", "reach"),
        page_of(programme, "add_template_question", "accounts"),
        page_of(programme, "change_template_question", "reach", "people"),
    ]

    assert [organiser.get(page).status_code for page in pages] == [200] * 5
    assert not TemplateSection.objects.exists()


def test_the_first_change_leaves_everything_else_as_it_was(programme):
    reword(programme, "Whom do you want to reach first?", hint="Such as parents at the new estate.", needed=True)

    now = sheet_templates.of(programme.pk)

    assert questions(programme)[0] == "Whom do you want to reach first?"
    assert now[1:] == sheet_parts.SECTIONS[1:]
    assert now[0].questions[1:] == sheet_parts.SECTIONS[0].questions[1:]


def test_a_change_is_of_one_programme_only(programme):
    other = build.programme()

    reword(programme, "Whom first?")

    assert sheet_templates.of(other.pk) == sheet_parts.SECTIONS


def test_sections_and_questions_change_places_with_their_neighbour(programme):
    move(programme, "accounts", to="up")
    move(programme, "reach", "why", to="up")
    move(programme, "accounts", "handle", to="up")
    move(programme, "accounts", "handle", to="up")

    assert titles(programme)[:3] == ["Accounts", "Who I want to reach", "Voice and boundaries"]
    assert questions(programme) == [
        "Who do you want to reach?",
        "What do you want to hear from them, or say to them?",
        "Where are they already, online and off?",
    ]
    table = sheet_parts.find(sheet_templates.of(programme.pk), "accounts").asked_columns
    assert [column.key for column in table] == ["handle", "platform", "whose", "posts", "public"]
    assert dict(table[2].choices) == {"personal": "Personal", "ward": "Ward", "both": "Both"}


def test_what_is_hidden_is_stepped_over_and_comes_back_where_it_was(programme):
    move(programme, "accounts", to="up")
    move(programme, "reach", to="hide")
    move(programme, "voice", to="up")
    assert titles(programme)[:2] == ["Voice and boundaries", "Accounts"]

    move(programme, "reach", to="show")

    assert titles(programme)[:3] == ["Voice and boundaries", "Who I want to reach", "Accounts"]


def test_a_section_is_asked_once_it_has_a_question(programme, one):
    made = sheet_templates.add_section(programme, Words("My ward", "What is special about it."))
    assert titles(programme) == [section.title for section in sheet_parts.SECTIONS]

    asked = sheet_templates.add_question(programme, made.key, Words("What is new there?"), "line", in_table=False)
    build.sheet(one, made.key, **{asked.key: "A school"})

    assert titles(programme)[-1] == "My ward"
    assert "1 of 10 done" in make.client(one.person).get(my_page(one)).content.decode()


def test_a_section_in_which_nothing_counts_is_not_done_while_it_is_empty(programme):
    made = sheet_templates.add_section(programme, Words("My ward"))
    sheet_templates.add_question(programme, made.key, Words("What is new there?"), "text", in_table=False)
    section = sheet_parts.find(sheet_templates.of(programme.pk), made.key)

    assert sheet_parts.missing({}, section) == ["One answer at least"]
    assert sheet_parts.is_done({"anything": "A school"}, section)


def test_a_column_is_added_to_a_table_and_asked_for_every_row(programme, one):
    column = sheet_templates.add_question(
        programme, "accounts", Words("Since when", needed=True), "line", in_table=True
    )
    name = f"rows.a1.{column.key}"

    make.client(one.person).post(
        my_page(one, "sheet_section", "accounts"), {"version": "0", "rows.a1.platform": "Blog", name: "2019"}
    )

    assert answers(one, "accounts") == {"rows.a1.platform": "Blog", name: "2019"}
    part = sheet_reading.parts(sheets.sheet_of(one, now=LATER), sheet_templates.of(programme.pk))[1]
    assert (part.columns[-1], part.rows) == ("Since when", [["Blog", "", "", "", "", "2019"]])


def test_a_copy_asks_the_same_without_what_is_hidden(programme):
    reword(programme, "Whom first?")
    move(programme, "voice", to="hide")
    move(programme, "reach", "why", to="hide")

    copied = programmes.copy(programme, "Another")

    assert titles(copied) == titles(programme)
    assert questions(copied) == ["Whom first?", "Where are they already, online and off?"]
    assert not TemplateQuestion.objects.filter(section__programme=copied, section__key="reach", key="why").exists()


# --- Nothing is lost ----------------------------------------------------------------------------------------------


def test_an_answer_stays_under_the_reworded_question_and_says_how_it_was_asked(programme, one):
    build.sheet(one, people="Parents")

    reword(programme, "Whom first?")

    browser = make.client(one.person)
    section, printed = browser.get(my_page(one, "sheet_section", "reach")), browser.get(my_page(one, "sheet_print"))
    assert answers(one) == {"people": "Parents"}
    assert "You answered “Who do you want to reach?”. It is asked in other words now: “Whom first?”" in (
        section.content.decode()
    )
    assert "Whom first? (answered when it was “Who do you want to reach?”)" in printed.content.decode()


def test_an_answer_after_the_rewording_says_nothing_of_the_old_words(programme, one):
    reword(programme, "Whom first?", now=build.NOW - timedelta(days=1))
    build.sheet(one, people="Parents")

    part = sheet_reading.parts(sheets.sheet_of(one, now=LATER), sheet_templates.of(programme.pk))[0]

    assert part.answers == [("Whom first?", "Parents")]


def test_versions_compare_over_a_rewording_and_say_how_it_was_asked_then(programme, one):
    build.sheet(one, people="Parents")
    sheets.keep_version(one, "Before", now=build.NOW)
    reword(programme, "Whom first?")
    sheets.save(one, "reach", sheets.Posted({"people": "Carers"}, base=1), now=LATER + timedelta(days=1))

    page = make.client(one.person).get(my_page(one, "sheet_compare"))

    (section,) = page.context["changes"]
    (change,) = section.changes
    assert (change.label, change.asked_before, change.asked_after) == ("Whom first?", "Who do you want to reach?", "")
    assert "Asked then: “Who do you want to reach?”" in page.content.decode()


def test_a_question_that_is_hidden_while_somebody_answers_it_is_saved_all_the_same(programme, one):
    browser, page = make.client(one.person), my_page(one, "sheet_section", "reach")
    browser.get(page)
    move(programme, "reach", "why", to="hide")

    browser.post(page, {"people": "Parents", "why": "To hear of buses", "version": "0", "window": "w"})

    assert answers(one) == {"people": "Parents", "why": "To hear of buses"}
    shown = browser.get(page)
    assert shown.context["no_longer_asked"] == [
        ("What do you want to hear from them, or say to them?", "To hear of buses")
    ]
    assert "why" not in shown.context["form"].fields


def test_what_is_hidden_stays_when_the_rest_of_the_section_is_saved_again(programme, one):
    build.sheet(one, people="Parents", why="To hear")
    move(programme, "reach", "why", to="hide")

    make.client(one.person).post(my_page(one, "sheet_section", "reach"), {"people": "Carers", "version": "1"})

    assert answers(one) == {"people": "Carers", "why": "To hear"}


def test_a_column_that_is_hidden_while_somebody_types_in_it_is_saved_and_read(programme, one):
    move(programme, "accounts", "posts", to="hide")

    make.client(one.person).post(
        my_page(one, "sheet_section", "accounts"),
        {"version": "0", "rows.a1.platform": "Blog", "rows.a1.posts": "Only me"},
    )

    part = sheet_reading.parts(sheets.sheet_of(one, now=LATER), sheet_templates.of(programme.pk))[1]
    assert part.columns[3] == "Who can post (no longer asked)"
    assert part.rows == [["Blog", "", "", "Only me", ""]]
    page = make.client(one.person).get(my_page(one, "sheet_section", "accounts"))
    assert page.context["no_longer_asked"] == [("Who can post", "Only me")]


def test_a_section_that_is_hidden_while_somebody_answers_is_saved_and_can_be_read(programme, one):
    browser, page = make.client(one.person), my_page(one, "sheet_section", "voice")
    move(programme, "voice", to="hide")

    browser.post(page, {"voice": "Calm", "hours": "Evenings", "version": "0"})

    assert answers(one, "voice") == {"voice": "Calm", "hours": "Evenings"}
    words = browser.get(page).content.decode()
    assert "This section is no longer asked" in words
    assert "Calm" in words
    assert 'name="voice"' not in words
    sheet = browser.get(my_page(one)).content.decode()
    assert "No longer asked" in sheet
    assert "0 of 8 done" in sheet


def test_a_hidden_section_without_an_answer_is_not_on_the_sheet(programme, one):
    move(programme, "voice", to="hide")

    assert "Voice and boundaries" not in make.client(one.person).get(my_page(one)).content.decode()


def test_a_comment_on_a_hidden_section_can_still_be_read(programme):
    pair = build.pair(build.councillor(build.cohort(programme=programme)))
    sheets.comment(pair.councillor, "voice", "Which words?", by=pair.mentor.person, now=build.NOW)
    move(programme, "voice", to="hide")

    page = make.client(pair.mentor.person).get(my_page(pair.councillor, "someones_sheet", pair.councillor.pk))

    assert "Which words?" in page.content.decode()
    assert "“Voice and boundaries”" in sheet_home.needs_of(pair.councillor, LATER)[0].line


def test_what_was_answered_to_a_hidden_question_is_taken_out_with_its_words(programme, one):
    build.sheet(one, why="To hear")
    move(programme, "reach", "why", to="hide")

    records = [record for record in registrations.collect(one.person) if record["What"] == "Planning sheet"]

    assert records[0]["What do you want to hear from them, or say to them? (no longer asked)"] == "To hear"


# --- What others read ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("section", "question"), sheet_parts.FEEDS)
def test_what_other_pages_read_is_always_asked(programme, organiser, section, question):
    name, further = (
        ("move_template_question", [section, question]) if question else ("move_template_section", [section])
    )

    page = organiser.post(page_of(programme, name, *further), {"direction": "out"}, follow=True)

    assert "stays: other pages read it" in page.content.decode()
    assert sheet_templates.of(programme.pk) == sheet_parts.SECTIONS


def test_a_table_keeps_its_last_column(programme):
    for key in ("link", "use"):
        move(programme, "sources", key, to="hide")

    with pytest.raises(sheet_templates.AlwaysAsked):
        move(programme, "sources", "name", to="hide")


def test_the_match_and_the_mentor_read_the_skills_of_a_reworded_section(programme, one):
    build.skill("Video")
    sheet_templates.reword_section(programme, "help", Words("What I need"), seen=1)
    move(programme, "help", to="up")

    sheets.save(one, "help", sheets.Posted({"skill.video.now": "1", "skill.video.wanted": "3"}, 0), now=build.NOW)

    assert sheet_reading.skill_rows(one) == [["Video", "A start", "Could teach it"]]


# --- Two at once --------------------------------------------------------------------------------------------------


def test_who_saves_over_somebody_else_is_shown_their_words_first(programme, organiser):
    page = page_of(programme, "change_template_question", "reach", "people")
    typed = {"label": "Mine", "hint": "", "seen": "1"}
    reword(programme, "Theirs")

    answer = organiser.post(page, typed)
    assert "Now it says: “Theirs”" in answer.content.decode()
    assert answer.context["form"]["label"].value() == "Mine"
    assert questions(programme)[0] == "Theirs"

    organiser.post(page, {**typed, "seen": answer.context["form"]["seen"].value()})
    assert questions(programme)[0] == "Mine"
    earlier = [label for _, label in TemplateQuestion.objects.get(section__programme=programme, key="people").earlier]
    assert earlier == ["Who do you want to reach?", "Theirs"]


def test_two_who_change_different_questions_are_both_in(programme):
    reword(programme, "One", key="people", seen=1)
    reword(programme, "Two", key="where", seen=1)

    assert questions(programme)[:2] == ["One", "Two"]


def test_a_section_that_was_changed_meanwhile_is_shown_too(programme, organiser):
    page = page_of(programme, "change_template_section", "reach")
    sheet_templates.reword_section(programme, "reach", Words("Theirs"), seen=1)

    answer = organiser.post(page, {"label": "Mine", "hint": "", "seen": "1"})

    assert "Now it says: “Theirs”" in answer.content.decode()
    assert titles(programme)[0] == "Theirs"


# --- Pages --------------------------------------------------------------------------------------------------------


def test_an_organiser_adds_a_section_with_a_question_and_hides_it_again(programme, organiser):
    added = organiser.post(page_of(programme, "add_template_section"), {"label": "My ward", "hint": "One sentence."})
    organiser.post(added.url, {"label": "What is new there?", "hint": "", "kind": "line", "needed": "on"})
    made = TemplateSection.objects.get(title="My ward")

    assert titles(programme)[-1] == "My ward"
    assert list(made.questions.values_list("label", "kind", "needed")) == [("What is new there?", "line", True)]

    organiser.post(page_of(programme, "move_template_section", made.key), {"direction": "out"})
    assert titles(programme)[-1] == "Measures"
    page = organiser.get(page_of(programme)).content.decode()
    assert "Hidden sections" in page
    assert "Ask again" in page


def test_a_question_without_words_is_refused_and_nothing_is_saved(programme, organiser):
    page = organiser.post(page_of(programme, "add_template_question", "reach"), {"label": " ", "kind": "text"})

    assert "Enter the question" in page.content.decode()
    assert page.content.decode().count("Error: ") >= 1
    assert not TemplateSection.objects.exists()


def test_a_sheet_does_not_grow_without_end(programme, organiser, monkeypatch):
    monkeypatch.setattr(sheet_templates, "MOST_SECTIONS", 9)

    page = organiser.post(page_of(programme, "add_template_section"), {"label": "My ward"})

    assert "There is no room for more" in page.content.decode()
    assert len(titles(programme)) == 9


@pytest.mark.parametrize(("section", "question"), [("nothing", "people"), ("reach", "nothing"), ("reach", "plan")])
def test_a_question_that_is_not_there_is_not_found(programme, organiser, section, question):
    for name in ("change_template_question", "move_template_question"):
        assert organiser.get(page_of(programme, name, section, question)).status_code == 404


def test_the_number_of_queries_does_not_grow_with_sections(programme, django_assert_num_queries):
    sheet_templates.add_section(programme, Words("One"))
    with django_assert_num_queries(2):
        sheet_templates.of(programme.pk)

    for n in range(3):
        made = sheet_templates.add_section(programme, Words(f"More {n}"))
        sheet_templates.add_question(programme, made.key, Words("What?"), "text", in_table=False)
    with django_assert_num_queries(2):
        sheet_templates.of(programme.pk)
