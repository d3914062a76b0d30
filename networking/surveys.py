"""Asking a cohort: the plan of its surveys, who is asked and reminded, and what they answer."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.urls import reverse

from meetups import dates
from meetups.timings import LONDON
from networking import emails_surveys, questions
from networking.models import (
    Cohort,
    CohortSprint,
    Member,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
    SurveyReply,
    SurveyTheme,
)
from networking.needs import THIS_WEEK, Door, Need
from people import preferences
from people.models import Person

OPENS_BEFORE = timedelta(days=7)  # the first survey opens this long before the first sprint
OPEN_FOR = timedelta(days=21)
LATER = timedelta(days=91)
OPENS_AT = time(9)
# Whoever has not answered is reminded once, so long after being asked, and not in the last hours.
REMIND_AFTER = timedelta(days=7)


class SurveyClosed(Exception):
    """The survey takes no answers now."""

    def __init__(self, survey: Survey, now: datetime) -> None:
        super().__init__(
            "This survey is closed. Thank you for wanting to answer."
            if survey.is_closed(now)
            else "This survey is not open yet."
        )


class HasAnswers(Exception):
    """Somebody has answered already, so it cannot be taken away or reworded."""


@transaction.atomic
def plan(cohort: Cohort, *, by: Person | None) -> list[Survey]:
    """The usual surveys of a cohort: at the start, after each sprint, three months after. Those there stay."""
    sprints = list(cohort.sprints.order_by("position"))
    if not sprints:
        return []
    questions.ask_the_usual(cohort.programme)
    wanted: list[tuple[Survey.Moment, CohortSprint | None, date]] = [
        (Survey.Moment.START, None, sprints[0].starts_on - OPENS_BEFORE)
    ]
    wanted += [(Survey.Moment.SPRINT, sprint, sprint.ends_on - timedelta(days=3)) for sprint in sprints]
    wanted += [(Survey.Moment.LATER, None, sprints[-1].ends_on + LATER)]
    for moment, sprint, opens_on in wanted:
        times = {"opens_at": at(opens_on), "closes_at": at(opens_on) + OPEN_FOR, "created_by": by}
        Survey.objects.get_or_create(cohort=cohort, moment=moment, sprint=sprint, defaults=times)
    return list(cohort.surveys.all())


def days_of(cohort: Cohort) -> dict[int, date]:
    """By survey, the day of a sprint that its dates hang on: the first, the last, or the end of its own."""
    sprints = list(cohort.sprints.order_by("position"))
    if not sprints:
        return {}
    ends = {sprint.pk: sprint.ends_on for sprint in sprints}
    of_all = {Survey.Moment.START: sprints[0].starts_on, Survey.Moment.LATER: sprints[-1].ends_on}
    return {
        survey.pk: ends[survey.sprint_id] if survey.sprint_id else of_all[Survey.Moment(survey.moment)]
        for survey in cohort.surveys.all()
    }


def follow(cohort: Cohort, before: Mapping[int, date]) -> list[Survey]:
    """Move surveys by as many days as the days they hang on, which were `before`. Once anybody is asked, they stay."""
    moved, days = [], days_of(cohort)
    # Locked, so that nobody is asked between the look and the move.
    for survey in cohort.surveys.select_for_update():
        by = days[survey.pk] - before[survey.pk] if survey.pk in days and survey.pk in before else timedelta(0)
        if by and not survey.replies.exists():
            survey.opens_at, survey.closes_at = _days_later(survey.opens_at, by), _days_later(survey.closes_at, by)
            survey.save(update_fields=["opens_at", "closes_at"])
            moved.append(survey)
    return moved


def _days_later(moment: datetime, by: timedelta) -> datetime:
    """At the same time of day in London, in summer and in winter."""
    return moment.astimezone(LONDON) + by


def at(day: date) -> datetime:
    """Nine in the morning in London."""
    return datetime.combine(day, OPENS_AT, LONDON)


@transaction.atomic
def remove(survey: Survey) -> None:
    """Take a survey out of the plan; raises HasAnswers once somebody has answered."""
    if survey.replies.exclude(answered_at=None).exists():
        raise HasAnswers("Somebody has answered this survey already. Close it instead.")
    survey.delete()


def still_to_come(cohort: Cohort, now: datetime) -> Survey | None:
    """The one that is asked after a cohort has finished."""
    return cohort.surveys.filter(moment=Survey.Moment.LATER, closes_at__gt=now).first()


# --- The clock ----------------------------------------------------------------------------------------------------


def queue_due(now: datetime) -> int:
    """Ask and remind whoever is due; how many mails. Safe to repeat, and in two workers at once."""
    surveys = Survey.objects.open_at(now).select_related("cohort", "sprint")
    return sum(_ask(survey, now) + _remind(survey, now) for survey in surveys)


def _ask(survey: Survey, now: datetime) -> int:
    due = survey.cohort.members.councillors().joined().exclude(survey_replies__survey=survey)
    return sum(_ask_one(survey, member, now) for member in due.with_people())


@transaction.atomic
def _ask_one(survey: Survey, member: Member, now: datetime) -> bool:
    # The row is there for whoever stopped these mails too: the survey waits on their home, and starting them again
    # in a week sends no question of last week.
    reply, is_new = SurveyReply.objects.get_or_create(survey=survey, member=member, defaults={"asked_at": now})
    has_mail = is_new and preferences.wants(member.person, emails_surveys.SURVEYS)
    if has_mail:
        emails_surveys.ask(reply)
    return has_mail


def _remind(survey: Survey, now: datetime) -> int:
    asked = survey.replies.filter(answered_at=None, reminded_at=None, asked_at__lte=now - REMIND_AFTER)
    due = asked.filter(member__state=Member.State.JOINED).values_list("pk", flat=True)
    return sum(_remind_one(pk, now) for pk in due)


@transaction.atomic
def _remind_one(pk: int, now: datetime) -> bool:
    waiting = SurveyReply.objects.filter(pk=pk, answered_at=None, reminded_at=None)
    if waiting.update(reminded_at=now) != 1:
        return False
    reply = SurveyReply.objects.select_related("survey__cohort", "survey__sprint", "member__person").get(pk=pk)
    has_mail = preferences.wants(reply.member.person, emails_surveys.SURVEYS)
    if has_mail:
        emails_surveys.remind(reply)
    return has_mail


# --- Answers ------------------------------------------------------------------------------------------------------


@transaction.atomic
def answer(
    survey: Survey, member: Member, said: Mapping[SurveyQuestion, int | str | None], *, now: datetime
) -> SurveyReply:
    """Keep these answers instead of earlier ones; one left out is taken back. Raises SurveyClosed.

    Answering twice changes the answer: one person counts once. A theme stays while the words stay the same.
    """
    survey = Survey.objects.get(pk=survey.pk)
    if not survey.is_open(now):
        raise SurveyClosed(survey, now)
    asked = questions.still_there(said)
    # Made when they come before they were asked; then locked, so that two windows take turns.
    SurveyReply.objects.get_or_create(survey=survey, member=member, defaults={"asked_at": now})
    reply = SurveyReply.objects.select_for_update().get(survey=survey, member=member)
    before = {answer.question_id: answer for answer in reply.answers.all()}
    reply.answers.all().delete()
    SurveyAnswer.objects.bulk_create(
        _answer(reply, question, value, before.get(question.pk))
        for question, value in said.items()
        if value and question.pk in asked
    )
    reply.answered_at = now
    reply.save(update_fields=["answered_at"])
    return reply


def _answer(
    reply: SurveyReply, question: SurveyQuestion, value: int | str | None, before: SurveyAnswer | None
) -> SurveyAnswer:
    if question.kind == SurveyQuestion.Kind.SCALE:
        return SurveyAnswer(reply=reply, question=question, value=int(value or 0))
    text = str(value)
    theme = before.theme_id if before and before.text == text else None
    return SurveyAnswer(reply=reply, question=question, text=text, theme_id=theme)


# --- What is held about somebody ----------------------------------------------------------------------------------


def collect(person: Person) -> list[dict[str, object]]:
    """Everything they answered."""
    said = SurveyAnswer.objects.filter(reply__member__person=person).order_by("reply__survey__opens_at", "pk")
    return [
        {"Survey": str(one.reply.survey), "Question": one.question.text, "Answer": one.text or one.value}
        for one in said.select_related("reply__survey__sprint", "question")
    ]


def forget(person: Person, now: datetime) -> None:
    """Their words go. Points stay in the figures: they say nothing about whom they are from."""
    SurveyAnswer.objects.filter(reply__member__person=person).exclude(text="").delete()


# --- What the homes show ------------------------------------------------------------------------------------------


def needs_of(member: Member, now: datetime) -> list[Need]:
    """Surveys this councillor may answer and has not; for leads that none is planned."""
    if member.is_lead:
        return _to_plan(member.cohort)
    if not (member.pk and member.is_councillor):
        return []
    waiting = Survey.objects.open_at(now).filter(cohort=member.cohort).select_related("cohort", "sprint")
    answered = waiting.filter(replies__member=member, replies__answered_at__isnull=False).values_list("pk", flat=True)
    return [_need(survey, member) for survey in waiting.exclude(pk__in=list(answered))]


def _to_plan(cohort: Cohort) -> list[Need]:
    if cohort.is_finished or cohort.surveys.exists():
        return []
    line = "No surveys are planned. Without the one at the start, nobody sees later what has changed."
    return [Need(line, reverse("networking:surveys", args=[cohort.slug]), "Plan them", THIS_WEEK)]


def _need(survey: Survey, member: Member) -> Need:
    url = emails_surveys.path_of(survey, member)
    line = f"A few questions are open until {dates.day(survey.closes_at)}: {survey}."
    return Need(line, url, "Answer the questions", THIS_WEEK)


def doors_of(member: Member) -> list[Door]:
    """For leads: surveys and the report."""
    if not member.is_lead:
        return []
    slug = member.cohort.slug
    return [
        Door("Surveys", reverse("networking:surveys", args=[slug]), "Who answered, and what has changed."),
        Door("Evaluation report", reverse("networking:evaluation", args=[slug]), "On one page, to print or for Word."),
    ]


# --- Themes -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def put_under(answer: SurveyAnswer, theme: str) -> None:
    """Put somebody's words under a theme of this name, or under none. A theme nobody uses goes."""
    # One at a time: two leads may make the same theme, or one clear away what the other chooses.
    cohort = Cohort.objects.select_for_update().get(pk=answer.reply.survey.cohort_id)
    name = theme.strip()
    found = next((one for one in cohort.survey_themes.all() if one.name.casefold() == name.casefold()), None)
    answer.theme = found or (SurveyTheme.objects.create(cohort=cohort, name=name) if name else None)
    answer.save(update_fields=["theme"])
    cohort.survey_themes.filter(answers=None).delete()
