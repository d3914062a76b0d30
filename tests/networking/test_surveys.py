"""Surveys of a cohort: who is asked once, who may answer, what leads see and what nobody sees."""

from datetime import timedelta
from io import BytesIO

import docx as reader
import pytest
import time_machine
from django.db import IntegrityError
from django.urls import reverse

from documents import checking
from networking import emails_surveys, evaluation, questions, results, surveys
from networking.forms.surveys import QuestionForm
from networking.models import Survey, SurveyReply
from outbox.models import Message
from people import links
from tests import make
from tests.networking import build

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(build.NOW, tick=False):
        yield


def mails(kind: str) -> list[str]:
    return list(
        Message.objects.filter(kind=f"networking/{kind}").order_by("to_email").values_list("to_email", flat=True)
    )


def address(survey: Survey, member) -> str:
    return emails_surveys.path_of(survey, member)


def of_kind(survey: Survey, kind: str):
    return next(question for question in survey.questions() if question.kind == kind)


# --- Asking -------------------------------------------------------------------------------------------------------


def test_the_usual_plan_asks_at_the_start_after_each_sprint_and_three_months_later():
    cohort = build.cohort()

    planned = surveys.plan(cohort, by=None)
    again = surveys.plan(cohort, by=None)

    assert [str(one) for one in planned] == [
        "At the start", "After “A place to stand”", "After “Networks”", "After “Co-production”", "Three months after",
    ]  # fmt: skip
    assert [one.pk for one in again] == [one.pk for one in planned]


def test_every_councillor_is_asked_once_however_often_the_sweep_runs():
    survey = build.survey()
    one, other = build.councillor(survey.cohort), build.councillor(survey.cohort)
    build.mentor(survey.cohort)
    build.councillor(survey.cohort, state="invited")

    asked = [surveys.queue_due(build.NOW) for _ in range(3)]

    assert asked == [2, 0, 0]
    assert mails("survey") == sorted([one.person.email, other.person.email])


def test_somebody_who_joins_late_is_asked_as_well():
    survey = build.survey()
    build.councillor(survey.cohort)
    surveys.queue_due(build.NOW)
    late = build.councillor(survey.cohort)

    surveys.queue_due(build.NOW + timedelta(days=1))

    assert late.person.email in mails("survey")


@pytest.mark.parametrize("state", ["preparing", "finished"])
def test_a_cohort_that_does_not_run_is_not_asked(state):
    ended = {"finished_at": build.NOW} if state == "finished" else {}
    survey = build.survey(build.cohort(state=state, **ended))
    build.councillor(survey.cohort)

    assert surveys.queue_due(build.NOW) == 0


def test_a_cohort_that_has_finished_is_asked_three_months_after_and_nothing_else():
    lead = build.lead()
    surveys.plan(lead.cohort, by=lead.person)
    member = build.councillor(lead.cohort)
    later, last_sprint = Survey.objects.get(moment="later"), Survey.objects.filter(moment="sprint").last()
    browser = make.client(lead.person)
    finish = reverse("networking:finish_cohort", args=[lead.cohort.slug])
    said = browser.get(finish).text

    browser.post(finish, {"saw": "running"})
    moments = [last_sprint.opens_at, later.opens_at, later.opens_at + surveys.REMIND_AFTER, later.closes_at]
    sent = [surveys.queue_due(moment) for moment in moments]

    assert "Councillors are still asked three months after: from Sunday 5 September 2027." in said
    assert sent == [0, 1, 1, 0]
    assert [reply.survey for reply in SurveyReply.objects.all()] == [later]
    member.cohort.refresh_from_db()
    asked = [[need.url for need in surveys.needs_of(member, moment)] for moment in moments]
    assert asked == [[], [address(later, member)], [address(later, member)], []]


def test_who_finishes_a_cohort_without_a_survey_three_months_after_is_told_so():
    lead = build.lead()

    page = make.client(lead.person).get(reverse("networking:finish_cohort", args=[lead.cohort.slug])).text

    assert "No survey three months after is planned. You can change that under Surveys." in page


def test_whoever_has_not_answered_is_reminded_once_a_week_later():
    survey = build.survey()
    silent, quick = build.councillor(survey.cohort), build.councillor(survey.cohort)
    surveys.queue_due(build.NOW)
    build.answered(survey, quick, 4)

    sent = [surveys.queue_due(build.NOW + timedelta(days=day)) for day in (6, 7, 8, 9)]

    assert sent == [0, 1, 0, 0]
    assert mails("survey_reminder") == [silent.person.email]


def test_two_rows_for_one_councillor_and_survey_are_impossible():
    survey = build.survey()
    member = build.councillor(survey.cohort)
    SurveyReply.objects.create(survey=survey, member=member, asked_at=build.NOW)

    with pytest.raises(IntegrityError):
        SurveyReply.objects.create(survey=survey, member=member, asked_at=build.NOW)


# --- Answering ----------------------------------------------------------------------------------------------------


def test_a_councillor_answers_by_the_link_in_the_mail_without_signing_in():
    survey = build.survey()
    member = build.councillor(survey.cohort)
    scale, text = of_kind(survey, "scale"), of_kind(survey, "text")

    answer = make.client().post(address(survey, member), {f"q{scale.pk}": "4", f"q{text.pk}": "More time."})

    assert answer.status_code == 200
    assert list(survey.replies.get().answers.values_list("question", "value", "text")) == [
        (scale.pk, 4, ""),
        (text.pk, None, "More time."),
    ]


def test_opening_the_link_changes_nothing():
    survey = build.survey()
    member = build.councillor(survey.cohort)

    make.client().get(address(survey, member))

    assert not SurveyReply.objects.exists()


def test_answering_twice_changes_the_answer_and_counts_once():
    survey = build.survey()
    member = build.councillor(survey.cohort)
    build.answered(survey, member, 2)

    build.answered(survey, member, 5)

    assert list(survey.replies.get().answers.values_list("value", flat=True)) == [5]


def test_what_was_said_before_is_there_to_change():
    survey = build.survey()
    member = build.councillor(survey.cohort)
    build.answered(survey, member, "More time for this.")

    assert "More time for this." in make.client().get(address(survey, member)).text


def test_answers_out_of_the_scale_are_refused_and_nothing_is_kept():
    survey = build.survey()
    member = build.councillor(survey.cohort)
    scale, text = of_kind(survey, "scale"), of_kind(survey, "text")

    answer = make.client().post(address(survey, member), {f"q{scale.pk}": "9", f"q{text.pk}": "Kept words"})

    assert "Select a point from 1 to 5" in answer.text
    assert "Kept words" in answer.text
    assert not SurveyReply.objects.exists()


def test_saving_nothing_asks_for_one_answer():
    survey = build.survey()

    answer = make.client().post(address(survey, build.councillor(survey.cohort)), {})

    assert "Answer at least one question" in answer.text


def test_a_closed_survey_says_so_and_takes_nothing():
    survey = build.survey(closed=True)
    member = build.councillor(survey.cohort)
    scale = of_kind(survey, "scale")

    answer = make.client().post(address(survey, member), {f"q{scale.pk}": "4"})

    assert "This survey is closed." in answer.text
    assert not SurveyReply.objects.exists()


def test_the_link_opens_no_survey_of_another_cohort_and_dies_when_somebody_leaves():
    survey, elsewhere = build.survey(), build.survey()
    member = build.councillor(survey.cohort)
    link = address(survey, member)

    assert make.client().get(address(elsewhere, member)).status_code == 404
    member.state = "left"
    member.save()
    assert make.client().get(link).status_code == 404


def test_a_link_for_something_else_opens_no_survey():
    survey = build.survey()
    token = links.make("networking:other", build.councillor(survey.cohort).pk)

    assert make.client().get(reverse("networking:answer_survey", args=[survey.pk, token])).status_code == 404


# --- Results ------------------------------------------------------------------------------------------------------


def compared(number: int) -> tuple[Survey, Survey]:
    """Two closed surveys that the same people answered: everybody but one went from 2 to 4."""
    before = build.survey(opens_at=build.NOW - timedelta(days=90), closes_at=build.NOW - timedelta(days=80))
    after = build.survey(before.cohort, closed=True, moment="later")
    for place in range(number):
        member = build.councillor(before.cohort)
        build.answered(before, member, 2)
        build.answered(after, member, 2 if place == 0 else 4)
    return before, after


def test_the_same_people_are_compared():
    before, after = compared(6)
    build.answered(after, build.councillor(before.cohort), 5)

    changes = [one for one in results.changes(before, after) if one.change]

    assert [(one.change.n, one.change.before, round(one.change.after, 2)) for one in changes] == [(6, 2.0, 3.67)]


def test_a_change_for_the_worse_is_a_number_in_the_spreadsheet_too():
    before = build.survey(opens_at=build.NOW - timedelta(days=90), closes_at=build.NOW - timedelta(days=60))
    after = build.survey(
        before.cohort, moment="later", opens_at=build.NOW - timedelta(days=30), closes_at=build.NOW - timedelta(days=9)
    )
    for _ in range(5):
        member = build.councillor(before.cohort)
        build.answered(before, member, 4), build.answered(after, member, 3)
    lead = make.client(build.lead(before.cohort).person)

    file = lead.get(reverse("networking:export_results", args=[before.cohort.slug])).content.decode()

    assert ",4.00,3.00,-1.00," in file


def test_the_surveys_that_are_planned_late_say_that_councillors_are_asked_now():
    said = {}
    for days in (-3, 30):
        lead = build.lead(build.cohort(starts_on=build.NOW.date() + timedelta(days=days)))
        here = reverse("networking:plan_surveys", args=[lead.cohort.slug])
        said[days] = make.client(lead.person).post(here, follow=True).content.decode()

    assert "One is open already: councillors are asked now." in said[-3]
    assert "Nobody is asked before a survey opens." in said[30]


def test_figures_of_four_people_are_shown_nowhere():
    before, after = compared(4)
    lead = make.client(build.lead(before.cohort).person)
    said = {
        one: lead.get(reverse(f"networking:{one}", args=[before.cohort.slug]))
        for one in ("survey_results", "export_results")
    }

    assert results.changes(before, after)[0].change is None
    assert "3.5" not in said["survey_results"].text
    assert "3.50" not in said["export_results"].text
    assert results.TOO_FEW in said["export_results"].text


def test_an_open_survey_shows_no_results():
    survey = build.survey()
    for _ in range(6):
        build.answered(survey, build.councillor(survey.cohort), "Secret until it closes")

    page = make.client(build.lead(survey.cohort).person).get(
        reverse("networking:survey_results", args=[survey.cohort.slug])
    )

    assert "Secret until it closes" not in page.text
    assert "No survey has closed yet" in page.text


def test_words_are_shown_without_names_once_five_people_wrote():
    survey = build.survey(closed=True)
    lead = make.client(build.lead(survey.cohort).person)
    url = reverse("networking:survey_results", args=[survey.cohort.slug])
    members = [build.councillor(survey.cohort, person=make.person(name=f"Cllr Zed {n}")) for n in range(5)]
    for place, member in enumerate(members[:4]):
        build.answered(survey, member, f"Words number {place}")
    before = lead.get(url).text

    build.answered(survey, members[4], "Words number 4")
    after = lead.get(url).text

    assert "Words number" not in before
    assert all(f"Words number {place}" in after for place in range(5))
    assert "Cllr Zed" not in after


def test_words_are_put_under_a_theme_whatever_its_capitals_and_unused_themes_go():
    survey = build.survey(closed=True)
    one, other = (build.answered(survey, build.councillor(survey.cohort), f"Time {n}") for n in range(2))

    surveys.put_under(one, "Time")
    surveys.put_under(other, " time ")
    assert [theme.name for theme in survey.cohort.survey_themes.all()] == ["Time"]
    surveys.put_under(one, "")
    surveys.put_under(other, "Pace")

    assert [theme.name for theme in survey.cohort.survey_themes.all()] == ["Pace"]


def test_a_question_that_was_answered_keeps_its_words_for_those_answers():
    survey = build.survey()
    answer = build.answered(survey, build.councillor(survey.cohort), 3)
    wording = questions.Wording("scale", "A new question?", "Low", "High")

    new = questions.reword(answer.question, wording, now=build.NOW)

    answer.question.refresh_from_db()
    assert (new.pk == answer.question.pk, answer.question.retired_at, new.text) == (False, build.NOW, "A new question?")


def test_of_two_who_change_one_question_at_once_the_second_is_told_and_makes_no_twin():
    survey = build.survey()
    question = build.answered(survey, build.councillor(survey.cohort), 3).question
    programme, before = question.programme, question.programme.questions.count()
    questions.reword(question, questions.Wording("scale", "New?", "Low", "High"), now=build.NOW)

    with pytest.raises(questions.ChangedMeanwhile):
        questions.reword(question, questions.Wording("scale", "Newer?", "Low", "High"), now=build.NOW)

    assert programme.questions.count() == before + 1
    assert not programme.questions.filter(text="Newer?").exists()


def test_a_question_changed_in_another_window_keeps_what_was_typed(monkeypatch):
    question = build.survey().cohort.programme.questions.first()
    page = reverse("networking:change_survey_question", args=[question.programme.slug, question.pk])
    of_form = QuestionForm.wording

    def in_the_same_moment(form: QuestionForm) -> questions.Wording:
        questions.retire(question, now=build.NOW)
        return of_form(form)

    monkeypatch.setattr(QuestionForm, "wording", in_the_same_moment)
    answer = make.client(make.organiser()).post(page, {**SCALE, "text": "What I typed?"})

    assert answer.status_code == 200
    assert "Somebody has changed this question or taken it out meanwhile" in answer.content.decode()
    assert "What I typed?" in answer.content.decode()


@pytest.mark.parametrize("direction", ["up", "down", "nonsense"])
def test_a_question_taken_out_in_another_window_does_not_move(direction):
    programme = build.survey().cohort.programme
    first, second = list(programme.questions.filter(retired_at=None)[:2])
    questions.retire(second, now=build.NOW)

    questions.shift(second, direction)

    assert programme.questions.filter(retired_at=None).first() == first


def test_taken_out_twice_it_keeps_the_first_moment():
    survey = build.survey()
    question = build.answered(survey, build.councillor(survey.cohort), 3).question

    for days in (0, 3):
        questions.retire(question, now=build.NOW + timedelta(days=days))

    question.refresh_from_db()
    assert question.retired_at == build.NOW


def test_an_answer_to_a_question_that_is_taken_out_in_the_same_moment_loses_no_other_answer():
    survey = build.survey()
    member = build.councillor(survey.cohort)
    stays, goes = list(survey.questions().filter(kind="scale")[:2])
    questions.retire(goes, now=build.NOW)

    reply = surveys.answer(survey, member, {stays: 4, goes: 2}, now=build.NOW)

    assert [(one.question, one.value) for one in reply.answers.all()] == [(stays, 4)]


def test_a_survey_that_was_answered_stays():
    survey = build.survey()
    build.answered(survey, build.councillor(survey.cohort), 3)

    with pytest.raises(surveys.HasAnswers):
        surveys.remove(survey)


def test_the_number_of_queries_of_the_results_does_not_grow_with_people(django_assert_max_num_queries):
    before, after = compared(6)

    with django_assert_max_num_queries(6):
        results.changes(before, after)
        results.sayings(after)
        results.rates(before.cohort)


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"opens_on": "", "closes_on": "2027-03-01"}, "Enter the first day"),
        ({"opens_on": "2027-03-02", "closes_on": "2027-03-01"}, "Enter a last day that is not before the first"),
        ({"opens_on": "tomorrow", "closes_on": "2027-03-01"}, "Enter a real date, like 24 2 2027"),
        ({"opens_on": "2027-01-01", "closes_on": "2028-01-01"}, "Enter a last day within six months"),
        ({"opens_on": "0001-01-01", "closes_on": "0001-01-02"}, "Enter a day of this century"),
    ],
)
def test_wrong_dates_are_said_next_to_the_field_and_change_nothing(typed, error):
    survey = build.survey()
    lead = make.client(build.lead(survey.cohort).person)

    answer = lead.post(reverse("networking:change_survey", args=[survey.cohort.slug, survey.pk]), typed)

    assert error in answer.text
    assert Survey.objects.get().opens_at == survey.opens_at


def test_new_dates_are_whole_days_in_london():
    survey = build.survey()
    lead = make.client(build.lead(survey.cohort).person)
    url = reverse("networking:change_survey", args=[survey.cohort.slug, survey.pk])

    lead.post(url, {"opens_on": "2027-03-01", "closes_on": "2027-04-01"})

    survey.refresh_from_db()
    assert (survey.opens_at.isoformat(), survey.closes_at.isoformat()) == (
        "2027-03-01T09:00:00+00:00",
        "2027-04-01T23:00:00+00:00",  # midnight in summer time
    )


# --- The evaluation -----------------------------------------------------------------------------------------------


def test_the_report_for_word_has_no_faults_and_the_same_figures_as_the_page():
    before, _after = compared(6)
    build.pair(before.cohort.members.councillors().first())
    page = make.client(build.lead(before.cohort).person).get(
        reverse("networking:evaluation", args=[before.cohort.slug])
    )

    data = evaluation.as_docx(evaluation.of(before.cohort, now=build.NOW))

    cells = [[cell.text for cell in row.cells] for row in reader.Document(BytesIO(data)).tables[1].rows]
    assert checking.faults(data) == []
    assert cells[1][1:5] == ["6", "2.0", "3.7", "1.7"]
    assert all(figure in page.text for figure in ("2.0", "3.7", "1.7", "1 of 6 councillors"))


def test_the_report_names_themes_of_several_people_and_counts_them_from_five_on():
    survey = build.survey(closed=True)
    for theme, number in (("Alone", 1), ("Pace", 2), ("Rooms", 4), ("Time", 5)):
        for n in range(number):
            surveys.put_under(build.answered(survey, build.councillor(survey.cohort), f"{theme} {n}"), theme)
    page = make.client(build.lead(survey.cohort).person).get(
        reverse("networking:evaluation", args=[survey.cohort.slug])
    )

    said = evaluation.of(survey.cohort, now=build.NOW).themes

    assert said == [(of_kind(survey, "text").text, ["Time (5 people)", "Rooms", "Pace"])]
    assert "No figures are made of answers of fewer than 5." in page.text


def test_a_cohort_without_surveys_has_a_report_that_says_what_is_missing():
    cohort = build.cohort()
    lead = make.client(build.lead(cohort).person)

    assert "Two surveys have to close" in lead.get(reverse("networking:evaluation", args=[cohort.slug])).text
    assert lead.get(reverse("networking:evaluation_document", args=[cohort.slug])).status_code == 200


def test_every_page_of_surveys_can_be_opened_by_the_lead():
    before, _after = compared(6)
    lead = make.client(build.lead(before.cohort).person)
    names = ("surveys", "survey_results", "export_results", "evaluation", "evaluation_document")

    answers = [lead.get(reverse(f"networking:{name}", args=[before.cohort.slug])).status_code for name in names]

    assert answers == [200] * 5


def test_who_leaves_takes_their_words_with_them_and_leaves_a_point():
    survey = build.survey()
    member = build.councillor(survey.cohort)
    scale, text = of_kind(survey, "scale"), of_kind(survey, "text")
    surveys.answer(survey, member, {scale: 4, text: "My words"}, now=build.NOW)
    held = surveys.collect(member.person)

    surveys.forget(member.person, build.NOW)

    assert [one["Answer"] for one in held] == [4, "My words"]
    assert list(survey.replies.get().answers.values_list("value", "text")) == [(4, "")]


def test_the_mails_say_what_is_asked_until_when_and_how_to_stop():
    survey = build.survey()
    member = build.councillor(survey.cohort, person=make.person(name="Ada Ash"))

    surveys.queue_due(build.NOW)

    mail = Message.objects.get(kind="networking/survey")
    assert mail.subject == f"{survey.cohort.name}: a few questions, until Tuesday 2 March 2027"
    for words in (mail.text, mail.html):
        assert all(part in words for part in (address(survey, member), "Ada", "Choose which mails you get"))

    stopped = make.client().post("/" + mail.unsubscribe_url.split("/", 3)[3])
    later = build.survey(survey.cohort, moment="later")
    sent = [surveys.queue_due(build.NOW + timedelta(days=days)) for days in (1, 7, 8)]

    assert stopped.status_code == 200
    assert sent == [0, 0, 0]
    assert [one.survey for one in member.survey_replies.order_by("pk")] == [survey, later]
    assert [need.url for need in surveys.needs_of(member, build.NOW)] == [
        address(survey, member),
        address(later, member),
    ]


# --- The questions of a programme -----------------------------------------------------------------------------------


@pytest.fixture
def organiser():
    return make.client(make.organiser())


SCALE = {"text": "How sure are you?", "kind": "scale", "low": "Not at all", "high": "Very", "at_start": "on"}


def asked(programme) -> list[str]:
    return [question.text for question in programme.questions.filter(retired_at=None)]


def test_an_organiser_adds_moves_and_takes_out_questions(organiser):
    programme = build.programme()
    list_url = reverse("networking:survey_questions", args=[programme.slug])
    new_url = reverse("networking:add_survey_question", args=[programme.slug])
    assert "No questions yet." in organiser.get(list_url).content.decode()

    for text in ("First?", "Second?", "Third?"):
        organiser.post(new_url, {**SCALE, "text": text})

    def shift(text: str, direction: str) -> None:
        pk = programme.questions.get(text=text).pk
        organiser.post(reverse("networking:shift_survey_question", args=[programme.slug, pk]), {"direction": direction})

    shift("Third?", "up")
    shift("First?", "up")
    assert asked(programme) == ["First?", "Third?", "Second?"]
    shift("Third?", "out")
    assert asked(programme) == ["First?", "Second?"]


def test_a_scale_without_its_ends_is_refused_and_what_was_typed_is_kept(organiser):
    programme = build.programme()

    page = organiser.post(
        reverse("networking:add_survey_question", args=[programme.slug]), {**SCALE, "low": "", "high": ""}
    ).content.decode()

    assert "Enter what 1 means" in page
    assert "Enter what 5 means" in page
    assert "How sure are you?" in page
    assert asked(programme) == []


def test_a_question_that_was_answered_is_replaced_and_stays_with_its_answers(organiser):
    survey = build.survey()
    answer = build.answered(survey, build.councillor(survey.cohort), 4)
    programme, old = survey.cohort.programme, answer.question

    organiser.post(reverse("networking:change_survey_question", args=[programme.slug, old.pk]), SCALE)

    assert old.text not in asked(programme)
    assert "How sure are you?" in asked(programme)
    answer.refresh_from_db()
    assert answer.question == old
    again = organiser.get(reverse("networking:change_survey_question", args=[programme.slug, old.pk]))
    assert again.status_code == 404


def test_the_evaluation_tells_what_pairs_logged():
    pair = build.pair()
    build.pair(build.councillor(pair.cohort))
    build.meeting(pair, build.NOW.date(), minutes=45)
    build.meeting(pair, build.NOW.date() - timedelta(days=1), minutes=60)

    said = {one.label: one.value for one in evaluation.of(pair.cohort, now=build.NOW).taking_part}

    assert (said["Support meetings logged"], said["Pairs that met at least once"]) == ("2", "1 of 2")
    assert said["Time in support meetings"] == "2 hours"
