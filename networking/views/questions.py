"""What the surveys of a programme ask, for organisers: add, reword, put in order, ask no more."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from networking import questions as asking
from networking.forms.surveys import QuestionForm
from networking.models import Programme, SurveyQuestion
from networking.views import loading
from people.access import Audience, SignedInRequest, open_to


def _programme_or_404(programme_slug: str) -> Programme:
    return get_object_or_404(Programme, slug=programme_slug)


def _asked_or_404(programme: Programme, survey_question_pk: int) -> SurveyQuestion:
    return get_object_or_404(programme.questions, pk=survey_question_pk, retired_at=None)


def _url(programme: Programme) -> str:
    return reverse("networking:survey_questions", args=[programme.slug])


def _trail(programme: Programme, *further: tuple[str, str]) -> loading.Trail:
    above = reverse("networking:programme", args=[programme.slug])
    return loading.trail(("Programmes", reverse("networking:programmes")), (programme.name, above), *further)


@open_to(Audience.ORGANISERS)
@require_safe
def questions(request: SignedInRequest, programme_slug: str) -> HttpResponse:
    programme = _programme_or_404(programme_slug)
    rows = list(programme.questions.all())
    context = {
        "programme": programme,
        "asked": [question for question in rows if not question.retired_at],
        "retired": [question for question in rows if question.retired_at],
        "breadcrumbs": _trail(programme),
    }
    return render(request, "networking/surveys/questions.html", context)


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest, programme_slug: str) -> HttpResponse:
    programme = _programme_or_404(programme_slug)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        asking.add(programme, form.wording())
        messages.success(request, "The question is added. Surveys that are open ask it from now on.")
        return redirect(_url(programme))
    return _form(request, form, "Add a question", _trail(programme, ("Survey questions", _url(programme))))


def _form(request: SignedInRequest, form: QuestionForm, title: str, trail: loading.Trail) -> HttpResponse:
    return render(request, "networking/form.html", {"form": form, "title": title, "breadcrumbs": trail})


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, programme_slug: str, survey_question_pk: int) -> HttpResponse:
    programme = _programme_or_404(programme_slug)
    question = _asked_or_404(programme, survey_question_pk)
    form = QuestionForm(request.POST if request.method == "POST" else None, instance=question)
    if form.is_valid():
        try:
            asking.reword(question, form.wording(), now=timezone.now())
        except asking.ChangedMeanwhile as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The question is saved.")
            return redirect(_url(programme))
    return _form(request, form, "Change the question", _trail(programme, ("Survey questions", _url(programme))))


@open_to(Audience.ORGANISERS)
def shift(request: SignedInRequest, programme_slug: str, survey_question_pk: int) -> HttpResponse:
    """Up, down, or asked no more."""
    programme = _programme_or_404(programme_slug)
    question = _asked_or_404(programme, survey_question_pk)
    direction = request.POST.get("direction", "")
    if request.method == "POST" and direction == "out":
        asking.retire(question, now=timezone.now())
        messages.success(request, f"“{question.text}” is asked no more.")
    elif request.method == "POST":
        asking.shift(question, direction)
    return redirect(_url(programme))
