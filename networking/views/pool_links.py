"""What the links in mails about questions open, without signing in. Looking changes nothing; a button does."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from meetups.views.loading import by_link
from networking import emails_pool, pool
from networking.forms.pool import AnswerForm, SolvedForm
from networking.models import Member, PoolOffer, PoolQuestion
from networking.views.pool import FORM
from networking.views.pool_questions import send_answer, send_solved
from people import links
from people.access import Audience, open_to

State = PoolQuestion.State


def _offer_or_404(token: str) -> PoolOffer:
    try:
        claim = links.read(emails_pool.TAKE, token)
        offer = PoolOffer.objects.select_related("member__person", "member__cohort").get(pk=claim.pk)
    except (links.BadLink, PoolOffer.DoesNotExist) as error:
        raise Http404 from error
    if offer.member.link_version != claim.version or not offer.member.is_here:
        raise Http404
    offer.question = PoolQuestion.objects.with_people().get(pk=offer.question_id)
    return offer


@open_to(Audience.LINK)
@require_http_methods(FORM)
@by_link
def take_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take a question, then answer it, by the same link."""
    offer = _offer_or_404(token)
    question, member = offer.question, offer.member
    if request.method == "POST" and request.POST.get("what") == "take":
        _take(request, question, member)
        return redirect(emails_pool.TAKE, token)
    if question.taken_by_id != member.pk or question.is_over:
        gone = "" if question.state == State.OPEN else str(pool.TakenAlready(question))
        return _page(request, "take", question, member, gone=gone)
    form = AnswerForm(request.POST if request.POST.get("what") == "answer" else None)
    if form.is_valid():
        _send(request, send_answer, question, member, form)
        return redirect(emails_pool.TAKE, token)
    return _page(request, "take", question, member, form=form)


def _take(request: HttpRequest, question: PoolQuestion, member: Member) -> None:
    try:
        pool.take(question, member, now=timezone.now())
        messages.success(request, "It is yours. Who asked knows that somebody looks at it.")
    except pool.TakenAlready as error:
        messages.error(request, f"{error}.")


def _send(
    request: HttpRequest, send: Callable[..., str], question: PoolQuestion, member: Member, form: forms.Form
) -> None:
    try:
        messages.success(request, send(question, member, form.cleaned_data, now=timezone.now()))
    except pool.NotYours:
        messages.error(request, "The question is over, so nothing was sent.")


def _page(request: HttpRequest, name: str, question: PoolQuestion, member: Member, **more: object) -> HttpResponse:
    posts = list(question.posts.select_related("said_by__person"))
    context = {"question": question, "cohort": question.cohort, "member": member, "posts": posts, **more}
    return render(request, f"networking/pool/{name}.html", context)


@open_to(Audience.LINK)
@require_http_methods(FORM)
@by_link
def solved_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """For who asked: read the answer, say whether it is solved. Who took it gets here from a word back."""
    question, member = _question_or_404(token)
    is_asker = member.pk == question.asked_by_id
    form: forms.Form | None = None
    if question.has_answer() and not (is_asker and question.asker_solved_at):
        form = (SolvedForm if is_asker else AnswerForm)(request.POST if request.method == "POST" else None)
        if form.is_valid():
            _send(request, send_solved if is_asker else send_answer, question, member, form)
            return redirect(emails_pool.SOLVED, token)
    return _page(request, "solved", question, member, is_asker=is_asker, form=form)


def _question_or_404(token: str) -> tuple[PoolQuestion, Member]:
    """The purpose carries whose link it is, so the row says which purposes to try."""
    number = token.partition(".")[0]
    known = number if number.isascii() and number.isdigit() and len(number) < 15 else "0"
    for question in PoolQuestion.objects.with_people().filter(pk=known):
        for member in (question.asked_by, question.taken_by):
            if member and member.is_here and _is_for(token, question, member):
                return question, member
    raise Http404


def _is_for(token: str, question: PoolQuestion, member: Member) -> bool:
    try:
        return links.read(f"{emails_pool.SOLVED}:{member.pk}", token) == (question.pk, member.link_version)
    except links.BadLink:
        return False
