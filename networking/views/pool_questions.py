"""One question: who asked, who takes it, what was said; its buttons are named by `what`."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from networking import pool
from networking.forms.pool import AgreeForm, AnswerForm, HandForm, SolvedForm
from networking.models import Cohort, Member, PoolQuestion
from networking.views import loading
from networking.views.pool import FORM, parts_of, trail
from people.access import Audience, SignedInRequest, open_to

State = PoolQuestion.State
Form = AnswerForm | SolvedForm | AgreeForm | HandForm


class Looker:
    """Who looks at a question, and what they may do with it."""

    def __init__(self, question: PoolQuestion, parts: list[Member], *, leads: bool) -> None:
        self.question, self.leads = question, leads
        self.asker = next((one for one in parts if one.pk == question.asked_by_id), None)
        self.expert = next((one for one in parts if one.pk == question.taken_by_id), None)
        asked = set(question.offers.values_list("member", flat=True))
        helpers = [one for one in parts if one.helps]
        self.helper = next((one for one in helpers if one.pk in asked), helpers[0] if helpers else None)

    @property
    def may_see(self) -> bool:
        """Kept ones everybody in the cohort; open ones whoever could help; the rest the two and their leads."""
        is_open = self.question.state == State.OPEN and self.helper
        return bool(self.question.is_kept or self.leads or self.asker or self.expert or is_open)

    @property
    def sees_asker(self) -> bool:
        return not self.question.is_kept or self.leads or bool(self.asker or self.expert)

    @property
    def may_take(self) -> bool:
        return self.question.state == State.OPEN and bool(self.helper) and not self.asker

    @property
    def may_give_back(self) -> bool:
        return self.question.state == State.TAKEN and bool(self.expert)

    @property
    def may_answer(self) -> bool:
        return self.question.state in {State.TAKEN, State.ANSWERED} and bool(self.expert)

    @property
    def may_say_solved(self) -> bool:
        return bool(self.asker) and not self.question.asker_solved_at and self.question.has_answer()

    @property
    def may_agree(self) -> bool:
        return self.question.state == State.ANSWERED and bool(self.expert) and not self.question.expert_solved_at

    @property
    def may_withdraw(self) -> bool:
        return bool(self.asker) and not self.question.is_over

    @property
    def may_hand(self) -> bool:
        return self.question.state == State.OPEN and self.leads


@open_to(Audience.COHORT)
@require_http_methods(FORM)
def question(request: SignedInRequest, cohort_slug: str, question_pk: int) -> HttpResponse:
    cohort = loading.cohort_or_404(request.user, cohort_slug)
    found = get_object_or_404(PoolQuestion.objects.with_people(), cohort=cohort, pk=question_pk)
    leads = Cohort.objects.led_by(request.user).filter(pk=cohort.pk).exists()
    looker = Looker(found, parts_of(request.user, cohort), leads=leads)
    if not looker.may_see:
        raise Http404
    forms = _forms(request, looker)
    if request.method == "POST" and _act(request, looker, forms):
        return redirect("networking:question", cohort.slug, found.pk)
    context = {
        "cohort": cohort,
        "question": found,
        "looker": looker,
        "posts": list(found.posts.select_related("said_by__person")),
        "asked": list(found.offers.select_related("member__person")) if leads else [],
        "forms": forms,
        "has_errors": any(form.errors for form in forms.values()),
        "breadcrumbs": trail(cohort),
    }
    return render(request, "networking/pool/question.html", context)


def _forms(request: SignedInRequest, looker: Looker) -> dict[str, Form]:
    """The forms this person may fill in now; the one that was sent is bound."""
    what = request.POST.get("what", "")

    def data(name: str) -> object:
        return request.POST if request.method == "POST" and what == name else None

    forms: dict[str, Form] = {}
    if looker.may_answer:
        forms["answer"] = AnswerForm(data("answer"), auto_id="id_answer_%s")
    if looker.may_say_solved:
        forms["solved"] = SolvedForm(data("solved"), auto_id="id_solved_%s")
    if looker.may_agree and looker.question.asker_solved_at:
        forms["agree"] = AgreeForm(data("agree"), auto_id="id_agree_%s")
    if looker.may_hand:
        cohort = looker.question.cohort
        asked = looker.question.offers.values("member__person")
        others = cohort.members.joined().with_people().exclude(person__in=asked)
        helpers = [one for one in others if one.helps and one.pk != looker.question.asked_by_id]
        forms["hand"] = HandForm(data("hand"), auto_id="id_hand_%s", members=helpers)
    return forms


def _act(request: SignedInRequest, looker: Looker, forms: dict[str, Form]) -> bool:
    """Do what the button says; False when its form has errors."""
    what, now = request.POST.get("what", ""), timezone.now()
    form = forms.get(what)
    if form is not None and not form.is_valid():
        return False
    buttons: dict[str, Callable[[SignedInRequest, Looker, datetime], str]] = {
        "take": _take,
        "give_back": _give_back,
        "withdraw": _withdraw,
    }
    try:
        if what in buttons:
            line = buttons[what](request, looker, now)
        else:
            line = _send(looker, what, form, now) if form is not None else ""
    except (pool.NotYours, pool.TakenAlready) as error:
        messages.error(request, f"{error}." if str(error) else "Somebody was quicker: this is how it stands now.")
        return True
    if line:
        messages.success(request, line)
    return True


def _take(request: SignedInRequest, looker: Looker, now: datetime) -> str:
    if not looker.helper or looker.asker:
        return ""
    pool.take(looker.question, looker.helper, now=now)
    return "It is yours. Who asked knows that somebody looks at it."


def _give_back(request: SignedInRequest, looker: Looker, now: datetime) -> str:
    done = looker.expert and pool.give_back(looker.question, looker.expert)
    return "Somebody else can take it now." if done else ""


def _withdraw(request: SignedInRequest, looker: Looker, now: datetime) -> str:
    done = looker.asker and pool.withdraw(looker.question, looker.asker)
    return "Your question is taken back." if done else ""


def _send(looker: Looker, what: str, form: Form, now: datetime) -> str:
    said = form.cleaned_data
    if what == "answer" and looker.expert:
        return send_answer(looker.question, looker.expert, said, now=now)
    if what == "solved" and looker.asker:
        return send_solved(looker.question, looker.asker, said, now=now)
    if what == "agree" and looker.expert:
        pool.say_solved(looker.question, looker.expert, shares=said["shares"], now=now)
        return "Solved, you both say."
    if isinstance(form, HandForm) and pool.hand_to(looker.question, form.chosen(), now=now):
        return f"{form.chosen().person.name} is asked."
    return ""


def send_answer(question: PoolQuestion, expert: Member, said: dict[str, object], *, now: datetime) -> str:
    """The answer of who took it."""
    pool.say(question, expert, str(said["text"]), now=now)
    if said["solved"]:
        pool.say_solved(question, expert, shares=bool(said["shares"]), now=now)
    return "Your answer is sent."


def send_solved(question: PoolQuestion, asker: Member, said: dict[str, object], *, now: datetime) -> str:
    """What who asked says to the answer."""
    if said["solved"] == SolvedForm.NO:
        pool.say(question, asker, str(said["text"]), now=now)
        return "Sent. You get a mail when there is more."
    done = pool.say_solved(question, asker, shares=bool(said["shares"]), now=now)
    return (
        "Solved, you both say."
        if done.state == State.SOLVED
        else "Thank you. Who answered is asked whether they agree."
    )
