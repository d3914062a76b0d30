"""Who has a part in an inquiry."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from evidence import inquiries
from evidence.forms.inquiries import MemberForm
from evidence.models import Membership
from evidence.views import loading
from people.access import Audience, SignedInRequest, open_to


@open_to(Audience.OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def members(request: SignedInRequest, inquiry: str) -> HttpResponse:
    found = loading.officer_or_404(request.user, inquiry)
    form = MemberForm(request.POST or None)
    if form.is_valid():
        person = form.cleaned_data["email"]
        try:
            inquiries.add(found, person, form.cleaned_data["role"], now=timezone.now(), by=request.user)
        except inquiries.LastOfficer:
            form.add_error("role", "Name another officer first: an inquiry needs one")
        else:
            messages.success(request, f"{person} is in.")
            return redirect("evidence:members", found.slug)
    context = {
        "inquiry": found,
        "form": form,
        "members": list(found.memberships.select_related("person")),
        "breadcrumbs": loading.to(found),
    }
    return render(request, "evidence/inquiries/members.html", context)


@open_to(Audience.OFFICERS)
def remove_member(request: SignedInRequest, inquiry: str, membership_pk: int) -> HttpResponse:
    found = loading.officer_or_404(request.user, inquiry)
    if request.method != "POST":  # after the loader: others learn nothing, not even how it is asked for
        return HttpResponseNotAllowed(["POST"])
    membership = get_object_or_404(Membership.objects.select_related("person"), inquiry=found, pk=membership_pk)
    try:
        inquiries.remove(found, membership)
    except inquiries.LastOfficer:
        messages.warning(request, "An inquiry needs an officer. Name another one first.")
    else:
        messages.success(request, f"{membership.person} has no part any more. What they handed in stays.")
    return redirect("evidence:members", found.slug)
