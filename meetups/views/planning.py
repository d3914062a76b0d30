"""The questions of one meet-up."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from meetups import answers, arranging
from meetups.forms.planning import QuestionForm
from meetups.models import Meetup, Question
from meetups.views import loading, trail
from meetups.views.loading import run_by_or_404
from people.access import Audience, SignedInRequest, open_to


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def questions(request: SignedInRequest, slug: str) -> HttpResponse:
    """What people are asked at sign-up, and a form for one more."""
    meetup = run_by_or_404(request.user, slug)
    form = QuestionForm(request.POST or None, instance=Question(meetup=meetup))
    if form.is_valid():
        question = arranging.add(form.instance)
        messages.success(request, f"“{question.label}” is on the sign-up form.")
        return redirect("meetups:questions", slug)
    context = {
        "meetup": meetup,
        "questions": answers.of(meetup),
        "is_asked_already": not meetup.is_draft and meetup.closes_at > timezone.now(),
        "form": form,
        "breadcrumbs": trail.to(request, meetup),
    }
    return render(request, "meetups/organise/questions.html", context)


def _to_questions(request: SignedInRequest, meetup: Meetup) -> trail.Trail:
    return trail.to(request, meetup, ("Questions", reverse("meetups:questions", args=[meetup.slug])))


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def edit_question(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    meetup = run_by_or_404(request.user, slug)
    question = get_object_or_404(meetup.questions, pk=pk)
    form = QuestionForm(request.POST or None, instance=question)
    if form.is_valid():
        form.save()
        messages.success(request, "The question is saved.")
        return redirect("meetups:questions", slug)
    context = {
        "form": form,
        "answers": question.answers.count(),
        "meetup": meetup,
        "breadcrumbs": _to_questions(request, meetup),
    }
    return render(request, "meetups/organise/edit_question.html", context)


@open_to(Audience.HOSTS)
def shift_question(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    meetup = run_by_or_404(request.user, slug)
    question = get_object_or_404(meetup.questions, pk=pk)
    if request.method == "POST":
        arranging.shift(question, _direction(request))
    return redirect(f"{reverse('meetups:questions', args=[slug])}#question-{pk}")


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def remove_question(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    meetup = run_by_or_404(request.user, slug)
    question = get_object_or_404(meetup.questions, pk=pk)
    told = request.POST.get("answers", "")
    if request.method == "POST":
        try:
            arranging.remove_question(question, answers=loading.number(told))
        except arranging.AnsweredMeanwhile:
            messages.error(request, "More people have answered it meanwhile. Look at the number again.")
            return redirect("meetups:remove_question", slug, pk)
        messages.success(request, f"“{question.label}” is not asked any more.")
        return redirect("meetups:questions", slug)
    context = {
        "question": question,
        "answers": question.answers.count(),
        "meetup": meetup,
        "breadcrumbs": _to_questions(request, meetup),
    }
    return render(request, "meetups/organise/remove_question.html", context)


def _direction(request: SignedInRequest) -> str:
    return arranging.UP if request.POST.get("direction") == arranging.UP else arranging.DOWN
