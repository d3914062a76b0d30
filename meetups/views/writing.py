"""Writing to people who are signed up: the words, the preview, a test copy, then to everybody."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from meetups import announcing, previews
from meetups.forms.writing import WriteForm
from meetups.models import Meetup
from meetups.views import trail
from meetups.views.loading import run_by_or_404
from people import limits
from people.access import Audience, SignedInRequest, open_to


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def write(request: SignedInRequest, slug: str) -> HttpResponse:
    meetup = run_by_or_404(request.user, slug)
    now = timezone.now()
    form = WriteForm(request.POST or None, meetup=meetup, by=request.user, now=now, ticked=request.GET.getlist("pick"))
    if not form.is_valid() or "change" in request.POST:
        return _ask(request, meetup, form)
    if "send" not in request.POST and "test" not in request.POST:
        return _show_preview(request, meetup, form)
    if not limits.allows(request, "meetups:write"):
        return render(request, "429.html", status=429)
    if "send" in request.POST:
        return _send(request, meetup, form)
    announcing.send_test_copy(form.instance, to=request.user, now=now)
    messages.success(request, f"A test copy to {request.user.email} is on its way. Nobody else has got it.")
    return _show_preview(request, meetup, form)


def _ask(request: SignedInRequest, meetup: Meetup, form: WriteForm) -> HttpResponse:
    context = {
        "meetup": meetup,
        "form": form,
        "is_anybody_there": meetup.signups.active().exists(),
        "earlier": announcing.earlier(meetup),
        "people_url": _to_people(meetup, form),
        "ticked_nobody": "ticked" in request.GET and not form.ticked,
        "breadcrumbs": trail.to(request, meetup),
    }
    return render(request, "meetups/organise/write.html", context)


def _to_people(meetup: Meetup, form: WriteForm) -> str:
    """The list with the same people ticked."""
    query = urlencode({"pick": form.ticked}, doseq=True)
    return f"{reverse('meetups:people', args=[meetup.slug])}{'?' if query else ''}{query}"


def _show_preview(request: SignedInRequest, meetup: Meetup, form: WriteForm) -> HttpResponse:
    """How many, who, and the words."""
    recipients = form.instance.recipients()
    names = list(recipients.order_by("name", "pk").values_list("name", flat=True)[: previews.NAMES_SHOWN])
    count = recipients.count()
    context = {
        "meetup": meetup,
        "form": form,
        "announcement": form.instance,
        "text": announcing.as_text(form.instance),
        "count": count,
        "names": names,
        "more": count - len(names),
        "have_it": form.instance.meant().count() - count,
        "dropped_out": form.dropped_out(),
        "breadcrumbs": trail.to(request, meetup),
    }
    return render(request, "meetups/organise/write_preview.html", context)


def _send(request: SignedInRequest, meetup: Meetup, form: WriteForm) -> HttpResponse:
    try:
        announcement = announcing.announce(form.instance, nonce=form.cleaned_data["nonce"])
    except announcing.EverybodyHasIt:
        form.say_everybody_has_it()
        return _ask(request, meetup, form)
    count = announcement.recipients().count()
    whom = "1 person" if count == 1 else f"{count} people"
    messages.success(request, f"“{announcement.subject}” is on its way to {whom}.")
    return redirect("meetups:write", meetup.slug)
