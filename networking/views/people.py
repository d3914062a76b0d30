"""Who is in a cohort, for its leads: invite, send again, withdraw, change, take out."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from networking import invitations, joining, tasks
from networking.forms.joining import AboutMeForm, InviteForm
from networking.models import Cohort, Member, Skill
from networking.views import loading
from networking.views.invited import join_url
from outbox import nudges
from people.access import Audience, SignedInRequest, open_to

SHOWN = 100  # lines of a list that the look before inviting shows
_ORDER = [Member.Role.LEAD, Member.Role.MENTOR, Member.Role.COUNCILLOR, Member.Role.EXPERT]
_NAMES = {"lead": "Leads", "mentor": "Mentors", "councillor": "Councillors", "expert": "Experts"}


def people_url(cohort: Cohort) -> str:
    return reverse("networking:people", args=[cohort.slug])


def _trail(cohort: Cohort) -> loading.Trail:
    return loading.to_cohort(cohort, ("People", people_url(cohort)))


@open_to(Audience.LEADS)
@require_safe
def people(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """Everybody, by what they are; who said no or left is at the end."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    members = list(cohort.members.with_people())
    here = [member for member in members if member.is_here or member.is_invited]
    context = {
        "cohort": cohort,
        "groups": [(_NAMES[role], rows) for role in _ORDER if (rows := [one for one in here if one.role == role])],
        "gone": [member for member in members if not (member.is_here or member.is_invited)],
        "waiting": sum(1 for member in here if member.is_invited),
        "join_url": join_url(cohort),
        "breadcrumbs": loading.to_cohort(cohort),
    }
    return render(request, "networking/people/list.html", context)


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """Paste or choose a list; look it through line by line; then invite. Until then nothing is changed."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    if cohort.is_finished:
        return _over(request, cohort)
    form = InviteForm(request.POST or None, request.FILES or None, back=people_url(cohort))
    context: dict[str, Any] = {"cohort": cohort, "form": form, "breadcrumbs": _trail(cohort)}
    if not form.is_valid():
        return render(request, "networking/people/invite.html", context)
    checked = invitations.check(cohort, form.reading)
    if "confirm" not in request.POST or not checked.new:
        again = {"role": form.cleaned_data["role"], "people": form.text, "note": form.cleaned_data["note"]}
        context |= {"checked": checked, "shown": checked.new[:SHOWN], "again": again, "unshown": _unshown(checked)}
        context["form"] = InviteForm(initial=again, back=people_url(cohort))
        return render(request, "networking/people/look.html", context)
    try:
        invitations.invite(cohort, checked.new, note=form.cleaned_data["note"], now=timezone.now(), by=request.user)
    except invitations.CohortFinished:
        return _over(request, cohort)
    nudges.after_commit(tasks.queue_invitations)
    number = len(checked.new)
    messages.success(
        request, f"{number:,} {'person is' if number == 1 else 'people are'} invited. Mails are on their way."
    )
    return redirect(people_url(cohort))


def _over(request: SignedInRequest, cohort: Cohort) -> HttpResponse:
    messages.error(request, "The cohort is finished, so nobody is invited any more. First let it go on, on its plan.")
    return redirect(people_url(cohort))


def _unshown(checked: invitations.Checked) -> int:
    return max(0, len(checked.new) - SHOWN)


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def renew_link(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """Make the link to join void and get another."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    if request.method == "POST":
        invitations.renew_link(cohort)
        messages.success(request, "There is a new link. The old one opens nothing any more.")
        return redirect(people_url(cohort))
    lines = ["Whoever has the old link can no longer ask to join with it. People who are in the cohort stay in it."]
    return _sure(request, cohort, "Make a new link to join", lines, "Make a new link")


def _sure(request: SignedInRequest, cohort: Cohort, title: str, lines: list[str], button: str) -> HttpResponse:
    context = {"title": title, "lines": lines, "button": button, "back": people_url(cohort)}
    return render(request, "networking/sure.html", {**context, "breadcrumbs": _trail(cohort)})


@open_to(Audience.LEADS)
def invite_again(request: SignedInRequest, cohort_slug: str, someone_pk: int) -> HttpResponse:
    cohort = loading.led_or_404(request.user, cohort_slug)
    member = loading.someone_or_404(cohort, someone_pk)
    if request.method != "POST":
        return redirect(people_url(cohort))
    try:
        invitations.again(member, now=timezone.now())
    except invitations.TooSoon:
        messages.error(request, f"{member.person} was written to less than a day ago. Give them time.")
    except invitations.CohortFinished:
        return _over(request, cohort)
    else:
        nudges.after_commit(tasks.queue_invitations)
        messages.success(request, f"{member.person} is invited once more.")
    return redirect(people_url(cohort))


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, cohort_slug: str, invited_pk: int) -> HttpResponse:
    cohort = loading.led_or_404(request.user, cohort_slug)
    member = get_object_or_404(cohort.members.with_people().invited(), pk=invited_pk)
    if request.method == "POST":
        if invitations.withdraw(member):
            messages.success(request, f"The invitation of {member.person} is withdrawn.")
        return redirect(people_url(cohort))
    lines = [f"The link in the mail to {member.person.email} opens nothing any more. They are not told."]
    return _sure(request, cohort, f"Withdraw the invitation of {member.person}", lines, "Withdraw invitation")


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, cohort_slug: str, someone_pk: int) -> HttpResponse:
    """Where, when and how much, for somebody who told the lead instead of the site."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    member = loading.someone_or_404(cohort, someone_pk)
    form = AboutMeForm(
        request.POST if request.method == "POST" else None,
        member=member,
        skills=list(Skill.objects.filter(retired_at=None)),
        back=people_url(cohort),
    )
    if form.is_valid():
        joining.tell(member, form.about())
        messages.success(request, f"What you said about {member.person} is saved.")
        return redirect(people_url(cohort))
    context = {"form": form, "title": f"{member.person} as {member.get_role_display()}", "breadcrumbs": _trail(cohort)}
    return render(request, "networking/form.html", context)


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request: SignedInRequest, cohort_slug: str, someone_pk: int) -> HttpResponse:
    """End somebody's part in the cohort."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    member = get_object_or_404(cohort.members.with_people().joined(), pk=someone_pk)
    if request.method == "POST":
        if joining.leave(member, now=timezone.now()):
            messages.success(request, f"{member.person} is no longer a {member.get_role_display()} here.")
        return redirect(people_url(cohort))
    lines = [
        "Their pairs end, and whoever they were paired with is told. They get an email.",
        "They can be invited again; their history stays.",
    ]
    return _sure(request, cohort, f"Take {member.person} out of the cohort", lines, "Take out")
