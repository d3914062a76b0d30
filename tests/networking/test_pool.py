"""The skills backup: a question finds who could teach it, one takes it, both say solved, the cohort finds it again."""

from datetime import datetime, timedelta

import pytest

from meetups.timings import LONDON
from networking import coverage, joining, pool, pool_home, pool_reading
from networking.models import PoolOffer, PoolPost, PoolQuestion
from outbox.models import Message
from people import my_data, preferences
from tests import make
from tests.networking import build

pytestmark = pytest.mark.django_db
NOW = build.NOW


@pytest.fixture
def cohort():
    return build.cohort()


def helper(cohort, name: str, level: int = 3, *, role: str = "expert", skill: str = "Video", person=None):
    made = build.member(role, cohort, person=person or make.person(name=name))
    build.level(made, skill, level)
    return made


def asked(cohort, text: str = "How do I add captions?") -> PoolQuestion:
    asker = build.councillor(cohort, person=make.person(name="Ann Archer"))
    return pool.ask(asker, build.skill("Video"), text, now=NOW)


def mails(kind: str) -> list[str]:
    return sorted(Message.objects.filter(kind=f"networking/{kind}").values_list("to_email", flat=True))


def answered(cohort, **said) -> PoolQuestion:
    expert = helper(cohort, "Eve Expert")
    question = pool.take(asked(cohort, **said), expert, now=NOW)
    pool.say(question, expert, "Use the editor’s own captions.", now=NOW)
    return PoolQuestion.objects.with_people().get(pk=question.pk)


def solved(cohort, *, asker: bool = True, expert: bool = True, **said) -> PoolQuestion:
    question = answered(cohort, **said)
    pool.say_solved(question, question.asked_by, shares=asker, now=NOW)
    return pool.say_solved(question, question.taken_by, shares=expert, now=NOW)


# --- Who is asked -------------------------------------------------------------------------------------------------


def test_those_who_could_teach_it_are_asked_and_nobody_else(cohort):
    teaches = [helper(cohort, "Eve"), helper(cohort, "Mo", role="mentor")]
    helper(cohort, "Nia", 2)
    helper(cohort, "Of another skill", skill="Blogging")
    helper(build.cohort(), "Of another cohort")
    left = helper(cohort, "Left")
    type(left).objects.filter(pk=left.pk).update(state="left")
    build.level(build.councillor(cohort), "Video", 3)

    asked(cohort)

    assert mails("question") == sorted(one.person.email for one in teaches)


def test_where_nobody_could_teach_it_who_is_at_ease_is_asked(cohort):
    at_ease = helper(cohort, "Nia", 2)
    helper(cohort, "Olu", 1)

    asked(cohort)

    assert mails("question") == [at_ease.person.email]


def test_somebody_with_two_parts_is_asked_once_and_never_their_own_question(cohort):
    both = make.person(name="Mo")
    helper(cohort, "", role="mentor", person=both), helper(cohort, "", role="expert", person=both)

    question = asked(cohort)
    pool.ask(build.councillor(cohort, person=both), build.skill("Video"), "My own?", now=NOW)

    assert mails("question") == [both.email]
    assert PoolOffer.objects.filter(question=question).count() == 1


def test_people_are_asked_as_they_want_to_be(cohort):
    people = {how: helper(cohort, how) for how in ("at_once", "daily", "here", "not_now")}
    for how, member in people.items():
        pool.choose(member.person, cohort, how)
    stopped = helper(cohort, "Stopped")
    preferences.choose(stopped.person, "networking-questions", False, now=NOW)

    question = asked(cohort)

    assert mails("question") == [people["at_once"].person.email]
    offered = question.offers.values_list("member__person__name", flat=True)
    assert sorted(offered) == ["Stopped", "at_once", "daily", "here"]


def test_who_wants_one_mail_a_day_gets_one_with_all_that_waits(cohort):
    daily = helper(cohort, "Daily")
    pool.choose(daily.person, cohort, "daily")
    asked(cohort, "One?"), asked(cohort, "Two?")
    over = asked(cohort, "Taken back?")
    pool.withdraw(over, over.asked_by)

    def at(hour: int) -> datetime:
        return datetime(2027, 2, 11, hour, tzinfo=LONDON)

    assert [pool.queue_of_the_day(when) for when in (NOW, at(8), at(9), at(9), at(17))] == [0, 0, 1, 0, 0]
    mail = Message.objects.get(kind="networking/questions_of_the_day")
    assert (mail.to_email, mail.subject.partition(": ")[2]) == (daily.person.email, "2 questions you could answer")
    assert "One?" in mail.text
    assert "Two?" in mail.html
    assert "Taken back?" not in mail.text


# --- Taking and answering -----------------------------------------------------------------------------------------


def test_the_first_who_takes_it_has_it_and_the_second_is_told_who(cohort):
    one, other = helper(cohort, "Eve Expert"), helper(cohort, "Mo")
    question = asked(cohort)

    pool.take(question, one, now=NOW)
    pool.take(question, one, now=NOW)
    with pytest.raises(pool.TakenAlready, match="Eve Expert has taken it already"):
        pool.take(question, other, now=NOW)

    assert mails("question_taken") == [question.asked_by.person.email]


def test_what_is_given_back_can_be_taken_by_another(cohort):
    one, other = helper(cohort, "Eve"), helper(cohort, "Mo")
    question = pool.take(asked(cohort), one, now=NOW)

    assert (pool.give_back(question, other), pool.give_back(question, one)) == (False, True)
    assert pool.take(question, other, now=NOW).taken_by == other


def test_what_somebody_had_taken_who_is_out_of_the_cohort_can_be_taken_by_another(cohort):
    eve, joe = helper(cohort, "Eve Expert"), helper(cohort, "Joe Jones")
    question = pool.take(asked(cohort), eve, now=NOW)

    joining.leave(eve, now=NOW)

    assert pool.take(question, joe, now=NOW).taken_by == joe


def test_the_answer_goes_to_who_asked_and_a_word_back_to_who_answered(cohort):
    question = answered(cohort)

    pool.say(question, question.asked_by, "And on a phone?", now=NOW)

    assert mails("question_post") == sorted([question.asked_by.person.email, question.taken_by.person.email])
    texts = Message.objects.filter(kind="networking/question_post").order_by("pk").values_list("text", flat=True)
    assert "Use the editor’s own captions." in texts[0]
    assert "And on a phone?" in texts[1]


def test_nobody_else_answers_and_nothing_is_said_once_it_is_over(cohort):
    question = answered(cohort)
    stranger = helper(cohort, "Stranger")

    with pytest.raises(pool.NotYours):
        pool.say(question, stranger, "Me!", now=NOW)
    with pytest.raises(pool.NotYours):
        pool.say_solved(question, stranger, shares=True, now=NOW)
    pool.say_solved(question, question.asked_by, shares=True, now=NOW)
    pool.say_solved(question, question.taken_by, shares=True, now=NOW)
    with pytest.raises(pool.NotYours):
        pool.say(question, question.taken_by, "One more thing", now=NOW)


def test_it_is_solved_when_both_say_so(cohort):
    question = answered(cohort)

    one = pool.say_solved(question, question.taken_by, shares=True, now=NOW)
    both = pool.say_solved(question, question.asked_by, shares=True, now=NOW)

    assert (one.state, both.state, both.is_kept) == ("answered", "solved", True)


def test_whoever_asks_on_has_not_got_it_solved(cohort):
    question = answered(cohort)
    pool.say_solved(question, question.asked_by, shares=True, now=NOW)

    pool.say(question, question.asked_by, "Wait, not on Android.", now=NOW)
    with pytest.raises(pool.NotYours):
        pool.say_solved(question, question.taken_by, shares=True, now=NOW)
    pool.say(question, question.taken_by, "There it is under Edit.", now=NOW)
    done = pool.say_solved(question, question.taken_by, shares=True, now=NOW)

    assert done.state == "answered"


def test_whoever_asked_on_and_found_the_way_alone_says_so_without_more_of_an_answer(cohort):
    question = answered(cohort)
    pool.say_solved(question, question.taken_by, shares=True, now=NOW)
    pool.say(question, question.asked_by, "And on a phone?", now=NOW)

    done = pool.say_solved(question, question.asked_by, shares=True, now=NOW)

    assert done.state == "solved"


def test_a_word_back_waits_on_the_page_of_who_answered_until_they_say_more(cohort):
    question = answered(cohort)
    expert = question.taken_by
    assert pool_home.needs_of(expert, NOW) == []

    pool.say(question, question.asked_by, "And on a phone?", now=NOW)

    assert list(pool_reading.waiting_for(expert)) == [question]
    assert [need.action for need in pool_home.needs_of(expert, NOW)] == ["Answer it"]
    assert pool_home.needs_of(question.asked_by, NOW) == []
    pool.say(question, expert, "The same way.", now=NOW)
    assert list(pool_reading.waiting_for(expert)) == []
    assert [need.action for need in pool_home.needs_of(question.asked_by, NOW)] == ["Read it"]


@pytest.mark.parametrize("gone", ["leaves the cohort", "leaves the site"])
def test_an_answer_that_nobody_calls_solved_goes_to_another_when_who_gave_it_leaves(cohort, gone):
    joe = helper(cohort, "Joe Jones")
    question = answered(cohort)
    expert = question.taken_by

    if gone == "leaves the cohort":
        joining.leave(expert, now=NOW)
    else:
        my_data.leave(expert.person, now=NOW)

    assert list(pool_reading.waiting_for(joe)) == [question]
    pool.take(question, joe, now=NOW)
    pool.say(question, joe, "Look under Edit.", now=NOW)
    pool.say_solved(question, joe, shares=True, now=NOW)
    assert pool.say_solved(question, question.asked_by, shares=True, now=NOW).state == "solved"


@pytest.mark.parametrize("gone", ["leaves the cohort", "leaves the site"])
def test_an_answer_whose_helper_called_it_solved_and_left_is_ended_or_opened_by_who_asked(cohort, gone):
    first, second = answered(cohort), answered(cohort, text="Another?")
    for question in (first, second):
        pool.say_solved(question, question.taken_by, shares=True, now=NOW)
        if gone == "leaves the cohort":
            joining.leave(question.taken_by, now=NOW)
        else:
            my_data.leave(question.taken_by.person, now=NOW)

    done = pool.say_solved(first, first.asked_by, shares=True, now=NOW)
    pool.say(second, second.asked_by, "Not on my phone.", now=NOW)

    second.refresh_from_db()
    assert (done.state, second.state, second.taken_by, second.expert_solved_at) == ("solved", "open", None, None)
    assert list(pool_reading.unanswered_for_long(cohort, NOW)) == [second]


# --- Kept for everybody -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("asker", "expert", "kept"), [(True, True, 1), (True, False, 0), (False, True, 0)])
def test_the_cohort_reads_it_only_if_both_agree(cohort, asker, expert, kept):
    solved(cohort, asker=asker, expert=expert)

    assert pool_reading.kept(cohort).count() == kept


def test_answers_are_found_by_words_of_question_answer_and_skill(cohort):
    question = solved(cohort)
    solved(build.cohort())

    def found(words: str, skill=None) -> list[PoolQuestion]:
        return list(pool_reading.kept(cohort, words, skill))

    assert found("captions EDITOR video") == [question]
    assert found("captions nothing") == []
    assert found("", build.skill("Video")) == [question]
    assert found("", build.skill("Blogging")) == []


def test_many_words_join_no_more_rows_than_one(cohort):
    question = solved(cohort)

    one, many = pool_reading.kept(cohort, "captions"), pool_reading.kept(cohort, "captions " * 11)

    assert list(many) == [question]
    assert str(many.query).count(" JOIN ") == str(one.query).count(" JOIN ")


# --- The lead -----------------------------------------------------------------------------------------------------


def test_a_question_without_an_answer_reaches_the_lead_after_four_days(cohort):
    lead, expert = build.member("lead", cohort), helper(cohort, "Eve")
    question = pool.take(asked(cohort), expert, now=NOW)

    def lines(days: int) -> list[str]:
        return [need.line for need in pool_home.needs_of(lead, NOW + timedelta(days=days, hours=1))]

    assert lines(3) == []
    assert lines(4) == ["A question about Video has no answer for 4 days: “How do I add captions?”"]
    pool.say(question, expert, "Like this.", now=NOW)
    assert lines(9) == []


def test_a_word_back_without_an_answer_reaches_the_lead_four_days_after_it_was_said(cohort):
    lead, question = build.member("lead", cohort), answered(cohort)
    said_at = NOW + timedelta(days=20)
    pool.say(question, question.asked_by, "And on a phone?", now=said_at)

    def lines(days: int) -> list[str]:
        return [need.line for need in pool_home.needs_of(lead, said_at + timedelta(days=days, hours=1))]

    assert lines(3) == []
    assert lines(4) == ["A question about Video has no answer for 4 days: “How do I add captions?”"]
    pool.say(question, question.taken_by, "The same way.", now=said_at)
    assert lines(9) == []


def test_a_question_that_nobody_could_be_asked_reaches_the_lead_at_once_who_finds_somebody(cohort):
    lead, olu = build.member("lead", cohort), helper(cohort, "Olu", 1)
    question = asked(cohort)

    assert [need.line for need in pool_home.needs_of(lead, NOW)] == [
        "A question about Video has no answer and nobody could be asked: “How do I add captions?”"
    ]
    assert [pool.hand_to(question, olu, now=NOW), pool.hand_to(question, olu, now=NOW)] == [True, False]
    assert mails("question") == [olu.person.email]


def test_the_skills_a_cohort_lacks_are_found_in_two_queries(cohort, django_assert_num_queries):
    build.level(build.councillor(cohort), "Video", 0, wanted=2)
    build.level(build.councillor(cohort), "Blogging", 2, wanted=2)
    helper(cohort, "Mo", 1)

    with django_assert_num_queries(3):
        rows = {row.skill: row for row in pool_reading.coverage_of(cohort)}

    assert rows["Video"] == coverage.Coverage("Video", 1, (), ())
    assert not rows["Blogging"].is_gap


def test_what_somebody_asked_who_leaves_waits_for_nobody_any_more(cohort):
    eve = helper(cohort, "Eve Expert")
    waits, looked_at = asked(cohort), asked(cohort, "Another?")
    pool.take(looked_at, eve, now=NOW)
    was_answered = answered(cohort, text="A third?")

    for question in (waits, looked_at, was_answered):
        joining.leave(question.asked_by, now=NOW)

    assert list(PoolQuestion.objects.order_by("pk").values_list("state", flat=True)) == [
        "withdrawn", "withdrawn", "answered",
    ]  # fmt: skip
    assert list(pool_reading.waiting_for(eve)) == []
    assert list(pool_reading.unanswered_for_long(cohort, NOW + timedelta(days=9))) == []


def test_a_question_whose_only_helper_leaves_reaches_the_lead_at_once(cohort):
    eve = helper(cohort, "Eve Expert")
    question = asked(cohort)
    assert list(pool_reading.unanswered_for_long(cohort, NOW)) == []

    joining.leave(eve, now=NOW)

    assert list(pool_reading.unanswered_for_long(cohort, NOW)) == [question]


# --- Leaving ------------------------------------------------------------------------------------------------------


def test_who_leaves_takes_their_open_questions_along_and_kept_answers_stay_without_a_name(cohort):
    kept = solved(cohort)
    asker, expert = kept.asked_by, kept.taken_by
    pool.ask(asker, build.skill("Video"), "And another?", now=NOW)
    pool.take(asked(cohort, "Of somebody else"), expert, now=NOW)
    assert {"Question", "Answer"} <= {
        one.get("What")
        for person in (asker, expert)
        for rows in my_data.collect(person.person).values()
        for one in rows
    }

    for person in (asker.person, expert.person):
        my_data.leave(person, now=NOW)

    rows = PoolQuestion.objects.order_by("pk").values_list("text", "asked_by__person__name", "taken_by", "state")
    assert list(rows) == [
        ("How do I add captions?", None, None, "solved"),
        ("Of somebody else", "Ann Archer", None, "open"),
    ]
    assert list(PoolPost.objects.values_list("said_by", flat=True)) == [None]


def test_questions_go_a_year_after_the_cohort_has_finished(cohort):
    solved(cohort)
    type(cohort).objects.filter(pk=cohort.pk).update(state="finished", finished_at=NOW)

    pool.forget_old(NOW + timedelta(days=365))
    before = PoolQuestion.objects.count()
    pool.forget_old(NOW + timedelta(days=366))

    assert (before, PoolQuestion.objects.count()) == (1, 0)
