"""The expert pool as people see it, on pages and by the links in mails."""

import re

import pytest
import time_machine
from django.urls import reverse

from networking import emails_pool, pool
from networking.models import PoolQuestion
from outbox.models import Message
from tests import make
from tests.networking import build

pytestmark = pytest.mark.django_db
NOW = build.NOW


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def expert():
    made = build.member("expert", person=make.person(name="Eve Expert"))
    build.level(made, "Video", 3)
    return made


@pytest.fixture
def question(expert) -> PoolQuestion:
    asker = build.councillor(expert.cohort, person=make.person(name="Ann Archer"))
    return pool.ask(asker, build.skill("Video"), "How do I add captions?", now=NOW)


def url(name: str, cohort, *more: int) -> str:
    return reverse(f"networking:{name}", args=[cohort.slug, *more])


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def link_in(kind: str, path: str) -> str:
    mail = Message.objects.filter(kind=f"networking/{kind}").order_by("pk").last()
    found = re.search(rf"http\S+(/networked-councillors/question/{path}/\S+)", mail.text)
    assert found[0] in mail.html
    return found[1]


def test_a_councillor_asks_and_is_told_how_many_are_asked(expert):
    browser = make.client(build.councillor(expert.cohort).person)
    page = url("ask_question", expert.cohort)

    wrong = text(browser.post(page, {"skill": "", "text": "Kept as typed"}))
    right = text(browser.post(page, {"skill": build.skill("Video").pk, "text": "How?"}, follow=True))

    assert "Select what it is about" in wrong
    assert "Kept as typed" in wrong
    assert "1 person is asked." in right


@pytest.mark.parametrize("said", [{"text": ""}, {"text": "x" * 2001}, {"skill": "nonsense"}, {"skill": "99999"}])
def test_a_question_that_cannot_be_is_refused_beside_the_field(expert, said):
    typed = {"skill": build.skill("Video").pk, "text": "How?", **said}

    page = text(make.client(build.councillor(expert.cohort).person).post(url("ask_question", expert.cohort), typed))

    assert "<title>Error: " in page
    assert not PoolQuestion.objects.exists()


def test_the_whole_way_by_links_without_signing_in(question, expert):
    browser, take = make.client(), link_in("question", "take")

    assert "Take this question" in text(browser.get(take))
    assert PoolQuestion.objects.get().state == "open"
    assert "It is yours." in text(browser.post(take, {"what": "take"}, follow=True))
    assert "Enter your answer" in text(browser.post(take, {"what": "answer", "text": ""}))
    said = {"what": "answer", "text": "Use the editor.", "solved": "on", "shares": "on"}
    assert "Your answer is sent." in text(browser.post(take, said, follow=True))

    solved = link_in("question_post", "solved")
    assert "Use the editor." in text(browser.get(solved))
    assert "Enter what is still open" in text(browser.post(solved, {"solved": "no"}))
    assert "Solved, you both say." in text(browser.post(solved, {"solved": "yes", "shares": "on"}, follow=True))
    assert PoolQuestion.objects.get().is_kept


def test_not_yet_and_the_answer_to_it_by_links_without_signing_in(question, expert):
    browser = make.client()
    pool.take(question, expert, now=NOW)
    pool.say(question, expert, "Use the editor.", now=NOW)
    to_asker = link_in("question_post", "solved")

    assert "You get a mail when there is more." in text(
        browser.post(to_asker, {"solved": "no", "text": "And on a phone?"}, follow=True)
    )
    to_expert = link_in("question_post", "solved")
    assert PoolQuestion.objects.get().state == "taken"
    assert "Your answer is sent." in text(browser.post(to_expert, {"text": "The same way."}, follow=True))

    assert PoolQuestion.objects.get().state == "answered"
    assert "The same way." in text(browser.get(to_asker))


def test_the_link_of_the_second_says_who_was_quicker(question, expert):
    second = build.member("mentor", expert.cohort, person=make.person(name="Mo"))
    pool.hand_to(question, second, now=NOW)
    take = link_in("question", "take")
    pool.take(question, expert, now=NOW)

    assert "Eve Expert has taken it already." in text(make.client().get(take))
    assert "Eve Expert has taken it already." in text(make.client().post(take, {"what": "take"}, follow=True))


@pytest.mark.parametrize("name", ["take_by_link", "solved_by_link"])
@pytest.mark.parametrize("token", ["x", "1.0", "9" * 300, "1.0~a~b", "²"])
def test_forged_links_open_nothing(question, name, token):
    assert make.client().get(reverse(f"networking:{name}", args=[token])).status_code == 404


def test_a_link_is_void_once_its_holder_has_left_or_asked_for_new_ones(question, expert):
    take = link_in("question", "take")
    type(expert).objects.filter(pk=expert.pk).update(link_version=1)

    assert make.client().get(take).status_code == 404


def test_the_two_do_it_signed_in_as_well(question, expert):
    page = url("question", expert.cohort, question.pk)
    helping, asking = make.client(expert.person), make.client(question.asked_by.person)

    helping.post(page, {"what": "take"})
    helping.post(page, {"what": "answer", "text": "Use the editor.", "shares": "on"})
    assert "Is it solved?" in text(asking.get(page))
    asking.post(page, {"what": "solved", "solved": "yes", "shares": "on"})
    assert "Solved, I agree" in text(helping.get(page))
    helping.post(page, {"what": "agree", "shares": "on"})

    assert PoolQuestion.objects.get().is_kept


def test_who_took_it_gives_it_back_and_who_asked_takes_it_back(question, expert):
    page = url("question", expert.cohort, question.pk)
    helping = make.client(expert.person)

    helping.post(page, {"what": "take"})
    assert "Somebody else can take it now." in text(helping.post(page, {"what": "give_back"}, follow=True))
    answer = make.client(question.asked_by.person).post(page, {"what": "withdraw"}, follow=True)
    assert "It was taken back." in text(answer)


@pytest.mark.parametrize("what", ["take", "answer", "solved", "agree", "give_back", "withdraw", "hand", "nonsense", ""])
def test_buttons_that_are_not_for_somebody_do_nothing(question, expert, what):
    pool.take(question, expert, now=NOW)
    pool.say(question, expert, "Answer", now=NOW)
    before = PoolQuestion.objects.values().get()
    lead = build.lead(expert.cohort)

    answer = make.client(lead.person).post(
        url("question", expert.cohort, question.pk), {"what": what, "text": "x", "solved": "yes", "member": "1"}
    )

    assert answer.status_code == 302
    assert PoolQuestion.objects.values().get() == before


def test_a_question_is_read_by_who_could_help_until_it_is_taken_and_by_nobody_else(question, expert):
    page = url("question", expert.cohort, question.pk)
    other = make.client(build.councillor(expert.cohort).person)
    mentor = make.client(build.mentor(expert.cohort).person)

    assert (other.get(page).status_code, mentor.get(page).status_code) == (404, 200)
    pool.take(question, expert, now=NOW)
    assert mentor.get(page).status_code == 404


def test_a_kept_answer_is_found_by_the_cohort_without_the_name_of_who_asked(question, expert):
    pool.take(question, expert, now=NOW)
    pool.say(question, expert, "Use the editor.", now=NOW)
    pool.say(question, question.asked_by, "And on a phone?", now=NOW)
    pool.say_solved(question, question.asked_by, shares=True, now=NOW)
    pool.say_solved(question, expert, shares=True, now=NOW)
    other = make.client(build.councillor(expert.cohort).person)

    found = text(other.get(url("questions", expert.cohort), {"q": "captions phone"}))
    nothing = text(other.get(url("questions", expert.cohort), {"q": "quantum"}))
    page = text(other.get(url("question", expert.cohort, question.pk)))

    assert "How do I add captions?" in found
    assert "No answer has all of these words." in nothing
    assert "Use the editor." in page
    assert "And on a phone?" in page
    assert "Eve Expert" in page
    assert "Ann Archer" not in page + found


def test_helpers_choose_how_they_hear_of_questions(expert):
    page = url("pool_choice", expert.cohort)
    browser = make.client(expert.person)

    assert "Select how you want to hear of questions" in text(browser.post(page, {}))
    assert "Your choice is saved." in text(browser.post(page, {"how": "daily"}, follow=True))
    assert pool.how_of(type(expert).objects.get(pk=expert.pk)) == "daily"


def test_a_lead_sees_the_question_nobody_could_be_asked_and_hands_it_to_somebody(expert):
    asker, lead = build.councillor(expert.cohort), build.lead(expert.cohort)
    question = pool.ask(asker, build.skill("Blogging"), "How do I begin?", now=NOW)
    page = url("question", expert.cohort, question.pk)
    browser = make.client(lead.person)

    assert "nobody was asked" in text(browser.get(page))
    assert "Select whom to ask" in text(browser.post(page, {"what": "hand", "member": ""}))
    assert "Eve Expert is asked." in text(browser.post(page, {"what": "hand", "member": str(expert.pk)}, follow=True))


def test_the_skills_page_names_what_is_missing_first(expert):
    lead = build.lead(expert.cohort)
    browser = make.client(lead.person)
    wanting = build.councillor(expert.cohort)
    build.level(wanting, "Blogging", 0, wanted=2)

    page = text(browser.get(url("coverage", expert.cohort)))

    assert "Nobody here is at ease with <strong>Blogging</strong> (wanted by 1)" in page
    assert page.index("Blogging</th>") < page.index("Video</th>")
    empty = text(make.client(make.organiser()).get(url("coverage", build.cohort())))
    assert "Nobody has said yet what they want or can." in empty
    assert "councillors say what they want under “Help wanted” in their planning sheet." in empty


def test_the_home_of_who_helps_shows_what_waits(question, expert):
    page = text(make.client(expert.person).get(expert.cohort.get_absolute_url()))

    assert "A question about Video: “How do I add captions?”" in page
    assert emails_pool.page(question).endswith(url("question", expert.cohort, question.pk))
