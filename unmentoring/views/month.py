"""Behind the links of one pairing: did you meet, I am stuck, what I learned, a sales pitch, a time in the calendar."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from meetups.views.loading import by_link
from people.access import Audience, open_to
from unmentoring import addresses, calendars, learning, month, posts, rounds
from unmentoring.forms.month import AnswerForm, LearnedForm, PitchForm, StuckForm
from unmentoring.models import Learning, PairingMember
from unmentoring.views.loading import joint, member_or_404


def _names(member: PairingMember) -> str:
    return joint([partner.person.name or "somebody who left" for partner in member.partners])


def _done(request: HttpRequest, title: str, *lines: str, **more: object) -> HttpResponse:
    return render(request, "unmentoring/done.html", {"title": title, "lines": lines, **more})


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Did you meet? The answer in the address is only chosen; the button records it."""
    member = member_or_404(token, addresses.ANSWER)
    typed = request.POST if request.method == "POST" else None
    form = AnswerForm(typed, initial=_said(member) | _chosen(request))
    if not form.is_valid():
        return render(request, "unmentoring/answer.html", {"form": form, "member": member, "names": _names(member)})
    said = form.cleaned_data
    month.answer(member, said["met"], why_not=said["why_not"], note=said["note"], now=timezone.now())
    learned = reverse(addresses.LEARNED, args=[addresses.member_token(addresses.LEARNED, member)])
    return _done(
        request, "Your answer is saved", _after(said["met"]), learned_url=learned if said["met"] == "yes" else ""
    )


def _said(member: PairingMember) -> dict[str, str]:
    return {"met": member.answer, "why_not": member.why_not, "note": member.note}


def _chosen(request: HttpRequest) -> dict[str, str]:
    met = request.GET.get("met", "")
    return {"met": met} if met in PairingMember.Answer else {}


def _after(met: str) -> str:
    if met == PairingMember.Answer.YES:
        return "Your partner is asked as well and does not see your answer."
    if met == PairingMember.Answer.NOT_YET:
        return "When you have met, use the same link again. Your last answer counts."
    return "The coordinator sees where the network does not work. Your partner does not see your answer."


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def stuck(request: HttpRequest, token: str) -> HttpResponse:
    """My partner cannot be reached: the coordinator may find both somebody else."""
    member = member_or_404(token, addresses.STUCK)
    form = StuckForm(request.POST if request.method == "POST" else None)
    is_over = timezone.now() >= rounds.draws_at(member.round.next_month)
    context = {"form": form, "names": _names(member), "member": member, "is_over": is_over}
    if not form.is_valid() or member.left_at or is_over:
        return render(request, "unmentoring/stuck.html", context)
    try:
        month.say_stuck(member, form.cleaned_data["note"], now=timezone.now())
    except month.RoundIsOver as error:
        form.add_error(None, str(error))
        return render(request, "unmentoring/stuck.html", context)
    return _done(request, "The coordinator knows", "They may find both of you somebody else. You then get a new mail.")


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def report(request: HttpRequest, token: str) -> HttpResponse:
    """A sales pitch: the coordinator decides what follows."""
    member = member_or_404(token, addresses.REPORT)
    form = PitchForm(request.POST if request.method == "POST" else None, partners=member.partners)
    if not form.is_valid():
        return render(request, "unmentoring/report.html", {"form": form, "names": _names(member)})
    learning.report_pitch(member, form.partner(), form.cleaned_data["text"], now=timezone.now())
    return _done(
        request, "The coordinator has your report", "They decide what follows. Your partner is not told by us."
    )


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def learned(request: HttpRequest, token: str) -> HttpResponse:
    """What did you learn? Shared with whom they say, and ready to be posted elsewhere."""
    member = member_or_404(token, addresses.LEARNED)
    if member.participant.is_gone:
        return render(request, "unmentoring/not_in.html", {"participant": member.participant})
    form = LearnedForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "unmentoring/learned.html", {"form": form, "names": _names(member)})
    try:
        kept = learning.share(member.participant, member=member, now=timezone.now(), **form.cleaned_data)
    except learning.NothingSaid as error:
        form.add_error("text", str(error))
        return render(request, "unmentoring/learned.html", {"form": form, "names": _names(member)})
    words = learning.share_text(kept)
    return _done(request, "Shared", _who_sees(kept), post_text=words, shares=posts.shares(words))


def _who_sees(kept: Learning) -> str:
    return {
        Learning.To.EVERYONE: "A coordinator looks at it first; then everybody can see it on the public page.",
        Learning.To.PARTICIPANTS: "People who take part in UnMentoring can see it.",
        Learning.To.COORDINATOR: "Only the coordinator can see it.",
    }[Learning.To(kept.visible_to)]


@open_to(Audience.LINK)
@require_GET
def hold(request: HttpRequest, token: str) -> HttpResponse:
    """A calendar file that keeps a time free for the conversation."""
    member = member_or_404(token, addresses.HOLD)
    answer = HttpResponse(calendars.hold(member), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="unmentoring.ics"'
    return answer
