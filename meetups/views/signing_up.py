"""Signing up: one page, one form, then a page that says what happens next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from meetups import sharing, signups, topics
from meetups.forms.signing_up import SignUpForm
from meetups.models import Meetup
from meetups.views import loading, public
from people import carried, limits
from people.access import Audience, open_to, same_for_strangers

TOO_OFTEN = (
    "This was sent too often in a short time, from this address or for it. Wait ten minutes and send it again. "
    "What you entered is still here."
)


@same_for_strangers()
@open_to(Audience.EVERYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    meetup = loading.published_or_404(slug)
    if request.method != "POST" and not meetup.is_open(now):
        return render(request, "meetups/closed.html", _page(meetup, why=signups.why_closed(meetup, now)))
    person = request.user if request.user.is_authenticated else None
    form = SignUpForm(request.POST if request.method == "POST" else None, meetup=meetup, person=person)
    if not form.is_valid():
        return render(request, "meetups/sign_up.html", _page(meetup, form=form))
    details = form.sign_up_details()
    if not limits.allows(request, "meetups:sign_up", key=details.email):
        form.add_error(None, TOO_OFTEN)
        return render(request, "meetups/sign_up.html", _page(meetup, form=form), status=429)
    try:
        outcome = topics.sign_up(meetup, details, form.wishes(), now=now, visitor=person)
    except signups.SignUpClosed as closed:
        form.add_error(None, str(closed))
        return render(request, "meetups/sign_up.html", _page(meetup, form=form))
    said = {"email": details.email, "waits": outcome.shown_as_waiting, "way": details.way}
    lost = form.answers_nobody_asks_for or signups.has_answers_nobody_asks_for(details)
    return _to_signed_up(meetup, {**said, "lost_an_answer": lost})


def _page(meetup: Meetup, **context: Any) -> dict[str, Any]:
    above = [("Meet-ups", reverse("meetups:list")), (meetup.title, meetup.get_absolute_url())]
    return {"meetup": meetup, "is_offered": meetup.offers_by_link(timezone.now()), "breadcrumbs": above, **context}


def _to_signed_up(meetup: Meetup, said: dict[str, Any]) -> HttpResponse:
    """On to the next page with only what was typed and what anybody would be told, so it gives no address away."""
    return carried.on_to(reverse("meetups:signed_up", args=[meetup.slug]), said)


@open_to(Audience.EVERYONE)
@require_safe
@loading.by_link
def signed_up(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens next. The same words whether or not the address was known to us."""
    meetup = loading.published_or_404(slug)
    said = carried.to(request)
    if said is None:
        return redirect(meetup)
    subject = public.subject_of(meetup)
    context = {
        **_page(meetup),
        **said,
        "details_are_out": meetup.details_are_out(timezone.now()),
        "opens_at": meetup.opens_at(),
        "shares": sharing.shares(subject),
        "post_text": sharing.post_text(subject),
    }
    return render(request, "meetups/signed_up.html", context)
