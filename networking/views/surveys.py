"""Surveys: councillors answer by the link in a mail; leads see dates, how many answered, and what changed."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from documents import docx
from meetups import exports
from meetups.timings import LONDON
from meetups.views.loading import by_link
from networking import charts, emails_surveys, evaluation, results, surveys
from networking.forms.surveys import AnswersForm, SurveyForm, ThemeForm, initial
from networking.models import Cohort, Survey, SurveyAnswer, SurveyReply
from networking.views import loading
from people.access import Audience, SignedInRequest, open_to


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def answer_survey(request: HttpRequest, survey_pk: int, token: str) -> HttpResponse:
    member = loading.by_link_or_404(token, emails_surveys.ANSWER)
    survey = _survey_or_404(member.cohort, survey_pk)
    now = timezone.now()
    reply = survey.replies.filter(member=member).first()
    context = {"survey": survey, "cohort": survey.cohort, "member": member, "reply": reply, "token": token}
    if not survey.is_open(now):
        return _closed(request, context, surveys.SurveyClosed(survey, now))
    form = _answers_form(request, survey, reply)
    if not form.is_valid():
        return render(request, "networking/surveys/answer.html", {**context, "form": form})
    try:
        surveys.answer(survey, member, form.answers(), now=now)
    except surveys.SurveyClosed as error:
        return _closed(request, context, error)
    return render(request, "networking/surveys/answered.html", context)


def _closed(request: HttpRequest, context: Mapping[str, object], words: surveys.SurveyClosed) -> HttpResponse:
    return render(request, "networking/surveys/closed.html", {**context, "words": words})


def _answers_form(request: HttpRequest, survey: Survey, reply: SurveyReply | None) -> AnswersForm:
    said = {one.question_id: one.value or one.text for one in reply.answers.all()} if reply else {}
    typed = request.POST if request.method == "POST" else None
    return AnswersForm(typed, questions=list(survey.questions()), initial=initial(said))


# --- For leads ----------------------------------------------------------------------------------------------------


def _survey_or_404(cohort: Cohort, survey_pk: int) -> Survey:
    return get_object_or_404(cohort.surveys.select_related("cohort__programme", "sprint"), pk=survey_pk)


def _to_surveys(cohort: Cohort) -> loading.Trail:
    return loading.to_cohort(cohort, ("Surveys", reverse("networking:surveys", args=[cohort.slug])))


@open_to(Audience.LEADS)
@require_safe
def survey_list(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    cohort = loading.led_or_404(request.user, cohort_slug)
    now = timezone.now()
    context = {
        "cohort": cohort,
        "rates": results.rates(cohort),
        "now": now,
        "has_results": bool(results.closed(cohort, now)),
        "breadcrumbs": loading.to_cohort(cohort),
    }
    return render(request, "networking/surveys/list.html", context)


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_surveys(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    cohort = loading.led_or_404(request.user, cohort_slug)
    if request.method != "POST":
        return redirect("networking:surveys", cohort.slug)
    planned = surveys.plan(cohort, by=request.user)
    is_open = cohort.surveys.open_at(timezone.now()).exists()
    when = "One is open already: councillors are asked now." if is_open else "Nobody is asked before a survey opens."
    messages.info(request, f"{len(planned)} surveys are planned. {when}")
    return redirect("networking:surveys", cohort.slug)


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_survey(request: SignedInRequest, cohort_slug: str, survey_pk: int) -> HttpResponse:
    cohort = loading.led_or_404(request.user, cohort_slug)
    survey = _survey_or_404(cohort, survey_pk)
    last_day = (survey.closes_at - timedelta(seconds=1)).astimezone(LONDON).date()
    now_set = {"opens_on": survey.opens_at.astimezone(LONDON).date(), "closes_on": last_day}
    form = SurveyForm(request.POST if request.method == "POST" else None, initial=now_set)
    if not form.is_valid():
        context = {"form": form, "survey": survey, "cohort": cohort, "breadcrumbs": _to_surveys(cohort)}
        return render(request, "networking/surveys/change.html", context)
    survey.opens_at = surveys.at(form.cleaned_data["opens_on"])
    survey.closes_at = datetime.combine(form.cleaned_data["closes_on"] + timedelta(days=1), time(), LONDON)
    survey.save(update_fields=["opens_at", "closes_at"])
    messages.info(request, f"{survey} has new dates.")
    return redirect("networking:surveys", cohort.slug)


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_survey(request: SignedInRequest, cohort_slug: str, survey_pk: int) -> HttpResponse:
    cohort = loading.led_or_404(request.user, cohort_slug)
    survey = _survey_or_404(cohort, survey_pk)
    if request.method != "POST":
        return redirect("networking:surveys", cohort.slug)
    try:
        surveys.remove(survey)
        messages.info(request, f"{survey} is taken out. “Plan the usual surveys” brings it back.")
    except surveys.HasAnswers as error:
        messages.error(request, str(error))
    return redirect("networking:surveys", cohort.slug)


@open_to(Audience.LEADS)
@require_safe
def survey_results(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """Two closed surveys compared, or the one there is; which two is chosen in the address."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    closed = results.closed(cohort, timezone.now())
    before, after = results.chosen(closed, **_named(request))
    context = {
        "cohort": cohort,
        "closed": closed,
        "before": before,
        "after": after,
        "breadcrumbs": _to_surveys(cohort),
        "themes": list(cohort.survey_themes.all()),
    }
    if before and after:
        compared = results.changes(before, after)
        context |= {"changes": compared, "chart": change_chart(compared, before, after)}
    if after:
        context |= {"spreads": results.spreads(after), "sayings": results.sayings(after)}
    return render(request, "networking/surveys/results.html", context)


def change_chart(compared: list[results.QuestionChange], before: Survey, after: Survey) -> str:
    """The picture of all changes that may be shown; empty when there is none."""
    rows = [charts.row(one.question.text, one.change) for one in compared if one.change]
    return charts.dumbbells(rows, title=f"{before} and {after.in_a_sentence}: mean answers") if rows else ""


def _named(request: HttpRequest) -> dict[str, str]:
    """Which two surveys the address says, for those who choose them."""
    return {"first": request.GET.get("from", ""), "last": request.GET.get("to", "")}


@open_to(Audience.LEADS)
@require_safe
def export_results(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    cohort = loading.led_or_404(request.user, cohort_slug)
    before, after = results.chosen(results.closed(cohort, timezone.now()), **_named(request))
    if not (before and after):
        messages.info(request, "Figures can be downloaded when two surveys have closed.")
        return redirect("networking:survey_results", cohort.slug)
    lines = list(results.rows(before, after))
    answer = HttpResponse(
        exports.csv_file([str(name) for name in lines[0]], lines[1:]), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{cohort.slug}-surveys.csv"'
    return answer


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def put_under_theme(request: SignedInRequest, cohort_slug: str, answer_pk: int) -> HttpResponse:
    cohort = loading.led_or_404(request.user, cohort_slug)
    said = SurveyAnswer.objects.select_related("reply__survey__cohort")
    answer = get_object_or_404(
        said, pk=answer_pk, reply__survey__cohort=cohort, reply__survey__closes_at__lte=timezone.now()
    )
    if request.method != "POST":
        return redirect("networking:surveys", cohort.slug)
    form = ThemeForm(request.POST)
    if form.is_valid():
        surveys.put_under(answer, form.cleaned_data["theme"])
    else:
        messages.error(request, "Enter a theme of at most 80 characters.")
    back = reverse("networking:survey_results", args=[cohort.slug])
    return redirect(f"{back}?to={answer.reply.survey_id}#answer-{answer.pk}")


@open_to(Audience.LEADS)
@require_safe
def evaluate(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """The evaluation on one page, to read and to print."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    context = {
        "evaluation": evaluation.of(cohort, now=timezone.now(), **_named(request)),
        "cohort": cohort,
        "breadcrumbs": _to_surveys(cohort),
    }
    return render(request, "networking/surveys/evaluation.html", context)


@open_to(Audience.LEADS)
@require_safe
def evaluation_document(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    cohort = loading.led_or_404(request.user, cohort_slug)
    data = evaluation.as_docx(evaluation.of(cohort, now=timezone.now(), **_named(request)))
    answer = HttpResponse(data, content_type=docx.MIME)
    answer["Content-Disposition"] = f'attachment; filename="{cohort.slug}-evaluation.docx"'
    return answer
