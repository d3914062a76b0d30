"""My own part in a cohort: what I said about myself, and leaving."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from networking import joining
from networking.forms.joining import AboutMeForm
from networking.models import Cohort, Member, Skill
from networking.views import loading
from people.access import Audience, SignedInRequest, open_to


def _mine_or_404(request: SignedInRequest, cohort_slug: str, role: str) -> Member:
    return loading.member_or_404(request.user, cohort_slug, role)


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def about_me(request: SignedInRequest, cohort_slug: str, role: str) -> HttpResponse:
    """Where, when, how much and what I can help with."""
    member = _mine_or_404(request, cohort_slug, role)
    back = _home(member.cohort, role)
    data = request.POST if request.method == "POST" else None
    form = AboutMeForm(data, member=member, skills=list(Skill.objects.filter(retired_at=None)), back=back)
    if form.is_valid():
        joining.tell(member, form.about())
        messages.success(request, "What you said about yourself is saved.")
        return redirect(back)
    context = {"form": form, "member": member, "breadcrumbs": loading.to_cohort(member.cohort)}
    return render(request, "networking/joining/about_me.html", context)


def _home(cohort: Cohort, role: str) -> str:
    return f"{cohort.get_absolute_url()}?as={role}"


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: SignedInRequest, cohort_slug: str, role: str) -> HttpResponse:
    member = _mine_or_404(request, cohort_slug, role)
    if request.method == "POST":
        if joining.leave(member, now=timezone.now()):
            messages.success(request, f"You are no longer a {member.get_role_display()} in {member.cohort}.")
        return redirect("networking:about")
    lines = [
        f"Your part as {member.get_role_display()} ends at once.",
        "Your mentor, or the councillors you support, are told. You can be invited again.",
    ]
    context = {
        "title": f"Leave {member.cohort}",
        "lines": lines,
        "button": "Leave the cohort",
        "back": _home(member.cohort, role),
        "breadcrumbs": loading.to_cohort(member.cohort),
    }
    return render(request, "networking/sure.html", context)
