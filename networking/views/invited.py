"""What somebody does with a link from a mail or from a lead: say yes, say no, ask to join."""

import contextlib

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from meetups.views.loading import by_link
from networking import addresses, emails_invitations, invitations, joining, tasks
from networking.forms.joining import AcceptForm, AskToJoinForm
from networking.invitation_lines import Line
from networking.models import Cohort, Member, Skill
from networking.models.members import INVITATION_LIVES
from outbox import nudges
from people import carried, limits, links
from people.access import Audience, open_to

TOO_OFTEN = "That was often in a short time. Wait ten minutes, then try again"


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Yes, and a little about themselves; or no. Opening the page says nothing yet."""
    member = _invited_or_404(token)
    if request.method == "POST" and "no" in request.POST:
        joining.decline(member)
        return redirect(request.path)
    if member.is_here or member.cohort.is_finished or (member.has_declined and "again" not in request.GET):
        return render(request, "networking/joining/answered.html", {"member": member, "cohort": member.cohort})
    skills = Skill.objects.filter(retired_at=None)
    form = AcceptForm(request.POST if request.method == "POST" else None, member=member, skills=list(skills))
    if form.is_valid():
        with contextlib.suppress(joining.NotInvited):  # a second click: they are in
            joining.accept(member, form.who(), form.about(), now=timezone.now())
        return redirect(request.path)
    context = {"form": form, "member": member, "cohort": member.cohort, "programme": member.cohort.programme}
    return render(request, "networking/joining/accept.html", context)


def _invited_or_404(token: str) -> Member:
    """Whoever was invited, also when they have answered; not who has left, nor who let months pass."""
    try:
        member = addresses.member_of(token, emails_invitations.ACCEPT)
    except addresses.NoSuchLink as error:
        raise Http404 from error
    is_too_old = member.invited_at < timezone.now() - INVITATION_LIVES
    if member.state == Member.State.LEFT or (is_too_old and not member.is_here):
        raise Http404
    return member


def join_url(cohort: Cohort) -> str:
    """Where anybody who was handed this address asks to join; void once the lead makes another."""
    token = links.make(emails_invitations.JOIN, cohort.pk, cohort.invitation_version)
    return addresses.absolute(reverse(emails_invitations.JOIN, args=[token]))


def _cohort_or_404(token: str) -> Cohort:
    try:
        claim = links.read(emails_invitations.JOIN, token)
    except links.BadLink as error:
        raise Http404 from error
    open_ones = Cohort.objects.exclude(state=Cohort.State.FINISHED).select_related("programme")
    return get_object_or_404(open_ones, pk=claim.pk, invitation_version=claim.version)


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the mail that lets one in."""
    cohort = _cohort_or_404(token)
    form = AskToJoinForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "cohort": cohort, "programme": cohort.programme}
    if not form.is_valid():
        return render(request, "networking/joining/join.html", context)
    email = form.cleaned_data["email"]
    if not limits.allows(request, "networking:join", key=email):
        form.add_error(None, TOO_OFTEN)
        return render(request, "networking/joining/join.html", context, status=429)
    invitations.ask_to_join(cohort, Line(1, email, role=form.cleaned_data["role"]), now=timezone.now())
    nudges.after_commit(tasks.queue_invitations)
    return carried.on_to(reverse("networking:asked_to_join"), email)


@open_to(Audience.EVERYONE)
@require_safe
@by_link
def asked(request: HttpRequest) -> HttpResponse:
    """What happens next. The same words whether or not the address was known to us."""
    email = carried.to(request)
    if email is None:
        messages.info(request, "Ask your lead for the link to join a cohort.")
        return redirect("networking:about")
    return render(request, "networking/joining/asked.html", {"email": email})
