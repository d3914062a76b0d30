"""News about a meet-up: the words, the preview, a test copy to me, then onto the page and to whom it is for."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from meetups import newsroom, sharing
from meetups.forms.news import NewsForm
from meetups.models import Meetup
from meetups.views import public, trail
from meetups.views.loading import shared_by_or_404
from people import limits
from people.access import Audience, SignedInRequest, open_to


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def write_news(request: SignedInRequest, slug: str) -> HttpResponse:
    meetup, now = shared_by_or_404(request.user, slug), timezone.now()
    if meetup.is_draft:
        messages.error(request, "Publish the meet-up first. Then tell people about it.")
        return redirect("meetups:overview", slug)
    form = NewsForm(request.POST or None, meetup=meetup, by=request.user, now=now)
    if not form.is_valid() or "change" in request.POST:
        return _show(request, meetup, form, "write")
    if "send" not in request.POST and "test" not in request.POST:
        return _show(request, meetup, form, "preview")
    if not limits.allows(request, "meetups:write"):
        return render(request, "429.html", status=429)
    if "send" in request.POST:
        return _publish(request, form)
    newsroom.send_test_copy(form.instance, to=request.user, now=now)
    messages.success(request, f"A test copy to {request.user.email} is on its way. Nobody else has got it.")
    return _show(request, meetup, form, "preview")


def _show(request: SignedInRequest, meetup: Meetup, form: NewsForm, page: str) -> HttpResponse:
    context = {
        "meetup": meetup,
        "form": form,
        "item": form.instance,
        "count": newsroom.count_recipients(meetup, form.instance.to),
        "earlier": meetup.news.select_related("written_by"),
        "posts": sharing.posts(public.subject_of(meetup)),
        "breadcrumbs": trail.to(request, meetup),
    }
    return render(request, f"meetups/news/{page}.html", context)


def _publish(request: SignedInRequest, form: NewsForm) -> HttpResponse:
    news = newsroom.publish(form.instance, nonce=form.cleaned_data["nonce"], now=timezone.now())
    messages.success(request, f"“{news.subject}” is on the page, and the mails are on their way if you chose any.")
    return redirect("meetups:share_kit", news.meetup.slug)
