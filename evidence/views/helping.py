"""Who can help: the list of those who said so, being on it, and asking one of them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evidence import emails, helping
from evidence.forms.starting import AskForm, HelperForm, HelpersFilter
from evidence.models import Helper
from evidence.views import loading
from people import limits, preferences
from people.access import Audience, SignedInRequest, open_to

TOO_OFTEN = "You have asked many people in a short time. Wait an hour. What you wrote is still here"


def _trail(*further: tuple[str, str]) -> loading.Trail:
    return loading.trail(("Getting started", reverse("evidence:started")), *further)


@open_to(Audience.SIGNED_IN)
@require_safe
def helpers(request: SignedInRequest) -> HttpResponse:
    form = HelpersFilter(request.GET)
    platform = form.chosen()
    context = {
        "filter": form,
        "is_filtered": bool(platform),
        "helpers": Helper.objects.listed(emails.HELP).who_use(platform),
        "me": Helper.objects.filter(person=request.user).first(),
        "breadcrumbs": _trail(),
    }
    return render(request, "evidence/starting/helpers.html", context)


@open_to(Audience.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def help_others(request: SignedInRequest) -> HttpResponse:
    """Be on the list, or change what it says."""
    known, back = Helper.objects.filter(person=request.user).first(), reverse("evidence:helpers")
    form = HelperForm(request.POST if request.method == "POST" else None, person=request.user, known=known, back=back)
    if not form.is_valid():
        context = {"form": form, "known": known, "breadcrumbs": _trail(("Who can help", back))}
        return render(request, "evidence/starting/help_others.html", context)
    now = timezone.now()
    helping.offer(request.user, now=now, **form.cleaned_data)
    preferences.choose(request.user, emails.HELP, True, now=now)
    messages.success(request, "You are on the list. Questions come by mail; your address stays here.")
    return redirect(back)


@open_to(Audience.SIGNED_IN)
@require_POST
def stop_helping(request: SignedInRequest) -> HttpResponse:
    helping.stop(request.user)
    messages.success(request, "You are off the list.")
    return redirect("evidence:helpers")


@open_to(Audience.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_helper(request: SignedInRequest, helper_pk: int) -> HttpResponse:
    """A message through the app: they get it by mail and may answer."""
    helper, back = get_object_or_404(Helper.objects.listed(emails.HELP), pk=helper_pk), reverse("evidence:helpers")
    if helper.person_id == request.user.pk:
        raise Http404
    form = AskForm(request.POST if request.method == "POST" else None, back=back)
    context = {"form": form, "helper": helper, "breadcrumbs": _trail(("Who can help", back))}
    if not form.is_valid():
        return render(request, "evidence/starting/ask.html", context)
    if not limits.allows(request, "evidence:ask_helper"):
        form.add_error(None, TOO_OFTEN)
        return render(request, "evidence/starting/ask.html", context, status=429)
    try:
        helping.ask(helper, form.cleaned_data["text"], now=timezone.now(), by=request.user)
    except helping.AskedAlready:
        messages.success(request, "You asked them that already. One mail is on its way, not two.")
    else:
        messages.success(request, f"Your question is on its way to {helper.person.name}. They answer by mail.")
    return redirect(back)
